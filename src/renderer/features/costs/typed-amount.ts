/** Amounts as people type them and spreadsheets copy them. */
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { minorFromDecimal } from '../../../shared/kernel/decimal-amount.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import { decimalText, type Minor } from '../../../shared/kernel/money.ts';

/** An amount, or what is wrong with the text. */
export type Typed = { readonly amount: Minor } | { readonly problem: string };

/**
 * Minor units of what was typed: currency signs, spaces and apostrophes are
 * left out, brackets make it negative. With points and commas the last one is
 * before the decimals; commas alone, three digits after each, are between
 * thousands.
 * @example amountFromText('$1,234.50', 'USD') // { amount: 123_450 }
 * @example amountFromText('(1.234,50)', 'EUR') // { amount: -123_450 }
 */
export function amountFromText(text: string, currency: CurrencyCode): Typed {
  const bare = text
    .normalize('NFKC')
    .replaceAll(/[\s'’\p{Sc}]|[A-Za-z]{3}/gu, '')
    .replaceAll('−', '-');
  const bracketed = /^\((.*)\)$/.exec(bare);
  const plain = bracketed?.[1] ?? bare;
  try {
    return { amount: minorFromDecimal(`${bracketed ? '-' : ''}${withDot(plain)}`, currency) };
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return { problem: error.message.replace(withDot(plain), text.trim()) };
    throw error;
  }
}

function withDot(text: string): string {
  const [dot, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
  if (dot >= 0 && comma >= 0)
    return dot > comma ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  if (comma >= 0) return /^[-+]?\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.');
  return /^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(text) ? text.replaceAll('.', '') : text;
}

/** The amount as it is edited: with a dot, without decimals where there are none. */
export function textOfAmount(amount: Minor, currency: CurrencyCode): string {
  return exponentOf(currency) === 0
    ? decimalText(amount, currency)
    : decimalText(amount, currency).replace(/\.0+$/, '');
}
