/**
 * The one formatter of the renderer: locale and time zone are bound once, every
 * text goes through it. The forms themselves are those of shared/formats, which the engine writes its sentences with.
 */
import { unreachable } from '../../shared/kernel/errors.ts';
import { money, type Money } from '../../shared/kernel/money.ts';
import { startOfDay, type PlainDay, type PlainMonth, type TimeZone } from '../../shared/kernel/day.ts';
import { quarterName } from '../../shared/kernel/fiscal.ts';
import { paperOf } from '../../shared/kernel/paper.ts';
import type { Instant } from '../../shared/kernel/instant.ts';
import { localeStyle, MACHINE_STYLE, type TableStyle } from '../../shared/kernel/table-text.ts';
import {
  formatBytes,
  formatDecimal,
  formatMark,
  formatMoney,
  formatPercent,
  formatPoints,
  formatRatio,
  NO_VALUE,
  type NumberStyle,
} from '../../shared/formats/number.ts';
import {
  formatDay,
  formatInstant,
  formatMonth,
  formatSpan,
  formatYear,
  type DayForm,
} from '../../shared/formats/time.ts';
import {
  formatCount,
  formatDuration,
  formatLength,
  formatList,
  formatRelative,
  type Noun,
} from '../../shared/formats/words.ts';
import type { Quantity, Unit } from './unit.ts';

/** What the company's settings say of its calendar and its files. */
export interface CompanyCalendar {
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStartsOn: number;
  readonly exportFormat: 'machine' | 'locale';
  /** Null: what the locale's country uses. */
  readonly paperSize: 'A4' | 'Letter' | null;
}

const EVERYBODYS: CompanyCalendar = {
  fiscalYearStartMonth: 1,
  weekStartsOn: 1,
  exportFormat: 'machine',
  paperSize: null,
};

export interface Formatter {
  readonly locale: string;
  readonly zone: TimeZone;
  readonly calendar: CompanyCalendar;
  /** What reports are printed on, unless one is asked for otherwise. */
  readonly paper: 'A4' | 'Letter';
  /** How tables are exported: as chosen in the settings, or in the other way. */
  tableStyle(format?: CompanyCalendar['exportFormat']): TableStyle;
  /** The fiscal quarter of a month: «FY26 Q1», «Q1 2026» where the year is the calendar's. */
  quarter(month: PlainMonth | null): string;
  /** The fiscal year of a month: «FY26», «2026» where the year is the calendar's. */
  year(month: PlainMonth): string;
  /** Integer minor units with their currency; null is «—». */
  money(amount: Money | null, style?: NumberStyle): string;
  /** A fraction of one. */
  percent(fraction: number | null, style?: NumberStyle): string;
  /** A difference of fractions, in percentage points, signed. */
  points(difference: number | null): string;
  ratio(ratio: number | null, style?: NumberStyle): string;
  count(count: number | null, noun?: Noun, style?: NumberStyle): string;
  day(day: PlainDay | null, form?: DayForm): string;
  /** From one day to another, what they share written once. */
  span(from: PlainDay, to: PlainDay, form?: DayForm): string;
  /** The first moment of a day as its clock shows it: «12:00 AM», where the clocks do not jump then. */
  dayBegins(day: PlainDay): string;
  month(month: PlainMonth | null, form?: DayForm): string;
  instant(at: Instant | null, form?: DayForm): string;
  relative(at: Instant | null, now: Instant): string;
  /** Milliseconds. */
  duration(ms: number | null): string;
  /** Any value in its unit. */
  value(value: number | null, unit: Unit, style?: NumberStyle): string;
  quantity(quantity: Quantity, style?: NumberStyle): string;
  /** A number with at most so many decimals. */
  decimal(value: number, most: number): string;
  /** A bare number on a scale, as short as it goes. */
  mark(value: number): string;
  list(items: readonly string[], last?: 'and' | 'or'): string;
  /** A size in bytes, in decimal units. */
  bytes(bytes: number | null): string;
}

/** Binds locale (BCP 47), the workspace's zone, and its calendar. */
export function createFormatter(locale: string, zone: TimeZone, calendar: CompanyCalendar = EVERYBODYS): Formatter {
  return {
    locale,
    zone,
    calendar,
    paper: paperOf(calendar.paperSize, locale),
    tableStyle: (format = calendar.exportFormat) => (format === 'machine' ? MACHINE_STYLE : localeStyle(locale, zone)),
    year: (month) => formatYear(locale, month, calendar.fiscalYearStartMonth),
    quarter: (month) => (month === null ? NO_VALUE : quarterName(month, calendar.fiscalYearStartMonth)),
    money: (amount, style) => formatMoney(locale, amount, style),
    percent: (fraction, style) => formatPercent(locale, fraction, style),
    points: (difference) => formatPoints(locale, difference),
    ratio: (ratio, style) => formatRatio(locale, ratio, style),
    count: (count, noun, style) => formatCount(locale, count, noun, style),
    day: (day, form) => formatDay(locale, day, form),
    span: (from, to, form) => formatSpan(locale, from, to, form),
    dayBegins: (day) => formatInstant(locale, zone, startOfDay(day, zone), 'short'),
    month: (month, form) => formatMonth(locale, month, form),
    instant: (at, form) => formatInstant(locale, zone, at, form),
    relative: (at, now) => formatRelative(locale, at, now),
    duration: (ms) => formatDuration(locale, ms),
    value: (value, unit, style) => formatValue(locale, value, unit, style),
    quantity: (quantity, style) => formatValue(locale, quantity.value, quantity.unit, style),
    decimal: (value, most) => formatDecimal(locale, value, { most }),
    mark: (value) => formatMark(locale, value),
    list: (items, last) => formatList(locale, items, last),
    bytes: (bytes) => formatBytes(locale, bytes),
  };
}

function formatValue(locale: string, value: number | null, unit: Unit, style?: NumberStyle): string {
  if (value === null) return NO_VALUE;
  switch (unit.kind) {
    case 'money':
      return formatMoney(locale, money(Math.round(value), unit.currency), style);
    case 'percent':
      return formatPercent(locale, value, style);
    case 'ratio':
      return formatRatio(locale, value, style);
    case 'count':
      return formatCount(locale, value, unit.noun, style);
    case 'hours':
      return formatLength(locale, value, 'hour', style);
    case 'days':
      return formatLength(locale, value, 'day', style);
    case 'months':
      return formatLength(locale, value, 'month', style);
    case 'score':
      return formatCount(locale, Math.round(value), undefined, style);
    default:
      return unreachable(unit);
  }
}
