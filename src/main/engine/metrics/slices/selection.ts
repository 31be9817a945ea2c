/** What a slice asks for, as tests of customers, prices and currencies that a pass over the columns can make. */
import { isItemDimension, NO_VALUE, type Slice } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { customerTest, itemTest, resolveValues, type ItemCondition, type ItemTest } from './conditions.ts';
import { segmentMembers } from './segment-members.ts';
import { findSegment } from './segment-store.ts';
import type { SliceLedger } from './slice-ledger.ts';

/** A test of customers; null: everybody. */
export type Among = ((customerId: number) => boolean) | null;

/** Which rows are in a slice. */
export interface Selection extends ItemTest {
  /** Which customers; null: all. */
  readonly customer: Among;
  /** Whether customers are told apart by what they buy: then they can move in and out. */
  readonly byItem: boolean;
  /** The acquisition channels that it is made of, and of nothing else; null: it is another slice. */
  readonly channels: readonly string[] | null;
}

/** @throws AppError `invalid_input` for a value that nothing has, naming the values there are. */
export function selectionOf(db: ReadDb, slice: Slice, ledger: SliceLedger, context: MetricsContext): Selection {
  const tests: ((customerId: number) => boolean)[] = [];
  const items: ItemCondition[] = [];
  let channels: readonly string[] | null = null;
  for (const { dimension, values, not = false } of slice.where) {
    if (dimension === 'segment') {
      const members = values.map((text) => segmentMembers(db, findSegment(db, text), context));
      tests.push((customerId) => members.some((segment) => segment[customerId] === 1) !== not);
      continue;
    }
    const resolved = resolveValues(db, dimension, values, ledger);
    if (isItemDimension(dimension)) items.push({ dimension, values: resolved, not });
    else {
      const holds = customerTest(db, dimension, resolved);
      tests.push(not ? (customerId) => !holds(customerId) : holds);
    }
    if (!not && dimension === 'channel' && slice.where.length === 1 && !resolved.includes(NO_VALUE))
      channels = resolved;
  }
  const [first] = tests;
  return {
    ...itemTest(items, ledger),
    byItem: items.length > 0,
    channels,
    customer: tests.length > 1 ? (customerId) => tests.every((holds) => holds(customerId)) : (first ?? null),
  };
}
