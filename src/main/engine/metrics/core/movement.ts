/** R11, R9, R6: what a customer's change of a day is called. */
import type { Standing } from './standing.ts';
import { reasonOfStanding } from './standing.ts';

/** `transfer`: the customer's sum stays; amounts move between subscriptions, prices or currencies. */
export type LedgerKind =
  | 'new'
  | 'expansion'
  | 'contraction'
  | 'churn'
  | 'reactivation'
  | 'paused'
  | 'resumed'
  | 'transfer';

/** One subscription's part in a customer's day. */
export interface SubscriptionChange {
  /** Annual minor units, any currency: only the sign counts here. */
  readonly delta: number;
  readonly was: Standing | null;
  readonly is: Standing;
}

export interface CustomerDay {
  readonly paidBefore: boolean;
  readonly paysAfter: boolean;
  readonly everPaid: boolean;
  /** The day's net, in one currency. */
  readonly net: number;
  readonly changes: readonly SubscriptionChange[];
}

/**
 * Nets a customer's day into one kind: first 0 → + is new, any later one a
 * reactivation, → 0 a churn; «paused» and «resumed» where pauses alone made it.
 */
export function movementKind({ paidBefore, paysAfter, everPaid, net, changes }: CustomerDay): LedgerKind {
  const onlyPaused = changes.every(({ delta, is }) => delta >= 0 || is === 'paused');
  const onlyResumed = changes.every(({ delta, was }) => delta <= 0 || was === 'paused');
  if (!paidBefore && paysAfter) {
    if (!everPaid) return 'new';
    return onlyResumed ? 'resumed' : 'reactivation';
  }
  if (paidBefore && !paysAfter) return onlyPaused ? 'paused' : 'churn';
  if (net > 0) return onlyResumed ? 'resumed' : 'expansion';
  if (net < 0) return onlyPaused ? 'paused' : 'contraction';
  return 'transfer';
}

/** Why the day lost revenue: the standing of the subscription that lost most; null for a gain or a smaller plan. */
export function lossReason(net: number, changes: readonly SubscriptionChange[]): string | null {
  if (net >= 0) return null;
  const largest = changes.reduce((a, b) => (b.delta < a.delta ? b : a));
  return reasonOfStanding(largest.is);
}
