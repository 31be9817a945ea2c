/** Who of the customers is in a part of the company, for lists of people and of what belongs to them. */
import type { FilterCondition } from '../../../../shared/contract/segments.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { customerTable } from '../customers/customer-table.ts';
import { filterPositions } from './filter-members.ts';
import { segmentMembers } from './segment-members.ts';
import { findSegment } from './segment-store.ts';

export type CustomerTest = (customerId: number) => boolean;

/**
 * A test of customers by all conditions of a slice, as a filter of customers means them: of a price's dimensions a
 * customer has the values it pays for today. Null: everybody.
 * @throws AppError `invalid_input` for a segment or a value that there is not, naming those there are.
 */
export function sliceCustomers(db: ReadDb, slice: Slice | undefined, context: MetricsContext): CustomerTest | null {
  if (slice === undefined || slice.where.length === 0) return null;
  const tests = [...factTest(db, slice, context), ...segmentTests(db, slice, context)];
  return (customerId) => tests.every((holds) => holds(customerId));
}

/** The conditions that are read off facts. */
function factTest(db: ReadDb, slice: Slice, context: MetricsContext): CustomerTest[] {
  const where = slice.where.flatMap(({ dimension, ...rest }): FilterCondition[] =>
    dimension === 'segment' ? [] : [{ dimension, ...rest }],
  );
  if (where.length === 0) return [];
  const { ids } = customerTable(db);
  const positions = filterPositions(db, { where }, context);
  const members = new Set<number>(ids.filter((_, position) => positions[position] === 1));
  return [(customerId) => members.has(customerId)];
}

/** Those over saved segments: in any of them, or in none. */
function segmentTests(db: ReadDb, slice: Slice, context: MetricsContext): CustomerTest[] {
  return slice.where
    .filter(({ dimension }) => dimension === 'segment')
    .map(({ values, not = false }) => {
      const segments = values.map((text) => segmentMembers(db, findSegment(db, text), context));
      return (customerId) => segments.some((members) => members[customerId] === 1) !== not;
    });
}
