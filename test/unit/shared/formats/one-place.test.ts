/** What people read is written by shared/formats alone: no file makes its own figures, days or percentages. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../..', import.meta.url).pathname;

/** Files that write for other programs, or ask the calendar of a zone: nobody reads what they make as a figure. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'src/shared/kernel/day.ts': 'the calendar of a zone',
  'src/shared/kernel/time-of-day.ts': 'the clock of a zone',
  'src/shared/kernel/table-text.ts': 'cells that spreadsheets read',
  'src/main/engine/metrics/history/tax-evidence.ts': 'decimal text that is computed with',
  'src/main/engine/sources/kit/rates.ts': 'decimal text that is computed with',
  'src/main/engine/sources/stripe/objects/discount.ts': 'decimal text that is computed with',
  'src/main/engine/sources/pipedrive/objects/values.ts': 'decimal text that is computed with',
  'src/renderer/charts/plot-paths.ts': 'coordinates of a drawing',
  'src/renderer/features/settings/amount-text.ts': 'what is typed into a box, and read back',
  'src/renderer/features/settings/sections/goals.tsx': 'what is typed into a box, and read back',
  'src/renderer/features/alerts/threshold.ts': 'what is typed into a box, and read back',
};

/** In a style sheet's value a percentage is no figure that anybody reads. */
const STYLE =
  /(width|height|left|top|inset|transform|color-mix|LIKE|'like'|background|flexBasis|gridTemplate)\b[^\n]*%/i;

const HAND_MADE: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'an own Intl formatter',
    /new Intl\.(NumberFormat|DateTimeFormat|ListFormat|PluralRules|RelativeTimeFormat)\((?!\))/,
  ],
  ['toLocaleString', /\.toLocale(Date|Time)?String\(/],
  ['toFixed', /\.toFixed\(/],
  // `%${…}%` is a pattern of LIKE.
  ['a percentage by hand', /^[^%]*\}\s?%(`|[^\w`{(][^`]*`)/],
  ['a list by hand', /\.join\('(,? (and|or) )'\)/],
  ['names of months or weekdays by hand', /'(Jan|January|Mon|Monday)', ?'(Feb|February|Tue|Tuesday)'/],
];

function findings(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(\*|\/\/|\/\*)/.test(line) || STYLE.test(line)) return [];
    return HAND_MADE.filter(([, pattern]) => pattern.test(line)).map(([name]) => `${file}:${index + 1}: ${name}`);
  });
}

describe('figures, days and lists', () => {
  it('are made in shared/formats alone', () => {
    const files = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).filter(
      // The demo plays vendors: it writes what they send.
      (file) => !file.startsWith('src/shared/formats/') && !file.startsWith('src/main/demo/') && !(file in OTHERWISE),
    );
    expect(files.length).toBeGreaterThan(500);
    expect(files.flatMap((file) => findings(file, readFileSync(`${ROOT}/${file}`, 'utf8')))).toEqual([]);
  });

  it('and every exception still is one', () => {
    const idle = Object.keys(OTHERWISE).filter(
      (file) => findings(file, readFileSync(`${ROOT}/${file}`, 'utf8')).length === 0,
    );
    expect(idle).toEqual([]);
  });

  it.each([
    ['const text = value.toFixed(1);', 'toFixed'],
    ["count.toLocaleString('en-US')", 'toLocaleString'],
    ["new Intl.NumberFormat('de-DE', {})", 'an own Intl formatter'],
    ['return `${Math.round(share * 100)} %`;', 'a percentage by hand'],
    ['return `${share}% of MRR`;', 'a percentage by hand'],
    ["names.join(' and ')", 'a list by hand'],
    ["const MONTHS = ['Jan', 'Feb'];", 'names of months or weekdays by hand'],
  ])('%s is found', (line, name) => {
    expect(findings('a.ts', line)).toEqual([`a.ts:1: ${name}`]);
  });

  it.each(['<span style={{ width: `${share * 100}%` }} />', '// value.toFixed(1)', 'new Intl.NumberFormat()'])(
    '%s is no figure',
    (line) => {
      expect(findings('a.ts', line)).toEqual([]);
    },
  );
});
