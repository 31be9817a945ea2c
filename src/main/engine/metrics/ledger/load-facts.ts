/** Reads one customer's billing facts from the store. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { DAY_MS } from '../../../../shared/kernel/instant.ts';
import type { Discount, InvoiceLine, Price, Subscription, SubscriptionSighting } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { InvoicedLine, SubscriptionFacts } from '../history/facts.ts';

interface SightingRow {
  seen_at: Instant;
  seen_by: 'event' | 'read';
  event_id: string;
  event_type: string | null;
  body: string;
}

interface LineRow {
  invoice_id: string;
  status: string;
  currency: CurrencyCode;
  created_at: Instant;
  finalized_at: Instant | null;
  paid_at: Instant | null;
  due_at: Instant | null;
  billing_reason: string | null;
  collection: string;
  attempt_count: number;
  subscription_id: string;
  subscription_item_id: string | null;
  price_id: string | null;
  product_id: string | null;
  price: string | null;
  stored_price: string | null;
  quantity: string;
  amount_minor: number;
  discounts: string | null;
  taxes: string | null;
  period_start_at: Instant;
  period_end_at: Instant;
  proration: 0 | 1;
}

/** A line of a subscription names one where it is not the invoice's. */
const SUBSCRIPTION_OF_LINE = 'coalesce(l.subscription_id, i.subscription_id)';

/**
 * Reads the facts of customer after customer over one set of prepared statements.
 * Invoices are read where they can add to what sightings show; `allInvoices` reads them always, to hold both against
 * each other.
 */
export function factReader(
  db: ReadDb,
  { allInvoices = false }: { readonly allInvoices?: boolean } = {},
): (customerId: CustomerId) => SubscriptionFacts[] {
  const billingCustomers = db.prepare<[number], { source_id: number; id: string; discounts: string }>(
    `SELECT source_id, id, discounts FROM billing_customer WHERE customer_id = ?`,
  );
  // From the index alone: what the subscription itself says is asked for only where nothing else was seen of it.
  const subscriptions = db.prepare<[number, string], { id: string }>(
    `SELECT id FROM subscription INDEXED BY subscription_by_customer
     WHERE source_id = ? AND billing_customer_id = ? ORDER BY rowid`,
  );
  const asRead = db.prepare<[number, string], { seen_at: Instant; body: string }>(
    `SELECT seen_at, body FROM subscription WHERE source_id = ? AND id = ?`,
  );
  // In the order of the key; within one moment they are put in order here, which spares SQLite to sort the bodies.
  const sightings = db.prepare<[number, string], SightingRow>(
    `SELECT seen_at, seen_by, event_id, event_type, body FROM subscription_sighting
     WHERE source_id = ? AND subscription_id = ? ORDER BY seen_at, event_id`,
  );
  // INDEXED BY and CROSS JOIN keep SQLite to the customer's few rows: without statistics it would take the primary key,
  // which leads through the whole source.
  const lines = db.prepare<[number, string], LineRow>(
    `SELECT l.invoice_id, i.status, i.currency, i.created_at, i.finalized_at, i.paid_at, i.due_at, i.billing_reason, i.collection,
            i.attempt_count, ${SUBSCRIPTION_OF_LINE} AS subscription_id, l.subscription_item_id, l.price_id,
            l.product_id, l.price, p.body AS stored_price, l.quantity, l.amount_minor, l.discounts, l.taxes,
            l.period_start_at, l.period_end_at, l.proration
     FROM invoice i INDEXED BY invoice_by_customer
     CROSS JOIN invoice_line l ON l.source_id = i.source_id AND l.invoice_id = i.id
     LEFT JOIN price p ON p.source_id = l.source_id AND p.id = l.price_id
     WHERE i.source_id = ? AND i.billing_customer_id = ? AND l.kind = 'subscription' AND ${SUBSCRIPTION_OF_LINE} IS NOT NULL
     ORDER BY l.period_start_at, i.created_at, l.invoice_id, l.position`,
  );
  const prices = new Map<string, Price>();
  const priceOf = (body: string): Price => {
    let price = prices.get(body);
    if (!price) prices.set(body, (price = JSON.parse(body) as Price));
    return price;
  };

  return (customerId) => {
    const facts: SubscriptionFacts[] = [];
    for (const customer of billingCustomers.all(customerId)) {
      const customerDiscounts = JSON.parse(customer.discounts) as Discount[];
      let invoiced: Map<string, InvoicedLine[]> | undefined;
      for (const { id } of subscriptions.all(customer.source_id, customer.id)) {
        const seen = sightings.all(customer.source_id, id).sort(byMoment).map(sightingOf);
        const read = seen.length === 0 ? asRead.first(customer.source_id, id) : undefined;
        if (read)
          seen.push({
            subscription: JSON.parse(read.body) as Subscription,
            seenAt: read.seen_at,
            by: 'read',
            eventId: null,
            eventType: null,
          });
        const needed = allInvoices || needsInvoices(seen);
        if (needed) invoiced ??= linesBySubscription(lines.all(customer.source_id, customer.id), priceOf);
        facts.push({
          sourceId: customer.source_id,
          subscriptionId: id,
          sightings: seen,
          customerDiscounts,
          lines: needed ? (invoiced?.get(id) ?? []) : [],
        });
      }
    }
    return facts;
  };
}

