/** Who left because a payment failed, and who asked to leave. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor, roundToTotal, type Minor } from '../../../../shared/kernel/money.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { ledgerKey } from './ledger-view.ts';
import { subscriptionMovements, type SubscriptionMovement } from './movements.ts';

/**
 * `involuntary`: the payment failed, was disputed, or was never made. `voluntary`:
 * somebody asked for the end. `free`: the subscription goes on and bills nothing.
 */
export const CHURN_KINDS = ['involuntary', 'voluntary', 'free'] as const;
export type ChurnKind = (typeof CHURN_KINDS)[number];

export interface ChurnedPart extends SubscriptionMovement {
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

interface Ending {
  /** Of the subscription as last read, in the vendor's word. */
  reason: string | null;
  status_before: string | null;
}

const remembered = new WeakMap<ReadDb, { key: string; parts: Map<string, ChurnedPart[]> }>();

/** The churn movements from a day to another, each with its kind; remembered until the ledger changes. */
export function churnedParts(db: ReadDb, from: PlainDay, to: PlainDay): ChurnedPart[] {
  const key = ledgerKey(db);
  let known = remembered.get(db);
  if (known?.key !== key) remembered.set(db, (known = { key, parts: new Map() }));
  const span = `${from}|${to}`;
  let parts = known.parts.get(span);
  if (!parts) known.parts.set(span, (parts = readParts(db, from, to)));
  return parts;
}

function readParts(db: ReadDb, from: PlainDay, to: PlainDay): ChurnedPart[] {
  const ending = db.prepare<[number, number, string, string, number, string], Ending>(
    `SELECT (SELECT status FROM subscription_state WHERE customer_id = ? AND source_id = ? AND subscription_id = ?
               AND effective_on <= ? AND status NOT IN ('canceled', 'incomplete_expired')
             ORDER BY effective_at DESC LIMIT 1) AS status_before,
            (SELECT json_extract(body, '$.cancellation.reason') FROM subscription WHERE source_id = ? AND id = ?) AS reason`,
  );
  return subscriptionMovements(db, { from, to, kind: 'churn' }).map((row): ChurnedPart => {
    const found = ending.first(
      row.customerId,
      row.sourceId,
      row.subscriptionId,
      row.on,
      row.sourceId,
      row.subscriptionId,
    );
    return { ...row, ...kindOf(row.reason, found ?? { reason: null, status_before: null }) };
  });
}

const UNPAID: ReadonlySet<string> = new Set(['past_due', 'unpaid', 'incomplete']);

/** https://docs.stripe.com/api/subscriptions/object#subscription_object-cancellation_details */
function kindOf(reason: string | null, ending: Ending): { churn: ChurnKind; because: string } {
  if (reason === 'unpaid' || reason === 'incomplete') return { churn: 'involuntary', because: 'Unpaid' };
  if (reason !== 'canceled' && reason !== 'cancellation scheduled')
    return { churn: 'free', because: reason === null ? 'Bills nothing' : `Bills nothing: ${reason}` };
  switch (ending.reason) {
    case 'payment_failed':
      return { churn: 'involuntary', because: 'Ended after a failed payment' };
    case 'payment_disputed':
      return { churn: 'involuntary', because: 'Ended after a disputed payment' };
    case 'cancellation_requested':
      return { churn: 'voluntary', because: 'Canceled on request' };
    default:
      return ending.status_before !== null && UNPAID.has(ending.status_before)
        ? { churn: 'involuntary', because: `Ended while ${ending.status_before.replace('_', ' ')}; no reason is given` }
        : { churn: 'voluntary', because: 'Canceled; no reason is given' };
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
): Record<ChurnKind, ChurnSum> {
  const parts = churnedParts(db, from, to);
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
