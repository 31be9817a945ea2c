/**
 * Stripe's amounts in the kernel's minor units. Stripe counts most currencies
 * as ISO 4217 does, with special cases: it still writes ISK and UGX with two
 * decimals, which must be zero today and need not have been before, and MGA
 * without any. HUF and TWD are whole in payouts only: they are charged with two
 * decimals. Three-decimal currencies are charged in tens of their minor unit.
 * Source: https://docs.stripe.com/currencies#special-cases, #zero-decimal;
 * https://support.stripe.com/questions/deprecation-of-fractional-isk-charges-and-refunds
 */
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import { Misfit } from '../kit/index.ts';

/** Powers of ten between Stripe's unit and the kernel's minor unit. */
const SHIFT: ReadonlyMap<string, number> = new Map([
  ['ISK', -2],
  ['UGX', -2],
  ['MGA', 2],
]);

/** @throws Misfit for a code that Vario cannot value. */
export function stripeCurrency(code: string, path: string): CurrencyCode {
  if (!isCurrencyCode(code))
    throw new Misfit(path, `“${path}”: ${code.slice(0, 20)} is not a currency known to Vario (ISO 4217)`);
  return currencyCode(code);
}

/**
 * Whole minor units. Hundredths of a króna or a shilling, which Stripe's unit
 * can hold, are rounded half away from zero: the currency has had none for long.
 * @example minorOfStripe(150000, 'ISK', 'amount') // 1500
 * @example minorOfStripe(4010, 'ISK', 'amount') // 40
 * @throws Misfit beyond ±2^53.
 */
export function minorOfStripe(amount: number, currency: CurrencyCode, path: string): number {
  const shift = SHIFT.get(currency);
  if (shift === undefined) return amount;
  if (shift < 0) return roundHalfAway(rational(amount, 10 ** -shift));
  const minor = amount * 10 ** shift;
  if (!Number.isSafeInteger(minor)) throw new Misfit(path, `“${path}”: ${amount} ${currency} is too large an amount`);
  return minor;
}

/** Decimal text in minor units; may lie below one. */
export function decimalOfStripe(amount: string, currency: CurrencyCode): string {
  const shift = SHIFT.get(currency);
  if (shift === undefined) return amount;
  const factor = 10 ** Math.abs(shift);
  const value = shift > 0 ? rational(amount).mul(factor) : rational(amount).div(factor);
  return value.toString(12);
}
