/** The calls about further fields of sales systems: what is said of one holds at once, for what is stored already. */
import { saveMeaning, undoMeaning } from '../crm-fields/index.ts';
import { matchAccounts } from '../identity/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import { followCrmFields } from '../metrics/index.ts';
import { askForField } from '../sync/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { CommandDeps } from './commands.ts';

type Calls = Pick<EngineCalls['commands'], 'crmFields.save' | 'crmFields.undo' | 'crmFields.read'>;

export function crmFieldCommands(deps: CommandDeps, enqueue: JobQueue['enqueue']): Calls {
  const { db, clock, sync, changes, kinds } = deps;
  const follow = (): void => {
    // A field may name the billing customer: then accounts can be put together that could not before.
    matchAccounts(db, clock.now());
    changes.publish('sources', 'identity');
    if (followCrmFields(db)) changes.publish('ledger');
  };
  return {
    'crmFields.save': ({ said, ...field }) => {
      const changeId = saveMeaning(db, field, said, clock.now());
      follow();
      return { changeId };
    },
    'crmFields.undo': ({ changeId }) => {
      const undoneBy = undoMeaning(db, changeId, clock.now());
      follow();
      return { changeId: undoneBy };
    },
    'crmFields.read': ({ sourceId, object, key }) => {
      askForField(sync, sourceId, object, key);
      changes.publish('sources');
      return { jobId: enqueue(kinds.sync, { sourceIds: [sourceId], full: false }).jobId };
    },
  };
}
