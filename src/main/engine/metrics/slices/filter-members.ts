/** The customers that a filter describes: those of a segment, or of the customers' table while a filter is tried out. */
import type { CustomerFilter } from '../../../../shared/contract/segments.ts';
import { isItemDimension, type ItemDimension } from '../../../../shared/contract/slice.ts';
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { customerTable } from '../customers/customer-table.ts';
import { customerTest, itemTest, resolveValues, type FactDimension } from './conditions.ts';
import { payers } from './payers.ts';
import { sliceLedger } from './slice-ledger.ts';

/** By position in the table of customers. */
type Test = (position: number) => boolean;

/**
 * By position in the table of customers: 1 where all of the filter holds.
 * @throws AppError `invalid_input` for a value that nobody has, naming those there are.
 */
export function filterPositions(db: ReadDb, filter: CustomerFilter, context: MetricsContext): Uint8Array {
  return positionsOf(db, filter, context, 'refuse');
}

type Unheard = 'refuse' | 'ignore';

function positionsOf(db: ReadDb, filter: CustomerFilter, context: MetricsContext, unheard: Unheard): Uint8Array {
  const table = customerTable(db);
  const tests = testsOf(db, filter, context, unheard);
  const members = new Uint8Array(table.length);
  for (let position = 0; position < table.length; position++)
    if (tests.every((holds) => holds(position))) members[position] = 1;
  return members;
}

/** The same by customer id, for a filter that was saved: a value that nobody has any more has no members. */
export function filterMembers(db: ReadDb, filter: CustomerFilter, context: MetricsContext): Uint8Array {
  const { ids } = customerTable(db);
  const positions = positionsOf(db, filter, context, 'ignore');
  const members = new Uint8Array((ids.at(-1) ?? 0) + 1);
  for (const [position, customerId] of ids.entries()) members[customerId] = positions[position] ?? 0;
  return members;
}

function testsOf(db: ReadDb, filter: CustomerFilter, context: MetricsContext, unheard: Unheard): Test[] {
  const tests: Test[] = [];
  const { states, mrr, firstPaid, churned, search } = filter;
  const table = customerTable(db);
  const isOn = (on: PlainDay | null, span: NonNullable<CustomerFilter['churned']>) =>
    on !== null && within<PlainDay>(on, span.from, span.to);
  if (states) tests.push((position) => states.includes(table.stateOf(position)));
  if (mrr)
    tests.push((position) => {
      const amount = table.mrrOf(position);
      return amount !== null && within(amount, mrr.min, mrr.max);
    });
  if (firstPaid) tests.push((position) => isOn(table.customerSince(position), firstPaid));
  if (churned) tests.push((position) => isOn(table.churnedOn(position), churned));
  for (const { dimension, values, not } of filter.where ?? []) {
    const holds = conditionTest(db, dimension, values, context, unheard);
    tests.push(not ? (position) => !holds(position) : holds);
  }
  if (search !== undefined) {
    const found = table.matches(search);
    tests.push((position) => found[position] === 1);
  }
  return tests;
}

function conditionTest(
  db: ReadDb,
  dimension: FactDimension,
  texts: readonly string[],
  context: MetricsContext,
  unheard: Unheard,
): Test {
  const { ids, planOf } = customerTable(db);
  const ledger = sliceLedger(db, context.policy, context);
  const values = resolveValues(db, dimension, texts, ledger, unheard);
  if (!isItemDimension(dimension)) {
    const holds = customerTest(db, dimension, values);
    return (position) => holds(ids[position] ?? 0);
  }
  const conditions: { dimension: ItemDimension; values: string[] }[] = [{ dimension, values }];
  const paying = payers(ledger.moves, itemTest(conditions, ledger), dayNumber(context.today));
  const plans = dimension === 'plan' ? values : [];
  return (position) => {
    if (paying[ids[position] ?? 0] === 1) return true;
    const plan = plans.length === 0 ? null : planOf(position);
    return plan !== null && plans.includes(plan);
  };
}

function within<Value extends string | number>(value: Value, from: Value | undefined, to: Value | undefined): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}
