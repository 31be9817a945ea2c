/**
 * Figures while a long first sync is under way: the ledger follows once customers
 * and subscriptions are there, and then every quarter of an hour. Pages wait
 * meanwhile, so that it reads facts that stand still.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { addMs, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { JobProgress } from '../jobs/index.ts';
import { wholeHistory } from '../metrics/index.ts';
import { seedRates } from '../sync/index.ts';
import { metricsContext } from './metrics-context.ts';
import type { PipelineDeps } from './pipeline.ts';
import { recomputeBeside } from './recompute-beside.ts';
import { readWorkspace } from './workspace-settings.ts';

/** A sync that is through by then needs none of this. */
const FIRST_AFTER_MS = 2 * MINUTE_MS;
/** Every computation leaves entries in a ledger that only grows: half a history is not worth more of them. */
const EVERY_MS = 15 * MINUTE_MS;

export interface LedgerMeanwhile {
  /** Waited for before every page: ends at once, unless the ledger is being computed. */
  turn(): Promise<void>;
}

/** @param progress is told of the ledger's steps, among the sync's own. */
export function ledgerMeanwhile(
  deps: PipelineDeps,
  progress: (progress: JobProgress) => void,
  signal: AbortSignal,
): LedgerMeanwhile {
  const { db, clock, changes, openThreads } = deps;
  let nextAt: Instant = addMs(clock.now(), FIRST_AFTER_MS);
  let underway: Promise<void> | null = null;

  const compute = async (): Promise<void> => {
    const workspace = readWorkspace(db);
    const step = 'Computing the ledger of what is there so far';
    progress({ step });
    // Pages that had their turn already are stored first.
    await breathe();
    // Sources of rates are synced last; until then those that were brought along have to do.
    seedRates(db);
    const report = (slice: { readonly done: number; readonly total: number }): void => progress({ step, ...slice });
    const recomputed = await recomputeBeside(db, metricsContext(workspace, clock.now()), openThreads, report, signal);
    if (recomputed > 0) changes.publish('ledger');
  };

  return {
    async turn() {
      if (underway === null && clock.now() >= nextAt && isWorthwhile())
        underway = compute().finally(() => {
          underway = null;
          nextAt = addMs(clock.now(), EVERY_MS);
        });
      await underway;
    },
  };

  /** Some days are whole, and not all. */
  function isWorthwhile(): boolean {
    const { complete, from } = wholeHistory(db, readWorkspace(db).timeZone);
    return !complete && from !== null;
  }
}
