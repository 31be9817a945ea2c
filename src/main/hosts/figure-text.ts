/** Figures as people read them in a terminal and in a tray; an undefined one is an en dash. */
import type { CurrencyCode } from '../../shared/kernel/currency.ts';
import { decimalText, minor } from '../../shared/kernel/money.ts';

const UNDEFINED = '–';

/** Minor units as currency text. `locale` null: the operating system's. */
export function moneyText(amount: number | null, currency: CurrencyCode, locale: string | null): string {
  if (amount === null) return UNDEFINED;
  const format = new Intl.NumberFormat(locale ?? undefined, { style: 'currency', currency });
  return format.format(decimalText(minor(amount), currency) as `${number}`);
}

/** A fraction as a percentage. */
export function ratioText(ratio: number | null): string {
  return ratio === null ? UNDEFINED : `${(ratio * 100).toFixed(1)} %`;
}

export function countText(count: number | null): string {
  return count === null ? UNDEFINED : count.toLocaleString('en-US');
}
