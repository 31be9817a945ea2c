/**
 * Turns objects into the shape that Stripe's API had before 2025-03-31.basil:
 * periods on the subscription, `discount`, and on invoices `subscription`,
 * `paid`, `charge`, `payment_intent`, `tax`; lines with `price`, `plan` and
 * `proration`. https://docs.stripe.com/changelog/basil
 */
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** Finds an object by its id, for what older shapes embedded whole. */
export type Lookup = (id: string) => JsonObject | undefined;

/** @returns the object itself where its type did not change. @param counterpart the payment intent of an invoice, the invoice of a payment intent. */
export function toPreBasil(object: JsonObject, lookup: Lookup, counterpart: JsonObject | undefined): JsonObject {
  if (object['object'] === 'invoice') return invoiceBefore(object, lookup, counterpart);
  if (object['object'] === 'payment_intent') return { ...object, invoice: counterpart?.['id'] ?? null };
  if (object['object'] === 'subscription') return subscriptionBefore(object, lookup);
  return object;
}

function without(object: JsonObject, ...fields: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}

function at(value: Json | undefined, ...path: string[]): Json {
  let current: Json = value ?? null;
  for (const field of path) current = isJsonObject(current) ? (current[field] ?? null) : null;
  return current;
}

function listData(value: Json | undefined): JsonObject[] {
  const data = at(value, 'data');
  return Array.isArray(data) ? data.filter(isJsonObject) : [];
}

function invoiceBefore(invoice: JsonObject, lookup: Lookup, paymentIntent: JsonObject | undefined): JsonObject {
  const taxes = invoice['total_taxes'];
  const tax = Array.isArray(taxes)
    ? taxes.reduce<number>((sum, entry: Json) => sum + Number(at(entry, 'amount')), 0)
    : 0;
  const lines = invoice['lines'];
  return {
    ...without(
      invoice,
      'parent',
      'total_taxes',
      'amount_overpaid',
      'post_payment_credit_notes_amount',
      'pre_payment_credit_notes_amount',
    ),
    subscription: at(invoice['parent'], 'subscription_details', 'subscription'),
    subscription_details: at(invoice['parent'], 'subscription_details'),
    paid: invoice['status'] === 'paid',
    paid_out_of_band: false,
    charge: paymentIntent?.['latest_charge'] ?? null,
    payment_intent: paymentIntent?.['id'] ?? null,
    discount: null,
    tax: tax === 0 ? null : tax,
    total_tax_amounts: Array.isArray(taxes) ? taxes.map(taxBefore) : [],
    lines: isJsonObject(lines) ? { ...lines, data: listData(lines).map((line) => lineBefore(line, lookup)) } : null,
  };
}

function taxBefore(entry: Json): JsonObject {
  return {
    amount: at(entry, 'amount'),
    inclusive: at(entry, 'tax_behavior') === 'inclusive',
    tax_rate: at(entry, 'tax_rate_details', 'tax_rate'),
    taxability_reason: at(entry, 'taxability_reason'),
    taxable_amount: at(entry, 'taxable_amount'),
  };
}

function lineBefore(line: JsonObject, lookup: Lookup): JsonObject {
  const details = at(line['parent'], 'subscription_item_details');
  const priceId = at(line['pricing'], 'price_details', 'price');
  const price = typeof priceId === 'string' ? lookup(priceId) : undefined;
  const taxes = line['taxes'];
  return {
    ...without(line, 'parent', 'pricing', 'taxes', 'subtotal', 'quantity_decimal', 'pretax_credit_amounts'),
    invoice_item: at(details, 'invoice_item'),
    plan: price === undefined ? null : planOf(price),
    price: price ?? null,
    proration: at(details, 'proration') === true || at(line['parent'], 'invoice_item_details', 'proration') === true,
    proration_details: { credited_items: null },
    subscription_item: at(details, 'subscription_item'),
    tax_amounts: Array.isArray(taxes) ? taxes.map(taxBefore) : [],
    tax_rates: [],
    type: details === null ? 'invoiceitem' : 'subscription',
    unit_amount_excluding_tax: at(line['pricing'], 'unit_amount_decimal'),
  };
}

/** The plan that stood beside a price. */
function planOf(price: JsonObject): JsonObject {
  const recurring = price['recurring'];
  return {
    id: price['id'] ?? null,
    object: 'plan',
    active: price['active'] ?? false,
    amount: price['unit_amount'] ?? null,
    amount_decimal: price['unit_amount_decimal'] ?? null,
    billing_scheme: price['billing_scheme'] ?? null,
    created: price['created'] ?? null,
    currency: price['currency'] ?? null,
    interval: at(recurring, 'interval'),
    interval_count: at(recurring, 'interval_count'),
    livemode: false,
    metadata: {},
    nickname: price['nickname'] ?? null,
    product: price['product'] ?? null,
    tiers_mode: price['tiers_mode'] ?? null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: at(recurring, 'usage_type'),
  };
}

/** A discount with its coupon inside, as it was before 2025-09-30.clover. */
function discountBefore(discount: JsonObject, lookup: Lookup): JsonObject {
  const coupon = at(discount['source'], 'coupon');
  return {
    ...without(discount, 'source', 'customer_account'),
    coupon: typeof coupon === 'string' ? (lookup(coupon) ?? null) : coupon,
  };
}

function subscriptionBefore(subscription: JsonObject, lookup: Lookup): JsonObject {
  const items = subscription['items'];
  const data = listData(items);
  const ids = Array.isArray(subscription['discounts']) ? subscription['discounts'] : [];
  const first = typeof ids[0] === 'string' ? lookup(ids[0]) : isJsonObject(ids[0]) ? ids[0] : undefined;
  return {
    ...without(subscription, 'billing_mode', 'billing_schedules', 'managed_payments', 'customer_account'),
    current_period_end: data[0]?.['current_period_end'] ?? null,
    current_period_start: data[0]?.['current_period_start'] ?? null,
    discount: first === undefined ? null : discountBefore(first, lookup),
    plan: data.length === 1 ? (data[0]?.['plan'] ?? null) : null,
    quantity: data.length === 1 ? (data[0]?.['quantity'] ?? null) : null,
    items: isJsonObject(items)
      ? {
          ...items,
          data: data.map((item) =>
            without(item, 'current_period_end', 'current_period_start', 'current_trial', 'discounts'),
          ),
        }
      : null,
  };
}
