/** Where the invoices of a period lie: there is no index of them by time, which would weigh a tenth of what they weigh. */
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../../store/handles.ts';

/** All invoices of a source from one id to another, both included. */
export interface Stretch {
  readonly sourceId: number;
  readonly firstId: string;
  readonly lastId: string;
}

interface DayRow {
  readonly source_id: number;
  readonly created_day: number;
  readonly first_id: string;
  readonly last_id: string;
}

/** Days of UTC, as `invoice_day` has them. */
const DAY_MS = 86_400_000;

/**
 * Stretches that hold every invoice that was finalised, or paid with tax, from a moment until another, without it; and
 * others beside them. They do not overlap, so that no invoice is met twice. Ids that grow with time, as Stripe's do,
 * make them tight; others make one stretch of all.
 */
export function invoiceStretches(db: ReadDb, from: Instant, until: Instant): Stretch[] {
  const days = db
    .prepare<[number, number], DayRow>(
      `SELECT d.source_id, d.created_day, d.first_id, d.last_id
       FROM (SELECT DISTINCT source_id, created_day FROM invoice_counted WHERE counted_day BETWEEN ? AND ?) c
       CROSS JOIN invoice_day d ON d.source_id = c.source_id AND d.created_day = c.created_day`,
    )
    .all(Math.trunc(from / DAY_MS), Math.trunc((until - 1) / DAY_MS))
    .sort((a, b) => a.source_id - b.source_id || (a.first_id < b.first_id ? -1 : 1));
  const stretches: (DayRow & { last_id: string; last_day: number })[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    // What lies between two days that follow one another was made on one of them, or is looked at in vain.
    const goesOn =
      last?.source_id === day.source_id && (day.first_id <= last.last_id || day.created_day === last.last_day + 1);
    if (!last || !goesOn) stretches.push({ ...day, last_day: day.created_day });
    else {
      if (day.last_id > last.last_id) last.last_id = day.last_id;
      last.last_day = day.created_day;
    }
  }
  return stretches.map(({ source_id, first_id, last_id }) => ({
    sourceId: source_id,
    firstId: first_id,
    lastId: last_id,
  }));
}
