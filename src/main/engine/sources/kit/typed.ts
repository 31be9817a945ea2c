/** What people type into a sales system: amounts, currencies, web addresses. */
import { currencyCode, exponentOf, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import { Misfit } from './misfit.ts';

/**
 * Minor units of an amount that somebody typed: more decimals than the currency has are rounded, half away from zero.
 * @param text decimal, or undefined where nobody filled it in. @throws Misfit naming `path`.
 */
export function typedAmount(text: string | undefined, currency: CurrencyCode | null, path: string): number | null {
  if (text === undefined || currency === null) return null;
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(text))
    throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not an amount`);
  return roundHalfAway(rational(text).mul(10 ** exponentOf(currency)));
}

/** @throws Misfit for one that Vario cannot value; null stays null. */
export function typedCurrency(text: string | null | undefined, path: string): CurrencyCode | null {
  const code = text?.toUpperCase();
  if (code === undefined) return null;
  if (!isCurrencyCode(code))
    throw new Misfit(path, `“${path}”: ${code.slice(0, 20)} is not a currency known to Vario (ISO 4217)`);
  return currencyCode(code);
}

/** `https://www.Kestrel.example/about` → `kestrel.example`; null where nothing remains. */
export function domainOf(text: string | null | undefined): string | null {
  const host = text
    ?.trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .split(/[/?#:]/)[0];
  return host === undefined || host === '' ? null : host;
}
