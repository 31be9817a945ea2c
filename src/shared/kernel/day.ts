/**
 * Calendar days and months, and the one bridge between them and instants: a
 * time zone. Days are text (`2026-11-21`), so they sort, compare and store as
 * they read.
 */
import { AppError } from './errors.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type Instant } from './instant.ts';

declare const dayBrand: unique symbol;
declare const monthBrand: unique symbol;
declare const zoneBrand: unique symbol;
/** A calendar day `YYYY-MM-DD` without a zone. */
export type PlainDay = string & { readonly [dayBrand]: true };
/** A calendar month `YYYY-MM`. */
export type PlainMonth = string & { readonly [monthBrand]: true };
/** An IANA time zone name that this platform knows. */
export type TimeZone = string & { readonly [zoneBrand]: true };

export const UTC = 'UTC' as TimeZone;

const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_PATTERN = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Parses `YYYY-MM-DD`. @throws AppError `invalid_input` for anything else, and for days that do not exist. */
export function plainDay(text: string): PlainDay {
  if (!DAY_PATTERN.test(text)) throw new AppError('invalid_input', `“${text}” is not a day (YYYY-MM-DD)`);
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(epochMs) || new Date(epochMs).toISOString().slice(0, 10) !== text)
    throw new AppError('invalid_input', `“${text}” is not a day of the calendar`);
  return text as PlainDay;
}

/** Parses `YYYY-MM`. @throws AppError `invalid_input`. */
export function plainMonth(text: string): PlainMonth {
  if (!MONTH_PATTERN.test(text)) throw new AppError('invalid_input', `“${text}” is not a month (YYYY-MM)`);
  return text as PlainMonth;
}

/** Checks an IANA zone name. @throws AppError `invalid_input`. */
export function timeZone(name: string): TimeZone {
  try {
    formatterOf(name as TimeZone);
  } catch (cause) {
    throw new AppError('invalid_input', `“${name}” is not a time zone (an IANA name such as Europe/Berlin)`, { cause });
  }
  return name as TimeZone;
}

// Remembered both ways, because ledgers ask for the same days again and again.
const dayNumbers = new Map<PlainDay, number>();
const dayTexts = new Map<number, PlainDay>();

/** Days since 1970-01-01. */
export function dayNumber(day: PlainDay): number {
  let number = dayNumbers.get(day);
  if (number === undefined) dayNumbers.set(day, (number = Date.parse(`${day}T00:00:00Z`) / DAY_MS));
  return number;
}

/** The day that is `number` days after 1970-01-01. */
export function dayOfNumber(number: number): PlainDay {
  let text = dayTexts.get(number);
  if (text === undefined) {
    text = new Date(number * DAY_MS).toISOString().slice(0, 10) as PlainDay;
    dayTexts.set(number, text);
  }
  return text;
}

