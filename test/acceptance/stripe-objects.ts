/** Stripe's objects in today's shape (2026-10-28.endive), each with what a case says of it. */
import type { StripeObject } from './stub-stripe.ts';

type Fields = Readonly<Record<string, unknown>>;

let count = 0;
export const fresh = (prefix: string) => `${prefix}_${String((count += 1)).padStart(5, '0')}`;

/** Epoch seconds of a day or an ISO moment, in UTC. */
export const sec = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / 1_000;

export function customer(id: string, over: Fields = {}): StripeObject {
  return {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: sec('2025-01-01'),
    currency: 'usd',
    delinquent: false,
    description: null,
    discount: null,
    email: `${id}@example.com`,
    livemode: false,
    metadata: {},
    name: `Customer ${id}`,
    ...over,
  };
}

export function price(unitAmount: number | null, over: Fields & { readonly recurring?: Fields } = {}): StripeObject {
  const { recurring, ...rest } = over;
  return {
    id: fresh('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: sec('2025-01-01'),
    currency: 'usd',
    livemode: false,
    metadata: {},
    nickname: null,
    product: 'prod_main',
    recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed', meter: null, ...recurring },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: unitAmount,
    unit_amount_decimal: unitAmount === null ? null : String(unitAmount),
    ...rest,
  };
}

export const yearly = (unitAmount: number, over: Fields = {}) =>
  price(unitAmount, { ...over, recurring: { interval: 'year' } });

export function item(itemPrice: StripeObject, over: Fields = {}): StripeObject {
  return {
    id: fresh('si'),
    object: 'subscription_item',
    created: sec('2025-01-01'),
    current_period_start: sec('2026-01-01'),
    current_period_end: sec('2026-02-01'),
    discounts: [],
    metadata: {},
    price: itemPrice,
    quantity: 1,
    tax_rates: [],
    ...over,
  };
}

export interface SubscriptionCase extends Fields {
  readonly customer?: string;
  /** When it began, a day or an ISO moment. */
  readonly start?: string;
  readonly items: readonly StripeObject[];
}

export function subscription({ start = '2026-01-01', items, ...over }: SubscriptionCase): StripeObject {
  const id = fresh('sub');
  const at = sec(start);
  return {
    id,
    object: 'subscription',
    application: null,
    automatic_tax: { enabled: false },
    billing_cycle_anchor: at,
    billing_mode: { type: 'flexible' },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: 'charge_automatically',
    created: at,
    currency: 'usd',
    customer: 'cus_a',
    default_tax_rates: [],
    discounts: [],
    ended_at: null,
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    metadata: {},
    pause_collection: null,
    schedule: null,
    start_date: at,
    status: 'active',
    trial_end: null,
    trial_start: null,
    ...over,
  };
}

/** Ended at once on a day. */
export function canceled(body: StripeObject, on: string): StripeObject {
  return { ...body, status: 'canceled', canceled_at: sec(on), ended_at: sec(on) };
}

export function coupon(over: Fields): StripeObject {
  return {
    id: fresh('coupon'),
    object: 'coupon',
    amount_off: null,
    created: sec('2025-01-01'),
    currency: null,
    duration: 'forever',
    duration_in_months: null,
    livemode: false,
    metadata: {},
    name: null,
    percent_off: null,
    redeem_by: null,
    times_redeemed: 1,
    valid: true,
    ...over,
  };
}

export function discount(ofCoupon: StripeObject, start: string, over: Fields = {}): StripeObject {
  return {
    id: fresh('di'),
    object: 'discount',
    checkout_session: null,
    customer: 'cus_a',
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { type: 'coupon', coupon: ofCoupon },
    start: sec(start),
    subscription: null,
    subscription_item: null,
    ...over,
  };
}

export interface LineCase extends Fields {
  readonly amount: number;
  readonly from: string;
  readonly to: string;
  readonly subscription?: string;
  readonly item?: string;
  readonly price?: string;
  readonly proration?: boolean;
}

export function line({ amount, from, to, subscription: of, item: si, price: id, proration, ...over }: LineCase) {
  return {
    id: fresh('il'),
    object: 'line_item',
    amount,
    currency: 'usd',
    description: null,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    livemode: false,
    metadata: {},
    parent:
      of === undefined
        ? { type: 'invoice_item_details', invoice_item_details: { proration: false, subscription: null } }
        : {
            type: 'subscription_item_details',
            invoice_item_details: null,
            subscription_item_details: {
              proration: proration ?? false,
              subscription: of,
              subscription_item: si ?? null,
            },
          },
    period: { start: sec(from), end: sec(to) },
    pricing: { type: 'price_details', price_details: { price: id ?? 'price_x', product: 'prod_main' } },
    quantity: 1,
    taxes: [],
    ...over,
  };
}

export interface InvoiceCase extends Fields {
  readonly on: string;
  readonly lines: readonly ReturnType<typeof line>[];
  readonly subscription?: string;
}

export function invoice({ on, lines, subscription: of, ...over }: InvoiceCase): StripeObject {
  const at = sec(on);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    id: fresh('in'),
    object: 'invoice',
    amount_due: total,
    amount_paid: total,
    amount_remaining: 0,
    attempt_count: 1,
    attempted: true,
    billing_reason: of === undefined ? 'manual' : 'subscription_cycle',
    collection_method: 'charge_automatically',
    created: at,
    currency: 'usd',
    customer: 'cus_a',
    discounts: [],
    due_date: null,
    ending_balance: 0,
    lines: { object: 'list', data: lines, has_more: false },
    next_payment_attempt: null,
    number: fresh('A'),
    parent: of === undefined ? null : { type: 'subscription_details', subscription_details: { subscription: of } },
    period_start: at,
    period_end: at,
    starting_balance: 0,
    status: 'paid',
    status_transitions: { finalized_at: at, marked_uncollectible_at: null, paid_at: at, voided_at: null },
    subtotal: total,
    total,
    total_discount_amounts: [],
    total_taxes: [],
    ...over,
  };
}

