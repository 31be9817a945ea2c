/** Days and moments as files write them. Which of two orders a column uses is never guessed from one value. */
import type { DateFormat } from '../../../../shared/contract/files.ts';
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/kernel/instant.ts';

/** A moment by a clock that may or may not say in which zone it hangs. */
export interface ClockTime {
  /** Milliseconds since 1970 as the clock shows them. */
  readonly localMs: number;
  /** Minutes that the clock is ahead of UTC; null where the text does not say. */
  readonly offsetMinutes: number | null;
  /** Whether the text says more than the day. */
  readonly hasTime: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}`);
const YMD = new RegExp(String.raw`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})${TIME}`);
const PARTS = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})${TIME}`);
const WORDS_DAY_FIRST = new RegExp(
  String.raw`^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})${TIME}`,
);
const WORDS_MONTH_FIRST = new RegExp(
  String.raw`^(?:[A-Za-z]{3,9},\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}`,
);

/** Serial days of spreadsheets count from the last day of 1899, in which they see a 29 February 1900 that never was. */
const EXCEL_EPOCH_MS = -25_569 * DAY_MS;
/** 1970 to 2199, the days that any of these tables speaks of. */
const EXCEL_FROM = 25_569;
const EXCEL_TO = 109_575;

/** Reads a text in one format; null where it does not fit, or is no day of the calendar. */
export function readClockTime(text: string, format: DateFormat): ClockTime | null {
  switch (format) {
    case 'iso':
      return isoTime(text);
    case 'ymd': {
      const match = YMD.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
      return match && clockTime(match[1], match[2], match[3], match, 4);
    }
    case 'dmy': {
      const match = PARTS.exec(text);
      return match && clockTime(fullYear(match[4]), match[3], match[1], match, 5);
    }
    case 'mdy': {
      const match = PARTS.exec(text);
      return match && clockTime(fullYear(match[4]), match[1], match[3], match, 5);
    }
    case 'text': {
      const first = WORDS_DAY_FIRST.exec(text);
      if (first) return clockTime(first[3], monthOfName(first[2]), first[1], first, 4);
      const second = WORDS_MONTH_FIRST.exec(text);
      return second && clockTime(second[3], monthOfName(second[1]), second[2], second, 4);
    }
    case 'unix': {
      if (!/^\d{9,10}(\.\d+)?$|^\d{12,13}$/.test(text)) return null;
      const value = Number(text);
      return {
        localMs: Math.trunc(value > 99_999_999_999 ? value : value * SECOND_MS),
        offsetMinutes: 0,
        hasTime: true,
      };
    }
    case 'excel': {
      const value = /^\d{5,6}([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
      if (!(value >= EXCEL_FROM && value < EXCEL_TO)) return null;
      const localMs = EXCEL_EPOCH_MS + Math.round((value * DAY_MS) / SECOND_MS) * SECOND_MS;
      return { localMs, offsetMinutes: null, hasTime: value % 1 !== 0 };
    }
  }
}

const ORDERED: readonly DateFormat[] = ['iso', 'ymd', 'dmy', 'mdy', 'text', 'unix', 'excel'];

/** Every format in which the text is a day. With dots between the parts the day stands first, wherever that is written. */
export function dateFormatsOf(text: string): DateFormat[] {
  const formats = ORDERED.filter((format) => readClockTime(text, format) !== null);
  return /^\d{1,2}\.\d{1,2}\./.test(text) ? formats.filter((format) => format !== 'mdy') : formats;
}

function isoTime(text: string): ClockTime | null {
  const match = ISO.exec(text);
  return match && clockTime(match[1], match[2], match[3], match, 4);
}

function fullYear(text: string | undefined): string | undefined {
  return text?.length === 2 ? (Number(text) < 70 ? `20${text}` : `19${text}`) : text;
}

function monthOfName(name: string | undefined): string {
  return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

/** `at` is the group of the hour; minute, second, fraction, half of the day and zone follow it. */
function clockTime(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  match: RegExpExecArray,
  at: number,
): ClockTime | null {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  if (y < 1970 || y > 2199 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return null;
  const dayText = `${year ?? ''}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` as PlainDay;
  const midnight = dayNumber(dayText) * DAY_MS;
  const hourText = match[at];
  if (hourText === undefined) return { localMs: midnight, offsetMinutes: null, hasTime: false };
  const half = match[at + 4]?.charAt(0).toLowerCase();
  const spoken = Number(hourText);
  if (half !== undefined && (spoken < 1 || spoken > 12)) return null;
  const hour = half === undefined ? spoken : (spoken % 12) + (half === 'p' ? 12 : 0);
  const minute = Number(match[at + 1]);
  const second = Number(match[at + 2] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number(`0.${match[at + 3] ?? 0}`);
  const localMs =
    midnight + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + Math.trunc(fraction * SECOND_MS);
  return { localMs, offsetMinutes: offsetOf(match[at + 5]), hasTime: true };
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[A-Z]/.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
