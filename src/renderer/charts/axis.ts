/** What the axes of all charts share: text style, tick texts, and the width that they need. */
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import type { ValueScale } from './value-scale.ts';

/** Recharts hands these to each tick's text element. */
const AXIS_TEXT = { fontSize: 11, fill: 'var(--subtle)' } as const;

/** A value as short as it goes on an axis: «$25K», «95%», «1.2K»; nouns stand in the title. */
export function compactTick(value: number, unit: Unit, format: Formatter): string {
  if (unit.kind === 'money') return format.value(value, unit, { form: 'compact' });
  if (unit.kind === 'percent')
    return format.percent(value, { form: Number.isInteger(Math.round(value * 1e6) / 1e4) ? 'whole' : 'full' });
  return format.mark(value);
}

/** Pixels for the widest of the texts at 11 px, with a little air. */
function axisWidth(texts: readonly string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.ceil(longest * 6.6) + 12;
}

/** What lies along the bottom, whatever stands on it: days, ages or bars. */
export const BOTTOM_AXIS = { tickLine: false, tick: AXIS_TEXT, height: 24, tickMargin: 6 } as const;

/** The values at the left, as wide as their texts. */
export function valueAxis(scale: ValueScale, unit: Unit, format: Formatter) {
  const text = (value: number): string => compactTick(value, unit, format);
  return {
    domain: [scale.min, scale.max],
    ticks: [...scale.ticks],
    tickFormatter: text,
    width: axisWidth(scale.ticks.map(text)),
    axisLine: false,
    tickLine: false,
    tick: AXIS_TEXT,
  };
}
