/** One cell as its field is kept, or what is wrong with it. */
import type { DateFormat, DecimalMark } from '../../../../shared/contract/files.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { dayOfNumber, endOfDay, startOfDay, UTC, type TimeZone } from '../../../../shared/kernel/day.ts';
import { minorFromDecimal } from '../../../../shared/kernel/decimal-amount.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { DAY_MS, instant, isoOfInstant, MINUTE_MS } from '../../../../shared/kernel/instant.ts';
import { readClockTime, type ClockTime } from '../reading/day-text.ts';
import { readNumber } from '../reading/number-text.ts';
import type { FieldSpec } from '../kinds/kind.ts';

/** How the cells of one column are written. */
export interface CellFormat {
  readonly spec: FieldSpec;
  readonly dateFormats: readonly DateFormat[];
  readonly mark: DecimalMark;
  readonly unit: 'major' | 'minor';
  readonly zone: TimeZone;
  /** In lower case → the kept value. */
  readonly choices: ReadonlyMap<string, string>;
}

/** A value, or a sentence about why there is none. */
export type Cell = { readonly value: string } | { readonly problem: string };

const LONGEST_TEXT = 5_000;
const LONGEST_ID = 255;
const TRUE = new Set(['true', 'yes', 'y', '1', 'x', 'ja', 'wahr', 'oui', 'vrai', 'si', 'sí', 'verdadero', 'ano']);
const FALSE = new Set(['false', 'no', 'n', '0', 'nein', 'falsch', 'non', 'faux', 'falso', 'ne']);

/** The values of a choice as files write them. */
export function choicesOf({ choices }: FieldSpec): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(choices).flatMap(([value, words]) =>
      [value, value.replaceAll('_', ' '), ...words].map((word) => [word.toLowerCase(), value] as const),
    ),
  );
}

/** `text` is not empty. @param currency of an amount, or null where the row has none. */
export function readCell(text: string, format: CellFormat, currency: string | null): Cell {
  const { spec } = format;
  switch (spec.type) {
    case 'text':
      return { value: text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text };
    case 'id':
      return text.length > LONGEST_ID ? { problem: 'An id has at most 255 characters' } : { value: text };
    case 'email':
      return { value: text.toLowerCase().slice(0, LONGEST_ID) };
    case 'currency':
      return isCurrencyCode(text)
        ? { value: currencyCode(text) }
        : { problem: `“${shown(text)}” is no currency known to Vario (ISO 4217)` };
    case 'boolean': {
      const word = text.toLowerCase();
      if (TRUE.has(word)) return { value: 'true' };
      return FALSE.has(word) ? { value: 'false' } : { problem: `“${shown(text)}” is neither yes nor no` };
    }
    case 'choice': {
      const value = format.choices.get(text.toLowerCase());
      return value === undefined
        ? { problem: `“${shown(text)}” is not one of ${Object.keys(spec.choices).join(', ')}` }
        : { value };
    }
    case 'number': {
      const value = readNumber(text, format.mark);
      return value === null ? { problem: `“${shown(text)}” is no number` } : { value };
    }
    case 'amount':
      return amountOf(text, format, currency);
    case 'day': {
      const time = timeOf(text, format);
      return time ? { value: dayOfNumber(Math.floor(time.localMs / DAY_MS)) } : noDay(text);
    }
    case 'instant': {
      const time = timeOf(text, format);
      return time ? { value: isoText(time, format.zone) } : noDay(text);
    }
    case 'month': {
      const month = monthOf(text) ?? timeMonth(timeOf(text, format));
      return month === null ? { problem: `“${shown(text)}” is no month` } : { value: month };
    }
  }
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function noDay(text: string): Cell {
  return { problem: `“${shown(text)}” is no day of the calendar in this column's format` };
}

function timeOf(text: string, { dateFormats }: CellFormat): ClockTime | null {
  for (const format of dateFormats) {
    const time = readClockTime(text, format);
    if (time) return time;
  }
  return null;
}

function isoText({ localMs, offsetMinutes }: ClockTime, zone: TimeZone): string {
  if (offsetMinutes !== null) return isoOfInstant(instant(localMs - offsetMinutes * MINUTE_MS));
  if (zone === UTC) return isoOfInstant(instant(localMs));
  const day = dayOfNumber(Math.floor(localMs / DAY_MS));
  const sinceMidnight = localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
  const start = startOfDay(day, zone);
  const end = endOfDay(day, zone);
  // On a day on which the clocks change, the afternoon is told from the end of the day.
  const at =
    end - start === DAY_MS || sinceMidnight < DAY_MS / 4 ? start + sinceMidnight : end - (DAY_MS - sinceMidnight);
  return isoOfInstant(instant(at));
}

function monthOf(text: string): string | null {
  const plain = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (plain) return text;
  const quarter = /^(?:Q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?Q([1-4]))$/i.exec(text);
  if (!quarter) return null;
  const number = Number(quarter[1] ?? quarter[4]);
  return `${quarter[2] ?? quarter[3] ?? ''}-${String((number - 1) * 3 + 1).padStart(2, '0')}`;
}

function timeMonth(time: ClockTime | null): string | null {
  return time && dayOfNumber(Math.floor(time.localMs / DAY_MS)).slice(0, 7);
}

function amountOf(text: string, { mark, unit }: CellFormat, currency: string | null): Cell {
  const number = readNumber(text, mark);
  if (number === null) return { problem: `“${shown(text)}” is no amount` };
  try {
    if (unit === 'minor') {
      const whole = number.replace(/\.0*$/, '');
      if (whole.includes('.')) return { problem: `“${shown(text)}” is a fraction of a minor unit` };
      return Number.isSafeInteger(Number(whole))
        ? { value: String(Number(whole)) }
        : { problem: `“${shown(text)}” is too large` };
    }
    if (currency === null) return { problem: 'An amount without its currency; choose one for all rows' };
    return { value: String(minorFromDecimal(number, currencyCode(currency))) };
  } catch (error) {
    // The kernel says in its message what the amount lacks; that is the cell's problem.
    if (isAppError(error, 'invalid_input')) return { problem: error.message };
    throw error;
  }
}
