/** After every computation of the ledger: what closed months were reported with, against what is known of them now. */
import { BRIDGE_LINES, FLOW_LINES, type ClosingLine } from '../../../shared/contract/closing.ts';
import { lastDayOf, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { WriteDb } from '../store/index.ts';
import { basisCause, type Cause } from './cause.ts';
import { closesInForce, type Close } from './closes.ts';
import { entryWriter, restatedSums, type Entry } from './entry-writer.ts';
import { flowEntries } from './flow-entries.ts';
import { knownLines, lineSums } from './known.ts';
import { movementEntries, nextRows } from './movement-entries.ts';
import { readWatch, stopWatching, watchNow, writeWatch, type Watch } from './watch.ts';

/** New rows of the ledger that are looked at in one transaction. */
const ROWS_PER_STEP = 20_000;

/**
 * Compares the closed months with the ledger and notes every difference as a
 * restatement. Rows of the ledger that the last comparison did not know give
 * an entry per customer, month, kind and currency; changed invoices, credit
 * notes, charges and refunds one per object; what is left of a line (carried
 * from an earlier month, made by a rate or by other settings) one for the
 * company. As reported plus all entries is what is known, exactly. Each turn
 * of the iteration is one transaction; a break loses nothing and doubles
 * nothing. Costs what changed: nothing is read of months that nothing touched.
 * @returns how many entries were written.
 */
export function* restate(db: WriteDb, context: MetricsContext): Generator<number, number> {
  const closes = closesInForce(db);
  const watch = readWatch(db);
  const last = closes.at(-1)?.month;
  if (!watch) return 0;
  if (last === undefined) {
    // Every closed month was reopened: the next close begins anew, and what moved until then is in it.
    db.transaction(() => stopWatching(db));
    return 0;
  }
  const basis = basisCause(watch.basis, watchNow(db).basis);
  const inReporting = watch.basis.currency === watchNow(db).basis.currency ? watch.basis.currency : null;
  let entries = 0;
  let seen: Watch = watch;
  for (;;) {
    const step = db.transaction(() => {
      const { rows, head } = nextRows(db, seen.movementHead, lastDayOf(last), ROWS_PER_STEP);
      const write = entryWriter(db, context.now);
      const found = movementEntries(db, rows, { closes, basis, inReporting });
      for (const entry of found.entries) write(entry);
      seen = {
        ...seen,
        movementHead: head ?? watchNow(db).movementHead,
        pendingFrom: earlier(seen.pendingFrom, found.from),
      };
      writeWatch(db, seen, last, context.zone);
      return { count: found.entries.length, over: head === null };
    });
    entries += step.count;
    if (step.over) break;
    yield entries;
  }
  const waiting = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()?.n ?? 0;
  if (waiting > 0) return entries;
  entries += db.transaction(() => compareTotals(db, seen, { closes, basis, last }, context));
  return entries;
}

function earlier(a: PlainMonth | null, b: PlainMonth | null): PlainMonth | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

interface Comparison {
  readonly closes: readonly Close[];
  readonly basis: Cause | null;
  readonly last: PlainMonth;
}

/** Flows by object, then what is left of every line of the months that something can have touched. */
function compareTotals(db: WriteDb, seen: Watch, { closes, basis, last }: Comparison, context: MetricsContext): number {
  const now = watchNow(db);
  const write = entryWriter(db, context.now);
  const flows = flowEntries(db, closes, basis, context);
  for (const entry of flows.entries) write(entry);
  const ratesChanged = seen.ratesRevision !== now.ratesRevision;
  const everything = basis !== null || ratesChanged;
  const first = everything ? (closes[0]?.month ?? null) : earlier(seen.pendingFrom, flows.from);
  let entries = flows.entries.length;
  if (first !== null) {
    const restated = restatedSums(db);
    const causeOf = leftoverCause(basis, ratesChanged);
    for (const close of closes.filter(({ month }) => month >= first))
      for (const entry of leftovers(
        close,
        restated(close.closeId),
        knownLines(db, close.month, close.currency, context),
        causeOf,
      )) {
        write(entry);
        entries += 1;
      }
  }
  writeWatch(db, { ...now, pendingFrom: null }, last, context.zone);
  return entries;
}

/** What reported figures and entries do not explain yet, line by line. */
function* leftovers(
  close: Close,
  restated: ReadonlyMap<string, number>,
  known: Readonly<Record<ClosingLine, number>>,
  causeOf: (line: ClosingLine, close: Close) => Cause,
): Generator<Entry> {
  const reported = lineSums(close.bridge.arr, close.flows);
  for (const line of [...BRIDGE_LINES, ...FLOW_LINES]) {
    const before = reported[line] + (restated.get(line) ?? 0);
    if (known[line] === before) continue;
    yield {
      closeId: close.closeId,
      line,
      customerId: null,
      native: null,
      before,
      after: known[line],
      runId: null,
      ...causeOf(line, close),
    };
  }
}

function leftoverCause(basis: Cause | null, ratesChanged: boolean): (line: ClosingLine, close: Close) => Cause {
  const nothing = { sourceId: null, objectId: null };
  return (line) => {
    if (basis) return basis;
    if (line === 'opening')
      return {
        cause: 'earlier_month',
        detail: 'Restatements of earlier months, carried into the opening.',
        ...nothing,
      };
    if (ratesChanged) return { cause: 'rate', detail: 'Exchange rates of the month are known otherwise.', ...nothing };
    if (line === 'fx')
      return {
        cause: 'earlier_month',
        detail: 'Exchange rates on what was restated, from its day to the month’s end.',
        ...nothing,
      };
    return {
      cause: 'currency',
      detail: 'Amounts in another currency than the ledger’s are rounded as a sum.',
      ...nothing,
    };
  };
}
