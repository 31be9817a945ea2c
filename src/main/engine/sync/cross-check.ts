/** What the facts of one stream say about those of another: every payment said to be made has the charge that made it. */
import type { Stream } from '../sources/kit/index.ts';
import type { ReadDb } from '../store/handles.ts';
import { countsInFigures } from './counting.ts';

export interface CrossCheck {
  readonly holds: boolean;
  /** Without full stop. */
  readonly sentence: string;
}

/** Null for a stream that others say nothing about, and for a test account whose records are not made into facts. */
export function crossCheck(db: ReadDb, sourceId: number, stream: Pick<Stream, 'objectTypes'>): CrossCheck | null {
  if (!stream.objectTypes.some(({ type }) => type === 'payment_intent') || stream.objectTypes.length > 1) return null;
  if (!countsInFigures(db, sourceId)) return null;
  // An intent whose charge is stored has no row.
  const unproven = count(db, sourceId, 'charge_id IS NOT NULL');
  const without = count(db, sourceId, 'charge_id IS NULL');
  if (unproven > 0)
    return {
      holds: false,
      sentence: `Of ${unproven} ${unproven === 1 ? 'payment' : 'payments'} the charge is named and not stored`,
    };
  return {
    holds: true,
    sentence: `Every charge that a payment names is stored; ${without === 0 ? 'every payment' : `all but ${without}`} came to one`,
  };
}

function count(db: ReadDb, sourceId: number, condition: string): number {
  const row = db
    .prepare<[number], { n: number }>(`SELECT count(*) AS n FROM payment_intent WHERE source_id = ? AND ${condition}`)
    .first(sourceId);
  return row?.n ?? 0;
}
