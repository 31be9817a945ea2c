/** Behind revenue and cash: invoices, credit notes, charges and refunds. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { convert } from '../../fx/index.ts';
import { BLANK, fitted, type DraftRow, type Explanation, type Question } from './draft-row.ts';

interface FlowRow {
  source_id: number;
  id: string;
  customer_id: CustomerId | null;
  day: PlainDay;
  currency: string;
  amount: number;
}

/** Each kind of entry: where it lies, when and with what sign it counts. The conditions are those of `flow_rollup`. */
const ENTRIES = {
  invoice: {
    at: 'finalized_at',
    amount: 'f.total_minor - f.tax_minor',
    counts: `f.status IN ('open', 'paid', 'uncollectible')`,
    customer: 'f.billing_customer_id',
    note: 'Invoice, net of tax',
  },
  credit_note: {
    at: 'created_at',
    amount: '-f.total_excluding_tax_minor',
    counts: `f.status = 'issued'`,
    customer: 'f.billing_customer_id',
    note: 'Credit note, net of tax',
  },
  charge: {
    at: 'created_at',
    amount: 'f.amount_minor',
    counts: `f.status = 'succeeded'`,
    customer: 'f.billing_customer_id',
    note: 'Charge',
  },
  refund: {
    at: 'created_at',
    amount: '-f.amount_minor',
    counts: `coalesce(f.status, 'succeeded') IN ('succeeded', 'pending', 'requires_action')`,
    customer: '(SELECT c.billing_customer_id FROM charge c WHERE c.source_id = f.source_id AND c.id = f.charge_id)',
    note: 'Refund',
  },
} as const;

export type EntryKind = keyof typeof ENTRIES;

/** The entries of the given kinds in the period; of each day, kind and currency they add up to what the figure took. */
export function flowRows(question: Question, kinds: readonly EntryKind[], sign: 1 | -1): Explanation {
  const rows = kinds.flatMap((kind) => entryRows(question, kind, sign));
  return { unit: 'money', total: rows.reduce((sum, { amount }) => sum + amount, 0), rows };
}

function entryRows({ db, view, from, to, currency }: Question, kind: EntryKind, sign: 1 | -1): DraftRow[] {
  const { at, amount, counts, customer, note } = ENTRIES[kind];
  const found = db
    .prepare<[string, string], FlowRow>(
      `SELECT f.source_id, f.id, b.customer_id, f.currency, ${amount} AS amount,
              (SELECT day FROM calendar_day WHERE starts_at <= f.${at} ORDER BY starts_at DESC LIMIT 1) AS day
       FROM ${kind} f LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = ${customer}
       WHERE f.${at} >= (SELECT min(starts_at) FROM calendar_day WHERE day = ?)
         AND f.${at} < (SELECT min(starts_at) FROM calendar_day WHERE day > ?) AND ${counts}
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
