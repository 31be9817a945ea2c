/** R16–R21: ratios over a period, each null with its reason where its denominator is 0. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { Movements } from './movement-sums.ts';
import type { LedgerView } from './ledger-view.ts';
import type { Policy } from '../core/policy.ts';
import { closedMonths } from './period.ts';
import { aYearBefore, retention } from './retention.ts';

/** A figure, or why there is none. */
export type Outcome =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: string };

export function defined(value: number): Outcome {
  return { value: value === 0 ? 0 : value, reason: null };
}

export function undefinedBecause(reason: string): Outcome {
  return { value: null, reason };
}

function ratio(num: number, den: number, reason: string): Outcome {
  if (Number.isNaN(num) || Number.isNaN(den)) return undefinedBecause(NO_RATE);
  return den === 0 ? undefinedBecause(reason) : defined(num / den);
}

const NO_RATE = 'An exchange rate is missing at the start or the end of the period';
const NO_OPENING = 'No MRR at the start of the period';

/** R17: (churn + contraction) ÷ opening; paused counts with churn. Positive for losses. */
export function grossChurn(annual: Movements): Outcome {
  return ratio(-(annual.churn + annual.contraction + annual.paused), annual.opening, NO_OPENING);
}

/** R17: gross churn less (expansion + reactivation) ÷ opening; resumed counts with reactivation. Negative when growth outweighs losses. */
export function netChurn(annual: Movements): Outcome {
  const lost = -(annual.churn + annual.contraction + annual.paused);
  return ratio(lost - (annual.expansion + annual.reactivation + annual.resumed), annual.opening, NO_OPENING);
}

/** R19: (new + expansion + reactivation) ÷ (contraction + churn). */
export function quickRatio(annual: Movements): Outcome {
  const gained = annual.new + annual.expansion + annual.reactivation + annual.resumed;
  return ratio(gained, -(annual.contraction + annual.churn + annual.paused), 'no losses');
}

export interface LogoChurn {
  readonly rate: Outcome;
  /** Customers active at the start who are not at the end. */
  readonly lost: number;
}

/** R16: customers active at the start who are gone at the end ÷ customers active at the start. */
export function logoChurn(
  view: LedgerView,
  from: PlainDay,
  to: PlainDay,
  currency: CurrencyCode,
  policy: Policy,
): LogoChurn {
  const { customers, kept } = retention(view, addDays(from, -1), to, currency);
  const base =
    policy.logoChurnBase === 'start' ? customers : customers + view.moved('new', from, to, currency).customers;
  return { rate: ratio(customers - kept, base, 'No customers at the start of the period'), lost: customers - kept };
}

/** R18: net and gross revenue retention over the twelve months up to a day. */
export function revenueRetention(
  view: LedgerView,
  asOf: PlainDay,
  currency: CurrencyCode,
): { nrr: Outcome; grr: Outcome } {
  const cohort = retention(view, aYearBefore(asOf), asOf, currency);
  const reason = 'No customers twelve months before';
  return {
    nrr: ratio(cohort.annualNow, cohort.annualThen, reason),
    grr: ratio(cohort.annualKept, cohort.annualThen, reason),
  };
}

/** Mean logo churn of the last three closed months, of those that had customers at their start. */
export function meanLogoChurn(view: LedgerView, asOf: PlainDay, currency: CurrencyCode, policy: Policy): Outcome {
  const rates = closedMonths(asOf, 3)
    .map(({ from, to }) => logoChurn(view, from, to, currency, policy).rate.value)
    .filter((rate) => rate !== null);
  if (rates.length === 0) return undefinedBecause('No customers in the last three closed months');
  return defined(rates.reduce((a, b) => a + b, 0) / rates.length);
}
