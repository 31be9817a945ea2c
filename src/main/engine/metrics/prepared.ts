/** What questions share and a connection remembers until the ledger changes, to be made before somebody asks. */
import { addToMonth, monthOf } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/handles.ts';
import type { MetricsContext } from './context.ts';
import { customerTable } from './customers/customer-table.ts';
import { ledgerView } from './query/ledger-view.ts';
import { storedPolicy } from './query/policy-view.ts';
import { flowColumns } from './slices/flows/flow-columns.ts';
import { sliceLedger } from './slices/slice-ledger.ts';

/** In this order; each is done in some tenths of a second, and at once where it is made already. */
export const PREPARED: readonly ((db: ReadDb, context: MetricsContext) => void)[] = [
  (db) => void ledgerView(db),
  (db, context) => void (isComputed(db) && sliceLedger(db, context.policy, context)),
  (db, context) => void (isComputed(db) && sliceLedger(db, context.policy, context).states()),
  (db) => void customerTable(db).ordered('mrr', 'desc'),
  (db, { today }) => void (isComputed(db) && flowColumns(db, monthOf(today), true)),
  (db, { today }) => void (isComputed(db) && flowColumns(db, addToMonth(monthOf(today), -1), true)),
];

/** Whether there is a ledger at all: else every question would find it changed. */
function isComputed(db: ReadDb): boolean {
  return storedPolicy(db) !== null;
}