export function addDays(day: PlainDay, days: number): PlainDay {
  return dayOfNumber(dayNumber(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDay, to: PlainDay): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Adds calendar months, keeping the day of the month or the month's last day.
 * @example addMonths('2026-01-31', 1) // '2026-02-28'
 */
export function addMonths(day: PlainDay, months: number): PlainDay {
  const target = addToMonth(monthOf(day), months);
  const dayOfMonth = Math.min(Number(day.slice(8)), daysInMonth(target));
  return `${target}-${String(dayOfMonth).padStart(2, '0')}` as PlainDay;
}

/**
 * The same time of the day (UTC) some calendar months later, or earlier: as `addMonths`, of a moment.
 * @example monthsLater(instantOfIso('2026-01-31T08:00:00Z'), 1) // 2026-02-28T08:00:00Z
 */
export function monthsLater(at: Instant, months: number): Instant {
  const day = dayAt(at, UTC);
  return instant(startOfDay(addMonths(day, months), UTC) + (at - startOfDay(day, UTC)));
}

export function monthOf(day: PlainDay): PlainMonth {
  return day.slice(0, 7) as PlainMonth;
}

/** Adds months to a month. @example addToMonth('2026-11', 2) // '2027-01' */
export function addToMonth(month: PlainMonth, months: number): PlainMonth {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as PlainMonth;
}

export function firstDayOf(month: PlainMonth): PlainDay {
  return `${month}-01` as PlainDay;
}

export function lastDayOf(month: PlainMonth): PlainDay {
  return `${month}-${String(daysInMonth(month)).padStart(2, '0')}` as PlainDay;
}

export function daysInMonth(month: PlainMonth): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

/** The months from `from` to `to`, both included; empty when `to` is earlier. */
export function monthsBetween(from: PlainMonth, to: PlainMonth): PlainMonth[] {
  const months: PlainMonth[] = [];
  for (let month = from; month <= to; month = addToMonth(month, 1)) months.push(month);
  return months;
}

/** The days from `from` to `to`, both included. */
export function daysFromTo(from: PlainDay, to: PlainDay): PlainDay[] {
  const days: PlainDay[] = [];
  for (let number = dayNumber(from); number <= dayNumber(to); number++) days.push(dayOfNumber(number));
  return days;
}

const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

/** What is known of a zone: offsets at instants, and stretches of days over which one offset holds (null: it changes). */
interface KnownOffsets {
  readonly at: Map<number, number>;
  readonly over: Map<number, number | null>;
}

const offsets = new Map<TimeZone, KnownOffsets>();

/** No zone of the tz database has changed its clocks twice within a week: equal offsets at both ends of fewer days hold between them. */
const STRETCH_MS = 4 * DAY_MS;
/** Every transition in the tz database since 1970 falls on a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

/** The zone's offset from UTC at an instant, in milliseconds. */
function offsetMs(at: Instant, zone: TimeZone): number {
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = { at: new Map(), over: new Map() }));
  const stretch = Math.floor(at / STRETCH_MS);
  let offset = known.over.get(stretch);
  if (offset === undefined) {
    const from = offsetAt(stretch * STRETCH_MS, zone, known);
    offset = from === offsetAt((stretch + 1) * STRETCH_MS, zone, known) ? from : null;
    known.over.set(stretch, offset);
  }
  return offset ?? offsetAt(Math.floor(at / QUARTER_MS) * QUARTER_MS, zone, known);
}

function offsetAt(epochMs: number, zone: TimeZone, known: KnownOffsets): number {
  let offset = known.at.get(epochMs);
  if (offset === undefined) known.at.set(epochMs, (offset = askPlatformForOffset(epochMs, zone)));
  return offset;
}

function askPlatformForOffset(epochMs: number, zone: TimeZone): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(epochMs)) part[type] = Number(value);
  const local = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day']!,
    part['hour']!,
    part['minute']!,
    part['second']!,
  );
  return local - epochMs;
}

function formatterOf(zone: TimeZone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The calendar day that a clock in `zone` shows at an instant. */
export function dayAt(at: Instant, zone: TimeZone): PlainDay {
  const local = zone === UTC ? at : at + offsetMs(at, zone);
  return dayOfNumber(Math.floor(local / DAY_MS));
}

/** The instant at which a day begins in `zone` (the first moment after a gap, where midnight does not exist). */
export function startOfDay(day: PlainDay, zone: TimeZone): Instant {
  const midnight = dayNumber(day) * DAY_MS;
  if (zone === UTC) return instant(midnight);
  const guess = midnight - offsetMs(instant(midnight), zone);
  const start = midnight - offsetMs(instant(guess), zone);
  if (dayAt(instant(start), zone) === day) return instant(start);
  return instant(Math.max(guess, start) + (dayAt(instant(Math.max(guess, start)), zone) < day ? HOUR_MS : 0));
}

/** The first instant that no longer belongs to the day: state «at the end of a day» is state before it. */
export function endOfDay(day: PlainDay, zone: TimeZone): Instant {
  return startOfDay(addDays(day, 1), zone);
}
