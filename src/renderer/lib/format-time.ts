/** Days, months, instants and lengths of time as locale text. Instants are shown on the workspace's clock. */
import { dayNumber, firstDayOf, type PlainDay, type PlainMonth, type TimeZone } from '../../shared/kernel/day.ts';
import { yearName } from '../../shared/kernel/fiscal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../shared/kernel/instant.ts';
import { NO_VALUE } from './format-number.ts';
import { dateFormat, numberFormat, relativeFormat } from './intl-cache.ts';

/** `short`: 14 Mar. `medium`: 14 Mar 2027. `long`: Sunday, 14 March 2027 (each in the locale's own order). */
export type DayForm = 'short' | 'medium' | 'long';

const DAY_FORMS: Record<DayForm, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
};

/** A calendar day; it has no zone, so none is applied. */
export function formatDay(locale: string, day: PlainDay | null, form: DayForm = 'medium'): string {
  if (day === null) return NO_VALUE;
  return dateFormat(locale, { ...DAY_FORMS[form], timeZone: 'UTC' }).format(dayNumber(day) * DAY_MS);
}

/** `short`: Mar. `medium`: Mar 2027. `long`: March 2027. */
export function formatMonth(locale: string, month: PlainMonth | null, form: DayForm = 'medium'): string {
  if (month === null) return NO_VALUE;
  const options: Intl.DateTimeFormatOptions =
    form === 'short' ? { month: 'short' } : { month: form === 'long' ? 'long' : 'short', year: 'numeric' };
  return dateFormat(locale, { ...options, timeZone: 'UTC' }).format(dayNumber(firstDayOf(month)) * DAY_MS);
}

/** The fiscal year that a month belongs to; where that is the calendar's, in the locale's own digits and era. */
export function formatYear(locale: string, month: PlainMonth, yearStart: number): string {
  if (yearStart !== 1) return yearName(month, yearStart);
  return dateFormat(locale, { year: 'numeric', timeZone: 'UTC' }).format(dayNumber(firstDayOf(month)) * DAY_MS);
}

/** An instant in a zone. `short`: 14:05. `medium`: 14 Mar 2027, 14:05. `long` adds seconds and the zone. */
export function formatInstant(locale: string, zone: TimeZone, at: Instant | null, form: DayForm = 'medium'): string {
  if (at === null) return NO_VALUE;
  const options: Intl.DateTimeFormatOptions =
    form === 'short'
      ? { hour: '2-digit', minute: '2-digit' }
      : form === 'medium'
        ? { ...DAY_FORMS.medium, hour: '2-digit', minute: '2-digit' }
        : { ...DAY_FORMS.medium, hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' };
  return dateFormat(locale, { ...options, timeZone: zone }).format(at);
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
    return relativeFormat(locale).format(unit === 'second' ? 0 : Math.round(distance / size), unit);
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
  const unitText = (value: number, unit: string): string =>
    numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(value);
  if (Math.abs(ms) < SECOND_MS) return unitText(Math.round(ms), 'millisecond');
  const parts: string[] = [];
  let rest = Math.round(Math.abs(ms) / SECOND_MS) * SECOND_MS;
  for (const [unit, size] of DURATION_STEPS) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) parts.push(unitText(whole, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return (ms < 0 ? '−' : '') + parts.join(' ');
}
