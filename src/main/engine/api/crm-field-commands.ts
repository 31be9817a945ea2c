/** The calls about further fields of sales systems: what is said of one holds at once, for what is stored already. */
import { concernsMatching, saveMeaning, undoMeaning } from '../crm-fields/index.ts';
import { matchAccounts } from '../identity/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import { followCrmFields } from '../metrics/index.ts';
import type { Clock } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import { askForField, type SyncDeps } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';

type Calls = Pick<EngineCalls['commands'], 'crmFields.save' | 'crmFields.undo' | 'crmFields.read'>;

export interface CrmFieldDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly sync: SyncDeps;
  readonly changes: ChangeHub;
  readonly kinds: JobKinds;
}

export function crmFieldCommands(
  { db, clock, sync, changes, kinds }: CrmFieldDeps,
  enqueue: JobQueue['enqueue'],
): Calls {
  const follow = (changeId: number): { changeId: number } => {
    // A field that names the billing customer puts accounts together that could not be before.
    if (concernsMatching(db, changeId)) matchAccounts(db, clock.now());
    changes.publish('sources', 'identity');
    if (followCrmFields(db)) changes.publish('ledger');
    return { changeId };
  };
  return {
    'crmFields.save': ({ said, ...field }) => follow(saveMeaning(db, field, said, clock.now())),
    'crmFields.undo': ({ changeId }) => follow(undoMeaning(db, changeId, clock.now())),
    'crmFields.read': ({ sourceId, object, key }) => {
      askForField(sync, sourceId, object, key);
      changes.publish('sources');
      return { jobId: enqueue(kinds.sync, { sourceIds: [sourceId], full: false }).jobId };
    },
  };
}
