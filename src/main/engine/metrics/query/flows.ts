/** Money that was invoiced, collected, given back and lost in a period, each day at its rate. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { FLOW_KINDS, type FlowKindName } from '../ledger/flow-kinds.ts';

/** Minor units of the reporting currency, and how many rows of the kind there were. */
export interface FlowSum {
  readonly amount: number;
  readonly entries: number;
}

export interface Flows {
  /** R15: invoices finalised, net of tax and discounts, less credit notes. */
  readonly netRevenue: number;
  /** Charges that succeeded, as captured. */
  readonly grossCash: number;
  /** Those less refunds. */
  readonly cashCollected: number;
  /** Those less fees and what disputes took and did not give back. */
  readonly netCash: number;
  /** All positive. */
  readonly refunds: number;
  readonly fees: number;
  readonly taxCollected: number;
  readonly disputed: FlowSum;
  /** On the day on which the money came back. */
  readonly disputesWon: FlowSum;
  /** On the day on which they were opened: no object says when they were decided. */
  readonly disputesLost: FlowSum;
  /** Payments of known customers that succeeded. */
  readonly customerCharges: FlowSum;
  /** Currencies without a rate on a day of the period: their amounts are in none of the sums. */
  readonly missing: readonly string[];
}

/** A day's flows of a kind and currency. */
export interface DayFlow {
  readonly flowed_on: PlainDay;
  readonly kind: string;
  readonly currency: string;
  readonly amount_minor: number;
  readonly entries: number;
}

interface Span {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

type Sums = Record<FlowKindName, { amount: number; entries: number }>;

/** The company's flows of several periods at once; periods are in order and do not overlap. */
export function flowsOf(db: ReadDb, periods: readonly Span[], currency: CurrencyCode): Flows[] {
  const [first] = periods;
  const last = periods.at(-1);
  if (!first || !last) return [];
  const rows = db
    .prepare<[string, string], DayFlow>(
      `SELECT flowed_on, kind, currency, amount_minor, entries FROM flow_rollup
       WHERE flowed_on BETWEEN ? AND ? ORDER BY flowed_on`,
    )
    .all(first.from, last.to);
  return flowsFrom(db, rows, periods, currency);
}

/** The sums of periods from flows by day, in the order of days. */
export function flowsFrom(
  db: ReadDb,
  rows: readonly DayFlow[],
  periods: readonly Span[],
  currency: CurrencyCode,
): Flows[] {
  const rates = rateBook(db);
  let next = 0;
  return periods.map(({ from, to }) => {
    const sums = noSums();
    const missing = new Set<string>();
    for (let row = rows[next]; row && row.flowed_on <= to; row = rows[++next]) {
      if (row.flowed_on < from || !isFlowKind(row.kind)) continue;
      const sum = sums[row.kind];
      sum.entries += row.entries;
      const rate = rates.rate(row.currency, currency, row.flowed_on);
      if (rate) sum.amount += convert(row.amount_minor, rate);
      else if (row.amount_minor !== 0) missing.add(row.currency);
    }
    return figuresOf(sums, [...missing]);
  });
}

/** Nothing flowed. */
export const NO_FLOWS: Flows = figuresOf(noSums(), []);

function figuresOf(sums: Sums, missing: readonly string[]): Flows {
  const cashCollected = sums.charged.amount - sums.refunded.amount;
  return {
    netRevenue: sums.invoiced.amount - sums.credited.amount,
    grossCash: sums.charged.amount,
    cashCollected,
    netCash: cashCollected - sums.fee.amount - sums.disputed.amount + sums.dispute_won.amount,
    refunds: sums.refunded.amount,
    fees: sums.fee.amount,
    taxCollected: sums.tax_paid.amount - sums.tax_credited.amount,
    disputed: sums.disputed,
    disputesWon: sums.dispute_won,
    disputesLost: sums.dispute_lost,
    customerCharges: sums.customer_charged,
    missing,
  };
}

function noSums(): Sums {
  const entries = Object.keys(FLOW_KINDS).map((kind) => [kind, { amount: 0, entries: 0 }]);
  return Object.fromEntries(entries) as Sums;
}

function isFlowKind(kind: string): kind is FlowKindName {
  return Object.hasOwn(FLOW_KINDS, kind);
}
