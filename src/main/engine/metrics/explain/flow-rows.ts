/** Behind revenue and cash: invoices, credit notes, charges, refunds, fees and disputes. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { convert } from '../../fx/index.ts';
import { FLOW_KINDS, type FlowKind, type FlowKindName } from '../ledger/flow-kinds.ts';
import { BLANK, fitted, type DraftRow, type Explanation, type Question } from './draft-row.ts';

interface FlowRow {
  source_id: number;
  id: string;
  customer_id: CustomerId | null;
  day: PlainDay;
  currency: string;
  amount: number;
}

/** A kind of flow, and with what sign it goes into the figure. */
export type FlowPart = readonly [kind: FlowKindName, sign: 1 | -1];

/** Where the billing customer of a row stands. */
const CUSTOMER: Readonly<Record<FlowKind['table'], string>> = {
  charge: 'f.billing_customer_id',
  invoice: 'f.billing_customer_id',
  credit_note: 'f.billing_customer_id',
  refund: customerOfCharge('f.charge_id'),
  dispute: customerOfCharge('f.charge_id'),
  balance_transaction: customerOfCharge('f.source_object_id'),
};

function customerOfCharge(chargeId: string): string {
  return `(SELECT c.billing_customer_id FROM charge c WHERE c.source_id = f.source_id AND c.id = ${chargeId})`;
}

/** The entries of the given kinds in the period; of each day, kind and currency they add up to what the figure took. */
export function flowRows(question: Question, parts: readonly FlowPart[]): Explanation {
  const rows = parts.flatMap((part) => entryRows(question, part));
  return { unit: 'money', total: rows.reduce((sum, { amount }) => sum + amount, 0), rows };
}

/** The entries of one kind in the period, one each. */
export function flowCount(question: Question, kind: FlowKindName): Explanation {
  const rows = entryRows(question, [kind, 1]).map((row) => ({ ...row, amount: 1 }));
  return { unit: 'count', total: rows.length, rows };
}

function entryRows({ db, view, from, to, currency }: Question, [kind, sign]: FlowPart): DraftRow[] {
  const { table, at, amount, counts, note } = FLOW_KINDS[kind];
  const found = db
    .prepare<[string, string], FlowRow>(
      `SELECT f.source_id, f.id, b.customer_id, f.currency, ${amount} AS amount,
              (SELECT day FROM calendar_day WHERE starts_at <= ${at} ORDER BY starts_at DESC LIMIT 1) AS day
       FROM ${table} f LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = ${CUSTOMER[table]}
       WHERE ${at} >= (SELECT min(starts_at) FROM calendar_day WHERE day = ?)
         AND ${at} < (SELECT min(starts_at) FROM calendar_day WHERE day > ?) AND ${counts}
       ORDER BY day, f.currency, f.id`,
    )
    .all(from, to);
  const rows: DraftRow[] = [];
  for (let start = 0; start < found.length;) {
    const first = found[start];
    if (!first) break;
    let end = start;
    while (found[end]?.day === first.day && found[end]?.currency === first.currency) end += 1;
    const group = found.slice(start, end);
    const rate = view.rates.rate(first.currency, currency, first.day);
    const sum = group.reduce((total, row) => total + row.amount, 0);
    const parts = rate
      ? fitted(
          group.map((row) => convert(row.amount, rate)),
          convert(sum, rate),
        )
      : group.map(() => 0);
    for (const [index, row] of group.entries())
      rows.push({
        ...BLANK,
        amount: sign * (parts[index] ?? 0),
        customerId: row.customer_id,
        on: row.day,
        object: { sourceId: row.source_id, id: row.id },
        note: rate ? note : `${note}; no rate from ${row.currency} on this day`,
      });
    start = end;
  }
  return rows;
}
