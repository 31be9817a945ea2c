/**
 * News or history? The first import of a source brings years of cancellations
 * and failed payments that nobody needs to be woken for. A source's baseline
 * is the first evaluation after its first import was complete and in the
 * ledger; what happened more than FIRST_LOOK_MS before it is history for ever. What happened in that
 * last week is put into the inbox, without a notification.
 */
import { DAY_MS, instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';

export const FIRST_LOOK_MS = 7 * DAY_MS;
/** However long nobody looked (or however much of the past is restated): older events stand in the ledger only. */
export const OLDEST_NEWS_MS = 30 * DAY_MS;

export interface Baselines {
  newsSince(sourceId: number): Instant | null;
  readonly earliest: Instant | null;
  /** Whether the source's baseline was set just now, so that what it shows was there before Vario looked. */
  isFirstLook(sourceId: number): boolean;
}

/** Sets the baseline of every source whose first import is complete now, and tells those of all. */
export function followBaselines(db: WriteDb, now: Instant): Baselines {
  const imported = db
    .prepare<[], { source_id: number }>(
      `SELECT s.source_id FROM source s
       WHERE s.source_id NOT IN (SELECT source_id FROM alert_baseline)
         AND NOT EXISTS (SELECT 1 FROM dirty_customer)
         AND NOT EXISTS (SELECT 1 FROM sync_run r WHERE r.source_id = s.source_id AND r.ended_at IS NULL)
         AND (EXISTS (SELECT 1 FROM sync_run r WHERE r.source_id = s.source_id AND r.outcome = 'done')
           OR (EXISTS (SELECT 1 FROM stream_state t WHERE t.source_id = s.source_id)
             AND NOT EXISTS (SELECT 1 FROM stream_state t WHERE t.source_id = s.source_id AND t.backfilled_at IS NULL)))`,
    )
    .all();
  for (const { source_id } of imported)
    db.run(db.build.insertInto('alert_baseline').values({ source_id, baseline_at: now }));
  const first = new Set(imported.map(({ source_id }) => source_id));
  const since = new Map(
    db
      .all(db.build.selectFrom('alert_baseline').selectAll())
      .map((row) => [row.source_id, instant(Math.max(row.baseline_at - FIRST_LOOK_MS, now - OLDEST_NEWS_MS))]),
  );
  return {
    newsSince: (sourceId) => since.get(sourceId) ?? null,
    earliest: since.size === 0 ? null : instant(Math.min(...since.values())),
    isFirstLook: (sourceId) => first.has(sourceId),
  };
}
