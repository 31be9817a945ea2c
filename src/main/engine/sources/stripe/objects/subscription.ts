/** Subscriptions: with the period on the subscription (before «basil») or on its items. */
import { z } from 'zod';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import { SUBSCRIPTION_STATUSES, type Subscription, type SubscriptionItem } from '../../../domain/index.ts';
import { Misfit, objectType } from '../../kit/index.ts';
import { stripeCurrency } from '../amounts.ts';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import { dictionaries } from '../dictionaries.ts';
import { at, atOrNull, Currency, Decimal, Id, LongText, maybe, Metadata, Reference, Seconds, Word } from '../fields.ts';
import { DiscountListSchema, DiscountSchema, discountsOf } from './discount.ts';
import { PlanSchema, priceBilledIn, priceOfPlan, PriceSchema } from './price.ts';
import { plannedEnd, plannedPauses, plannedPhases, ScheduleSchema } from './schedule.ts';
import { inclusivePercent, TaxRates } from './tax-rate.ts';

/** Kept only where it says something: most subscriptions carry none. */
function Absent<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value): z.output<Schema> | undefined => value ?? undefined);
}

const ItemSchema = z
  .object({
    id: Id,
    current_period_start: maybe(Seconds),
    current_period_end: maybe(Seconds),
    current_trial: maybe(z.object({ end_date: Seconds })),
    discounts: DiscountListSchema,
    plan: maybe(PlanSchema),
    price: maybe(PriceSchema),
    quantity: maybe(z.int().min(0, 'is a negative quantity')),
    quantity_decimal: maybe(Decimal),
    tax_rates: TaxRates,
  })
  // Where there is a price, the plan beside it says the same in older words.
  .transform((item) => (item.price === null ? item : { ...item, plan: null }));
type StripeItem = z.output<typeof ItemSchema>;

const WholeSubscription = z.object({
  id: Id,
  object: z.literal('subscription').default('subscription'),
  automatic_tax: Absent(z.object({ enabled: z.boolean() })),
  cancel_at: maybe(Seconds),
  cancel_at_period_end: z.boolean().default(false),
  canceled_at: maybe(Seconds),
  cancellation_details: maybe(z.object({ comment: maybe(LongText), feedback: maybe(Word), reason: maybe(Word) })),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).default('charge_automatically'),
  created: Seconds,
  currency: maybe(Currency),
  current_period_start: maybe(Seconds),
  current_period_end: maybe(Seconds),
  customer: Reference,
  default_tax_rates: TaxRates,
  discount: maybe(DiscountSchema),
  discounts: DiscountListSchema,
  ended_at: maybe(Seconds),
  items: z.object({ data: z.array(ItemSchema).max(1_000), has_more: z.boolean().default(false) }),
  latest_invoice: Absent(Reference),
  metadata: maybe(Metadata),
  pause_collection: maybe(z.object({ behavior: Word, resumes_at: maybe(Seconds) })),
  pending_update: Absent(z.object({ expires_at: maybe(Seconds) })),
  // An id alone tells nothing: it is left out.
  schedule: Absent(z.union([Id.transform(() => undefined), ScheduleSchema])),
  start_date: maybe(Seconds),
  status: z.enum(SUBSCRIPTION_STATUSES, 'is a status that Vario does not know'),
  status_details: maybe(z.object({ paused: maybe(z.object({ transitioned_at: Seconds })) })),
  trial_end: maybe(Seconds),
  trial_settings: Absent(z.object({ end_behavior: z.object({ missing_payment_method: maybe(Word) }) })),
  trial_start: maybe(Seconds),
});

/** The latest invoice is kept only where an update waits for it, how a trial ends only where there is one. */
export const SubscriptionSchema = WholeSubscription.transform((raw) => ({
  ...raw,
  ...(raw.automatic_tax?.enabled !== true && { automatic_tax: undefined }),
  ...(raw.pending_update === undefined && { latest_invoice: undefined }),
  ...(raw.trial_end === null && { trial_settings: undefined }),
}));
export type StripeSubscription = z.output<typeof SubscriptionSchema>;

