/** What the ledger says now and did not say at the last look: by kind, by customer, and of the past. */
import { MOVEMENT_KINDS } from '../../../shared/contract/metrics.ts';
import type { CustomerChange, SinceBridge } from '../../../shared/contract/since.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { minor, roundToTotal } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { convert } from '../fx/index.ts';
import { ledgerKey, ledgerView, type LedgerView, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { Mark } from './visits.ts';

type NewsKind = CustomerChange['kind'];

/** A customer's change of one day, kind and currency, as it stands: rows that take each other back are not in it. */
export interface NewsRow {
  readonly customer_id: CustomerId;
  readonly moved_on: PlainDay;
  readonly kind: NewsKind;
  readonly currency: string;
  /** Annual minor units of the currency. */
  readonly annual: number;
}

export interface LedgerNews {
  /** Of the day of the look and later. */
  readonly rows: readonly NewsRow[];
  /** Of days before it: what was known otherwise. */
  readonly past: readonly NewsRow[];
  readonly bridge: SinceBridge;
  /** An annual amount of a day in the reporting currency; 0 without a rate. */
  worth(row: NewsRow): number;
}

const remembered = new WeakMap<ReadDb, { key: string; news: LedgerNews }>();

/** Remembered until the ledger, the look, the day or the currency changes. */
export function ledgerNews(db: ReadDb, mark: Mark, lookedOn: PlainDay, context: MetricsContext): LedgerNews {
  const { today, currency } = context;
  const key = [ledgerKey(db), mark.movementHead, lookedOn, today, currency].join('|');
  const known = remembered.get(db);
  if (known?.key === key) return known.news;
  const view = ledgerView(db);
  const late = rowsLate(db, mark.movementHead, lookedOn);
  const past = late.filter(({ moved_on }) => moved_on < lookedOn);
  const rows = [...late.filter(({ moved_on }) => moved_on === lookedOn), ...rowsAfter(db, lookedOn, today)];
  const worth = (row: NewsRow): number => inReporting(view, row.annual, row.currency, row.moved_on, currency);
  const news = { rows, past, worth, bridge: bridgeOf(view, { rows, late, past }, worth, lookedOn, context) };
  remembered.set(db, { key, news });
  return news;
}

const SUMS = `SELECT customer_id, moved_on, kind, currency, sum(annual_minor) AS annual FROM movement`;
// The plus keeps SQLite from going through everybody's rows for the sake of their order.
const SUMMED = `kind <> 'transfer' GROUP BY +customer_id, moved_on, kind, currency HAVING sum(annual_minor) <> 0`;

/** Rows that were added since and count on the day of the look or before it. */
function rowsLate(db: ReadDb, head: number, lookedOn: PlainDay): NewsRow[] {
  return db
    .prepare<[number, string], NewsRow>(`${SUMS} WHERE movement_id > ? AND moved_on <= ? AND ${SUMMED}`)
    .all(head, lookedOn);
}

/** Rows of the days since, whether they were foreseen then or not. */
function rowsAfter(db: ReadDb, lookedOn: PlainDay, today: PlainDay): NewsRow[] {
  return db
    .prepare<[string, string], NewsRow>(`${SUMS} WHERE moved_on > ? AND moved_on <= ? AND ${SUMMED}`)
    .all(lookedOn, today);
}

interface Parts {
  readonly rows: readonly NewsRow[];
  readonly late: readonly NewsRow[];
  readonly past: readonly NewsRow[];
}

/**
 * What was shown then is what is known now of that day without the rows that were added since, at the day's rates. The
 * past is worth what it changed of that day; what the kinds leave to today's MRR is the change of rates.
 */
function bridgeOf(
  view: LedgerView,
  { rows, late, past }: Parts,
  worth: (row: NewsRow) => number,
  lookedOn: PlainDay,
  { today, currency }: MetricsContext,
): SinceBridge {
  const onThatDay = (of: readonly NewsRow[]) =>
    [...sumsBy(of, (row) => row.currency)].reduce(
      (sum, [native, annual]) => sum + inReporting(view, annual, native, lookedOn, currency),
      0,
    );
  const from = view.stock('mrr', lookedOn, currency).annual - onThatDay(late);
  const to = view.stock('mrr', today, currency).annual;
  const kinds = MOVEMENT_KINDS.filter((kind): kind is NewsKind => kind !== 'fx');
  const amounts = kinds.map((kind) => rows.reduce((sum, row) => (row.kind === kind ? sum + worth(row) : sum), 0));
  const restated = onThatDay(past);
  const fx = to - from - restated - amounts.reduce((a, b) => a + b, 0);
  const ends = { from: divideRounded(from, 12), to: divideRounded(to, 12) };
  const monthly = roundToTotal(ends.to - ends.from, [...amounts, restated, fx], 12);
  const named = Object.fromEntries(
    [...kinds, 'restated' as const, 'fx' as const].map((kind, index) => [kind, monthly[index] ?? minor(0)]),
  ) as Omit<SinceBridge, 'from' | 'to'>;
  return { ...ends, ...named };
}

function inReporting(view: LedgerView, annual: number, native: string, day: PlainDay, currency: CurrencyCode): number {
  if (annual === 0) return 0;
  const rate = view.rates.rate(native, currency, day);
  return rate ? convert(annual, rate) : 0;
}

function sumsBy(rows: readonly NewsRow[], keyOf: (row: NewsRow) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.annual);
  return sums;
}
