/**
 * Currencies by ISO 4217, with the number of decimals of their minor unit.
 * Source: ISO 4217 lists one and three (SIX Group, https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 */
import { AppError } from './errors.ts';

declare const currencyBrand: unique symbol;
/** An ISO 4217 code in capitals: `USD`. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };

const ZERO_DECIMAL = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DECIMAL = 'BHD IQD JOD KWD LYD OMR TND';
const TWO_DECIMAL =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP ' +
  'LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB ' +
  'SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ' +
  'ZAR ZMW ZWG';

/**
 * Withdrawn since payment services went online (ISO 4217 list three). Nothing new is sold in them, but old prices,
 * invoices and charges go on to name them.
 */
const RETIRED_ZERO_DECIMAL = 'BYR';
const RETIRED_TWO_DECIMAL =
  'ANG BGN CUC CYP EEK HRK LTL LVL MRO MTL MZM ROL SDD SIT SKK SLL SRG STD TMM TRL VEB VEF ZMK ZWD ZWL ZWN ZWR';

const listed = (codes: string, exponent: number) => codes.split(' ').map((code) => [code, exponent] as const);
const current = new Map<string, number>([
  ...listed(ZERO_DECIMAL, 0),
  ...listed(TWO_DECIMAL, 2),
  ...listed(THREE_DECIMAL, 3),
]);
const exponents = new Map<string, number>([
  ...current,
  ...listed(RETIRED_ZERO_DECIMAL, 0),
  ...listed(RETIRED_TWO_DECIMAL, 2),
]);

/** The codes in use today, to choose from. Retired ones can be read and valued as well. */
export const CURRENCY_CODES: readonly CurrencyCode[] = [...current.keys()].sort() as CurrencyCode[];

export const USD = 'USD' as CurrencyCode;

/** Parses a code in any case (`usd`), also a retired one (`hrk`). @throws AppError `invalid_input` for a code outside the lists. */
export function currencyCode(text: string): CurrencyCode {
  const code = text.toUpperCase();
  if (!exponents.has(code))
    throw new AppError('invalid_input', `“${text}” is not a currency known to Vario (ISO 4217)`);
  return code as CurrencyCode;
}

/** Whether a known code is in use no more: nobody quotes it, and nothing new is sold in it. */
export function isRetiredCurrency(code: string): boolean {
  return exponents.has(code.toUpperCase()) && !current.has(code.toUpperCase());
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
