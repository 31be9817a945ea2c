/**
 * Figures with words around them. The words are those of the program, English, and so are their plurals; the figures
 * among them are the locale's: «11,4 months» in Germany, «٣ days ago» in Egypt. So a sentence is never in two languages.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../kernel/instant.ts';
import { listFormat, numberFormat, pluralRule, relativeFormat } from './intl-cache.ts';
import { formatNumber, NO_VALUE, type NumberStyle } from './number.ts';

/** The language of all words. */
const WORDS = 'en';

/** Singular and plural of what is counted: `{ one: 'customer', other: 'customers' }`. */
export interface Noun {
  readonly one: string;
  readonly other: string;
}

/**
 * A whole number of things.
 * @example formatCount('en-US', 1, { one: 'customer', other: 'customers' }) // '1 customer'
 * @example formatCount('ja-JP', 1, { one: 'customer', other: 'customers' }) // '1 customer'; the Japanese plural has no say
 */
export function formatCount(locale: string, count: number | null, noun?: Noun, style: NumberStyle = {}): string {
  if (count === null) return NO_VALUE;
  const text = formatNumber(locale, count, style);
  if (noun === undefined) return text;
  return `${text} ${pluralRule(WORDS).select(Math.abs(count)) === 'one' ? noun.one : noun.other}`;
}

export type LengthUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

/** A length in one unit, one decimal when it is not whole. @example formatLength('de-DE', 11.4, 'month') // '11,4 months' */
export function formatLength(locale: string, length: number | null, unit: LengthUnit, style: NumberStyle = {}): string {
  if (length === null) return NO_VALUE;
  const rounded = Math.round(length * 10) / 10;
  return formatCount(locale, rounded, { one: unit, other: `${unit}s` }, { ...(style.signed && { signed: true }) });
}

const RELATIVE_STEPS: readonly (readonly [below: number, unit: Intl.RelativeTimeFormatUnit, size: number])[] = [
  [45 * SECOND_MS, 'second', SECOND_MS],
  [45 * MINUTE_MS, 'minute', MINUTE_MS],
  [22 * HOUR_MS, 'hour', HOUR_MS],
  [6.5 * DAY_MS, 'day', DAY_MS],
  [28 * DAY_MS, 'week', 7 * DAY_MS],
  [320 * DAY_MS, 'month', 30.4375 * DAY_MS],
  [Number.POSITIVE_INFINITY, 'year', 365.25 * DAY_MS],
];

/**
 * How long ago, or in how long, seen from `now`. Under 45 seconds is «now»: figures that tick do not help anyone.
 * @example formatRelative('en', threeMinutesAgo, now) // '3 minutes ago'
 */
export function formatRelative(locale: string, at: Instant | null, now: Instant): string {
  if (at === null) return NO_VALUE;
  const distance = at - now;
  for (const [below, unit, size] of RELATIVE_STEPS) {
    if (Math.abs(distance) >= below) continue;
    const steps = unit === 'second' ? 0 : Math.round(distance / size);
    return withFigure(relativeFormat(WORDS).formatToParts(steps, unit), formatNumber(locale, Math.abs(steps)));
  }
  return NO_VALUE;
}

const DURATION_STEPS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
] as const;

/**
 * A length of time in its two largest units; under a second in milliseconds.
 * @example formatDuration('en-US', 252_000) // '4 min 12 sec'
 */
export function formatDuration(locale: string, ms: number | null): string {
  if (ms === null) return NO_VALUE;
  if (Math.abs(ms) < SECOND_MS) return abbreviated(locale, Math.round(ms), 'millisecond');
  const parts: string[] = [];
  let rest = Math.round(Math.abs(ms) / SECOND_MS) * SECOND_MS;
  for (const [unit, size] of DURATION_STEPS) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) parts.push(abbreviated(locale, whole, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return (ms < 0 ? '−' : '') + parts.join(' ');
}

/** A whole number with its unit in short: «4 min», «1 hr». */
function abbreviated(locale: string, value: number, unit: string): string {
  const options = { style: 'unit', unit, unitDisplay: 'short', useGrouping: false } as const;
  return withFigure(numberFormat(WORDS, options).formatToParts(value), formatNumber(locale, Math.abs(value)));
}

/** Words with another figure in the place of their own. */
function withFigure(parts: readonly { readonly type: string; readonly value: string }[], figure: string): string {
  return parts.map(({ type, value }) => (type === 'integer' ? figure : value)).join('');
}

/** English without a country of its own: «a, b and c». */
const INTERNATIONAL = 'en-001';

/**
 * Things one after the other. The «and» and the «or» are words, so they are English whatever the locale; among the locales that are
 * English each puts its own commas.
 * @example formatList('en-US', ['a', 'b', 'c']) // 'a, b, and c'
 * @example formatList('de-DE', ['a', 'b', 'c']) // 'a, b and c'
 */
export function formatList(locale: string, items: readonly string[], last: 'and' | 'or' = 'and'): string {
  const type = last === 'and' ? 'conjunction' : 'disjunction';
  return listFormat(locale.startsWith(WORDS) ? locale : INTERNATIONAL, type).format(items);
}
