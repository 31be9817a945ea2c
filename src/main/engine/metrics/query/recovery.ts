/** How many payments fail at first, and how much of that is collected all the same. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { BilledIn } from '../slices/flows/billed-in.ts';
import {
  failedPayments,
  laterTries,
  RETRY_WINDOW_DAYS,
  type FailedPayment,
  type PaymentOutcome,
} from './failed-payments.ts';
import type { FlowSum } from './flows.ts';
import { defined, undefinedBecause, type Outcome } from './rates-of-change.ts';

export interface Recovery {
  /** Payments of customers that were first tried in the period and failed at it, and their outcomes; amounts at the rate of the day of the failure. */
  readonly failed: FlowSum;
  readonly recovered: FlowSum;
  readonly lost: FlowSum;
  readonly open: FlowSum;
  readonly failureRate: Outcome;
  /** By count and by amount; null until none is open. */
  readonly rate: Outcome;
  readonly rateByAmount: Outcome;
  /** The same over what is decided so far. */
  readonly soFar: Outcome;
  readonly missing: readonly string[];
}

/**
 * Failure and recovery of the payments first tried in a period.
 * https://docs.stripe.com/billing/revenue-recovery/recovery-analytics
 * @param charges the period's successful charges of customers, of the same slice.
 */
export function recoveryOf(
  db: ReadDb,
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay },
  charges: FlowSum,
  currency: CurrencyCode,
  now: Instant,
  inSlice: BilledIn,
): Recovery {
  const failures = failedPayments(db, from, to, now, inSlice);
  const { sums, missing } = byOutcome(db, failures, currency);
  const failed = {
    amount: sums.recovered.amount + sums.lost.amount + sums.open.amount,
    entries: failures.length,
  };
  const attempted = attemptsIn(db, { from, to }, charges, failed.entries, inSlice);
  const closed = (part: number, whole: number, none: string): Outcome => {
    if (failed.entries === 0) return undefinedBecause('No payment failed in the period');
    if (sums.open.entries > 0)
      return undefinedBecause(
        `Not decided yet: ${sums.open.entries} of ${failed.entries} failed payments are still being retried, for at most ${RETRY_WINDOW_DAYS} days`,
      );
    return whole === 0 ? undefinedBecause(none) : defined(part / whole);
  };
  const decided = failed.entries - sums.open.entries;
  return {
    failed,
    ...sums,
    failureRate: failureRate(failed.entries, attempted),
    rate: closed(sums.recovered.entries, failed.entries, ''),
    rateByAmount: closed(sums.recovered.amount, failed.amount, noAmount(missing, currency)),
    soFar: decided === 0 ? undefinedBecause('None is decided yet') : defined(sums.recovered.entries / decided),
    missing,
  };
}

/** How many payments were first tried in a period: those that succeeded, but for later tries, and those that failed. */
export function attemptsIn(
  db: ReadDb,
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay },
  charges: FlowSum,
  failed: number,
  inSlice: BilledIn,
): number {
  return charges.entries - laterTries(db, from, to, inSlice) + failed;
}

function failureRate(failed: number, attempted: number): Outcome {
  return attempted === 0 ? undefinedBecause('No payment was tried in the period') : defined(failed / attempted);
}

function noAmount(missing: readonly string[], currency: CurrencyCode): string {
  return missing.length > 0
    ? `No rate from ${missing.join(', ')} to ${currency}`
    : 'The failed payments come to nothing';
}

function byOutcome(
  db: ReadDb,
  failures: readonly FailedPayment[],
  currency: CurrencyCode,
): { sums: Record<PaymentOutcome, FlowSum>; missing: string[] } {
  const rates = rateBook(db);
  const missing = new Set<string>();
  const sums = { recovered: none(), lost: none(), open: none() };
  for (const { outcome, amount, currency: native, failedOn } of failures) {
    const rate = rates.rate(native, currency, failedOn);
    sums[outcome].entries += 1;
    if (rate) sums[outcome].amount += convert(amount, rate);
    else missing.add(native);
  }
  return { sums, missing: [...missing] };
}

function none(): { amount: number; entries: number } {
  return { amount: 0, entries: 0 };
}
