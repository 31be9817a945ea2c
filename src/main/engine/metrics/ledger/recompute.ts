/** Brings the ledger up to date with the facts, customer by customer, on the writer's thread. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { adoptBasis, basisHolds, markAllDirty, markDue, markRevalued } from './basis.ts';
import { customerUpdater, type Changes } from './customer-update.ts';
import { ledgerItself } from './ledger-target.ts';
import { bookRun, isLedgerEmpty, openRun, type RunCause } from './ledger-run.ts';

const CUSTOMERS_PER_STEP = 2_048;

export interface RecomputeOptions {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
  /** Customers per transaction; the default loses no more than a second's work to a break. */
  readonly customersPerStep?: number;
}

export interface RecomputeResult {
  /** 0 when there was nothing to do. */
  readonly runId: number;
  readonly customers: number;
  readonly added: number;
  readonly reversed: number;
}

/**
 * Recomputes every customer marked dirty, those whose scheduled changes have
 * come, and those valued at a rate that has changed since; everyone when the
 * settings or rules differ from the ledger's. Each step is one transaction that
 * writes the movements, the rollups and takes the marks away, so that a break
 * leaves a whole ledger and the rest of the work list.
 * @throws AppError `cancelled` between two steps when the signal fires.
 */
export function recompute(db: WriteDb, context: MetricsContext, options: RecomputeOptions = {}): RecomputeResult {
  return work(db, context, markWork(db, context), options);
}

/** Marks whoever has to be computed again. @returns why: the settings or rules, or facts, rates and days. */
export function markWork(db: WriteDb, context: MetricsContext): RunCause {
  const adopted = !basisHolds(db, context);
  db.transaction(() => {
    if (adopted) adoptBasis(db, context);
    markDue(db, context.today);
    markRevalued(db, context.currency);
  });
  return adopted ? 'basis' : 'facts';
}

/** How many customers wait to be computed, those included whom rates, days, settings or rules concern. */
export function countWork(db: WriteDb, context: MetricsContext): number {
  if (basisHolds(db, context)) markWork(db, context);
  const from = basisHolds(db, context) ? 'dirty_customer' : 'billing_customer';
  return db.prepare<[], { n: number }>(`SELECT count(DISTINCT customer_id) AS n FROM ${from}`).first()?.n ?? 0;
}

/** Recomputes every customer from the stored facts. Rows that still hold stay as they are. */
export function rebuild(db: WriteDb, context: MetricsContext, options: RecomputeOptions = {}): RecomputeResult {
  return work(db, context, markEverybody(db, context), options);
}

/** Marks every customer, whether anything of theirs changed or not. */
export function markEverybody(db: WriteDb, context: MetricsContext): RunCause {
  db.transaction(() => {
    if (!basisHolds(db, context)) adoptBasis(db, context);
    markAllDirty(db);
  });
  return 'rebuild';
}

function work(db: WriteDb, context: MetricsContext, cause: RunCause, options: RecomputeOptions): RecomputeResult {
  const total = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()?.n ?? 0;
  const sums = { customers: 0, added: 0, reversed: 0 };
  if (total === 0) return { runId: 0, ...sums };
  let runId = 0;
  let step: (() => Changes) | null = null;
  while (sums.customers < total) {
    if (options.signal?.aborted)
      throw new AppError('cancelled', 'The computation of the ledger was stopped; what was finished stays');
    // A small run is one transaction in all. It does not wait for the disk: what a loss of power takes back goes with the
    // marks that ask for it, and whatever is told of it is written later, which waits for both.
    const result = db.transaction(() => {
      if (runId === 0) runId = openRun(db, context, cause);
      step ??= chunkStep(db, context, runId, options.customersPerStep ?? CUSTOMERS_PER_STEP);
      const done = step();
      bookRun(db, runId, done, sums.customers + done.customers >= total ? context.now : null);
      return done;
    }, 'soon');
    if (result.customers === 0) break;
    sums.customers += result.customers;
    sums.added += result.added;
    sums.reversed += result.reversed;
    options.onProgress?.({ done: sums.customers, total });
  }
  return { runId, ...sums };
}

/** One step of the work: takes the next dirty customers, brings them up to date, takes their marks away. */
function chunkStep(db: WriteDb, context: MetricsContext, runId: number, size: number): () => Changes {
  const next = db.prepare<[number], { customer_id: CustomerId }>(
    `SELECT customer_id FROM dirty_customer ORDER BY customer_id LIMIT ?`,
  );
  // The work list is taken from its smallest id upwards.
  const cleanUpTo = db.prepareWrite<[number]>(`DELETE FROM dirty_customer WHERE customer_id <= ?`);
  const updater = customerUpdater(db, ledgerItself(db), context, { runId, empty: isLedgerEmpty(db) });
  return () => {
    const customers = next.all(size);
    for (const { customer_id } of customers) updater.update(customer_id);
    const last = customers.at(-1);
    if (last) cleanUpTo.run(last.customer_id);
    return updater.finish();
  };
}
