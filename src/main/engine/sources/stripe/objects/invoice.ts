/** Invoices and their lines: before «basil» (subscription, price, proration, tax on the object) and since (parent, pricing, taxes). */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import type { Fact, Invoice, InvoiceLine, Price } from '../../../domain/index.ts';
import { Misfit, objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { dictionaries } from '../dictionaries.ts';
import {
  Amount,
  at,
  atOrNull,
  Currency,
  Decimal,
  Id,
  LongText,
  maybe,
  Reference,
  Seconds,
  SignedAmount,
  Text,
  Word,
} from '../fields.ts';
import { PlanSchema, priceBilledIn, priceOfPlan, PriceSchema } from './price.ts';

const Discounts = maybe(z.array(z.object({ amount: Amount, discount: Reference })).max(100));
const Taxes = maybe(
  z.array(z.object({ amount: SignedAmount, tax_behavior: z.enum(['exclusive', 'inclusive']) })).max(100),
);
const OldTaxes = maybe(z.array(z.object({ amount: SignedAmount, inclusive: z.boolean() })).max(100));
const ItemDetails = maybe(
  z.object({ proration: maybe(z.boolean()), subscription: maybe(Id), subscription_item: maybe(Id) }),
);

const LineSchema = z.object({
  id: Id,
  amount: SignedAmount,
  description: maybe(LongText),
  discount_amounts: Discounts,
  parent: maybe(z.object({ type: Word, invoice_item_details: ItemDetails, subscription_item_details: ItemDetails })),
  period: z.object({ start: Seconds, end: Seconds }),
  plan: maybe(PlanSchema),
  price: maybe(PriceSchema),
  pricing: maybe(z.object({ price_details: maybe(z.object({ price: Reference, product: Reference })) })),
  proration: maybe(z.boolean()),
  quantity: maybe(z.int()),
  quantity_decimal: maybe(Decimal),
  subscription: maybe(Reference),
  subscription_item: maybe(Reference),
  tax_amounts: OldTaxes,
  taxes: Taxes,
  type: maybe(Word),
});
type StripeLine = z.output<typeof LineSchema>;

export const InvoiceSchema = z.object({
  id: Id,
  object: z.literal('invoice').default('invoice'),
  amount_due: maybe(SignedAmount),
  amount_paid: maybe(Amount),
  amount_remaining: maybe(SignedAmount),
  attempt_count: z.int().min(0).default(1),
  billing_reason: maybe(Word),
  charge: maybe(Reference),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).default('charge_automatically'),
  created: Seconds,
  currency: Currency,
  customer: Reference,
  due_date: maybe(Seconds),
  ending_balance: maybe(SignedAmount),
  lines: maybe(z.object({ data: z.array(LineSchema), has_more: z.boolean().default(false) })),
  next_payment_attempt: maybe(Seconds),
  number: maybe(Text),
  parent: maybe(z.object({ subscription_details: maybe(z.object({ subscription: Reference })) })),
  payment_intent: maybe(Reference),
  period_end: maybe(Seconds),
  period_start: maybe(Seconds),
  starting_balance: maybe(SignedAmount),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void'], 'is a status that Vario does not know'),
  status_transitions: maybe(
    z.object({
      finalized_at: maybe(Seconds),
      marked_uncollectible_at: maybe(Seconds),
      paid_at: maybe(Seconds),
      voided_at: maybe(Seconds),
    }),
  ),
  subscription: maybe(Reference),
  subtotal: maybe(SignedAmount),
  tax: maybe(SignedAmount),
  total: SignedAmount,
  total_discount_amounts: Discounts,
  total_tax_amounts: OldTaxes,
  total_taxes: Taxes,
});
type StripeInvoice = z.output<typeof InvoiceSchema>;

function sum(entries: readonly { readonly amount: number }[] | null): number | null {
  return entries === null ? null : entries.reduce((total, { amount }) => total + amount, 0);
}

function invoiceOf(raw: StripeInvoice): Invoice {
  if (raw.lines?.has_more) throw new Misfit('lines', 'The list of lines is cut off; the invoice must be read anew');
  const currency = stripeCurrency(raw.currency, 'currency');
  const amount = (value: number, path: string): number => minorOfStripe(value, currency, path);
  const moments = raw.status_transitions;
  // What an answer of few words leaves out is what its status says.
  const finalized = moments === null ? (raw.status === 'draft' ? null : raw.created) : moments.finalized_at;
  const paid = moments === null ? (raw.status === 'paid' ? raw.created : null) : moments.paid_at;
  const due = raw.amount_due ?? raw.total;
  const settled = raw.amount_paid ?? (raw.status === 'paid' ? Math.max(due, 0) : 0);
  return {
    id: raw.id,
    number: raw.number,
    customerId: raw.customer,
    subscriptionId: raw.parent?.subscription_details?.subscription ?? raw.subscription,
    status: raw.status,
    billingReason: raw.billing_reason,
    currency,
    createdAt: at(raw.created),
    finalizedAt: atOrNull(finalized),
    paidAt: atOrNull(paid),
    voidedAt: atOrNull(moments?.voided_at ?? null),
    uncollectibleAt: atOrNull(moments?.marked_uncollectible_at ?? null),
    dueAt: atOrNull(raw.due_date),
    periodStart: at(raw.period_start ?? raw.created),
    periodEnd: at(raw.period_end ?? raw.created),
    subtotalMinor: amount(raw.subtotal ?? raw.total, 'subtotal'),
    discountMinor: amount(sum(raw.total_discount_amounts) ?? 0, 'total_discount_amounts'),
    taxMinor: amount(sum(raw.total_taxes) ?? sum(raw.total_tax_amounts) ?? raw.tax ?? 0, 'total_taxes'),
    totalMinor: amount(raw.total, 'total'),
    amountDueMinor: amount(due, 'amount_due'),
    amountPaidMinor: amount(settled, 'amount_paid'),
    amountRemainingMinor: amount(raw.amount_remaining ?? due - settled, 'amount_remaining'),
    startingBalanceMinor: amount(raw.starting_balance ?? 0, 'starting_balance'),
    endingBalanceMinor: raw.ending_balance === null ? null : amount(raw.ending_balance, 'ending_balance'),
    attemptCount: raw.attempt_count,
    nextAttemptAt: atOrNull(raw.next_payment_attempt),
    collection: raw.collection_method,
    lines: raw.lines?.data.map((line, index) => lineOf(line, currency, `lines.data.${index}.`)) ?? [
      wholeLine(raw, currency),
    ],
  };
}

