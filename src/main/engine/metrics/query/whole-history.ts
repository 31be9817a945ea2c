/** From which day on the stored history is whole, while a source's first listing is under way. */
import { addDays, dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';

export interface WholeHistory {
  /** False while a first listing is under way, or rests: figures of days before `from` are provisional. */
  readonly complete: boolean;
  /** The first whole day; null where there is none yet, or where all of the past is whole. */
  readonly from: PlainDay | null;
}

const WHOLE: WholeHistory = { complete: true, from: null };

/** Of all accounts that count, also disconnected ones whose data was kept. A source that was never read says nothing yet. */
export function wholeHistory(db: ReadDb, zone: TimeZone): WholeHistory {
  const row = db
    .prepare<[], { open: number; unknown: number; latest: number | null }>(
      `SELECT count(*) AS open, sum(t.whole_from IS NULL) AS unknown, max(t.whole_from) AS latest
       FROM stream_state t JOIN source s USING (source_id)
       WHERE s.counts = 1 AND (t.whole_from IS NULL OR t.whole_from > 0)`,
    )
    .first();
  if (!row || row.open === 0) return WHOLE;
  if (row.unknown > 0 || row.latest === null) return { complete: false, from: null };
  // Of the day on which a listing stands, a part is still to come.
  return { complete: false, from: addDays(dayAt(instant(row.latest), zone), 1) };
}
