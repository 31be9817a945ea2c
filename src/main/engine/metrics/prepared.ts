/** What questions share and a connection remembers until the ledger changes, to be made before somebody asks. */
import { addToMonth, monthOf } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/handles.ts';
import type { MetricsContext } from './context.ts';
import { customerTable, hasCustomerTable } from './customers/customer-table.ts';
import { hasSpans, prepareSpans } from './discounts/span-parts.ts';
import { ledgerView } from './query/ledger-view.ts';
import { renewViews, storedPolicy } from './query/policy-view.ts';
import { flowColumns, hasFlowColumns } from './slices/flows/flow-columns.ts';
import { hasSlices, sliceLedger } from './slices/slice-ledger.ts';

export interface Prepared {
  /** Whether the connection has it, of this revision of the ledger or of an earlier one: then making it anew takes no more memory. */
  readonly isHeld: (db: ReadDb) => boolean;
  readonly make: (db: ReadDb, context: MetricsContext) => void;
}

/** In this order; each is done in some tenths of a second, and at once where it is made already. */
export const PREPARED: readonly Prepared[] = [
  prepared(
    () => true,
    (db) => void ledgerView(db).levels(),
  ),
  prepared(hasSlices, (db, context) => void sliceLedger(db, context.policy, context)),
  prepared(hasSlices, (db, context) => void sliceLedger(db, context.policy, context).states()),
  prepared(hasFlowColumns, (db, { today }) => void flowColumns(db, monthOf(today), true)),
  prepared(hasFlowColumns, (db, { today }) => void flowColumns(db, addToMonth(monthOf(today), -1), true)),
  prepared(hasSpans, prepareSpans),
  prepared(hasCustomerTable, (db) => void customerTable(db).ordered('mrr', 'desc')),
  // Last, since it takes longest: some seconds for each policy that was asked for, while another thread answers.
  prepared(() => true, renewViews),
];

/** Before there is a ledger nothing is made: every question would find it changed. */
function prepared(isHeld: Prepared['isHeld'], make: Prepared['make']): Prepared {
  return { isHeld, make: (db, context) => (storedPolicy(db) === null ? undefined : make(db, context)) };
}
