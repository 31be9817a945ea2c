import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEAT_FLIP, HEAT_STEPS } from '../../../../src/renderer/charts/heat.ts';
import { contrast, distance, type Vision } from './colour.ts';

const css = readFileSync(new URL('../../../../src/renderer/theme.css', import.meta.url), 'utf8');
const [base = '', contrastRules = ''] = css.split('@media (prefers-contrast: more)');
const [contrastMore = '', contrastChosen = ''] = contrastRules.split(":root[data-contrast='more']");

/** Every token written as `--name: light-dark(#light, #dark)`. */
function tokensOf(text: string): Map<string, readonly [light: string, dark: string]> {
  const found = text.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name, light, dark]) => [name!, [light!, dark!]]));
}

const tokens = tokensOf(base);
const stronger = new Map([...tokens, ...tokensOf(contrastMore)]);
const SIDES = [
  ['light', 0],
  ['dark', 1],
] as const;
const SERIES = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6', 'series-neutral'];
const VISIONS: readonly Vision[] = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'];

function colour(name: string, side: 0 | 1, from = tokens): string {
  const pair = from.get(name);
  if (pair === undefined) throw new Error(`theme.css has no token --${name}`);
  return pair[side];
}

describe.each(SIDES)('the %s theme', (_, side) => {
  const GROUNDS = ['canvas', 'surface', 'raised', 'hover'];

  it.each(['ink', 'muted', 'subtle', 'accent', 'gain', 'loss', 'warn'])('reads %s as text on every ground', (text) => {
    for (const ground of GROUNDS)
      expect(contrast(colour(text, side), colour(ground, side)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['gain', 'gain-soft'],
    ['loss', 'loss-soft'],
    ['warn', 'warn-soft'],
    ['accent-strong', 'accent-soft'],
    ['muted', 'fill'],
    ['on-ink', 'ink'],
    ['on-accent', 'accent'],
  ])('reads %s on %s', (text, ground) => {
    expect(contrast(colour(text, side), colour(ground, side))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['focus', 'control-line'])('shows %s beside every ground (3:1, WCAG 1.4.11)', (part) => {
    for (const ground of ['canvas', 'surface', 'raised'])
      expect(contrast(colour(part, side), colour(ground, side)), `${part} on ${ground}`).toBeGreaterThanOrEqual(3);
  });

  it('shows the mark of a warning on the surface (3:1)', () => {
    expect(contrast(colour('warn-mark', side), colour('surface', side))).toBeGreaterThanOrEqual(3);
  });

  it.each(SERIES)('draws %s visibly on the surface (3:1)', (series) => {
    expect(contrast(colour(series, side), colour('surface', side))).toBeGreaterThanOrEqual(3);
  });

  it.each(VISIONS)('keeps the six series apart for %s', (vision) => {
    const six = SERIES.slice(0, 6);
    for (const [index, a] of six.entries())
      for (const b of six.slice(index + 1))
        expect(distance(colour(a, side), colour(b, side), vision), `${a} and ${b}`).toBeGreaterThanOrEqual(0.08);
  });

  it.each(VISIONS)('keeps gain, loss and warning apart for %s', (vision) => {
    const pairs = [
      ['gain', 'loss'],
      ['gain', 'warn'],
      ['loss', 'warn'],
      ['gain', 'warn-mark'],
      ['loss', 'warn-mark'],
    ] as const;
    for (const [a, b] of pairs)
      expect(distance(colour(a, side), colour(b, side), vision), `${a} and ${b}`).toBeGreaterThanOrEqual(0.08);
  });

  it.each(VISIONS)('keeps neighbours in a stack of movements apart for %s', (vision) => {
    const stacks = [
      ['gain-1', 'gain-2', 'gain-3', 'gain-4'],
      ['loss-3', 'loss-1', 'loss-2'],
    ];
    for (const stack of stacks)
      for (const [index, shade] of stack.slice(1).entries())
        expect(distance(colour(stack[index]!, side), colour(shade, side), vision), shade).toBeGreaterThanOrEqual(0.08);
  });

  it('reads the number on every shade of the heat map', () => {
    for (let step = 0; step < HEAT_STEPS; step++) {
      const text = colour(step < HEAT_FLIP ? 'ink' : 'on-accent', side);
      expect(contrast(text, colour(`heat-${step}`, side)), `step ${step}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe.each(SIDES)('the %s theme with more contrast', (_, side) => {
  const strong = (name: string): string => colour(name, side, stronger);

  it('reads text at 7:1 on every ground (WCAG 1.4.6)', () => {
    for (const text of ['ink', 'muted', 'subtle', 'accent', 'accent-strong', 'gain', 'loss', 'warn'])
      for (const ground of ['canvas', 'surface', 'raised', 'hover'])
        expect(contrast(strong(text), strong(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['gain', 'gain-soft'],
    ['loss', 'loss-soft'],
    ['warn', 'warn-soft'],
    ['accent-strong', 'accent-soft'],
    ['muted', 'fill'],
    ['on-ink', 'ink'],
    ['on-accent', 'accent'],
  ])('reads %s on %s at 7:1', (text, ground) => {
    expect(contrast(strong(text), strong(ground))).toBeGreaterThanOrEqual(7);
  });

  it('reads the number on every shade of the heat map at 7:1', () => {
    for (let step = 0; step < HEAT_STEPS; step++)
      expect(
        contrast(strong(step < HEAT_FLIP ? 'ink' : 'on-accent'), strong(`heat-${step}`)),
        `step ${step}`,
      ).toBeGreaterThanOrEqual(7);
  });

  it('draws lines, marks and edges at 4.5:1, hairlines at 3:1', () => {
    const marks = ['control-line', 'line-strong', 'focus', 'warn-mark', 'axis', ...SERIES];
    for (const mark of marks) expect(contrast(strong(mark), strong('surface')), mark).toBeGreaterThanOrEqual(4.5);
    expect(contrast(strong('line'), strong('surface'))).toBeGreaterThanOrEqual(3);
  });

  it.each(VISIONS)('keeps the six series apart for %s', (vision) => {
    const six = SERIES.slice(0, 6);
    for (const [index, a] of six.entries())
      for (const b of six.slice(index + 1))
        expect(distance(strong(a), strong(b), vision), `${a} and ${b}`).toBeGreaterThanOrEqual(0.08);
  });
});

describe('the theme as a whole', () => {
  it('has the same more contrast for those who choose it as for those whose platform asks', () => {
    expect(tokensOf(contrastMore).size).toBeGreaterThan(15);
    expect([...tokensOf(contrastChosen)]).toEqual([...tokensOf(contrastMore)]);
  });

  it('has no colour with one side only', () => {
    const declarations = base.slice(base.indexOf(':root {'), base.indexOf("[data-theme='light']"));
    const oneSided = [...declarations.matchAll(/--[\w-]+: (#|rgb)/g)].map(([text]) => text);
    expect(oneSided).toEqual([]);
    expect(tokens.size).toBeGreaterThan(40);
  });
});
