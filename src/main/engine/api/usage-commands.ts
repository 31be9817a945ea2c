/** What a person says of events: stored at once, and read again where the rollup cannot tell. */
import { changedFields, saveFeature, saveLimit, usageMapping } from '../usage/index.ts';
import { editConnection } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import type { CommandDeps } from './commands.ts';

type UsageCommands = Pick<EngineCalls['commands'], 'usage.saveMapping' | 'usage.saveFeature' | 'usage.saveLimit'>;

/** @param sync enqueues a sync of one source, and gives its job. */
export function usageCommands(
  { db, sync, changes }: Pick<CommandDeps, 'db' | 'sync'> & { readonly changes: Pick<ChangeHub, 'publish'> },
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