/** An invoice whose lines are nowhere to be had: one line of its whole amount, which tells nothing of what recurs. */
function wholeLine(raw: StripeInvoice, currency: CurrencyCode): InvoiceLine {
  const tax = sum(raw.total_taxes) ?? sum(raw.total_tax_amounts) ?? raw.tax ?? 0;
  return {
    id: `${raw.id}/whole`,
    subscriptionId: null,
    subscriptionItemId: null,
    kind: 'one_off',
    priceId: null,
    productId: null,
    price: null,
    description: null,
    quantity: '1',
    amountMinor: minorOfStripe(raw.total - tax, currency, 'total'),
    discounts: [],
    taxes: [],
    periodStart: at(raw.created),
    periodEnd: at(raw.created),
    proration: false,
  };
}

function lineOf(line: StripeLine, currency: CurrencyCode, path: string): InvoiceLine {
  const item = line.parent?.subscription_item_details ?? null;
  const extra = line.parent?.invoice_item_details ?? null;
  const details = item ?? extra;
  const proration = details?.proration ?? line.proration ?? false;
  const subscriptionId = details?.subscription ?? line.subscription;
  const embedded = line.price ?? (line.plan === null ? null : priceOfPlan(line.plan));
  const price = embedded === null ? null : priceBilledIn(embedded, currency, `${path}price.`);
  const ofSubscription = item !== null || line.type === 'subscription' || (proration && subscriptionId !== null);
  return {
    id: line.id,
    subscriptionId,
    subscriptionItemId: details?.subscription_item ?? line.subscription_item,
    kind: ofSubscription ? 'subscription' : 'one_off',
    priceId: line.pricing?.price_details?.price ?? price?.id ?? null,
    productId: line.pricing?.price_details?.product ?? price?.productId ?? null,
    // A price is embedded without its tiers and its other currencies: the stored one, found by its id, is the whole one.
    price: price !== null && isWhole(price, currency) ? price : null,
    description: line.description,
    quantity: line.quantity_decimal ?? String(line.quantity ?? 1),
    amountMinor: minorOfStripe(line.amount, currency, `${path}amount`),
    discounts: (line.discount_amounts ?? []).map(({ amount, discount }) => ({
      discountId: discount,
      amountMinor: minorOfStripe(amount, currency, `${path}discount_amounts`),
    })),
    taxes: taxesOf(line).map((tax) => ({
      amountMinor: minorOfStripe(tax.amount, currency, `${path}taxes`),
      inclusive: tax.inclusive,
    })),
    periodStart: at(line.period.start),
    periodEnd: at(line.period.end),
    proration,
  };
}

function isWhole(price: Price, currency: CurrencyCode): boolean {
  return price.currency === currency && (price.scheme === 'per_unit' || price.tiers.length > 0);
}

function taxesOf(line: StripeLine): readonly { amount: number; inclusive: boolean }[] {
  if (line.taxes !== null)
    return line.taxes.map(({ amount, tax_behavior }) => ({ amount, inclusive: tax_behavior === 'inclusive' }));
  return line.tax_amounts ?? [];
}

/** Before «basil» the invoice itself named its payment; said as an InvoicePayment of its own. */
function paymentOf(raw: StripeInvoice, invoice: Invoice): Fact[] {
  if (raw.charge === null && raw.payment_intent === null) return [];
  return [
    {
      kind: 'invoice_payment',
      value: {
        id: `${raw.id}/payment`,
        invoiceId: raw.id,
        paymentIntentId: raw.payment_intent,
        chargeId: raw.charge,
        status: raw.status === 'paid' ? 'paid' : 'open',
        currency: invoice.currency,
        amountPaidMinor: invoice.amountPaidMinor,
        createdAt: invoice.createdAt,
      },
    },
  ];
}

export const invoiceType = objectType({
  type: 'invoice',
  version: 2,
  dictionaries: dictionaries.invoice,
  schema: InvoiceSchema,
  id: ({ id }) => id,
  normalise: (raw) => {
    const invoice = invoiceOf(raw);
    return [{ kind: 'invoice', value: invoice }, ...paymentOf(raw, invoice)];
  },
  measure: (raw) => {
    const currency = stripeCurrency(raw.currency, 'currency');
    return { currency, minor: minorOfStripe(raw.total, currency, 'total') };
  },
});
