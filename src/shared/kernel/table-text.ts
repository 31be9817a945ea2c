/**
 * Tables as text: CSV for files (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180), in one of two hands. For machines:
 * ISO days, a dot, commas; the same everywhere and always. For the founder's own spreadsheet: days, decimal sign and
 * delimiter as programs of that locale read them.
 */
import { dayAt, dayNumber, UTC, type PlainDay, type TimeZone } from './day.ts';
import { DAY_MS, instantOfIso } from './instant.ts';
import { timeAt } from './time-of-day.ts';

/** What a cell exports: text, a plain number (also as decimal text), a day, or nothing. */
export type ExportCell = string | number | null;

export interface TableStyle {
  readonly delimiter: ',' | ';';
  /** Between whole and fraction; thousands are never grouped, because spreadsheets take groups for text. */
  readonly decimal: string;
  /** A day (`2026-11-21`) as it is written. */
  readonly day: (day: PlainDay) => string;
  /** A moment (ISO 8601 in UTC) as it is written. */
  readonly instant: (iso: string) => string;
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export const MACHINE_STYLE: TableStyle = { delimiter: ',', decimal: '.', day: (day) => day, instant: (iso) => iso };

/**
 * The style of a locale (BCP 47). Figures are written in European digits also where the locale has its own: that is
 * what spreadsheets read everywhere; moments on the clock of `zone`, to the minute. The delimiter is a semicolon where the comma is the decimal sign.
 * @example localeStyle('de-DE').day('2026-11-21') // '21.11.2026'
 */
export function localeStyle(locale: string, zone: TimeZone = UTC): TableStyle {
  const options = { numberingSystem: 'latn' } as const;
  const parts = new Intl.NumberFormat(locale, options).formatToParts(1.5);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const days = new Intl.DateTimeFormat(locale, {
    ...options,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  // Marks of the writing direction would make the day a text that no spreadsheet knows.
  const dayText = (day: PlainDay): string =>
    days.format(dayNumber(day) * DAY_MS).replaceAll(/[\u200E\u200F\u061C]/g, '');
  return {
    delimiter: decimal === '.' ? ',' : ';',
    decimal,
    day: dayText,
    instant(iso) {
      const at = instantOfIso(iso);
      return `${dayText(dayAt(at, zone))} ${timeAt(at, zone)}`;
    },
  };
}

/** CSV with CRLF line ends and a byte order mark, so that spreadsheets read UTF-8. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly ExportCell[])[],
  style: TableStyle = MACHINE_STYLE,
): string {
  return `\uFEFF${csvLine(header, style)}${rows.map((row) => csvLine(row, style)).join('')}`;
}

/** One line with its end. @example csvLine(['a', 1.5, null], MACHINE_STYLE) // 'a,1.5,\r\n' */
export function csvLine(cells: readonly ExportCell[], style: TableStyle): string {
  return `${cells.map((cell) => quoted(cellText(cell, style), style.delimiter)).join(style.delimiter)}\r\n`;
}

/** Tab-separated text, as spreadsheets take it from the clipboard. */
export function tabbedText(
  header: readonly string[],
  rows: readonly (readonly ExportCell[])[],
  style: TableStyle = MACHINE_STYLE,
): string {
  return [header, ...rows]
    .map((row) => row.map((cell) => cellText(cell, style).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

/**
 * A cell in a style. Decimal text (`-12.50`) is a number and keeps its digits: amounts come with as many decimals as
 * their currency has. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellText(cell: ExportCell, style: TableStyle): string {
  if (cell === null) return '';
  const text = typeof cell === 'number' ? plainNumber(cell) : cell;
  if (/^-?\d+(\.\d+)?$/.test(text)) return text.replace('.', style.decimal);
  if (DAY.test(text)) return style.day(text as PlainDay);
  if (INSTANT.test(text)) return style.instant(text);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A number without an exponent, so that every reader takes it. @example plainNumber(1e-7) // '0.0000001' */
function plainNumber(value: number): string {
  const text = String(value);
  return /e/i.test(text) ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
