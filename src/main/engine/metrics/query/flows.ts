/** Money that was invoiced, credited, charged and refunded in a period, each day at its rate. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';

export interface Flows {
  /** R15: invoices finalised, net of tax and discounts, less credit notes. */
  readonly netRevenue: number;
  /** Charges that succeeded, less refunds. */
  readonly cashCollected: number;
  /** Positive. */
  readonly refunds: number;
  /** Currencies without a rate on a day of the period: their amounts are in none of the sums. */
  readonly missing: readonly string[];
}

interface FlowRow {
  flowed_on: PlainDay;
  kind: 'charged' | 'refunded' | 'invoiced' | 'credited';
  currency: string;
  amount_minor: number;
}

/** The flows of several periods at once; periods are in order and do not overlap. */
export function flowsOf(
  db: ReadDb,
  periods: readonly { readonly from: PlainDay; readonly to: PlainDay }[],
  currency: CurrencyCode,
): Flows[] {
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return [];
  const rows = db
    .prepare<[string, string], FlowRow>(
      `SELECT flowed_on, kind, currency, amount_minor FROM flow_rollup WHERE flowed_on BETWEEN ? AND ? ORDER BY flowed_on`,
    )
    .all(first.from, last.to);
  const rates = rateBook(db);
  let next = 0;
  return periods.map(({ from, to }) => {
    const sums = { charged: 0, refunded: 0, invoiced: 0, credited: 0 };
    const missing = new Set<string>();
    for (let row = rows[next]; row && row.flowed_on <= to; row = rows[++next]) {
      if (row.flowed_on < from) continue;
      const rate = rates.rate(row.currency, currency, row.flowed_on);
      if (rate) sums[row.kind] += convert(row.amount_minor, rate);
      else missing.add(row.currency);
    }
    return {
      netRevenue: sums.invoiced - sums.credited,
      cashCollected: sums.charged - sums.refunded,
      refunds: sums.refunded,
      missing: [...missing],
    };
  });
}
