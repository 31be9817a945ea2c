/** Streams every billing with what happened to it out of the store, in the order of the primary key. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { netLines, type InvoiceLine } from '../domain/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { Billing, BilledLine, BillingEvent } from './billing.ts';
import { correctionsByBilling } from './read-corrections.ts';

export interface InvoiceLineRow {
  source_id: number;
  invoice_id: string;
  status: 'open' | 'paid' | 'uncollectible' | 'void';
  billing_reason: string | null;
  currency: CurrencyCode;
  billed_at: Instant;
  paid_at: Instant | null;
  voided_at: Instant | null;
  uncollectible_at: Instant | null;
  discount_minor: number;
  tax_minor: number;
  total_minor: number;
  amount_due_minor: number;
  amount_paid_minor: number;
  starting_balance_minor: number;
  ending_balance_minor: number | null;
  id: string;
  amount_minor: number;
  discounts: string | null;
  taxes: string | null;
  period_start_at: Instant;
  period_end_at: Instant;
  proration: 0 | 1;
}

interface ChargeRow {
  source_id: number;
  id: string;
  currency: CurrencyCode;
  amount_minor: number;
  created_at: Instant;
}

const INVOICED = `
  SELECT i.source_id, i.id AS invoice_id, i.status, i.billing_reason, i.currency,
         coalesce(i.finalized_at, i.created_at) AS billed_at, i.paid_at, i.voided_at, i.uncollectible_at,
         i.discount_minor, i.tax_minor, i.total_minor, i.amount_due_minor, i.amount_paid_minor,
         i.starting_balance_minor, i.ending_balance_minor,
         l.id, l.amount_minor, l.discounts, l.taxes, l.period_start_at, l.period_end_at, l.proration
  FROM invoice i
  JOIN invoice_line l ON l.source_id = i.source_id AND l.invoice_id = i.id
  WHERE i.status <> 'draft'
  ORDER BY i.source_id, i.id, l.position`;

/** Charges that no invoice asked for. */
const PAID_ALONE = `
  SELECT c.source_id, c.id, c.currency, c.amount_minor, c.created_at
  FROM charge c
  WHERE c.status = 'succeeded' AND c.invoice_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM invoice_payment p WHERE p.source_id = c.source_id AND p.charge_id = c.id)
    AND NOT EXISTS (
      SELECT 1 FROM invoice_payment p WHERE p.source_id = c.source_id AND p.payment_intent_id = c.payment_intent_id)
  ORDER BY c.source_id, c.id`;

/**
 * All billings: finalised invoices with their lines, and payments without an
 * invoice, which are earned when they are made.
 * Source: https://docs.stripe.com/revenue-recognition/methodology
 */
export function* readBillings(db: ReadDb): Generator<Billing, void, void> {
  const corrections = correctionsByBilling(db);
  let rows: InvoiceLineRow[] = [];
  const eventsOf = (sourceId: number, id: string) => corrections.get(`${sourceId}/${id}`) ?? [];
  for (const row of db.prepare<[], InvoiceLineRow>(INVOICED).iterate()) {
    const [first] = rows;
    if (first && (first.invoice_id !== row.invoice_id || first.source_id !== row.source_id)) {
      yield invoiceBilling(first, rows, eventsOf(first.source_id, first.invoice_id));
      rows = [];
    }
    rows.push(row);
  }
  const [first] = rows;
  if (first) yield invoiceBilling(first, rows, eventsOf(first.source_id, first.invoice_id));
  for (const charge of db.prepare<[], ChargeRow>(PAID_ALONE).iterate())
    yield chargeBilling(charge, eventsOf(charge.source_id, charge.id));
}

/** An invoice from its rows, one per line. `corrections`: the refunds, disputes and credit notes of it. */
export function invoiceBilling(
  invoice: InvoiceLineRow,
  rows: readonly InvoiceLineRow[],
  corrections: readonly BillingEvent[],
): Billing {
  const net = netLines(
    rows.map((row) => ({
      amountMinor: row.amount_minor,
      discounts: row.discounts === null ? [] : (JSON.parse(row.discounts) as InvoiceLine['discounts']),
      taxes: row.taxes === null ? [] : (JSON.parse(row.taxes) as InvoiceLine['taxes']),
    })),
    { discountMinor: invoice.discount_minor, taxMinor: invoice.tax_minor, totalMinor: invoice.total_minor },
  );
  return {
    id: invoice.invoice_id,
    currency: invoice.currency,
    billedAt: invoice.billed_at,
    totalMinor: invoice.total_minor,
    lines: rows.map((row, index): BilledLine => ({
      id: row.id,
      netMinor: net[index] ?? 0,
      periodStart: row.period_start_at,
      periodEnd: row.period_end_at,
      accrues: waitedForItsInvoice(row),
    })),
    events: [...corrections, ...statusEvents(invoice)],
  };
}

/**
 * A change of plan in mid-period that is billed with the next cycle is earned
 * from the change on; one that is billed at once, or a subscription that
 * begins in the past, is not earned before there is a bill.
 * Source: https://docs.stripe.com/revenue-recognition/examples/subscriptions (upgrade, downgrade)
 */
function waitedForItsInvoice({ proration, billing_reason }: InvoiceLineRow): boolean {
  return proration === 1 && billing_reason !== 'subscription_create' && billing_reason !== 'subscription_update';
}

function statusEvents(invoice: InvoiceLineRow): BillingEvent[] {
  const { status, billed_at, paid_at, voided_at, uncollectible_at } = invoice;
  const events: BillingEvent[] = [];
  const writtenOffAt = uncollectible_at ?? (status === 'uncollectible' ? billed_at : null);
  const paidLater = status === 'paid' && paid_at !== null && writtenOffAt !== null && paid_at >= writtenOffAt;
  if (writtenOffAt !== null && (status !== 'paid' || paidLater))
    events.push({ kind: 'written_off', at: writtenOffAt, coveredMinor: coveredMinor(invoice) });
  if (paidLater) events.push({ kind: 'recovered', at: paid_at });
  if (status === 'void') events.push({ kind: 'voided', at: voided_at ?? billed_at });
  return events;
}

/** What was settled before the invoice was given up: payments, and the customer's balance (negative: old debt was added). */
function coveredMinor(invoice: InvoiceLineRow): number {
  if (invoice.status === 'void') return 0;
  const { starting_balance_minor: start, ending_balance_minor: end } = invoice;
  const fromBalance = start === 0 && end === null ? 0 : (end ?? 0) - start;
  return fromBalance + (invoice.status === 'uncollectible' ? invoice.amount_paid_minor : 0);
}

function chargeBilling(charge: ChargeRow, corrections: readonly BillingEvent[]): Billing {
  const at = charge.created_at;
  const line = { id: charge.id, netMinor: charge.amount_minor, periodStart: at, periodEnd: at, accrues: false };
  return {
    id: charge.id,
    currency: charge.currency,
    billedAt: at,
    totalMinor: charge.amount_minor,
    lines: [line],
    events: corrections,
  };
}
