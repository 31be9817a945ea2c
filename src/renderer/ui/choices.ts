/** The long lists that forms offer: currencies, time zones, months, languages. Names come from the platform. */
import { CURRENCY_CODES, isCurrencyCode } from '../../shared/kernel/currency.ts';
import type { Option } from './select.tsx';

/** The largest by trade first, then all others by name. */
const COMMON = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'JPY', 'INR', 'BRL'];

export function currencyOptions(locale: string): Option<string>[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' });
  const option = (code: string): Option<string> => ({ value: code, label: `${code} · ${names.of(code) ?? code}` });
  const rest = CURRENCY_CODES.filter((code) => !COMMON.includes(code));
  return [...COMMON.filter(isCurrencyCode), ...rest].map(option);
}

/** IANA zones as the platform knows them, UTC first; `current` is kept even when the platform does not list it. */
export function zoneOptions(current: string): Option<string>[] {
  const zones = new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

const MONDAY_NUMBER = 4;

/** 1 = Monday … 7 = Sunday. */
export function weekdayOptions(locale: string): Option<string>[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // Day 4 after the epoch was a Monday.
  return Array.from({ length: 7 }, (_, index) => ({
    value: String(index + 1),
    label: format.format((MONDAY_NUMBER + index) * 86_400_000),
  }));
}

export function monthOptions(locale: string): Option<string>[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: format.format(index * 30.5 * 86_400_000 + 86_400_000),
  }));
}
