/** Amounts, shares and counts as they stand in the engine's sentences; the forms are those of the pages. */
import { formatPercent, formatRate, formatSpokenMoney } from '../../../shared/formats/number.ts';
import { formatCount, formatLength, formatList, type LengthUnit } from '../../../shared/formats/words.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { money } from '../../../shared/kernel/money.ts';
import { sentenceLocale } from './locale.ts';

/**
 * An amount in minor units, with decimals only where they matter.
 * @example moneyText(124_000, USD) // '$1,240'
 * @example moneyText(4_950, USD)   // '$49.50'
 */
export function moneyText(amount: number, currency: CurrencyCode): string {
  return formatSpokenMoney(sentenceLocale(), money(amount, currency));
}

/** An amount that is a change. @example signedMoney(124_000, USD) // '+$1,240' */
export function signedMoney(amount: number, currency: CurrencyCode): string {
  return formatSpokenMoney(sentenceLocale(), money(amount, currency), { signed: true });
}

/** A fraction as a percentage with one decimal. @example percentText(0.0132) // '1.3%' */
export function percentText(fraction: number): string {
  return formatPercent(sentenceLocale(), fraction);
}

/** A percentage that somebody set, as exact as they set it. @example rateText(0.25) // '25%' */
export function rateText(fraction: number): string {
  return formatRate(sentenceLocale(), fraction);
}

/** A share of the whole: one that is not nothing never reads as nothing. @example shareText(0.0002) // 'under 0.1%' */
export function shareText(share: number): string {
  return share > 0 && share < 0.0005 ? `under ${percentText(0.001)}` : percentText(share);
}

/** @example counted(1, 'customer') // '1 customer' */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return formatCount(sentenceLocale(), count, { one: noun, other: plural });
}

/** A bare count. @example countText(1_234) // '1,234' */
export function countText(count: number): string {
  return formatCount(sentenceLocale(), count);
}

/** A length in one unit, one decimal where it is not whole. @example lengthText(11.4, 'hour') // '11.4 hours' */
export function lengthText(length: number, unit: LengthUnit): string {
  return formatLength(sentenceLocale(), length, unit);
}

/** A length of time, for «no sync for …». @example durationText(90) // '90 minutes' */
export function durationText(minutes: number): string {
  if (minutes < 120) return counted(Math.round(minutes), 'minute');
  if (minutes < 2_880) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 1_440), 'day');
}

/** Null without any that is told. @example listed(['a', null, 'b']) // 'a and b' */
export function listed(parts: readonly (string | null)[]): string | null {
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? null : allOf(told);
}

/** One of several. @example eitherOf(['a', 'b']) // 'a or b' */
export function eitherOf(parts: readonly string[]): string {
  return formatList(sentenceLocale(), parts, 'or');
}

/** All of several. @example allOf(['a', 'b', 'c']) // 'a, b, and c' */
export function allOf(parts: readonly string[]): string {
  return formatList(sentenceLocale(), parts);
}
