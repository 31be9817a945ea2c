/** An invoice in Stripe's shape, from what is known of it at a moment. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Life } from '../scenario/life.ts';
import { embeddedList, type Json, type JsonObject } from './json.ts';
import { lineObject, lineTax, taxEntry, type Line } from './invoice-lines.ts';
import { addressOf } from './customer-object.ts';

export interface InvoiceState {
  readonly id: string;
  readonly life: Life;
  readonly customerId: string;
  readonly subscriptionId: string | null;
  readonly currency: CurrencyCode;
  readonly reason: 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  readonly createdAt: Instant;
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  readonly lines: readonly Line[];
  readonly byTransfer: boolean;
  number: string | null;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  finalizedAt: Instant | null;
  paidAt: Instant | null;
  voidedAt: Instant | null;
  uncollectibleAt: Instant | null;
  attempts: number;
  nextAttemptAt: Instant | null;
  /** Credit (negative) that the customer had before and has after this invoice. */
  startingBalance: number;
  endingBalance: number | null;
  amountPaid: number;
  creditedBefore: number;
  creditedAfter: number;
  autoAdvance: boolean;
}

export interface InvoiceTotals {
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
}

/** Sums of the lines in minor units; `total` contains the tax. */
export function invoiceTotals(lines: readonly Line[]): InvoiceTotals {
  let [subtotal, discount, tax] = [0, 0, 0];
  for (const line of lines) {
    subtotal += line.amount;
    for (const { amount } of line.discounts) discount += amount;
    tax += lineTax(line);
  }
  return { subtotal, discount, tax, total: subtotal - discount };
}

/** What is left to pay when the invoice is finalized: the total less the customer's credit, never below zero. */
export function amountDue(invoice: InvoiceState): number {
  const { total } = invoiceTotals(invoice.lines);
  return Math.max(0, total + Math.min(0, invoice.startingBalance));
}

/** Stripe embeds the first ten lines; the rest is behind `/v1/invoices/:id/lines`. */
export const EMBEDDED_LINES = 10;

export function invoiceLineObjects(invoice: InvoiceState): JsonObject[] {
  return invoice.lines.map((line) => lineObject(line, invoice.id, invoice.currency.toLowerCase()));
}

export function invoiceObject(invoice: InvoiceState): JsonObject {
  const totals = invoiceTotals(invoice.lines);
  const due = amountDue(invoice);
  const lines = invoiceLineObjects({ ...invoice, lines: invoice.lines.slice(0, EMBEDDED_LINES) });
  const seconds = (at: Instant | null): number | null => (at === null ? null : secondsOfInstant(at));
  return {
    id: invoice.id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Kestrel Labs',
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: invoice.amountPaid,
    amount_remaining: Math.max(0, due - invoice.amountPaid - invoice.creditedBefore),
    amount_shipping: 0,
    application: null,
    attempt_count: invoice.attempts,
    attempted: invoice.attempts > 0 || invoice.status === 'paid',
    auto_advance: invoice.autoAdvance && (invoice.status === 'draft' || invoice.status === 'open'),
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: invoice.reason,
    collection_method: invoice.byTransfer ? 'send_invoice' : 'charge_automatically',
    created: secondsOfInstant(invoice.createdAt),
    currency: invoice.currency.toLowerCase(),
    custom_fields: null,
    customer: invoice.customerId,
    customer_account: null,
    customer_address: addressOf(invoice.life),
    customer_email: invoice.life.email,
    customer_name: invoice.life.company,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [...new Set(invoice.lines.flatMap((line) => line.discounts.map(({ discount }) => discount.id)))],
    due_date: invoice.byTransfer ? secondsOfInstant(invoice.createdAt) + 30 * 86_400 : null,
    effective_at: seconds(invoice.finalizedAt),
    ending_balance: invoice.endingBalance,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      ...embeddedList(`/v1/invoices/${invoice.id}/lines`, lines, invoice.lines.length > EMBEDDED_LINES),
      total_count: invoice.lines.length,
    },
    livemode: false,
    metadata: {},
    next_payment_attempt: seconds(invoice.nextAttemptAt),
    number: invoice.number,
    on_behalf_of: null,
    parent:
      invoice.subscriptionId === null
        ? null
        : {
            quote_details: null,
            subscription_details: { metadata: {}, subscription: invoice.subscriptionId },
            type: 'subscription_details',
          },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: secondsOfInstant(invoice.periodEnd),
    period_start: secondsOfInstant(invoice.periodStart),
    post_payment_credit_notes_amount: invoice.creditedAfter,
    pre_payment_credit_notes_amount: invoice.creditedBefore,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: invoice.startingBalance,
    statement_descriptor: null,
    status: invoice.status,
    status_transitions: {
      finalized_at: seconds(invoice.finalizedAt),
      marked_uncollectible_at: seconds(invoice.uncollectibleAt),
      paid_at: seconds(invoice.paidAt),
      voided_at: seconds(invoice.voidedAt),
    },
    subtotal: totals.subtotal,
    subtotal_excluding_tax: totals.subtotal - (totals.tax === 0 ? 0 : totals.tax),
    test_clock: null,
    total: totals.total,
    total_discount_amounts: discountsByAmount(invoice.lines),
    total_excluding_tax: totals.total - totals.tax,
    total_pretax_credit_amounts: [],
    total_taxes: taxesByRate(invoice.lines),
    webhooks_delivered_at: seconds(invoice.finalizedAt),
  };
}

function discountsByAmount(lines: readonly Line[]): Json[] {
  const amounts = new Map<string, number>();
  for (const line of lines)
    for (const { discount, amount } of line.discounts)
      amounts.set(discount.id, (amounts.get(discount.id) ?? 0) + amount);
  return [...amounts].map(([discount, amount]) => ({ amount, discount }));
}

function taxesByRate(lines: readonly Line[]): Json[] {
  const amounts = new Map<number, { tax: number; net: number }>();
  for (const line of lines) {
    const percent = line.card?.taxIncludedPercent ?? 0;
    if (percent === 0) continue;
    const sum = amounts.get(percent) ?? { tax: 0, net: 0 };
    const tax = lineTax(line);
    sum.tax += tax;
    sum.net += line.amount - line.discounts.reduce((total, { amount }) => total + amount, 0) - tax;
    amounts.set(percent, sum);
  }
  return [...amounts].map(([percent, { tax, net }]) => taxEntry(tax, net, percent));
}
