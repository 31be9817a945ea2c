/**
 * Currencies by ISO 4217, with the number of decimals of their minor unit.
 * Source: ISO 4217 list one (SIX Group, https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 */
import { AppError } from './errors.ts';

declare const currencyBrand: unique symbol;
/** An ISO 4217 code in capitals: `USD`. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };

const ZERO_DECIMAL = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DECIMAL = 'BHD IQD JOD KWD LYD OMR TND';
const TWO_DECIMAL =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP ' +
  'LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB ' +
  'SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ' +
  'ZAR ZMW ZWG';

const exponents = new Map<string, number>([
  ...ZERO_DECIMAL.split(' ').map((code) => [code, 0] as const),
  ...TWO_DECIMAL.split(' ').map((code) => [code, 2] as const),
  ...THREE_DECIMAL.split(' ').map((code) => [code, 3] as const),
]);

/** All codes that Vario can value. */
export const CURRENCY_CODES: readonly CurrencyCode[] = [...exponents.keys()].sort() as CurrencyCode[];

export const USD = 'USD' as CurrencyCode;

/** Parses a code in any case (`usd`). @throws AppError `invalid_input` for a code outside the list. */
export function currencyCode(text: string): CurrencyCode {
  const code = text.toUpperCase();
  if (!exponents.has(code))
    throw new AppError('invalid_input', `“${text}” is not a currency known to Vario (ISO 4217)`);
  return code as CurrencyCode;
}

export function isCurrencyCode(text: string): boolean {
  return exponents.has(text.toUpperCase());
}

/** Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for KWD. */
export function exponentOf(currency: CurrencyCode): number {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new AppError('internal', `Currency ${currency} was not parsed at the edge`);
  return exponent;
}
