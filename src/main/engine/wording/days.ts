/** Days, months and the time between them as they stand in the engine's sentences. */
import {
  formatDay,
  formatInstant,
  formatMonth,
  formatSpan,
  formatSpokenDay,
  formatWeekday,
} from '../../../shared/formats/time.ts';
import { daysBetween, plainMonth, UTC, type PlainDay, type TimeZone } from '../../../shared/kernel/day.ts';
import { HOUR_MS, instant, type Instant } from '../../../shared/kernel/instant.ts';
import { counted } from './figures.ts';
import { sentenceLocale } from './locale.ts';

/** A day of the year around `today`; the year stands where it differs. @example dayText('2026-12-14', today) // 'Dec 14' */
export function dayText(day: PlainDay, today: PlainDay): string {
  return formatSpokenDay(sentenceLocale(), day, today);
}

/** @example weekdayText('2026-11-20', '2026-11-21') // 'Friday, Nov 20' */
export function weekdayText(day: PlainDay, today: PlainDay): string {
  return formatWeekday(sentenceLocale(), day, today);
}

/** A day with its year. @example fullDayText('2026-12-14') // 'Dec 14, 2026' */
export function fullDayText(day: PlainDay): string {
  return formatDay(sentenceLocale(), day);
}

/** A day with its weekday and its year, for titles. @example datedWeekdayText('2026-11-20') // 'Friday, November 20, 2026' */
export function datedWeekdayText(day: PlainDay): string {
  return formatDay(sentenceLocale(), day, 'long');
}

/** A time of day on the hour. @example clockText(0) // '12:00 AM' */
export function clockText(hour: number): string {
  return formatInstant(sentenceLocale(), UTC, instant(hour * HOUR_MS), 'short');
}

/** Two days as a span with its year. @example spanText('2026-11-16', '2026-11-22') // 'Nov 16 – 22, 2026' */
export function spanText(from: PlainDay, to: PlainDay): string {
  return formatSpan(sentenceLocale(), from, to);
}

/** The month of a day or a month. @example monthText('2026-10') // 'Oct 2026' */
export function monthText(month: string): string {
  return formatMonth(sentenceLocale(), plainMonth(month.slice(0, 7)));
}

/** A moment on the clock of a zone, with its day. @example momentText(at, zone) // 'Nov 21, 2026, 09:00 AM' */
export function momentText(at: Instant, zone: TimeZone): string {
  return formatInstant(sentenceLocale(), zone, at);
}

/** The time between two days in its largest sensible unit. @example tenureText('2024-09-01', '2026-11-21') // '2 years 2 months' */
export function tenureText(from: PlainDay, to: PlainDay): string {
  const days = Math.max(0, daysBetween(from, to));
  if (days < 60) return counted(days, 'day');
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7)) -
    (to.slice(8) < from.slice(8) ? 1 : 0);
  const years = Math.floor(months / 12);
  const rest = months % 12;
  if (years === 0) return counted(months, 'month');
  return rest === 0 ? counted(years, 'year') : `${counted(years, 'year')} ${counted(rest, 'month')}`;
}
