/** What a person says of events: stored at once, and read again where the rollup cannot tell. */
import { changedFields, saveFeature, saveLimit, usageMapping } from '../usage/index.ts';
import type { WriteDb } from '../store/index.ts';
import { editConnection, type SyncDeps } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';

type UsageCommands = Pick<EngineCalls['commands'], 'usage.saveMapping' | 'usage.saveFeature' | 'usage.saveLimit'>;

export interface UsageCommandDeps {
  readonly db: WriteDb;
  readonly sync: SyncDeps;
  readonly changes: Pick<ChangeHub, 'publish'>;
}

/** @param syncSource enqueues a sync of one source, and gives its job. */
export function usageCommands(
  { db, sync, changes }: UsageCommandDeps,
  syncSource: (sourceId: number) => number,
): UsageCommands {
  return {
    'usage.saveMapping': async ({ sourceId, mapping }) => {
      if (changedFields(usageMapping(db, { sourceId }).mapping, mapping).length === 0) return { jobId: null };
      await editConnection(sync, { sourceId, config: mapping });
      changes.publish('sources');
      return { jobId: syncSource(sourceId) };
    },
    'usage.saveFeature': (change) => {
      saveFeature(db, change);
      changes.publish('sources');
      return { done: true };
    },
    'usage.saveLimit': (change) => {
      saveLimit(db, change);
      changes.publish('sources');
      return { done: true };
    },
  };
}
