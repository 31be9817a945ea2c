/**
 * Stripe's amounts in the kernel's minor units. Stripe counts most currencies
 * as ISO 4217 does, with special cases: it still writes ISK and UGX with two
 * decimals that must be zero, and MGA without any.
 * Source: https://docs.stripe.com/currencies#special-cases, #zero-decimal
 */
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { rational } from '../../../../shared/kernel/rational.ts';
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
 * Whole minor units.
 * @example minorOfStripe(150000, 'ISK', 'amount') // 1500
 * @throws Misfit where Stripe's unit holds a fraction of the minor unit.
 */
export function minorOfStripe(amount: number, currency: CurrencyCode, path: string): number {
  const shift = SHIFT.get(currency);
  if (shift === undefined) return amount;
  const minor = shift > 0 ? amount * 10 ** shift : amount / 10 ** -shift;
  if (!Number.isSafeInteger(minor)) throw new Misfit(path, `“${path}”: ${amount} is no whole amount of ${currency}`);
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
