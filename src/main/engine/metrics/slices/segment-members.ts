/** Who is in a saved segment today, remembered until the ledger or the segment changes. */
import type { Segment } from '../../../../shared/contract/segments.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { filterMembers } from './filter-members.ts';
import { findSegment, storedSegments } from './segment-store.ts';

const remembered = new WeakMap<ReadDb, Map<string, Uint8Array>>();
/** So many segments are kept per connection; a byte a customer each. */
const REMEMBERED = 32;

/** By customer id: 1 for its members. */
export function segmentMembers(db: ReadDb, { filter }: Segment, context: MetricsContext): Uint8Array {
  let known = remembered.get(db);
  if (!known) remembered.set(db, (known = new Map()));
  const key = `${ledgerKey(db)}:${context.today}:${context.currency}:${JSON.stringify(filter)}`;
  let members = known.get(key);
  if (!members) {
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    known.set(key, (members = filterMembers(db, filter, context)));
  }
  return members;
}

/** `segments.list`: all of them with the number of their customers today. */
export function segments(db: ReadDb, context: MetricsContext): (Segment & { customers: number })[] {
  return storedSegments(db).map((segment) => {
    let customers = 0;
    for (const member of segmentMembers(db, segment, context)) customers += member;
    return { ...segment, customers };
  });
}

/** The saved filters that a slice names: what is remembered of it holds as long as they do. */
export function segmentsIn(db: ReadDb, slice: Slice): Segment['filter'][] {
  return slice.where
    .filter(({ dimension }) => dimension === 'segment')
    .flatMap(({ values }) => values.map((text) => findSegment(db, text).filter));
}
