/** R16–R21: ratios over a period, each null with its reason where its denominator is 0. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { MovementSums } from './movement-sums.ts';
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
export const NO_CUSTOMERS = 'No paying customers';
export const NO_NEW_CUSTOMERS = 'No new customers in the period';
const NO_OPENING = 'No MRR at the start of the period';

/** What the rates over a period are read off. */
type Sums = Pick<MovementSums, 'arr' | 'missing'>;

function unlessMissing(currencies: readonly string[], num: number, den: number, reason: string): Outcome {
  return currencies.length > 0
    ? undefinedBecause(`No exchange rate of ${currencies.join(', ')} on a day of the period`)
    : ratio(num, den, reason);
}

/** R17: (churn + contraction) ÷ opening; paused counts with churn. Positive for losses. */
export function grossChurn({ arr: annual, missing }: Sums): Outcome {
  return unlessMissing(missing.any, -(annual.churn + annual.contraction + annual.paused), annual.opening, NO_OPENING);
}

/** R17: gross churn less (expansion + reactivation) ÷ opening; resumed counts with reactivation. Negative when growth outweighs losses. */
export function netChurn({ arr: annual, missing }: Sums): Outcome {
  const lost = -(annual.churn + annual.contraction + annual.paused);
  return unlessMissing(
    missing.any,
    lost - (annual.expansion + annual.reactivation + annual.resumed),
    annual.opening,
    NO_OPENING,
  );
}

/** R19: (new + expansion + reactivation) ÷ (contraction + churn). */
export function quickRatio({ arr: annual, missing }: Sums): Outcome {
  const gained = annual.new + annual.expansion + annual.reactivation + annual.resumed;
  return unlessMissing(missing.moved, gained, -(annual.contraction + annual.churn + annual.paused), 'no losses');
}

export interface LogoChurn {
  readonly rate: Outcome;
  /** Customers active at the start who are not at the end. */
  readonly lost: number;
}

/** R20: MRR ÷ paying customers, divided once from the annual sum. None where a customer's amount has no rate. */
export function averageOf(
  { annual, missing }: { readonly annual: number; readonly missing: readonly string[] },
  customers: number,
  none: string,
): Outcome {
  if (customers === 0) return undefinedBecause(none);
  if (missing.length > 0)
    return undefinedBecause(`No exchange rate of ${missing.join(', ')}: not every customer’s amount is known`);
  return defined(divideRounded(annual, 12 * customers));
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
