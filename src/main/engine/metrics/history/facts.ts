/** What is known of one subscription, from all kinds of evidence. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { Discount, InvoiceLine, Price, Subscription, SubscriptionSighting } from '../../domain/index.ts';
import type { Evidence } from '../core/state.ts';

export interface InvoicedLine {
  readonly invoiceId: string;
  readonly invoiceStatus: string;
  readonly currency: CurrencyCode;
  readonly createdAt: Instant;
  readonly finalizedAt: Instant | null;
  readonly paidAt: Instant | null;
  /** Until when an invoice that is sent is to be paid; null for one that is charged. */
  readonly dueAt: Instant | null;
  readonly billingReason: string | null;
  readonly collection: string;
  /** How often a payment of the invoice was tried. */
  readonly attempts: number;
  readonly subscriptionItemId: string | null;
  readonly priceId: string | null;
  readonly productId: string | null;
  /** As the invoice embeds it or as it is stored under its id; null where neither is known. */
  readonly price: Price | null;
  readonly quantity: string;
  readonly amountMinor: number;
  readonly discounts: InvoiceLine['discounts'];
  readonly taxes: InvoiceLine['taxes'];
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  readonly proration: boolean;
}

/** A sighting, or what is planned to be seen when a phase begins. */
export interface Sighting extends SubscriptionSighting {
  readonly planned?: boolean;
}

export interface SubscriptionFacts {
  readonly sourceId: number;
  readonly subscriptionId: string;
  /** Oldest first, at least one; of those at one moment, events before reads. */
  readonly sightings: readonly Sighting[];
  readonly customerDiscounts: readonly Discount[];
  /** The subscription's recurring lines of every invoice, by period start. */
  readonly lines: readonly InvoicedLine[];
}

/** Something that holds from a moment on, and what shows it. */
export interface Step<Value> {
  readonly at: Instant;
  readonly value: Value;
  readonly evidence: Evidence;
  readonly evidenceId: string;
}

/**
 * Adds a step that later knowledge gives: it replaces all steps at or after its
 * moment, and is left out where it says nothing new.
 */
export function putStep<Value>(steps: Step<Value>[], step: Step<Value>): void {
  while (steps.length > 0 && (steps.at(-1)?.at ?? 0) >= step.at) steps.pop();
  if (steps.at(-1)?.value !== step.value) steps.push(step);
}

/** The step in force at a moment: the last one not after it. */
export function stepAt<Value>(steps: readonly Step<Value>[], at: Instant): Step<Value> | undefined {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step && step.at <= at) return step;
  }
  return undefined;
}

/** The first sighting. */
export function firstSighting({ sightings }: SubscriptionFacts): Sighting {
  const [first] = sightings;
  if (!first) throw new RangeError('a subscription without a sighting has no history');
  return first;
}

/** Evidence of a sighting, as a step names it. */
export function evidenceOf({ by, eventId, subscription, planned }: Sighting): {
  evidence: Evidence;
  evidenceId: string;
} {
  if (planned === true) return byTimestamps(subscription);
  return { evidence: by, evidenceId: eventId ?? subscription.id };
}

export function byTimestamps({ id }: Subscription): { evidence: Evidence; evidenceId: string } {
  return { evidence: 'timestamps', evidenceId: id };
}
