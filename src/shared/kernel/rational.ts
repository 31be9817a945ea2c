/**
 * Exact fractions, for what lies between the integers: sub-cent unit prices,
 * odd intervals, percentages. A thin front over fraction.js, so that rounding
 * has one rule in the whole program: half away from zero.
 */
import { Fraction } from 'fraction.js';
import { minor, type Minor } from './money.ts';
import { AppError } from './errors.ts';

export type Rational = Fraction;

/** Makes a fraction from an integer, a bigint or decimal text (`'0.0125'`). @throws AppError `invalid_input`. */
export function rational(value: number | bigint | string, denominator: number | bigint = 1): Rational {
  try {
    return new Fraction(value).div(new Fraction(denominator));
  } catch (cause) {
    throw new AppError('invalid_input', `“${value}” is not a number`, { cause });
  }
}

/** The nearest whole number of minor units; halves go away from zero. @throws AppError `invalid_input` beyond ±2^53. */
export function roundHalfAway(value: Rational): Minor {
  const { s, n, d } = value;
  const magnitude = (2n * n + d) / (2n * d);
  return minor(Number(s < 0n ? -magnitude : magnitude));
}

/**
 * A quotient of whole numbers, rounded half away from zero: ARR to MRR is
 * `divideRounded(arr, 12)`.
 * @example divideRounded(10_000_000, 12) // 833_333
 */
export function divideRounded(numerator: number, denominator: number): Minor {
  const quotient = numerator / denominator;
  const truncated = Math.trunc(quotient);
  const rest = Math.abs(numerator - truncated * denominator);
  return minor(
    2 * rest >= Math.abs(denominator) ? truncated + (numerator < 0 !== denominator < 0 ? -1 : 1) : truncated,
  );
}

/** A ratio kept as two whole numbers until it is shown. */
export interface Ratio {
  readonly num: number;
  readonly den: number;
}

/** A ratio as a fraction of one, or null where the denominator is 0. */
export function ratioValue(ratio: Ratio): number | null {
  return ratio.den === 0 ? null : ratio.num / ratio.den;
}
