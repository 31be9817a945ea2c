/** R11, R9, R6: what a customer's change of a day is called. */
import type { Policy } from './policy.ts';
import type { Standing } from './standing.ts';
import { reasonOfStanding } from './standing.ts';

/** `transfer`: the customer's sum stays; amounts move between subscriptions, prices or currencies. */
export const LEDGER_KINDS = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
  'transfer',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One subscription's part in a customer's day. */
export interface SubscriptionChange {
  /** Annual minor units, any currency: only the sign counts here. */
  readonly delta: number;
  readonly was: Standing | null;
  readonly is: Standing;
}

export interface CustomerDay {
  readonly freeCustomers: Policy['freeCustomers'];
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
 * Under a policy that keeps free customers, a fall to 0 with a free subscription
 * left is a contraction, and the way back an expansion.
 */
export function movementKind({
  paidBefore,
  paysAfter,
  everPaid,
  net,
  changes,
  freeCustomers,
}: CustomerDay): LedgerKind {
  if (!paidBefore && paysAfter) {
    if (!everPaid) return 'new';
    if (freeCustomers === 'stay' && changes.every(({ delta, was }) => delta <= 0 || isFree(was))) return 'expansion';
    return onlyResumed(changes) ? 'resumed' : 'reactivation';
  }
  if (paidBefore && !paysAfter) {
    if (freeCustomers === 'stay' && changes.every(({ delta, is }) => delta >= 0 || isFree(is))) return 'contraction';
    return onlyPaused(changes) ? 'paused' : 'churn';
  }
  if (net > 0) return onlyResumed(changes) ? 'resumed' : 'expansion';
  if (net < 0) return onlyPaused(changes) ? 'paused' : 'contraction';
  return 'transfer';
}

function onlyPaused(changes: CustomerDay['changes']): boolean {
  return changes.every(({ delta, is }) => delta >= 0 || is === 'paused');
}

function onlyResumed(changes: CustomerDay['changes']): boolean {
  return changes.every(({ delta, was }) => delta <= 0 || was === 'paused');
}

/** A subscription in force that owes nothing. */
function isFree(standing: Standing | null): boolean {
  return standing === 'free' || standing === 'discounted';
}

/** Why the day lost revenue: the standing of the subscription that lost most; null for a gain or a smaller plan. */
export function lossReason(net: number, changes: readonly SubscriptionChange[]): string | null {
  if (net >= 0) return null;
  const largest = changes.reduce((a, b) => (b.delta < a.delta ? b : a));
  return reasonOfStanding(largest.is);
}
