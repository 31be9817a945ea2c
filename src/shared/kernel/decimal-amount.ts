/** Amounts written in major units with a dot, as files and scripts carry them. */
import { exponentOf, type CurrencyCode } from './currency.ts';
import { AppError } from './errors.ts';
import { minor, type Minor } from './money.ts';

const DECIMAL = /^([+-]?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/**
 * Minor units of an amount in major units: digits, at most one dot, a sign in
 * front; nothing between thousands. Decimals that the currency does not have
 * must be zeros.
 * @example minorFromDecimal('12.5', 'USD') // 1_250
 * @example minorFromDecimal('1000', 'JPY') // 1_000
 * @throws AppError `invalid_input` saying what is wrong: no such number, too many decimals, beyond ±2^53 minor units.
 */
export function minorFromDecimal(text: string, currency: CurrencyCode): Minor {
  const match = DECIMAL.exec(text);
  if (match === null)
    throw new AppError(
      'invalid_input',
      `“${text}” is not an amount: digits with a dot before the decimals, nothing between thousands (1234.50)`,
    );
  const [, sign = '', whole = '', fraction = ''] = match;
  const exponent = exponentOf(currency);
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent)))
    throw new AppError(
      'invalid_input',
      `“${text}” has more decimals than ${currency}, which has ${exponent === 0 ? 'none' : exponent}`,
    );
  return minor(Number(`${sign === '-' ? '-' : ''}${whole}${kept}`));
}