export function event(type: string, on: string, object: StripeObject, previous: Fields = {}): StripeObject {
  return {
    id: fresh('evt'),
    object: 'event',
    api_version: '2026-10-28.endive',
    created: sec(on),
    data: { object, previous_attributes: previous },
    livemode: false,
    pending_webhooks: 0,
    request: { id: null, idempotency_key: null },
    type,
  };
}

/** The shape before «basil» (2025-03-31): the period on the subscription, one discount, `coupon` inside it. */
export function preBasil(body: StripeObject): StripeObject {
  const items = body['items'] as { data: readonly StripeObject[] };
  const [first] = items.data;
  const discounts = (body['discounts'] as readonly StripeObject[]).map(withCoupon);
  const { discounts: _, ...rest } = body;
  return {
    ...rest,
    current_period_start: first?.['current_period_start'] ?? null,
    current_period_end: first?.['current_period_end'] ?? null,
    discount: discounts[0] ?? null,
    items: {
      ...items,
      data: items.data.map(({ current_period_start: _start, current_period_end: _end, discounts: _none, ...each }) => ({
        ...each,
        plan: planOf(each['price'] as StripeObject),
      })),
    },
    plan: planOf(first?.['price'] as StripeObject),
    quantity: first?.['quantity'],
  };
}

/** «basil»: a list of discounts, with `coupon` inside; «clover» moved it to `source`. */
export function basil(body: StripeObject): StripeObject {
  return { ...body, discounts: (body['discounts'] as readonly StripeObject[]).map(withCoupon) };
}

export function withCoupon({ source, ...rest }: StripeObject): StripeObject {
  return { ...rest, coupon: (source as { coupon: StripeObject }).coupon };
}

export function planOf(of: StripeObject): StripeObject {
  const recurring = of['recurring'] as Fields;
  return {
    id: of.id,
    object: 'plan',
    active: true,
    amount: of['unit_amount'],
    amount_decimal: of['unit_amount_decimal'],
    billing_scheme: of['billing_scheme'],
    created: of['created'],
    currency: of['currency'],
    interval: recurring['interval'],
    interval_count: recurring['interval_count'],
    livemode: false,
    metadata: {},
    nickname: null,
    product: of['product'],
    tiers_mode: of['tiers_mode'],
    transform_usage: null,
    trial_period_days: null,
    usage_type: recurring['usage_type'],
  };
}

/** Only what a figure needs: what a hand-written server answers. */
export function minimal(body: StripeObject): StripeObject {
  const items = body['items'] as { data: readonly StripeObject[] };
  const kept = ['id', 'object', 'customer', 'status', 'created', 'currency', 'start_date', 'discounts'];
  return {
    id: body.id,
    ...Object.fromEntries(kept.map((key) => [key, body[key]])),
    items: {
      object: 'list',
      data: items.data.map((each) => {
        const { id, currency, recurring, unit_amount, product } = each['price'] as StripeObject;
        return { id: each.id, quantity: each['quantity'], price: { id, currency, recurring, unit_amount, product } };
      }),
    },
  };
}
