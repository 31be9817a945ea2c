/** The calls that look after connected sources: rest, change, take back, budgets, and what would go with one. */
import { instant } from '../../../shared/kernel/instant.ts';
import { RATE_TOLERANCE, rateDifferences } from '../fx/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import { SOURCES } from '../sources/registry.ts';
import {
  budgetsOf,
  editConnection,
  holdings,
  pauseSource,
  resumeSource,
  undoDisconnect,
  type SyncDeps,
} from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { QueryTable } from './call-types.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';
import type { SyncSchedule } from './sync-schedule.ts';

export const SOURCE_UPKEEP_QUERIES: Pick<
  QueryTable,
  'sources.holdings' | 'sources.budgets' | 'sources.rateDifferences'
> = {
  'sources.holdings': (db, { sourceId }) => {
    const { kinds, ...rest } = holdings(db, sourceId);
    return { kinds: [...kinds], ...rest };
  },
  'sources.budgets': (db, { sourceId }, { nowMs }) => {
    const row = db.first(db.build.selectFrom('source').select('vendor').where('source_id', '=', sourceId));
    const source = SOURCES.find(({ id }) => id === row?.vendor);
    return budgetsOf(db, sourceId, source?.allowance ?? null, instant(nowMs));
  },
  'sources.rateDifferences': (db) => ({ tolerance: RATE_TOLERANCE, pairs: rateDifferences(db) }),
};

interface UpkeepDeps {
  readonly sync: SyncDeps;
  readonly kinds: JobKinds;
  readonly changes: ChangeHub;
  readonly enqueue: JobQueue['enqueue'];
  readonly syncSchedule: SyncSchedule;
  /** To be called when a source was connected or came back. */
  readonly onConnected: () => void;
}

export function sourceUpkeepCommands({
  sync,
  kinds,
  changes,
  enqueue,
  syncSchedule,
  onConnected,
}: UpkeepDeps): Pick<
  EngineCalls['commands'],
  'sources.pause' | 'sources.resume' | 'sources.edit' | 'sources.undoDisconnect' | 'sources.nudge'
> {
  const syncOne = (sourceId: number): { jobId: number } => {
    const { jobId } = enqueue(kinds.sync, { sourceIds: [sourceId], full: false });
    changes.publish('sources');
    return { jobId };
  };
  return {
    'sources.pause': ({ sourceId }) => {
      pauseSource(sync, sourceId);
      changes.publish('sources');
      return { done: true };
    },
    'sources.resume': ({ sourceId }) => {
      resumeSource(sync, sourceId);
      return syncOne(sourceId);
    },
    'sources.edit': async (change) => {
      const report = await editConnection(sync, change);
      onConnected();
      if (report !== null) return syncOne(change.sourceId);
      changes.publish('sources');
      return { jobId: null };
    },
    'sources.undoDisconnect': ({ sourceId }) => {
      undoDisconnect(sync, sourceId);
      onConnected();
      return syncOne(sourceId);
    },
    'sources.nudge': ({ kind }) => ({ hastened: syncSchedule.nudge(kind) }),
  };
}
