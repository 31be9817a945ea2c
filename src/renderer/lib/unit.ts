/**
 * What a number on the screen counts. Every chart and tile takes values with
 * their unit, so that one formatter writes them all:
 * - `money`: integer minor units of `currency`;
 * - `percent`: a fraction of one (0.123 is 12.3 %);
 * - `ratio`: a plain quotient (quick ratio 4.2);
 * - `count`: whole things, with their noun where it reads better;
 * - `hours`, `days`, `months`: lengths of time as a number;
 * - `score`: points out of a hundred.
 */
import type { Noun } from '../../shared/formats/words.ts';
import type { CurrencyCode } from '../../shared/kernel/currency.ts';

export type Unit =
  | { readonly kind: 'money'; readonly currency: CurrencyCode }
  | { readonly kind: 'percent' }
  | { readonly kind: 'ratio' }
  | { readonly kind: 'count'; readonly noun?: Noun }
  | { readonly kind: 'hours' }
  | { readonly kind: 'days' }
  | { readonly kind: 'months' }
  | { readonly kind: 'score' };

/** A value with its unit; `value: null` needs the reason why there is none («No customers a year ago»). */
export type Quantity =
  | { readonly unit: Unit; readonly value: number }
  | { readonly unit: Unit; readonly value: null; readonly reason: string };

export const PERCENT: Unit = { kind: 'percent' };
export const RATIO: Unit = { kind: 'ratio' };
export const MONTHS: Unit = { kind: 'months' };
export const HOURS: Unit = { kind: 'hours' };

export function moneyUnit(currency: CurrencyCode): Unit {
  return { kind: 'money', currency };
}

export function countUnit(one?: string, other?: string): Unit {
  return one === undefined ? { kind: 'count' } : { kind: 'count', noun: { one, other: other ?? `${one}s` } };
}

/** A value that may be missing, as the engine sends it: null travels with its reason. */
export function quantity(unit: Unit, value: number | null, reason: string): Quantity {
  return value === null ? { unit, value, reason } : { unit, value };
}
