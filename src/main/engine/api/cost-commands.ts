/** The commands on costs: each done, rates looked for in currencies that are new here, and told to whoever looks. */
import { dismissRejected, enterCosts, importCosts, restoreRejected, undoEdit } from '../costs/index.ts';
import { seedRates } from '../sync/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { Clock } from '../runtime/index.ts';
import type { ChangeHub } from './change-hub.ts';

type CostCommands = Pick<
  EngineCalls['commands'],
  'costs.enter' | 'costs.import' | 'costs.undo' | 'costs.dismissRejected' | 'costs.restoreRejected'
>;

export interface CostCommandDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly changes: ChangeHub;
}

/** `onChanged` is called after every act. */
export function costCommands({ db, clock, changes }: CostCommandDeps, onChanged: () => void): CostCommands {
  const changing = <Result>(work: () => Result): Result => {
    const before = currenciesOf(db);
    const result = work();
    // The built-in rates value a new currency at once; a source of rates is asked for it at the next sync.
    if (currenciesOf(db).some((currency) => !before.includes(currency))) seedRates(db);
    changes.publish('costs');
    onChanged();
    return result;
  };
  return {
    'costs.enter': ({ costs }) => changing(() => enterCosts(db, costs, clock.now())),
    'costs.import': (input) =>
      input.dryRun ? importCosts(db, input, clock.now()) : changing(() => importCosts(db, input, clock.now())),
    'costs.undo': ({ editId }) => changing(() => undoEdit(db, editId, clock.now())),
    'costs.dismissRejected': ({ editId }) => changing(() => dismissRejected(db, editId, clock.now())),
    'costs.restoreRejected': ({ editId }) => changing(() => restoreRejected(db, editId)),
  };
}

function currenciesOf(db: WriteDb): string[] {
  return db.all(db.build.selectFrom('cost').select('currency').distinct()).map(({ currency }) => currency);
}
