/** The ledger's computation beside everything else: between two steps calls are answered and progress is shown. */
import { setImmediate as breathe } from 'node:timers/promises';
import { isAppError } from '../../../shared/kernel/errors.ts';
import {
  countWork,
  recompute,
  recomputeOnThreads,
  type DerivingThreads,
  type MetricsContext,
} from '../metrics/index.ts';
import type { WriteDb } from '../store/index.ts';

/** How long the engine's thread is kept busy at a time: a call that waits for one slice is still quick. */
const SLICE_MS = 100;

/** Customers per transaction, some tens of milliseconds: a slice ends only between two of them. */
const CUSTOMERS_PER_STEP = 256;

/** From so many customers on, threads are worth the tenth of a second that they take to start. */
const CUSTOMERS_FOR_THREADS = 3_000;

export type Report = (progress: { readonly done: number; readonly total: number }) => void;

/**
 * Brings the ledger up to date: many customers on threads, few in slices of the
 * engine's own thread. What was finished when it is stopped stays.
 * @returns how many customers were computed.
 * @throws AppError `cancelled` when the signal fires.
 */
export async function recomputeBeside(
  db: WriteDb,
  context: MetricsContext,
  openThreads: (customers: number) => Promise<DerivingThreads>,
  onProgress: Report,
  signal: AbortSignal,
): Promise<number> {
  const waiting = countWork(db, context);
  if (waiting < CUSTOMERS_FOR_THREADS) return await recomputeInSlices(db, context, onProgress, signal);
  return (await recomputeOnThreads(db, context, () => openThreads(waiting), { onProgress, signal })).customers;
}

/**
 * Slice by slice. A computation that is stopped leaves a whole ledger and the
 * rest of its work list, so the next slice goes on from there.
 */
async function recomputeInSlices(
  db: WriteDb,
  context: MetricsContext,
  onProgress: Report,
  signal: AbortSignal,
): Promise<number> {
  let finished = 0;
  for (;;) {
    const slice = new AbortController();
    const until = performance.now() + SLICE_MS;
    let inSlice = 0;
    try {
      recompute(db, context, {
        signal: slice.signal,
        customersPerStep: CUSTOMERS_PER_STEP,
        onProgress: ({ done, total }) => {
          inSlice = done;
          onProgress({ done: finished + done, total: finished + total });
          if (done < total && (signal.aborted || performance.now() > until)) slice.abort();
        },
      });
      return finished + inSlice;
    } catch (error) {
      if (signal.aborted || !isAppError(error, 'cancelled')) throw error;
      finished += inSlice;
    }
    await breathe();
  }
}