/** The subscription in normal form. `path` is its place in the record (an event's `data.object.`). @throws Misfit. */
export function subscriptionOf(raw: StripeSubscription, path: string): Subscription {
  if (raw.items.has_more)
    throw new Misfit(`${path}items`, 'The list of items is cut off; the subscription must be read anew');
  const code = raw.currency ?? raw.items.data[0]?.price?.currency ?? raw.items.data[0]?.plan?.currency;
  if (code === undefined)
    throw new Misfit(`${path}currency`, 'The subscription names no currency and has no item that does');
  const currency = stripeCurrency(code, `${path}currency`);
  const { schedule } = raw;
  const discounts = discountsOf(raw.discounts, raw.discount, path);
  const phases = schedule ? plannedPhases(schedule, currency, discounts, path) : [];
  const pauses = schedule ? plannedPauses(schedule) : [];
  const plannedEndAt = atOrNull(schedule && raw.ended_at === null ? plannedEnd(schedule) : null);
  return {
    id: raw.id,
    customerId: raw.customer,
    status: raw.status,
    currency,
    createdAt: at(raw.created),
    startedAt: at(raw.start_date ?? raw.created),
    trialStart: atOrNull(raw.trial_start),
    trialEnd: atOrNull(raw.trial_end),
    ...unpaidTrialOf(raw),
    cancelAt: atOrNull(raw.cancel_at) ?? plannedEndAt,
    cancelAtPeriodEnd: raw.cancel_at_period_end,
    canceledAt: atOrNull(raw.canceled_at),
    endedAt: atOrNull(raw.ended_at),
    cancellation: {
      reason: raw.cancellation_details?.reason ?? null,
      feedback: raw.cancellation_details?.feedback ?? null,
      comment: raw.cancellation_details?.comment ?? null,
    },
    pause: pauseOf(raw),
    items: raw.items.data.map((item, index) => itemOf(item, raw, currency, `${path}items.data.${index}.`)),
    discounts,
    collection: raw.collection_method,
    ...(raw.automatic_tax && { automaticTax: true }),
    ...(phases.length > 0 && { phases }),
    ...(pauses.length > 0 && { plannedPauses: pauses }),
    ...(plannedEndAt !== null && { plannedEndAt }),
    ...(raw.pending_update && raw.latest_invoice && { pendingInvoiceId: raw.latest_invoice }),
    metadata: raw.metadata ?? {},
  };
}

/** https://docs.stripe.com/billing/subscriptions/trials/free-trials#free-trials-without-collecting-a-payment-method */
function unpaidTrialOf({ trial_settings }: StripeSubscription): Pick<Subscription, 'unpaidTrial'> {
  const ends = trial_settings?.end_behavior.missing_payment_method;
  return ends === 'cancel' || ends === 'pause' ? { unpaidTrial: ends } : {};
}

function pauseOf(raw: StripeSubscription): Subscription['pause'] {
  if (raw.pause_collection === null) return null;
  const since: Instant | null = raw.status_details?.paused ? at(raw.status_details.paused.transitioned_at) : null;
  return { behavior: raw.pause_collection.behavior, since, resumesAt: atOrNull(raw.pause_collection.resumes_at) };
}

function itemOf(item: StripeItem, raw: StripeSubscription, currency: CurrencyCode, path: string): SubscriptionItem {
  const price = item.price ?? (item.plan === null ? null : priceOfPlan(item.plan));
  if (price === null) throw new Misfit(`${path}price`, `“${path}price”: the item has no price`);
  // Stripe's own default for a licensed item; a metered one has no quantity.
  const unsaid = price.recurring?.usage_type === 'metered' ? 0 : 1;
  return {
    id: item.id,
    price: priceBilledIn(price, currency, `${path}price.`),
    quantity: item.quantity_decimal ?? String(item.quantity ?? unsaid),
    currentPeriodStart: atOrNull(item.current_period_start ?? raw.current_period_start),
    currentPeriodEnd: atOrNull(item.current_period_end ?? raw.current_period_end),
    trialEnd: atOrNull(item.current_trial?.end_date ?? null),
    discounts: discountsOf(item.discounts, null, path),
    inclusiveTaxPercent: inclusivePercent(item.tax_rates?.length ? item.tax_rates : raw.default_tax_rates),
  };
}

export const subscriptionType = objectType({
  type: 'subscription',
  version: 3,
  dictionaries: dictionaries.subscription,
  schema: SubscriptionSchema,
  id: ({ id }) => id,
  normalise: (raw, seenAt) => [
    {
      kind: 'subscription',
      value: { subscription: subscriptionOf(raw, ''), seenAt, by: 'read', eventId: null, eventType: null },
    },
  ],
});

const SightingSchema = z.object({
  id: Id,
  object: z.literal('event'),
  created: Seconds,
  type: Word,
  data: z.object({ object: SubscriptionSchema }),
});

/** An event about a subscription: the only evidence of states that are past. */
export const subscriptionEventType = objectType({
  type: 'event',
  version: 3,
  dictionaries: dictionaries.event,
  schema: SightingSchema,
  id: ({ id }) => id,
  normalise: (raw) => [
    {
      kind: 'subscription',
      value: {
        subscription: subscriptionOf(raw.data.object, 'data.object.'),
        seenAt: at(raw.created),
        by: 'event',
        eventId: raw.id,
        eventType: raw.type,
      },
    },
  ],
});
