/**
 * Large computations of the ledger: threads derive and value ranges of
 * customers side by side, the one writer takes their rows over, one range per
 * transaction. What is left after a break is the rest of the work list.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { deferIndexes, restoreIndex } from '../../store/deferred-indexes.ts';
import { factVersion } from '../../store/fact-version.ts';
import type { WriteDb } from '../../store/handles.ts';
import { storageProblem } from '../../store/storage-failure.ts';
import type { MetricsContext } from '../context.ts';
import { CUSTOMERS_PER_BLOCK } from './packed-rows.ts';
import type { Changes } from './customer-update.ts';
import type { RangeInput } from './derive-range.ts';
import { bookRun, isLedgerEmpty, openRun, type RunCause } from './ledger-run.ts';
import { markEverybody, markWork, type RecomputeOptions, type RecomputeResult } from './recompute.ts';
import { takeOverScratch } from './scratch-ledger.ts';

/** So many scratch files may be removed by other programs (one that clears away what looks temporary) and be made again. */
const MOST_LOST = 5;

/** Some tens of milliseconds for the writer, some hundreds for a thread. */
const CUSTOMERS_PER_RANGE = 2_048;

/** How many of the first ranges are a quarter of that. */
const SHORT_RANGES = 4;

/** A load that makes the ledger three times as large comes by customer: indexes in another order are made at its end. */
const FILLED_BESIDE_THEIR_INDEXES = ['movement', 'trial', 'customer_standing', 'discount_span'];
/** But for the one that lies by customer as well. */
const FOUND_BY = ['movement_by_customer'];

/** Threads that prepare rows, each with a read-only connection of its own. */
export interface DerivingThreads {
  readonly size: number;
  derive(input: RangeInput): Promise<Changes>;
  close(): Promise<void>;
}

/**
 * As `recompute`, on threads that are opened for it and closed after it.
 * Between two ranges other work of this thread goes on; where it changes facts,
 * what was prepared before is thrown away.
 * @throws AppError `cancelled` when the signal fires; what was taken over stays.
 */
export async function recomputeOnThreads(
  db: WriteDb,
  context: MetricsContext,
  open: () => Promise<DerivingThreads>,
  options: RecomputeOptions = {},
): Promise<RecomputeResult> {
  return await withThreads(open, (opening) => work(db, context, opening, () => markWork(db, context), options));
}

/** As `rebuild`, on threads. */
export async function rebuildOnThreads(
  db: WriteDb,
  context: MetricsContext,
  open: () => Promise<DerivingThreads>,
  options: RecomputeOptions = {},
): Promise<RecomputeResult> {
  return await withThreads(open, (opening) => work(db, context, opening, () => markEverybody(db, context), options));
}

/** The threads start while `body` gets ready for them. */
async function withThreads<Result>(
  open: () => Promise<DerivingThreads>,
  body: (opening: Promise<DerivingThreads>) => Promise<Result>,
): Promise<Result> {
  const opening = open();
  try {
    return await body(opening);
  } finally {
    await (await opening).close();
  }
}

interface Range {
  readonly from: number;
  readonly until: number;
}

interface Prepared {
  readonly range: Range;
  readonly scratch: string;
  readonly version: number;
  readonly changes: Changes;
}

