/** Who left because a payment failed, and who asked to leave. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor, roundToTotal, type Minor } from '../../../../shared/kernel/money.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Evidence } from '../core/state.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { ledgerKey } from './ledger-view.ts';

/**
 * `involuntary`: the payment failed, was disputed, or was never made. `voluntary`:
 * somebody asked for the end. `free`: the subscription goes on and bills nothing.
 */
export const CHURN_KINDS = ['involuntary', 'voluntary', 'free'] as const;
export type ChurnKind = (typeof CHURN_KINDS)[number];

/** One subscription's part in the churn of a customer's day. */
export interface ChurnedPart {
  readonly on: PlainDay;
  readonly customerId: CustomerId;
  readonly sourceId: number;
  readonly subscriptionId: string;
  /** Where prices are told apart; else empty. */
  readonly priceId: string;
  readonly productId: string | null;
  readonly currency: string;
  /** Annual minor units of the currency, negative. */
  readonly annual: number;
  readonly evidence: Evidence;
  readonly churn: ChurnKind;
  /** Why it is of this kind, in words. */
  readonly because: string;
}

export interface ChurnSum {
  /** Monthly minor units, negative; the kinds add up to the period's churn. */
  readonly mrr: Minor;
  /** Customers, each once a day, by the kind that took most of it. */
  readonly customers: number;
}

interface Row {
  moved_on: PlainDay;
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  price_id: string;
  product_id: string | null;
  currency: string;
  annual_minor: number;
  reason: string | null;
  evidence: Evidence;
  /** Of the subscription as last read, in the vendor's word. */
  ended_because: string | null;
}

const remembered = new WeakMap<ReadDb, { key: string; parts: Map<string, ChurnedPart[]> }>();
/** Three years of months and a little: a chart asks for them again with every page. */
const SPANS_KEPT = 48;

/** The churn movements from a day to another, each with its kind; remembered until the ledger changes. */
export function churnedParts(db: ReadDb, from: PlainDay, to: PlainDay, sliced: SlicedView | null): ChurnedPart[] {
  if (!sliced) return rememberedParts(db, from, to, false);
  const { customer, currency, byPrice, itemsOf } = sliced.selection;
  const { book } = sliced.ledger;
  return rememberedParts(db, from, to, byPrice).filter(
    (part) =>
      (customer === null || customer(part.customerId)) &&
      (currency === null || currency(currencyNumber(part.currency))) &&
      (!byPrice || itemsOf(book, book.numberOf(part.sourceId, part.priceId, part.productId))),
  );
}

function rememberedParts(db: ReadDb, from: PlainDay, to: PlainDay, byPrice: boolean): ChurnedPart[] {
  const key = ledgerKey(db);
  let known = remembered.get(db);
  if (known?.key !== key) remembered.set(db, (known = { key, parts: new Map() }));
  const span = `${from}|${to}|${byPrice}`;
  let parts = known.parts.get(span);
  if (!parts) {
    const [oldest] = known.parts.keys();
    if (known.parts.size >= SPANS_KEPT && oldest !== undefined) known.parts.delete(oldest);
    known.parts.set(span, (parts = readParts(db, from, to, byPrice)));
  }
  return parts;
}

/** In the words of the indexes `movement_churned` and `subscription_ended`, which hold only what is asked for here. */
const parts = (
  price: string,
) => `SELECT m.moved_on, m.customer_id, m.source_id, m.subscription_id, m.currency, sum(m.annual_minor) AS annual_minor,
    ${price}, m.reason, m.evidence,
    (SELECT json_extract(s.body, '$.cancellation.reason') FROM subscription s INDEXED BY subscription_ended
     WHERE s.source_id = m.source_id AND s.id = m.subscription_id AND s.ended_at IS NOT NULL) AS ended_because
  FROM movement m
  WHERE m.kind = 'churn' AND m.moved_on BETWEEN ? AND ? AND m.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
  GROUP BY m.moved_on, m.customer_id, m.source_id, m.subscription_id, m.currency${price === BY_PRICE ? `, ${BY_PRICE}` : ''}`;
const BY_PRICE = 'm.price_id, m.product_id';

