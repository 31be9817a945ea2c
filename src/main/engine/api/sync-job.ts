/** The job that syncs sources and brings everything behind them up to date. */
import { z } from 'zod';
import { isAppError, type AppError } from '../../../shared/kernel/errors.ts';
import { FILE_VENDOR } from '../files/index.ts';
import { matchAccounts } from '../identity/index.ts';
import { defineJob, type JobContext, type JobProgress } from '../jobs/index.ts';
import { letGoOfGarbage } from '../runtime/index.ts';
import { sourceOf } from '../sources/registry.ts';
import { planAfterRun, syncSource, type SyncDeps, type SyncProgress, type SyncResult } from '../sync/index.ts';
import { readWorkspace } from './workspace-settings.ts';
import { latecomers } from './latecomers.ts';
import { ledgerMeanwhile } from './ledger-meanwhile.ts';
import { bringUpToDate, type PipelineDeps, type PipelineResult } from './pipeline.ts';

const PayloadSchema = z.object({
  /** Null: all that are connected. */
  sourceIds: z.array(z.number().int()).nullable(),
  full: z.boolean(),
});

export interface SyncJobResult extends PipelineResult {
  readonly sources: readonly SyncResult[];
}

/** `sync`: one at a time; taken up again after a crash, because a page is a transaction. */
export function defineSyncJob(sync: SyncDeps, pipeline: PipelineDeps) {
  return defineJob<z.output<typeof PayloadSchema>, SyncJobResult>({
    kind: 'sync',
    payload: PayloadSchema,
    title: ({ full }) => (full ? 'Sync everything again' : 'Sync'),
    exclusive: () => 'sync',
    resumable: true,
    run: (context) => syncAndFollow(sync, pipeline, context, context.payload),
  });
}

/**
 * Syncs the sources, all but exchange rates side by side, and exchange rates
 * last, because the facts say which currencies and days are needed. One that
 * fails does not keep the others from being stored and counted; one that takes
 * long does not keep others from being read when they are due.
 * @throws AppError the first failure, after everything else is done.
 */
export async function syncAndFollow(
  sync: SyncDeps,
  pipeline: PipelineDeps,
  context: Pick<JobContext<unknown>, 'signal' | 'progress' | 'logger'>,
  { sourceIds, full }: z.output<typeof PayloadSchema>,
): Promise<SyncJobResult> {
  const { signal, progress, logger } = context;
  const chosen = connectedSources(sync).filter(({ sourceId }) => sourceIds === null || sourceIds.includes(sourceId));
  const isRates = (vendor: string) => sourceOf(vendor, sync.sources).family === 'rates';
  const results: SyncResult[] = [];
  const failures: AppError[] = [];
  const tally = createTally();
  const plan = (sourceId: number, failure: AppError | null): void => {
    const { syncEveryMinutes: everyMinutes } = readWorkspace(sync.db);
    planAfterRun(sync.db, sourceId, failure, { everyMinutes, random: sync.random, now: sync.clock.now() });
  };
  const meanwhile = ledgerMeanwhile(pipeline, progress, signal);
  const isReading = new Set<number>();
  const waiting = new Set(chosen.map(({ sourceId }) => sourceId));
  const read = async (sourceId: number, isFull: boolean): Promise<void> => {
    const { name } = sync.db.one(
      sync.db.build.selectFrom('source').select('name').where('source_id', '=', sourceId),
      'source',
    );
    waiting.delete(sourceId);
    isReading.add(sourceId);
    try {
      const result = await syncSource(sync, sourceId, {
        full: isFull,
        signal,
        turn: async () => {
          late.look();
          await meanwhile.turn();
        },
        onProgress: (update) => {
          progress(tally.with(sourceId, name, update));
          pipeline.changes.publish('sources');
        },
      });
      results.push(result);
      plan(sourceId, null);
    } catch (error) {
      // Stopped alone, to rest: the others go on.
      if (isAppError(error, 'cancelled') && !signal.aborted) return;
      if (!isAppError(error)) throw error;
      // Who stopped it does not want it back in the same minute.
      plan(sourceId, error.code === 'cancelled' ? null : error);
      if (error.code === 'cancelled') throw error;
      logger.warn('A source could not be synced', { sourceId, code: error.code, reason: error.message });
      failures.push(error);
    } finally {
      isReading.delete(sourceId);
    }
  };
  const late = latecomers({
    db: sync.db,
    clock: sync.clock,
    mayBegin: (sourceId) => !isReading.has(sourceId) && !waiting.has(sourceId) && isConnected(sync, sourceId),
    read: async (sourceId) => await read(sourceId, false),
  });
  pipeline.changes.publish('sources');
  for (const group of [chosen.filter(({ vendor }) => !isRates(vendor)), chosen.filter(({ vendor }) => isRates(vendor))])
    await Promise.all(group.map(async ({ sourceId }) => await read(sourceId, full)));
  await late.settled();
  letGoOfGarbage();
  if (results.some(({ streams }) => streams.some(({ changed }) => changed > 0))) {
    const { partlyCompared } = matchAccounts(sync.db, sync.clock.now());
    if (partlyCompared > 0)
      logger.info('Names of accounts are too common to find every name like them; equal ones are found', {
        accounts: partlyCompared,
      });
    pipeline.changes.publish('identity');
  }
  const behind = await bringUpToDate(pipeline, progress, signal);
  // New rates and a new day change figures without any customer having moved.
  pipeline.changes.publish('sources', 'ledger');
  const [failure] = failures;
  if (failure) throw failure;
  return { sources: results, ...behind };
}

/** Files are due to nobody; a source may have gone since the sync began. */
function isConnected(sync: SyncDeps, sourceId: number): boolean {
  return connectedSources(sync).some((source) => source.sourceId === sourceId);
}

function connectedSources({ db }: SyncDeps): { sourceId: number; vendor: string; name: string }[] {
  const rows = db.all(
    db.build
      .selectFrom('source')
      .select(['source_id', 'vendor', 'name'])
      .where('state', 'in', ['ready', 'failing'])
      .where('vendor', '<>', FILE_VENDOR)
      .orderBy('source_id'),
  );
  return rows.map(({ source_id, vendor, name }) => ({ sourceId: source_id, vendor, name }));
}

/** Adds up the progress of streams that are read side by side. The total is unknown while one stream's is. */
function createTally() {
  const streams = new Map<string, SyncProgress>();
  return {
    with(sourceId: number, name: string, update: SyncProgress): JobProgress {
      streams.set(`${sourceId} ${update.stream}`, update);
      let done = 0;
      let total: number | null = 0;
      for (const stream of streams.values()) {
        done += stream.fetched;
        total = total === null || stream.total === null ? null : total + stream.total;
      }
      return { step: `Syncing ${name}`, done, total };
    },
  };
}
