/** Conversion of whole minor units at an exact rate. */
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { minor, type Minor } from '../../../shared/kernel/money.ts';

/** Minor units of the target per minor unit of the source: `num / den`, both positive. */
export interface Rate {
  readonly num: bigint;
  readonly den: bigint;
}

export const PAR: Rate = { num: 1n, den: 1n };

/**
 * The exact rate from one currency's minor unit to another's, from two quotes
 * against the same base (decimal text: one base = quote).
 * @example crossRate('1.25', 'USD', '0.80', 'GBP') // GBP from USD: 0.80 / 1.25
 */
export function crossRate(fromQuote: string, from: CurrencyCode, toQuote: string, to: CurrencyCode): Rate {
  const source = decimalParts(fromQuote);
  const target = decimalParts(toQuote);
  const shift = source.decimals - target.decimals + exponentOf(to) - exponentOf(from);
  return {
    num: target.digits * (shift > 0 ? 10n ** BigInt(shift) : 1n),
    den: source.digits * (shift < 0 ? 10n ** BigInt(-shift) : 1n),
  };
}

function decimalParts(text: string): { digits: bigint; decimals: number } {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

/** Converts an amount; the result is rounded half away from zero. */
export function convert(amount: number, rate: Rate): Minor {
  if (rate === PAR || amount === 0) return minor(amount);
  const magnitude = (2n * BigInt(Math.abs(amount)) * rate.num + rate.den) / (2n * rate.den);
  return minor(amount < 0 ? -Number(magnitude) : Number(magnitude));
}

/** The rate as text, so that a stored valuation can tell whether the rate it used still holds. */
export function rateText(rate: Rate): string {
  return `${rate.num}/${rate.den}`;
}

/** The rate as a float: for ratios and charts, never for amounts. */
export function rateNumber(rate: Rate): number {
  return Number(rate.num) / Number(rate.den);
}
