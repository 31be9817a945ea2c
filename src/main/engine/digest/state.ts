/** How far the sources have come, and what is to be known before a digest is trusted. */
import type { DigestReport } from '../../../shared/contract/digest.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { freshness, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { Days } from './period.ts';
import { counted, dayText } from '../wording/index.ts';

interface SourceRow {
  source_id: number;
  name: string;
  vendor: string;
  state: string;
  synced_at: number | null;
  complete: number | null;
  open: number;
}

/** Connected sources by the order of connecting; the oldest of a source's streams says how new it is. */
export function sourceStates(db: ReadDb): DigestReport['sources'] {
  const lastError = db.prepare<[number], { outcome: string | null; error_message: string | null }>(
    'SELECT outcome, error_message FROM sync_run WHERE source_id = ? AND ended_at IS NOT NULL ORDER BY sync_run_id DESC LIMIT 1',
  );
  return db
    .prepare<[], SourceRow>(
      `SELECT s.source_id, s.name, s.vendor, s.state, min(t.synced_at) AS synced_at, min(t.complete) AS complete,
              sum(t.stream IS NOT NULL AND t.synced_at IS NULL) AS open
       FROM source s LEFT JOIN stream_state t USING (source_id)
       WHERE s.state <> 'disconnected' GROUP BY s.source_id ORDER BY s.source_id`,
    )
    .all()
    .map((row) => {
      const run = lastError.first(row.source_id);
      return {
        name: row.name,
        // Files are never synced: they rest by nature.
        state:
          row.state === 'failing' ? 'failing' : row.state === 'paused' && row.vendor !== 'files' ? 'paused' : 'ready',
        syncedAt: row.synced_at === null || row.open > 0 ? null : instant(row.synced_at),
        complete: row.complete === 1,
        problem: run?.outcome === 'failed' ? run.error_message : null,
      };
    });
}

/** Sentences; none where everything is whole, computed and over. */
export function caveatsOf(db: ReadDb, { from, to }: Days, context: MetricsContext): string[] {
  const { firstDay, history, dirtyCustomers, today } = freshness(db, context);
  const failing = sourceStates(db).filter(({ state }) => state === 'failing');
  return [
    to >= today ? 'The last day is not over: figures go to the last sync and will change.' : null,
    firstDay === null ? 'There are no revenue figures yet: connect a source and sync it.' : null,
    firstDay !== null && from < firstDay ? `The ledger begins on ${dayText(firstDay, today)}.` : null,
    !history.complete && (history.from === null || from < history.from)
      ? 'A first listing is under way: what these days say is provisional.'
      : null,
    dirtyCustomers > 0 ? `${counted(dirtyCustomers, 'customer')} changed since the figures were computed.` : null,
    ...failing.map(
      ({ name, problem }) => `${name} is failing${problem === null ? '' : `: ${problem.replace(/\.?$/, '.')}`}`,
    ),
  ].filter((sentence) => sentence !== null);
}
