/** `closing.list`: every month that is over, closed or open, as reported and as known. */
import { BRIDGE_LINES, type ClosedMonth, type ClosingList } from '../../../shared/contract/closing.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { minor } from '../../../shared/kernel/money.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { dueMonths } from './automatic.ts';
import { lastCloses, stampOf, type Close } from './closes.ts';
import { monthBridge } from './known.ts';
import { monthsOver, obstacles } from './order.ts';

/** Months newest first, the next one to close, and what stands against it. `day`: on which day of the next month the program closes by itself. */
export function closingList(db: ReadDb, day: number | null, context: MetricsContext): ClosingList {
  const over = monthsOver(db, context);
  const closes = new Map(lastCloses(db).map((close) => [close.month, close]));
  const sums = restatedArr(db);
  const months = [...new Set([...closes.keys(), ...over])].toSorted().map((month): ClosedMonth => {
    const close = closes.get(month);
    return close && close.reopening === null
      ? closedMonth(close, sums.get(close.closeId))
      : openMonth(db, month, close ?? null, context);
  });
  const open = months.filter(({ state }) => state !== 'closed').map(({ month }) => month);
  const last = over.at(-1) ?? null;
  return {
    months: months.toReversed(),
    next: open[0] ?? null,
    last,
    obstacles: last === null ? [] : obstacles(db, last, context),
    automatic: { day, due: dueMonths(db, day, context) },
  };
}

interface Restated {
  readonly change: number;
  readonly entries: number;
}

function closedMonth(close: Close, restated: Restated = { change: 0, entries: 0 }): ClosedMonth {
  const reported = close.bridge.arr.closing;
  return {
    month: close.month,
    state: 'closed',
    close: stampOf(close),
    reopening: null,
    currency: close.currency,
    reportedArr: reported,
    knownArr: minor(reported + restated.change),
    restatements: restated.entries,
    gaps: [...close.gaps],
  };
}

function openMonth(db: ReadDb, month: PlainMonth, close: Close | null, context: MetricsContext): ClosedMonth {
  return {
    month,
    state: close ? 'reopened' : 'open',
    close: close && stampOf(close),
    reopening: close?.reopening ?? null,
    currency: context.currency,
    reportedArr: null,
    knownArr: monthBridge(db, month, context.currency, context).arr.closing,
    restatements: 0,
    gaps: [],
  };
}

/** What restatements come to in the closing ARR of each close: all lines of the bridge together. */
function restatedArr(db: ReadDb): Map<number, Restated> {
  const found = new Map<number, { change: number; entries: number }>();
  const rows = db
    .prepare<[], { close_id: number; line: string; change: number; entries: number }>(
      `SELECT close_id, line, sum(change_minor) AS change, sum(entries) AS entries FROM restatement_rollup GROUP BY close_id, line`,
    )
    .all();
  for (const { close_id, line, change, entries } of rows) {
    const sum = found.get(close_id) ?? { change: 0, entries: 0 };
    if (BRIDGE_LINES.some((name) => name === line)) sum.change += change;
    sum.entries += entries;
    found.set(close_id, sum);
  }
  return found;
}
