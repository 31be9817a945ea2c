/** Which months can be closed, in which order, and what stands against it. */
import {
  addDays,
  addToMonth,
  lastDayOf,
  monthOf,
  monthsBetween,
  startOfDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { instant, minuteText } from '../../../shared/kernel/instant.ts';
import { freshness, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { closesInForce } from './closes.ts';

/** Every month of the ledger that is over, oldest first; none while nothing has moved. */
export function monthsOver(db: ReadDb, context: MetricsContext): PlainMonth[] {
  const { firstDay } = freshness(db, context);
  const last = addToMonth(monthOf(context.today), -1);
  return firstDay === null || monthOf(firstDay) > last ? [] : monthsBetween(monthOf(firstDay), last);
}

/** The months of these that are open, oldest first: the first is the next to be closed. */
export function openMonths(db: ReadDb, context: MetricsContext): PlainMonth[] {
  const closed = new Set(closesInForce(db).map(({ month }) => month));
  return monthsOver(db, context).filter((month) => !closed.has(month));
}

/**
 * What is known to be missing for a month's figures, in sentences: a source
 * that failed, is not proven complete, or was last read before the month was
 * over. None of it makes a close wrong; it makes a restatement likely.
 */
export function obstacles(db: ReadDb, month: PlainMonth, context: MetricsContext): string[] {
  const over = startOfDay(addDays(lastDayOf(month), 1), context.zone);
  return db
    .prepare<[], SourceRow>(
      `SELECT s.name, s.state, count(t.stream) AS streams, min(t.synced_at) AS synced_at, sum(t.synced_at IS NULL) AS unread,
              group_concat(CASE WHEN t.complete = 0 THEN t.stream END, ', ') AS incomplete
       FROM source s LEFT JOIN stream_state t USING (source_id)
       WHERE s.state <> 'disconnected' AND s.counts = 1 GROUP BY s.source_id ORDER BY s.source_id`,
    )
    .all()
    .flatMap((source) => sentencesOf(source, over, month));
}

interface SourceRow {
  name: string;
  state: string;
  streams: number;
  synced_at: number | null;
  unread: number | null;
  incomplete: string | null;
}

function sentencesOf(source: SourceRow, over: number, month: PlainMonth): string[] {
  const { name, state, streams, synced_at, unread, incomplete } = source;
  if (streams === 0 || synced_at === null || (unread ?? 0) > 0) return [`${name} has not been read to its end yet.`];
  return [
    ...(state === 'failing' ? [`The last sync of ${name} failed.`] : []),
    ...(incomplete === null ? [] : [`${name} is not proven complete: ${incomplete.replaceAll('_', ' ')}.`]),
    ...(synced_at < over
      ? [`${name} was last read at ${minuteText(instant(synced_at))}, before ${month} was over.`]
      : []),
  ];
}
