/** What the ledger and the facts say of a month now, line by line. */
import { BRIDGE_LINES, FLOW_LINES, type ClosingLine, type FrozenBridge } from '../../../shared/contract/closing.ts';
import type { Bridge } from '../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { firstDayOf, lastDayOf, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { minor, type Minor } from '../../../shared/kernel/money.ts';
import { convert, rateBook } from '../fx/index.ts';
import { bridge, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

export type FlowLine = (typeof FLOW_LINES)[number];
export type Flows = Partial<Record<FlowLine, Minor>>;
export type LineSums = Readonly<Record<ClosingLine, number>>;

/** A month's bridge in a currency: exact annual lines, shown monthly ones, customers by kind. */
export function monthBridge(db: ReadDb, month: PlainMonth, currency: CurrencyCode, context: MetricsContext): Bridge {
  return bridge(db, { from: firstDayOf(month), to: lastDayOf(month) }, { ...context, currency });
}

/** What flowed in a month, each day at its rate, and its costs at the rate of its last day; what has no rate is left out. */
export function monthFlows(db: ReadDb, month: PlainMonth, currency: CurrencyCode): Flows {
  const rates = rateBook(db);
  const sums: Flows = {};
  const rows = db
    .prepare<[string, string], { flowed_on: PlainDay; kind: string; currency: string; amount_minor: number }>(
      `SELECT flowed_on, kind, currency, amount_minor FROM flow_rollup WHERE flowed_on BETWEEN ? AND ?`,
    )
    .all(firstDayOf(month), lastDayOf(month));
  for (const row of rows) {
    const kind = FLOW_LINES.find((line) => line === row.kind);
    const rate = rates.rate(row.currency, currency, row.flowed_on);
    if (kind && rate) sums[kind] = minor((sums[kind] ?? 0) + convert(row.amount_minor, rate));
  }
  const day = lastDayOf(month);
  const costs = db
    .prepare<[string], { currency: string; amount_minor: number }>(
      `SELECT currency, amount_minor FROM cost WHERE month = ?`,
    )
    .all(month);
  for (const cost of costs) {
    const rate = rates.rate(cost.currency, currency, day);
    if (rate) sums.costs = minor((sums.costs ?? 0) + convert(cost.amount_minor, rate));
  }
  return sums;
}

/** All lines of a month, each 0 where there is nothing: annual for the bridge, plain for flows. */
export function lineSums(arr: FrozenBridge['arr'], flows: Flows): LineSums {
  const sums = {} as Record<ClosingLine, number>;
  for (const line of BRIDGE_LINES) sums[line] = arr[line];
  for (const line of FLOW_LINES) sums[line] = flows[line] ?? 0;
  return sums;
}

/** All lines of a month as they are known now. */
export function knownLines(db: ReadDb, month: PlainMonth, currency: CurrencyCode, context: MetricsContext): LineSums {
  return lineSums(monthBridge(db, month, currency, context).arr, monthFlows(db, month, currency));
}
