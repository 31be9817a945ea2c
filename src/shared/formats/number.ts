/** Numbers as locale text. Null is «—» everywhere: an unknown value never reads as zero. */
import { decimalText, minor, type Money } from '../kernel/money.ts';
import { exponentOf } from '../kernel/currency.ts';
import { numberFormat } from './intl-cache.ts';

/** Shown where a value is not known or not defined. */
export const NO_VALUE = '—';

/** `full`: every decimal of the currency. `whole`: no decimals. `compact`: three significant digits, $1.24M. */
export type NumberForm = 'full' | 'whole' | 'compact';

export interface NumberStyle {
  /** Default `full`. */
  readonly form?: NumberForm;
  /** Writes the plus sign too (never on zero): for changes. */
  readonly signed?: boolean;
}

/** Locales write minus as a hyphen; figures deserve the real sign, which is as wide as the plus. */
function withMinusSign(text: string): string {
  return text.replaceAll('-', '−');
}

function signDisplay(style: NumberStyle): 'exceptZero' | 'negative' {
  return style.signed === true ? 'exceptZero' : 'negative';
}

/**
 * An amount in its currency. Decimals follow Vario's ISO table, not the locale's (which drops
 * them for some currencies); the digits are passed as text, so the largest safe amount keeps its last cent.
 * @example formatMoney('en-US', money(123456, USD)) // '$1,234.56'
 * @example formatMoney('en-US', money(124_000_000, USD), { form: 'compact' }) // '$1.24M'
 */
export function formatMoney(locale: string, amount: Money | null, style: NumberStyle = {}): string {
  if (amount === null) return NO_VALUE;
  const { currency } = amount;
  const exact = decimalText(minor(amount.minor), currency) as `${number}`;
  const base = { style: 'currency', currency, signDisplay: signDisplay(style) } as const;
  if (style.form === 'compact' && Math.abs(amount.minor) >= 1000 * 10 ** exponentOf(currency))
    return withMinusSign(
      numberFormat(locale, { ...base, notation: 'compact', maximumSignificantDigits: 3 }).format(exact),
    );
  const digits = style.form === 'whole' || style.form === 'compact' ? 0 : exponentOf(currency);
  return withMinusSign(
    numberFormat(locale, { ...base, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(exact),
  );
}

/** From this amount on (in whole units of the currency), sentences leave the decimals out. */
const WHOLE_FROM = 1_000;

/**
 * An amount as it stands in a sentence: decimals only where they matter.
 * @example formatSpokenMoney('en-US', money(124_000, USD)) // '$1,240'
 * @example formatSpokenMoney('en-US', money(4_950, USD))   // '$49.50'
 */
export function formatSpokenMoney(locale: string, amount: Money | null, style: Omit<NumberStyle, 'form'> = {}): string {
  if (amount === null) return NO_VALUE;
  const unit = 10 ** exponentOf(amount.currency);
  const isWhole = amount.minor % unit === 0 || Math.abs(amount.minor) >= WHOLE_FROM * unit;
  return formatMoney(locale, amount, { ...style, form: isWhole ? 'whole' : 'full' });
}

/**
 * A fraction of one as a percentage with one decimal; `whole` drops it, `full` keeps it even when zero.
 * @example formatPercent('en-US', 0.1234) // '12.3%'
 */
export function formatPercent(locale: string, fraction: number | null, style: NumberStyle = {}): string {
  if (fraction === null) return NO_VALUE;
  const digits = style.form === 'whole' || style.form === 'compact' ? 0 : 1;
  return withMinusSign(
    numberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signDisplay(style),
    }).format(fraction),
  );
}

/** A percentage that somebody set, as exact as they set it, to two decimals. @example formatRate('en-US', 0.25) // '25%' */
export function formatRate(locale: string, fraction: number): string {
  return withMinusSign(numberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(fraction));
}

/** A difference of two fractions in percentage points. @example formatPoints('en-US', 0.012) // '+1.2 pp' */
export function formatPoints(locale: string, difference: number | null): string {
  if (difference === null) return NO_VALUE;
  const text = numberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(difference * 100);
  return `${withMinusSign(text)} pp`;
}

/** A plain quotient with up to two decimals. @example formatRatio('en-US', 4.2) // '4.2' */
export function formatRatio(locale: string, ratio: number | null, style: NumberStyle = {}): string {
  if (ratio === null) return NO_VALUE;
  const digits = style.form === 'compact' ? 1 : 2;
  return formatDecimal(locale, ratio, { ...style, least: 1, most: digits });
}

/** A number with between `least` and `most` decimals, grouped as the locale does. */
export function formatDecimal(
  locale: string,
  value: number,
  { least = 0, most, ...style }: NumberStyle & { readonly least?: number; readonly most: number },
): string {
  return withMinusSign(
    numberFormat(locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      signDisplay: signDisplay(style),
    }).format(value),
  );
}

/** A number on a scale, as short as it goes: «5K», «2.5K», «400». */
export function formatMark(locale: string, value: number): string {
  return withMinusSign(numberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value));
}

/** A bare number of things; `compact` shortens from ten thousand on. One decimal where it is not whole. */
export function formatNumber(locale: string, count: number | null, style: NumberStyle = {}): string {
  if (count === null) return NO_VALUE;
  const isCompact = style.form === 'compact' && Math.abs(count) >= 10_000;
  return withMinusSign(
    numberFormat(locale, {
      signDisplay: signDisplay(style),
      ...(isCompact
        ? { notation: 'compact', maximumSignificantDigits: 3 }
        : { maximumFractionDigits: Number.isInteger(count) ? 0 : 1 }),
    }).format(count),
  );
}

const BYTE_STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in decimal units, as disks are sold: three significant digits. @example formatBytes('en-US', 1_234_567) // '1.23 MB' */
export function formatBytes(locale: string, bytes: number | null): string {
  if (bytes === null) return NO_VALUE;
  const step = Math.min(BYTE_STEPS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return numberFormat(locale, {
    style: 'unit',
    unit: BYTE_STEPS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1_000 ** step);
}
