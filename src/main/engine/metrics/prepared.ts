/** What questions share and a connection remembers until the ledger changes, to be made before somebody asks. */
import { addToMonth, monthOf } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/handles.ts';
import type { MetricsContext } from './context.ts';
import { customerTable, hasCustomerTable } from './customers/customer-table.ts';
import { hasSpans, prepareSpans } from './discounts/span-parts.ts';
import { ledgerView } from './query/ledger-view.ts';
import { renewViews, storedPolicy } from './query/policy-view.ts';
import { snapshot } from './query/snapshot.ts';
import { customerDimensions, customerValues } from './slices/dimension-values.ts';
import { dimensionValues } from './slices/dimensions.ts';
import { flowColumns, hasFlowColumns } from './slices/flows/flow-columns.ts';
import { hasSlices, sliceLedger } from './slices/slice-ledger.ts';

export interface Prepared {
  /** Whether the connection has it, of this revision of the ledger or of an earlier one: then making it anew takes no more memory. */
  readonly isHeld: (db: ReadDb) => boolean;
  readonly make: (db: ReadDb, context: MetricsContext) => void;
}

/** Comparisons and courses reach two years back. */
const MONTHS_OF_FLOWS = 24;

/** So many dimensions of customers are read beforehand: country, channel, and the metadata keys that most customers have. */
const DIMENSIONS = 6;

/** So many plans' figures of today are worked out beforehand, those of the plans with most customers. */
const PLANS = 2;

/** In this order; each is done in some tenths of a second, and at once where it is made already. */
export const PREPARED: readonly Prepared[] = [
  prepared(
    () => true,
    (db) => void ledgerView(db).levels(),
  ),
  prepared(hasSlices, (db, context) => void sliceLedger(db, context.policy, context)),
  prepared(hasSlices, (db, context) => void sliceLedger(db, context.policy, context).states()),
  ...monthsOfFlows(0, 1),
  prepared(hasSpans, prepareSpans),
  ...Array.from({ length: PLANS }, (_, place) => prepared(hasSlices, (db, context) => planFigures(db, context, place))),
  ...Array.from({ length: DIMENSIONS }, (_, place) =>
    prepared(hasSlices, (db) => {
      const dimension = customerDimensions(db)[place];
      if (dimension) customerValues(db, dimension);
    }),
  ),
  prepared(hasCustomerTable, (db) => void customerTable(db).ordered('mrr', 'desc')),
  prepared(hasCustomerTable, (db) => void customerTable(db).ordered('customerSince', 'desc')),
  ...monthsOfFlows(2, MONTHS_OF_FLOWS - 1),
  // Last, since it takes longest where a policy affects everybody: some seconds, while another thread answers.
  prepared(() => true, renewViews),
];

/** Before there is a ledger nothing is made: every question would find it changed. */
function prepared(isHeld: Prepared['isHeld'], make: Prepared['make']): Prepared {
  return { isHeld, make: (db, context) => (storedPolicy(db) === null ? undefined : make(db, context)) };
}

/** What somebody who filters is likely to ask for first; it also has the platform compile what all filters run through. */
function planFigures(db: ReadDb, context: MetricsContext, place: number): void {
  const plan = dimensionValues(db, { dimension: 'plan', limit: PLANS }, context).values[place];
  if (!plan) return;
  const where = [{ dimension: 'plan' as const, values: [plan.value] }];
  snapshot(db, { asOf: context.today, slice: { where } }, context);
}

/** Money that flowed in each of the months so far back, counted from the present one. */
function monthsOfFlows(from: number, to: number): Prepared[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    prepared(hasFlowColumns, (db, { today }) => void flowColumns(db, addToMonth(monthOf(today), -from - index), true)),
  );
}
