/**
 * Money: whole minor units (cents, yen, fils) with their currency. Floats never
 * hold money; fractions of a minor unit live in rational.ts until they are
 * rounded once.
 */
import { exponentOf, type CurrencyCode } from './currency.ts';
import { AppError, assert } from './errors.ts';

declare const minorBrand: unique symbol;
/** An amount in whole minor units of a currency that the context names. */
export type Minor = number & { readonly [minorBrand]: true };

/** An amount with its currency. `C` keeps amounts of two literal currencies from being added at compile time. */
export interface Money<C extends CurrencyCode = CurrencyCode> {
  readonly minor: Minor;
  readonly currency: C;
}

export const ZERO = 0 as Minor;

/** Brands a whole number of minor units. @throws AppError `invalid_input` beyond ±2^53 or for a fraction. */
export function minor(amount: number): Minor {
  if (!Number.isSafeInteger(amount))
    throw new AppError('invalid_input', `${amount} is not a whole amount of minor units`);
  return (amount === 0 ? 0 : amount) as Minor;
}

export function money<C extends CurrencyCode>(amount: number, currency: C): Money<C> {
  return { minor: minor(amount), currency };
}

/** Adds amounts of one currency. @throws AppError `internal` when the currencies differ. */
export function addMoney<C extends CurrencyCode>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> {
  assert(a.currency === b.currency, `${a.currency} and ${b.currency} cannot be added`);
  return money(a.minor + b.minor, a.currency);
}

export function sumMinor(amounts: Iterable<number>): Minor {
  let total = 0;
  for (const amount of amounts) total += amount;
  return minor(total);
}

/**
 * The amount as plain decimal text with the currency's decimals.
 * @example decimalText(-1205, 'USD') // '-12.05'
 * @example decimalText(1205, 'JPY')  // '1205'
 */
export function decimalText(amount: Minor, currency: CurrencyCode): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * Shares a whole total out in proportion to weights, so that the parts add up
 * to it exactly: each gets its floor, the rest goes to the largest remainders
 * (Hamilton's method, https://en.wikipedia.org/wiki/Largest_remainders_method).
 * @example apportion(100, [1, 1, 1]) // [34, 33, 33]
 */
export function apportion(total: number, weights: readonly number[]): Minor[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) {
    assert(total === 0 || weights.length === 0, 'an amount cannot be shared out over no weight');
    return weights.map(() => ZERO);
  }
  const exact = weights.map((weight) => (BigInt(total) * BigInt(weight)) as bigint);
  const divisor = BigInt(sum);
  const floors = exact.map((share) => floorDiv(share, divisor));
  let rest = Number(BigInt(total) - floors.reduce((a, b) => a + b, 0n));
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - floorDiv(share, divisor) * divisor }))
    .sort((a, b) => compareBigInt(b.remainder, a.remainder, divisor) || a.index - b.index);
  const parts = floors.map(Number);
  for (const { index } of byRemainder) {
    if (rest <= 0) break;
    parts[index]! += 1;
    rest -= 1;
  }
  return parts.map(minor);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function compareBigInt(a: bigint, b: bigint, sign: bigint): number {
  if (a === b) return 0;
  return a < b === sign > 0n ? -1 : 1;
}

/**
 * Rounds parts so that their sum is the given rounded total: for figures shown
 * as a sum (the bridge, a table with its total). `parts` are exact numerators
 * over one common denominator; `total` is their sum, already rounded.
 * @example roundToTotal(1, [5, 7], 12) // 5/12 + 7/12 = 1 → [0, 1]
 */
export function roundToTotal(total: number, parts: readonly number[], denominator: number): Minor[] {
  const floors = parts.map((part) => Math.floor(part / denominator));
  let rest = total - floors.reduce((a, b) => a + b, 0);
  const order = parts
    .map((part, index) => ({ index, remainder: part - floors[index]! * denominator }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  assert(rest >= 0 && rest <= parts.length, 'the rounded total is not the sum of its parts');
  for (const { index } of order) {
    if (rest <= 0) break;
    floors[index]! += 1;
    rest -= 1;
  }
  return floors.map(minor);
}
