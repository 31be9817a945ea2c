/** The long lists that forms offer: currencies, time zones, months, languages. Names come from the platform. */
import { monthName, weekdayName } from '../../shared/formats/time.ts';
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

/** 1 = Monday … 7 = Sunday. */
export function weekdayOptions(locale: string): Option<string>[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ value: String(weekday), label: weekdayName(locale, weekday) }));
}

export function monthOptions(locale: string): Option<string>[] {
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: monthName(locale, index + 1),
  }));
}
