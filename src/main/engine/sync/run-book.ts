/** The book of runs: when a source was synced, how it ended, what it cost. Never two runs of a source at once. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { SyncDeps } from './deps.ts';

const running = new WeakMap<object, Set<number>>();
const stoppers = new WeakMap<object, Map<number, () => void>>();

/** Runs `work` unless the source is being synced already. @throws AppError `conflict`. */
export async function alone<Result>(deps: SyncDeps, sourceId: number, work: () => Promise<Result>): Promise<Result> {
  let busy = running.get(deps.db);
  if (!busy) running.set(deps.db, (busy = new Set()));
  if (busy.has(sourceId))
    throw new AppError('conflict', 'This source is being synced already; wait for it or cancel it');
  busy.add(sourceId);
  try {
    return await work();
  } finally {
    busy.delete(sourceId);
  }
}

/** Whether a sync of the source is under way in this engine. */
export function isSyncing(deps: Pick<SyncDeps, 'db'>, sourceId: number): boolean {
  return running.get(deps.db)?.has(sourceId) ?? false;
}

/**
 * Lets a run be stopped by its source's id, and no other with it.
 * @returns the way to end that; it tells whether the run was stopped so.
 */
export function stopWith({ db }: Pick<SyncDeps, 'db'>, sourceId: number, stop: () => void): () => boolean {
  let stopped = false;
  let known = stoppers.get(db);
  if (!known) stoppers.set(db, (known = new Map()));
  known.set(sourceId, () => {
    stopped = true;
    stop();
  });
  return () => {
    known.delete(sourceId);
    return stopped;
  };
}

/** Asks a source's run to stop at its next safe point; no error where there is none. */
export function stopRun({ db }: Pick<SyncDeps, 'db'>, sourceId: number): void {
  stoppers.get(db)?.get(sourceId)?.();
}

export interface RunEntry {
  readonly syncRunId: number;
  /** Writes down how many requests the run has sent so far: a process that is killed has sent them all the same. */
  note(requests: number): void;
  close(outcome: 'done' | 'failed' | 'cancelled', requests: number, error: AppError | null): void;
}

/** Opens a run. A run that was open still ended with its process, and is closed as interrupted. */
export function openRun({ db, clock }: SyncDeps, sourceId: number): RunEntry {
  const syncRunId = db.transaction(() => {
    db.run(
      db.build
        .updateTable('sync_run')
        .set({ ended_at: clock.now(), outcome: 'interrupted' })
        .where('source_id', '=', sourceId)
        .where('ended_at', 'is', null),
    );
    return db.run(db.build.insertInto('sync_run').values({ source_id: sourceId, started_at: clock.now() })).lastId;
  });
  const noteRequests = db.prepareWrite<[number, number]>('UPDATE sync_run SET requests = ? WHERE sync_run_id = ?');
  return {
    syncRunId,
    note: (requests) => void noteRequests.run(requests, syncRunId),
    close(outcome, requests, error) {
      db.transaction(() => {
        db.run(
          db.build
            .updateTable('sync_run')
            .set({
              ended_at: clock.now(),
              outcome,
              requests,
              error_code: error?.code ?? null,
              error_message: error?.message ?? null,
            })
            .where('sync_run_id', '=', syncRunId),
        );
        if (outcome !== 'cancelled')
          db.run(
            db.build
              .updateTable('source')
              .set({ state: outcome === 'done' ? 'ready' : 'failing' })
              .where('source_id', '=', sourceId)
              .where('state', 'not in', ['disconnected', 'paused']),
          );
      });
    },
  };
}
