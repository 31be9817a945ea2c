/**
 * How amounts, days and lengths are written in the sentences of alerts and reports: plain English, no adjectives, with
 * figures as the company's locale writes them.
 */
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayNumber, daysBetween, type PlainDay } from '../../../shared/kernel/day.ts';
import { DAY_MS } from '../../../shared/kernel/instant.ts';
import { decimalText, minor } from '../../../shared/kernel/money.ts';
import { sentenceLocale } from '../runtime/index.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** From this amount on (in whole units), decimals are left out of sentences. */
const WHOLE_FROM = 1_000;

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = sentenceLocale();
  const key = locale + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

/** Null in English: there a day stands before its month in every country's sentences, which nobody misreads. */
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | null {
  const locale = sentenceLocale();
  if (locale.startsWith('en')) return null;
  const key = locale + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, (format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })));
  return format;
}

/**
 * An amount in minor units as a reader would write it: decimals only where they matter.
 * @example moneyText(124_000, USD) // '$1,240'
 * @example moneyText(4_950, USD)   // '$49.50'
 */
export function moneyText(amount: number, currency: CurrencyCode): string {
  const unit = 10 ** exponentOf(currency);
  const digits = amount % unit === 0 || Math.abs(amount) >= WHOLE_FROM * unit ? 0 : exponentOf(currency);
  const format = numberFormat({
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(decimalText(minor(amount), currency) as `${number}`);
}

/** A fraction as a percentage with one decimal. @example percentText(0.0132) // '1.3 %' */
export function percentText(fraction: number): string {
  const format = numberFormat({
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'negative',
    useGrouping: false,
  });
  return `${format.format(fraction * 100)} %`;
}

/** A share of the whole: one that is not nothing never reads as nothing. @example shareText(0.0002) // 'under 0.1 %' */
export function shareText(share: number): string {
  return share > 0 && share < 0.0005 ? `under ${percentText(0.001)}` : percentText(share);
}

/** A day of the year around `today`; the year stands where it differs. @example dayText('2026-12-14', today) // '14 Dec' */
export function dayText(day: PlainDay, today: PlainDay): string {
  const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8))];
  const own = dateFormat({ day: 'numeric', month: 'short', ...(year !== today.slice(0, 4) && { year: 'numeric' }) });
  if (own !== null) return own.format(dayNumber(day) * DAY_MS);
  const short = `${date} ${MONTHS[month - 1]}`;
  return year === today.slice(0, 4) ? short : `${short} ${year}`;
}

/** @example monthText('2026-10') // 'Oct 2026' */
export function monthText(month: string): string {
  const own = dateFormat({ month: 'short', year: 'numeric' });
  if (own !== null) return own.format(dayNumber(`${month.slice(0, 7)}-01` as PlainDay) * DAY_MS);
  return `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
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

/** A length of time, for «no sync for …». @example durationText(90) // '90 minutes' */
export function durationText(minutes: number): string {
  if (minutes < 120) return counted(Math.round(minutes), 'minute');
  if (minutes < 2_880) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 1_440), 'day');
}

/** @example counted(1, 'customer') // '1 customer' */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${numberFormat({}).format(count)} ${count === 1 ? noun : plural}`;
}

/** A bare count. @example countText(1_234) // '1,234' */
export function countText(count: number): string {
  return numberFormat({}).format(count);
}
