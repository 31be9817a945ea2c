/** The facts behind money that flows, each with the day on which it counts, its customer, and the payment it belongs to. */
import { addDays, type PlainDay } from '../../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../../store/handles.ts';
import { FLOW_KINDS, type FlowKind, type FlowKindName } from '../../ledger/flow-kinds.ts';
import { invoiceStretches } from './invoice-stretches.ts';

export interface FlowFact {
  readonly source_id: number;
  readonly id: string;
  /** Null where there is none, or the vendor's record of it has not come yet. */
  readonly customer_id: CustomerId | null;
  /** The vendor names a customer. */
  readonly has_customer: 0 | 1;
  readonly day: PlainDay;
  readonly currency: string;
  /** That of the payment, where this was taken or given back in another. */
  readonly paid_currency: string;
  /** Minor units of `currency`. */
  readonly amount: number;
  /** The invoice that it is of, or pays: named by the row, else by an invoice payment. */
  readonly invoice_id: string | null;
  /** It pays several: `invoice_id` is one of them. */
  readonly pays_several: 0 | 1;
  readonly charge_id: string | null;
  readonly payment_intent_id: string | null;
  /** JSON of what a credit note credits, line by line. */
  readonly credited: string | null;
}

type Row = Omit<FlowFact, 'day'> & { readonly at: number };

/** The charge `c` that a row `f` belongs to: fees are taken on charges, refunds and disputes. */
const CHARGE: Readonly<Record<FlowKind['table'], string | null>> = {
  charge: null,
  invoice: null,
  credit_note: null,
  refund: 'f.charge_id',
  dispute: 'f.charge_id',
  balance_transaction: `coalesce(
    (SELECT r.charge_id FROM refund r WHERE r.source_id = f.source_id AND r.id = f.source_object_id),
    (SELECT d.charge_id FROM dispute d WHERE d.source_id = f.source_id AND d.id = f.source_object_id), f.source_object_id)`,
};

/** What of the payment stands on the row itself. */
const OWN: Readonly<Record<FlowKind['table'], string>> = {
  charge:
    'f.billing_customer_id AS who, f.invoice_id, f.id AS charge_id, f.payment_intent_id, f.currency AS paid_currency',
  invoice:
    'f.billing_customer_id AS who, f.id AS invoice_id, NULL AS charge_id, NULL AS payment_intent_id, f.currency AS paid_currency',
  credit_note:
    'f.billing_customer_id AS who, f.invoice_id, NULL AS charge_id, NULL AS payment_intent_id, f.currency AS paid_currency',
  refund: ofCharge('coalesce(c.payment_intent_id, f.payment_intent_id)'),
  dispute: ofCharge('c.payment_intent_id'),
  balance_transaction: ofCharge('c.payment_intent_id'),
};

function ofCharge(intent: string): string {
  return `c.billing_customer_id AS who, c.invoice_id, c.id AS charge_id, ${intent} AS payment_intent_id, coalesce(c.currency, f.currency) AS paid_currency`;
}

const paid = (what: string, index: string, column: 'charge_id' | 'payment_intent_id') =>
  `(SELECT ${what} FROM invoice_payment p INDEXED BY ${index} WHERE p.source_id = o.source_id AND p.${column} = o.${column})`;

/** Newer invoices are tied to what paid them by invoice payments. The indexes are named: without statistics the table would be read. */
const PAID = {
  one: `coalesce(${paid('min(p.invoice_id)', 'invoice_payment_by_charge', 'charge_id')},
    ${paid('min(p.invoice_id)', 'invoice_payment_by_intent', 'payment_intent_id')})`,
  byCharge: paid('count(DISTINCT p.invoice_id)', 'invoice_payment_by_charge', 'charge_id'),
  byIntent: paid('count(DISTINCT p.invoice_id)', 'invoice_payment_by_intent', 'payment_intent_id'),
} as const;

/** The facts of a kind that count from a day to another, both included, in no order. */
export function flowFacts(db: ReadDb, kind: FlowKindName, from: PlainDay, to: PlainDay): FlowFact[] {
  const { table, at, amount, counts } = FLOW_KINDS[kind];
  const charge = CHARGE[table];
  const days = db
    .prepare<[string, string], { day: PlainDay; starts_at: Instant }>(
      `SELECT day, starts_at FROM calendar_day WHERE day BETWEEN ? AND ? ORDER BY starts_at`,
    )
    .all(from, addDays(to, 2));
  const begin = days.find(({ day }) => day >= from)?.starts_at;
  const end = days.find(({ day }) => day > to)?.starts_at;
  if (begin === undefined || end === undefined) return [];
  const query = (where: string) =>
    db.prepare<(number | string)[], Row>(
      `SELECT o.source_id, o.id, o.currency, o.paid_currency, o.amount, o.at, o.charge_id, o.payment_intent_id, o.credited,
              b.customer_id, o.who IS NOT NULL AS has_customer, coalesce(o.invoice_id, ${PAID.one}) AS invoice_id,
              o.invoice_id IS NULL AND (${PAID.byCharge} > 1 OR ${PAID.byIntent} > 1) AS pays_several
       FROM (
         SELECT f.source_id, f.id, f.currency, ${amount} AS amount, ${at} AS at, ${OWN[table]},
                ${table === 'credit_note' ? 'f.lines' : 'NULL'} AS credited
         FROM ${table} f ${charge === null ? '' : `LEFT JOIN charge c ON c.source_id = f.source_id AND c.id = ${charge}`}
         WHERE ${where} ${at} >= ? AND ${at} < ? AND ${counts}) o
       LEFT JOIN billing_customer b ON b.source_id = o.source_id AND b.id = o.who`,
    );
  const rows =
    table === 'invoice'
      ? invoiceStretches(db, begin, end).flatMap(({ sourceId, firstId, lastId }) =>
          query('f.source_id = ? AND f.id BETWEEN ? AND ? AND').all(sourceId, firstId, lastId, begin, end),
        )
      : query('').all(begin, end);
  return rows.map((row) => Object.assign(row, { day: dayOf(row.at, days) ?? from }));
}

/** The last day that begins by a moment. */
function dayOf(at: number, days: readonly { readonly day: PlainDay; readonly starts_at: number }[]) {
  let [low, high] = [0, days.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((days[middle]?.starts_at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return days[low]?.day;
}