/** Of one moment events come before reads. */
function byMoment(a: SightingRow, b: SightingRow): number {
  if (a.seen_at !== b.seen_at) return a.seen_at - b.seen_at;
  if (a.seen_by !== b.seen_by) return a.seen_by < b.seen_by ? -1 : 1;
  return a.event_id < b.event_id ? -1 : a.event_id > b.event_id ? 1 : 0;
}

function sightingOf({ seen_at, seen_by, event_id, event_type, body }: SightingRow): SubscriptionSighting {
  return {
    subscription: JSON.parse(body) as Subscription,
    seenAt: seen_at,
    by: seen_by,
    eventId: event_id === '' ? null : event_id,
    eventType: event_type,
  };
}

/**
 * Whether invoices can add to what sightings show: not where every change since
 * the beginning was seen as an event and no price asks for usage or a tax rate.
 */
function needsInvoices(sightings: readonly SubscriptionSighting[]): boolean {
  const [first] = sightings;
  if (!first || first.seenAt - first.subscription.startedAt > DAY_MS) return true;
  if (sightings.some(({ by }, index) => by === 'read' && index > 0)) return true;
  return sightings.some(({ subscription: { items, automaticTax } }) =>
    items.some(({ price, inclusiveTaxPercent }) => {
      if (price.recurring?.usageType === 'metered') return true;
      if (inclusiveTaxPercent !== null || price.taxBehavior === 'exclusive') return false;
      return price.taxBehavior === 'inclusive' || automaticTax === true;
    }),
  );
}

function linesBySubscription(rows: readonly LineRow[], priceOf: (body: string) => Price): Map<string, InvoicedLine[]> {
  const lines = new Map<string, InvoicedLine[]>();
  for (const row of rows) {
    const body = row.price ?? row.stored_price;
    const line: InvoicedLine = {
      invoiceId: row.invoice_id,
      invoiceStatus: row.status,
      currency: row.currency,
      createdAt: row.created_at,
      finalizedAt: row.finalized_at,
      paidAt: row.paid_at,
      dueAt: row.due_at,
      billingReason: row.billing_reason,
      collection: row.collection,
      attempts: row.attempt_count,
      subscriptionItemId: row.subscription_item_id,
      priceId: row.price_id,
      productId: row.product_id,
      price: body === null ? null : priceOf(body),
      quantity: row.quantity,
      amountMinor: row.amount_minor,
      discounts: row.discounts === null ? [] : (JSON.parse(row.discounts) as InvoiceLine['discounts']),
      taxes: row.taxes === null ? [] : (JSON.parse(row.taxes) as InvoiceLine['taxes']),
      periodStart: row.period_start_at,
      periodEnd: row.period_end_at,
      proration: row.proration === 1,
    };
    const known = lines.get(row.subscription_id);
    if (known) known.push(line);
    else lines.set(row.subscription_id, [line]);
  }
  return lines;
}
