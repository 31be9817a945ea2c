/** Amounts and percentages as people type them. */
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import { decimalText, minor, type Minor } from '../../../shared/kernel/money.ts';

/**
 * Minor units from text in major units; separators of thousands are ignored, a
 * last `.` or `,` followed by at most the currency's decimals is the point.
 * Null for what is no positive amount.
 * @example minorFromText('1,000,000', 'USD') // 100_000_000
 * @example minorFromText('1.000,50', 'EUR') // 100_050
 */
export function minorFromText(text: string, currency: CurrencyCode): Minor | null {
  const digits = exponentOf(currency);
  const match = new RegExp(`^([\\d\\s.,'’]*?)(?:[.,](\\d{1,${Math.max(1, digits)}}))?$`).exec(text.trim());
  if (match === null || text.trim() === '') return null;
  const whole = (match[1] ?? '').replaceAll(/[^\d]/g, '');
  const fraction = digits === 0 ? '' : (match[2] ?? '').padEnd(digits, '0');
  const amount = Number(`${whole === '' ? '0' : whole}${digits === 0 ? '' : fraction}`);
  if (digits === 0 && match[2] !== undefined) return null;
  try {
    return amount > 0 ? minor(amount) : null;
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return null;
    throw error;
  }
}

/** Major units without decimals where there are none: `1000000`, `1000.50`. */
export function textFromMinor(amount: Minor, currency: CurrencyCode): string {
  return decimalText(amount, currency).replace(/[.]0+$/, '');
}

/** A fraction from a percentage; null for what is no number between −100 and 1000. @example fractionFromText('12,5') // 0.125 */
export function fractionFromText(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace('%', ''));
  if (text.trim() === '' || !Number.isFinite(value) || value < -100 || value > 1_000) return null;
  return Number((value / 100).toFixed(6));
}
