/** From new rows of the ledger to restatements: one per customer, closed month, kind and currency. */
import { BRIDGE_LINES } from '../../../shared/contract/closing.ts';
import {
  firstDayOf,
  lastDayOf,
  monthOf,
  plainDay,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { convert, rateBook } from '../fx/index.ts';
import type { ReadDb } from '../store/index.ts';
import { causeFinder, type Cause, type NewRow } from './cause.ts';
import type { Close } from './closes.ts';
import type { Entry } from './entry-writer.ts';

/**
 * The next rows behind `after` that count on or before a day, whole customers
 * only; `head` is the number up to which all rows are accounted for then, null
 * when there are no more.
 */
export function nextRows(
  db: ReadDb,
  after: number,
  until: PlainDay,
  limit: number,
): { readonly rows: readonly NewRow[]; readonly head: number | null } {
  const rows = db
    .prepare<[number, number], NewRow>(
      `SELECT movement_id, run_id, customer_id, moved_on, kind, source_id, subscription_id, price_id, currency, annual_minor,
              reporting_minor, evidence, evidence_id, reverses_id
       FROM movement WHERE movement_id > ? ORDER BY movement_id LIMIT ?`,
    )
    .all(after, limit);
  const closed = (all: readonly NewRow[]) => all.filter(({ moved_on }) => moved_on <= until);
  if (rows.length < limit) return { rows: closed(rows), head: null };
  // The last customer may go on behind the limit: it waits for the next step, unless it fills a whole one.
  const last = rows.at(-1)?.customer_id;
  const whole = rows.filter(({ customer_id }) => customer_id !== last);
  const taken = whole.length > 0 ? whole : rows;
  return { rows: closed(taken), head: taken.at(-1)?.movement_id ?? null };
}

export interface EntryContext {
  readonly closes: readonly Close[];
  /** Other settings or rules explain every row. */
  readonly basis: Cause | null;
  /** The currency of `reporting_minor`, where all rows have the same. */
  readonly inReporting: string | null;
}

/** The entries that rows give, and the first month that they touch, closed or not. */
export function movementEntries(
  db: ReadDb,
  rows: readonly NewRow[],
  { closes, basis, inReporting }: EntryContext,
): { readonly entries: readonly Entry[]; readonly from: PlainMonth | null } {
  const byMonth = new Map(closes.map((close) => [close.month, close]));
  const find = causeFinder(db);
  const entries: Entry[] = [];
  let from: PlainMonth | null = null;
  for (const [month, group] of groups(rows)) {
    if (from === null || month < from) from = month;
    const close = byMonth.get(month);
    if (!close) continue;
    const worth = worthIn(db, close, inReporting === close.currency);
    const cause = basis ?? find(group, close.closedAt);
    for (const change of changesOf(db, group, month, worth))
      entries.push({
        closeId: close.closeId,
        ...change,
        ...withPointer(cause, group),
        runId: group[0]?.run_id ?? null,
      });
  }
  return { entries, from };
}

/** Settings explain every row, and still a row has its object. */
function withPointer(cause: Cause, [row]: readonly NewRow[]): Cause {
  return cause.objectId === null && row ? { ...cause, sourceId: row.source_id, objectId: row.evidence_id } : cause;
}

/** Rows of one run, customer and month. */
function groups(rows: readonly NewRow[]): [PlainMonth, NewRow[]][] {
  const found = new Map<string, [PlainMonth, NewRow[]]>();
  for (const row of rows) {
    const month = monthOf(plainDay(row.moved_on));
    const key = `${row.run_id}|${row.customer_id}|${month}`;
    const group = found.get(key);
    if (group) group[1].push(row);
    else found.set(key, [month, [row]]);
  }
  return [...found.values()];
}

interface SumRow {
  moved_on: PlainDay;
  kind: string;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
}

/** What a row comes to in the close's currency, annual. */
type Worth = (row: Pick<NewRow, 'moved_on' | 'currency' | 'annual_minor' | 'reporting_minor'>) => number;

/** As it was booked where that is the close's currency, else at the rate of its day. */
function worthIn(db: ReadDb, { currency }: Close, exact: boolean): Worth {
  if (exact) return ({ reporting_minor }) => reporting_minor ?? 0;
  const rates = rateBook(db);
  return (row) => {
    const rate = rates.rate(row.currency, currency, plainDay(row.moved_on));
    return rate ? convert(row.annual_minor, rate) : 0;
  };
}

type Change = Pick<Entry, 'line' | 'customerId' | 'native' | 'before' | 'after'>;

/** What the group's kinds and currencies were and are; those that came out even are no change. */
function changesOf(db: ReadDb, group: readonly NewRow[], month: PlainMonth, worth: Worth): Change[] {
  const deltas = new Map<string, Delta>();
  for (const row of group) addTo(deltas, row, worth);
  const changed = [...deltas.values()].filter(({ line, native, amount }) => line && (native !== 0 || amount !== 0));
  const [first] = group;
  if (changed.length === 0 || !first) return [];
  const upTo = group.reduce((most, { movement_id }) => Math.max(most, movement_id), 0);
  const now = new Map<string, Delta>();
  for (const row of monthRows(db, first.customer_id, month, upTo)) addTo(now, row, worth);
  return changed.flatMap(({ line, kind, currency, native, amount }): Change[] => {
    const after = now.get(`${kind}|${currency}`) ?? { native: 0, amount: 0 };
    return line
      ? [
          {
            line,
            customerId: first.customer_id,
            native: { currency, before: after.native - native, after: after.native },
            before: after.amount - amount,
            after: after.amount,
          },
        ]
      : [];
  });
}

interface Delta {
  /** Undefined for transfers, which are in no figure. */
  readonly line: Entry['line'] | undefined;
  readonly kind: string;
  readonly currency: string;
  native: number;
  amount: number;
}

function addTo(sums: Map<string, Delta>, row: SumRow | NewRow, worth: Worth): void {
  const key = `${row.kind}|${row.currency}`;
  let sum = sums.get(key);
  if (!sum) {
    const line = BRIDGE_LINES.find((name) => name === row.kind);
    sums.set(key, (sum = { line, kind: row.kind, currency: row.currency, native: 0, amount: 0 }));
  }
  sum.native += row.annual_minor;
  sum.amount += worth(row);
}

/** A customer's rows of a month up to a number, summed by day, kind and currency. */
function monthRows(db: ReadDb, customerId: number, month: PlainMonth, upTo: number): SumRow[] {
  return db
    .prepare<[number, string, string, number], SumRow>(
      `SELECT moved_on, kind, currency, sum(annual_minor) AS annual_minor, sum(reporting_minor) AS reporting_minor
       FROM movement WHERE customer_id = ? AND moved_on BETWEEN ? AND ? AND movement_id <= ?
       GROUP BY moved_on, kind, currency`,
    )
    .all(customerId, firstDayOf(month), lastDayOf(month), upTo);
}