function readParts(db: ReadDb, from: PlainDay, to: PlainDay, byPrice: boolean): ChurnedPart[] {
  const before = db.prepare<[number, number, string, string], { status: string }>(
    `SELECT status FROM subscription_state WHERE customer_id = ? AND source_id = ? AND subscription_id = ?
       AND effective_on <= ? AND status NOT IN ('canceled', 'incomplete_expired')
     ORDER BY effective_at DESC LIMIT 1`,
  );
  return db
    .prepare<[string, string], Row>(parts(byPrice ? BY_PRICE : `'' AS price_id, NULL AS product_id`))
    .all(from, to)
    .map((row): ChurnedPart => {
      const statusBefore = () =>
        before.first(row.customer_id, row.source_id, row.subscription_id, row.moved_on)?.status ?? null;
      return {
        on: row.moved_on,
        customerId: row.customer_id,
        sourceId: row.source_id,
        subscriptionId: row.subscription_id,
        priceId: row.price_id,
        productId: row.product_id,
        currency: row.currency,
        annual: row.annual_minor,
        evidence: row.evidence,
        ...kindOf(row.reason, row.ended_because, statusBefore),
      };
    });
}

const UNPAID: ReadonlySet<string> = new Set(['past_due', 'unpaid', 'incomplete']);

/** https://docs.stripe.com/api/subscriptions/object#subscription_object-cancellation_details */
function kindOf(
  reason: string | null,
  endedBecause: string | null,
  statusBefore: () => string | null,
): { churn: ChurnKind; because: string } {
  if (reason === 'unpaid' || reason === 'incomplete') return { churn: 'involuntary', because: 'Unpaid' };
  if (reason !== 'canceled' && reason !== 'cancellation scheduled')
    return { churn: 'free', because: reason === null ? 'Bills nothing' : `Bills nothing: ${reason}` };
  switch (endedBecause) {
    case 'payment_failed':
      return { churn: 'involuntary', because: 'Ended after a failed payment' };
    case 'payment_disputed':
      return { churn: 'involuntary', because: 'Ended after a disputed payment' };
    case 'cancellation_requested':
      return { churn: 'voluntary', because: 'Canceled on request' };
    default: {
      const status = statusBefore();
      return status !== null && UNPAID.has(status)
        ? { churn: 'involuntary', because: `Ended while ${status.replace('_', ' ')}; no reason is given` }
        : { churn: 'voluntary', because: 'Canceled; no reason is given' };
    }
  }
}

/** A period's churned MRR, negative: monthly as the bridge shows it, and the exact annual amount. */
export interface Churned {
  readonly mrr: number;
  readonly arr: number;
}

/** A period's churn by kind: the kinds share it out, so that they add up to it. */
export function churnByKind(
  db: ReadDb,
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay },
  churned: Churned,
  currency: CurrencyCode,
  sliced: SlicedView | null,
): Record<ChurnKind, ChurnSum> {
  const parts = churnedParts(db, from, to, sliced);
  const rates = rateBook(db);
  const annual = { involuntary: 0, voluntary: 0, free: 0 };
  const customers = { involuntary: 0, voluntary: 0, free: 0 };
  const days = new Map<string, Record<ChurnKind, number>>();
  for (const { churn: kind, annual: native, currency: of, on, customerId } of parts) {
    const rate = rates.rate(of, currency, on);
    const amount = rate ? convert(native, rate) : 0;
    annual[kind] += amount;
    const key = dayOf(on, customerId);
    const day = days.get(key) ?? { involuntary: 0, voluntary: 0, free: 0 };
    day[kind] += amount || native;
    days.set(key, day);
  }
  for (const day of days.values()) customers[CHURN_KINDS.reduce((a, b) => (day[b] < day[a] ? b : a))] += 1;
  // Rounding is the figure's: what the rows leave of it goes to the largest kind.
  const rest = churned.arr - CHURN_KINDS.reduce((sum, kind) => sum + annual[kind], 0);
  annual[CHURN_KINDS.reduce((a, b) => (annual[b] < annual[a] ? b : a))] += rest;
  const shares = roundToTotal(
    churned.mrr,
    CHURN_KINDS.map((kind) => annual[kind]),
    12,
  );
  const sumOf = (index: number, kind: ChurnKind): ChurnSum => ({
    mrr: shares[index] ?? minor(0),
    customers: customers[kind],
  });
  return {
    involuntary: sumOf(0, 'involuntary'),
    voluntary: sumOf(1, 'voluntary'),
    free: sumOf(2, 'free'),
  };
}

function dayOf(on: PlainDay, customerId: CustomerId): string {
  return `${on}|${customerId}`;
}
