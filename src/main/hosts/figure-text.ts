/** Figures as people read them in a terminal and in a tray, in the locale of the work under way; an undefined one is an en dash. */
import { formatBytes, formatDecimal, formatMoney, formatPercent } from '../../shared/formats/number.ts';
import { formatCount } from '../../shared/formats/words.ts';
import type { CurrencyCode } from '../../shared/kernel/currency.ts';
import { money } from '../../shared/kernel/money.ts';
import { sentenceLocale } from '../engine/wording/index.ts';

/** What stands for a figure that is not defined. */
export const UNDEFINED = '–';

/** Minor units as currency text. */
export function moneyText(amount: number | null, currency: CurrencyCode): string {
  return amount === null ? UNDEFINED : formatMoney(sentenceLocale(), money(amount, currency));
}

/** The same with its plus sign, for changes. */
export function changeText(amount: number, currency: CurrencyCode): string {
  return formatMoney(sentenceLocale(), money(amount, currency), { signed: true });
}

/** A fraction as a percentage. */
export function ratioText(ratio: number | null): string {
  return ratio === null ? UNDEFINED : formatPercent(sentenceLocale(), ratio);
}

/** A size in bytes. */
export function bytesText(bytes: number): string {
  return formatBytes(sentenceLocale(), bytes);
}

export function countText(count: number | null): string {
  return count === null ? UNDEFINED : formatCount(sentenceLocale(), count);
}

/** A number with exactly so many decimals. */
export function decimalsText(value: number | null, decimals: number): string {
  return value === null ? UNDEFINED : formatDecimal(sentenceLocale(), value, { least: decimals, most: decimals });
}
