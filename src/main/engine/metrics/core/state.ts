/** The normal form that numbers are computed from: how a subscription stands from a moment on. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Discount, Price, SubscriptionStatus } from '../../domain/index.ts';

/** What shows that a state held: an event, a read, an invoice line, or only the object's timestamps. */
export type Evidence = 'event' | 'read' | 'invoice' | 'timestamps';

export interface StateItem {
  readonly id: string;
  readonly price: Price;
  /** Decimal text. */
  readonly quantity: string;
  /** Start of the term that the state lies in; null where no period is known. */
  readonly termStart: Instant | null;
  readonly onTrial: boolean;
  readonly discounts: readonly Discount[];
  /** Per cent of tax contained in the price, decimal text; null when unknown or none. */
  readonly inclusiveTaxPercent: string | null;
}

export interface SubscriptionState {
  readonly effectiveAt: Instant;
  readonly status: SubscriptionStatus;
  /** Since when it has this status: for policies that count days past due. */
  readonly statusSince: Instant;
  /** Collection is paused. */
  readonly paused: boolean;
  /** An end is scheduled: it no longer is committed (R10). */
  readonly scheduledEnd: boolean;
  readonly currency: CurrencyCode;
  readonly createdAt: Instant;
  /** Ended at once, though the invoice had billed it up to this later moment: for policies that count paid service. */
  readonly paidUntil: Instant | null;
  readonly items: readonly StateItem[];
  /** The subscription's own, or the customer's where it has none; in stacking order. */
  readonly discounts: readonly Discount[];
  readonly evidence: Evidence;
  /** Id of the event, invoice or subscription behind it. */
  readonly evidenceId: string;
}
