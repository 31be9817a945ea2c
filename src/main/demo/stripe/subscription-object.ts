/** A subscription in Stripe's shape, from what is known of it at a moment. */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Contract, EndCause, Life, PriceCard } from '../scenario/life.ts';
import { customerId } from './customer-object.ts';
import { stripeId } from './ids.ts';
import { planObject, taxRateObject, type AppliedDiscount } from './catalogue-objects.ts';
import { embeddedList, type JsonObject } from './json.ts';
import type { Billed } from './invoice-lines.ts';

export interface SubscriptionState {
  readonly id: string;
  readonly customerId: string;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  readonly trialEndsAt: Instant | null;
  readonly byTransfer: boolean;
  /** The schedule it is under. */
  readonly scheduleId: string | null;
  readonly currency: string;
  status: 'active' | 'past_due' | 'unpaid' | 'canceled' | 'trialing' | 'incomplete' | 'incomplete_expired';
  items: readonly (Billed & { readonly since: Instant })[];
  discounts: readonly AppliedDiscount[];
  anchor: Instant;
  periodStart: Instant;
  periodEnd: Instant;
  /** When the customer cancelled, and when that takes effect (null: at once). */
  cancellation: {
    readonly at: Instant;
    readonly endsAt: Instant | null;
    readonly cause: EndCause;
    readonly feedback: string | null;
  } | null;
  endedAt: Instant | null;
  pausedAt: Instant | null;
  latestInvoiceId: string | null;
}

/** A contract at its very beginning, before its first invoice. */
export function newSubscription(life: Life, contract: Contract): SubscriptionState {
  const { startedAt, enteredAt = startedAt, trialEndsAt, neverPaid, paidBy } = contract;
  return {
    id: stripeId('sub', contract.key),
    customerId: customerId(life),
    createdAt: enteredAt,
    startedAt,
    trialEndsAt,
    byTransfer: paidBy === 'bank_transfer',
    scheduleId: paidBy === 'bank_transfer' ? stripeId('sub_sched', contract.key) : null,
    currency: life.currency.toLowerCase(),
    status: neverPaid ? 'incomplete' : trialEndsAt === null ? 'active' : 'trialing',
    items: [],
    discounts: [],
    anchor: trialEndsAt ?? enteredAt,
    periodStart: enteredAt,
    periodEnd: trialEndsAt ?? enteredAt,
    cancellation: null,
    endedAt: null,
    pausedAt: null,
    latestInvoiceId: null,
  };
}

const REASON_OF_CAUSE: Readonly<Record<EndCause, string | null>> = {
  requested: 'cancellation_requested',
  replaced: 'cancellation_requested',
  payment_failed: 'payment_failed',
  disputed: 'payment_disputed',
  trial_over: null,
};

/** @param priceOf gives the price object of a card (prices are embedded whole). */
export function subscriptionObject(state: SubscriptionState, priceOf: (card: PriceCard) => JsonObject): JsonObject {
  const { cancellation } = state;
  const seconds = (at: Instant | null | undefined): number | null =>
    at === null || at === undefined ? null : secondsOfInstant(at);
  const pending = cancellation?.endsAt !== null && cancellation?.endsAt !== undefined && state.endedAt === null;
  const taxed = state.items.find(({ card }) => card.taxIncludedPercent > 0);
  return {
    id: state.id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: secondsOfInstant(state.anchor),
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'classic' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: pending ? seconds(cancellation.endsAt) : null,
    cancel_at_period_end: pending,
    canceled_at: seconds(cancellation?.at),
    cancellation_details: {
      comment: null,
      feedback: cancellation?.feedback ?? null,
      feedback_option: null,
      reason: cancellation ? REASON_OF_CAUSE[cancellation.cause] : null,
    },
    collection_method: state.byTransfer ? 'send_invoice' : 'charge_automatically',
    created: secondsOfInstant(state.createdAt),
    currency: state.currency,
    customer: state.customerId,
    customer_account: null,
    days_until_due: state.byTransfer ? 30 : null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: taxed ? [taxRateObject(taxed.card.taxIncludedPercent, state.startedAt)] : [],
    description: null,
    discounts: state.discounts.filter(({ subscription }) => subscription !== null).map(({ id }) => id),
    ended_at: seconds(state.endedAt),
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: {
      ...embeddedList(
        `/v1/subscription_items?subscription=${state.id}`,
        state.items.map((item) => itemObject(item, state, priceOf(item.card))),
      ),
      total_count: state.items.length,
    },
    latest_invoice: state.latestInvoiceId,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: state.pausedAt === null ? null : { behavior: 'void', resumes_at: null },
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: state.endedAt === null ? state.scheduleId : null,
    start_date: secondsOfInstant(state.startedAt),
    status: state.status,
    test_clock: null,
    transfer_data: null,
    trial_end: seconds(state.trialEndsAt),
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'cancel' } },
    trial_start: state.trialEndsAt === null ? null : secondsOfInstant(state.startedAt),
  };
}

function itemObject(item: SubscriptionState['items'][number], state: SubscriptionState, price: JsonObject): JsonObject {
  const object: JsonObject = {
    id: item.itemId,
    object: 'subscription_item',
    billing_thresholds: null,
    created: secondsOfInstant(item.since),
    current_period_end: secondsOfInstant(state.periodEnd),
    current_period_start: secondsOfInstant(state.periodStart),
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planObject(item.card, price),
    price,
    subscription: state.id,
    tax_rates: [],
  };
  return item.card.metered ? object : { ...object, quantity: item.quantity };
}