async function work(
  db: WriteDb,
  context: MetricsContext,
  opening: Promise<DerivingThreads>,
  mark: () => RunCause,
  { onProgress, signal, customersPerStep = CUSTOMERS_PER_RANGE }: RecomputeOptions,
): Promise<RecomputeResult> {
  const cause = mark();
  const { ranges, total } = workList(db, Math.max(1, Math.floor(customersPerStep / CUSTOMERS_PER_BLOCK)));
  const sums = { customers: 0, added: 0, reversed: 0 };
  if (total === 0) return { runId: 0, ...sums };
  const { runId, empty } = db.transaction(() => {
    const begun = { runId: openRun(db, context, cause), empty: isLedgerEmpty(db) };
    if (total > 2 * customersHeld(db))
      for (const table of FILLED_BESIDE_THEIR_INDEXES) deferIndexes(db, table, FOUND_BY);
    return begun;
  });
  const threads = await opening;
  const derive = rangeDeriver(db, context, threads, runId, empty);
  const underWay = new Map<Range, Promise<Prepared>>();
  let lost = 0;
  try {
    while (ranges.length > 0 || underWay.size > 0) {
      // One more than there are threads: none of them waits for the writer.
      while (underWay.size <= threads.size && ranges.length > 0) {
        const range = ranges.shift();
        if (range) underWay.set(range, derive(range));
      }
      const prepared = await Promise.race(underWay.values());
      underWay.delete(prepared.range);
      if (signal?.aborted) {
        db.dropScratch(prepared.scratch);
        throw new AppError('cancelled', 'The computation of the ledger was stopped; what was finished stays');
      }
      if (prepared.version !== factVersion(db)) {
        db.dropScratch(prepared.scratch);
        ranges.unshift(prepared.range);
        continue;
      }
      const isLast = ranges.length === 0 && underWay.size === 0;
      if (!takeOver(db, runId, empty, prepared, isLast ? context.now : null)) {
        if ((lost += 1) > MOST_LOST)
          throw new AppError('storage_failed', 'Files beside the database are removed while the ledger is computed');
        ranges.unshift(prepared.range);
        continue;
      }
      sums.customers += prepared.changes.customers;
      sums.added += prepared.changes.added;
      sums.reversed += prepared.changes.reversed;
      onProgress?.({ done: sums.customers, total });
      await breathe();
    }
  } finally {
    // Threads end what they began; nobody takes it over.
    for (const one of await Promise.allSettled(underWay.values()))
      if (one.status === 'fulfilled') db.dropScratch(one.value.scratch);
    while (restoreIndex(db)) await breathe();
  }
  return { runId, ...sums };
}

function customersHeld(db: WriteDb): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM customer_standing`).first()?.n ?? 0;
}

/** The marked customers as ranges of whole blocks. */
function workList(db: WriteDb, blocksPerRange: number): { ranges: Range[]; total: number } {
  const blocks = db
    .prepare<[], { block: number; customers: number }>(
      `SELECT customer_id / ${CUSTOMERS_PER_BLOCK} AS block, count(*) AS customers FROM dirty_customer GROUP BY 1 ORDER BY 1`,
    )
    .all();
  const ranges: Range[] = [];
  for (let index = 0; index < blocks.length;) {
    // Short ones at both ends: the writer begins sooner, and the threads end together.
    const isEnd = ranges.length < SHORT_RANGES || blocks.length - index <= 2 * blocksPerRange;
    const size = isEnd ? Math.ceil(blocksPerRange / 4) : blocksPerRange;
    const first = blocks[index]?.block ?? 0;
    const last = blocks[Math.min(index + size, blocks.length) - 1]?.block ?? first;
    ranges.push({ from: first * CUSTOMERS_PER_BLOCK, until: (last + 1) * CUSTOMERS_PER_BLOCK });
    index += size;
  }
  return { ranges, total: blocks.reduce((sum, { customers }) => sum + customers, 0) };
}

function rangeDeriver(
  db: WriteDb,
  { policy, zone, today, currency }: MetricsContext,
  threads: DerivingThreads,
  runId: number,
  empty: boolean,
): (range: Range) => Promise<Prepared> {
  const marked = db.prepare<[number, number], { customer_id: CustomerId }>(
    `SELECT customer_id FROM dirty_customer WHERE customer_id >= ? AND customer_id < ? ORDER BY customer_id`,
  );
  let count = 0;
  return async (range) => {
    const scratch = `ledger-${runId}-${(count += 1)}`;
    const version = factVersion(db);
    const customers = marked.all(range.from, range.until).map(({ customer_id }) => customer_id);
    const context = { policy, zone, today, currency };
    const changes = await threads.derive({ scratch, customers, context, runId, empty });
    return { range, scratch, version, changes };
  };
}

/** Takes a range over, whole. @returns false where its scratch file is gone: then nothing was written. */
function takeOver(
  db: WriteDb,
  runId: number,
  empty: boolean,
  { range, scratch, changes }: Prepared,
  endedAt: number | null,
): boolean {
  const clean = db.prepareWrite<[number, number]>(
    `DELETE FROM dirty_customer WHERE customer_id >= ? AND customer_id < ?`,
  );
  try {
    // Until the last one a power loss may take ranges back with their marks: they are computed again.
    const work = () => {
      takeOverScratch(db, runId, empty);
      clean.run(range.from, range.until);
      bookRun(db, runId, changes, endedAt);
    };
    db.withScratch(scratch, () => db.transaction(work, endedAt === null ? 'soon' : 'at once'));
    return true;
  } catch (error) {
    if (storageProblem(error) === 'missing') return false;
    throw error;
  }
}
