/** Days, months and instants as locale text. Instants are shown on the workspace's clock. */
import { dayNumber, firstDayOf, plainMonth, type PlainDay, type PlainMonth, type TimeZone } from '../kernel/day.ts';
import { yearName } from '../kernel/fiscal.ts';
import { DAY_MS, type Instant } from '../kernel/instant.ts';
import { NO_VALUE } from './number.ts';
import { dateFormat } from './intl-cache.ts';

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

/** A day in a sentence: its year stands only where it differs from that of `today`. */
export function formatSpokenDay(locale: string, day: PlainDay, today: PlainDay): string {
  return formatDay(locale, day, day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'medium');
}

/** A day with its weekday, for the title of a digest; the year as in `formatSpokenDay`. @example 'Friday, Nov 20' */
export function formatWeekday(locale: string, day: PlainDay, today: PlainDay): string {
  const form = DAY_FORMS[day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'medium'];
  return dateFormat(locale, { weekday: 'long', ...form, timeZone: 'UTC' }).format(dayNumber(day) * DAY_MS);
}

/** Two days as a span, what they share written once. @example formatSpan('en-GB', '2026-11-16', '2026-11-22') // '16–22 Nov 2026' */
export function formatSpan(locale: string, from: PlainDay, to: PlainDay, form: DayForm = 'medium'): string {
  return dateFormat(locale, { ...DAY_FORMS[form], timeZone: 'UTC' }).formatRange(
    dayNumber(from) * DAY_MS,
    dayNumber(to) * DAY_MS,
  );
}

/** What a weekday is called. @param weekday 1 = Monday … 7 = Sunday. */
export function weekdayName(locale: string, weekday: number): string {
  // Day 4 after the epoch was a Monday.
  return dateFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format((weekday + 3) * DAY_MS);
}

/** What a month of the year is called by itself. @param month 1 to 12. */
export function monthName(locale: string, month: number): string {
  const first = firstDayOf(plainMonth(`2000-${String(month).padStart(2, '0')}`));
  return dateFormat(locale, { month: 'long', timeZone: 'UTC' }).format(dayNumber(first) * DAY_MS);
}
