/**
 * Turns objects into the shape that Stripe's API had before 2025-03-31.basil:
 * periods on the subscription, `discount`, and on invoices `subscription`,
 * `paid`, `charge`, `payment_intent`, `tax`; lines with `price`, `plan` and
 * `proration`. https://docs.stripe.com/changelog/basil
 */
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** @returns the object itself where its type did not change. */
export function toPreBasil(object: JsonObject): JsonObject {
  if (object['object'] === 'invoice') return invoiceBefore(object);
  if (object['object'] === 'subscription') return subscriptionBefore(object);
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

function invoiceBefore(invoice: JsonObject): JsonObject {
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
    charge: null,
    payment_intent: null,
    discount: null,
    tax: tax === 0 ? null : tax,
    total_tax_amounts: Array.isArray(taxes) ? taxes.map(taxBefore) : [],
    lines: isJsonObject(lines) ? { ...lines, data: listData(lines).map(lineBefore) } : null,
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

function lineBefore(line: JsonObject): JsonObject {
  const details = at(line['parent'], 'subscription_item_details');
  const price = at(line['pricing'], 'price_details', 'price');
  const taxes = line['taxes'];
  return {
    ...without(line, 'parent', 'pricing', 'taxes', 'subtotal', 'quantity_decimal', 'pretax_credit_amounts'),
    invoice_item: at(details, 'invoice_item'),
    plan:
      price === null ? null : { id: price, object: 'plan', product: at(line['pricing'], 'price_details', 'product') },
    price:
      price === null ? null : { id: price, object: 'price', product: at(line['pricing'], 'price_details', 'product') },
    proration: at(details, 'proration') === true || at(line['parent'], 'invoice_item_details', 'proration') === true,
    proration_details: { credited_items: null },
    subscription_item: at(details, 'subscription_item'),
    tax_amounts: Array.isArray(taxes) ? taxes.map(taxBefore) : [],
    tax_rates: [],
    type: details === null ? 'invoiceitem' : 'subscription',
    unit_amount_excluding_tax: at(line['pricing'], 'unit_amount_decimal'),
  };
}

function subscriptionBefore(subscription: JsonObject): JsonObject {
  const items = subscription['items'];
  const data = listData(items);
  return {
    ...without(subscription, 'billing_mode', 'billing_schedules', 'discounts', 'managed_payments', 'customer_account'),
    current_period_end: data[0]?.['current_period_end'] ?? null,
    current_period_start: data[0]?.['current_period_start'] ?? null,
    discount: null,
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
    ...(Array.isArray(subscription['discounts']) && subscription['discounts'].length > 0
      ? { discounts: subscription['discounts'] }
      : {}),
  };
}
