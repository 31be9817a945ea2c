/** The facts behind money that flows, each with the day on which it counts, its customer, and the payment it belongs to. */
import { addDays, type PlainDay } from '../../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../../store/handles.ts';
import { FLOW_KINDS, type FlowKind, type FlowKindName } from '../../ledger/flow-kinds.ts';

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
  readonly invoice_id: string | null;
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

/** The facts of a kind that count from a day to another, both included; oldest first. */
export function flowFacts(db: ReadDb, kind: FlowKindName, from: PlainDay, to: PlainDay): FlowFact[] {
  const { table, at, amount, counts } = FLOW_KINDS[kind];
  const charge = CHARGE[table];
  const days = db
    .prepare<[string, string], { day: PlainDay; starts_at: number }>(
      `SELECT day, starts_at FROM calendar_day WHERE day BETWEEN ? AND ? ORDER BY starts_at`,
    )
    .all(from, addDays(to, 2));
  const begin = days.find(({ day }) => day >= from)?.starts_at;
  const end = days.find(({ day }) => day > to)?.starts_at;
  if (begin === undefined || end === undefined) return [];
  const rows = db
    .prepare<[number, number], Row>(
      `SELECT o.*, b.customer_id, o.who IS NOT NULL AS has_customer FROM (
         SELECT f.source_id, f.id, f.currency, ${amount} AS amount, ${at} AS at, ${OWN[table]},
                ${table === 'credit_note' ? 'f.lines' : 'NULL'} AS credited
         FROM ${table} f ${charge === null ? '' : `LEFT JOIN charge c ON c.source_id = f.source_id AND c.id = ${charge}`}
         WHERE ${at} >= ? AND ${at} < ? AND ${counts}) o
       LEFT JOIN billing_customer b ON b.source_id = o.source_id AND b.id = o.who
       ORDER BY o.at, o.source_id, o.id`,
    )
    .all(begin, end);
  let place = 0;
  return rows.map((row) => {
    while ((days[place + 1]?.starts_at ?? Number.POSITIVE_INFINITY) <= row.at) place += 1;
    return { ...row, day: days[place]?.day ?? from };
  });
}
