/** Subscriptions in normal form, and what was seen of them when. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Discount } from './discount.ts';
import type { Price } from './price.ts';

export const SUBSCRIPTION_STATUSES = [
  'active',
  'past_due',
  'trialing',
  'incomplete',
  'incomplete_expired',
  'unpaid',
  'canceled',
  'paused',
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export interface SubscriptionItem {
  readonly id: string;
  readonly price: Price;
  /** Decimal text; vendors allow fractions of a unit. */
  readonly quantity: string;
  readonly currentPeriodStart: Instant | null;
  readonly currentPeriodEnd: Instant | null;
  /** Set where one item alone is on trial. */
  readonly trialEnd: Instant | null;
  readonly discounts: readonly Discount[];
  /** Sum of the tax rates marked as contained in the price, in per cent, as decimal text; null when none is known to be. */
  readonly inclusiveTaxPercent: string | null;
}

/** An item of a phase: it has no id before the phase begins. */
export interface PlannedItem {
  readonly price: Price;
  readonly quantity: string;
  readonly discounts: readonly Discount[];
  readonly inclusiveTaxPercent: string | null;
}

/** What a subscription is planned to be for a time: its items and discounts replace those before. */
export interface PlannedPhase {
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly trialEnd: Instant | null;
  readonly items: readonly PlannedItem[];
  readonly discounts: readonly Discount[];
}

/** A pause of the whole subscription that is planned; without `resumeAt` until somebody resumes it. */
export interface PlannedPause {
  readonly pauseAt: Instant;
  readonly resumeAt: Instant | null;
}

/** A subscription as one object says it is at one moment. */
export interface Subscription {
  readonly id: string;
  readonly customerId: string;
  readonly status: SubscriptionStatus;
  readonly currency: CurrencyCode;
  readonly createdAt: Instant;
  /** When it began to bill; earlier than `createdAt` where it was backdated. */
  readonly startedAt: Instant;
  readonly trialStart: Instant | null;
  readonly trialEnd: Instant | null;
  /** What becomes of it when its trial ends and there is nothing to charge; absent where it bills all the same. */
  readonly unpaidTrial?: 'cancel' | 'pause';
  readonly cancelAt: Instant | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly canceledAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Why it was cancelled, in the vendor's word (`cancellation_requested`, `payment_failed`, `payment_disputed`) and the customer's. */
  readonly cancellation: {
    readonly reason: string | null;
    readonly feedback: string | null;
    readonly comment: string | null;
  };
  /** Payment collection is paused; `resumesAt` null means until somebody resumes it. */
  readonly pause: {
    readonly behavior: string;
    readonly since: Instant | null;
    readonly resumesAt: Instant | null;
  } | null;
  readonly items: readonly SubscriptionItem[];
  /** Discounts on the subscription; where there are any they replace the customer's. */
  readonly discounts: readonly Discount[];
  readonly collection: 'charge_automatically' | 'send_invoice';
  /** The vendor works out the tax: only invoices show whether a price contains it. Absent where it does not. */
  readonly automaticTax?: true;
  /** When the vendor was found to know it no longer, by list or by name: it is over since then, whatever it was. */
  readonly goneAt?: Instant;
  /** By a schedule, also phases that are over; absent where there is none. The last one goes on unless `cancelAt` ends it. */
  readonly phases?: readonly PlannedPhase[];
  readonly plannedPauses?: readonly PlannedPause[];
  /** When the schedule ends the subscription; then `cancelAt` says so too. */
  readonly plannedEndAt?: Instant;
  /** The invoice whose payment a change of the items waits for; absent where none does. */
  readonly pendingInvoiceId?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A subscription as it was seen at a moment: by an event of the vendor (the
 * state right after it) or by reading it. Sightings are facts and are kept;
 * the history of states is derived from them, from timestamps and from invoices.
 */
export interface SubscriptionSighting {
  readonly subscription: Subscription;
  readonly seenAt: Instant;
  readonly by: 'event' | 'read';
  /** The event's id, for `event`. */
  readonly eventId: string | null;
  /** The event's type (`customer.subscription.updated`), for `event`. */
  readonly eventType: string | null;
}
