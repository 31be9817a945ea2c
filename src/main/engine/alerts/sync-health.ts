/** Rules `sync_failing` and `sync_stale`: figures are only as good as the last sync. */
import { dayAt } from '../../../shared/kernel/day.ts';
import { instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Look } from './candidate.ts';
import type { Reading } from './condition.ts';
import { ruleOf } from './rules.ts';

/** One failure may be a hiccup of the network; a refused key never mends by itself. */
const FAILURES = 2;
/** After a start, and after the machine slept, the first sync gets so long before its source counts as out of date. */
const GRACE_MS = 30 * MINUTE_MS;

interface SourceRow {
  readonly source_id: number;
  readonly name: string;
  readonly synced_at: number | null;
  readonly connected_at: number;
}

interface RunRow {
  readonly outcome: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly ended_at: number;
}

export function syncReadings(look: Look, runningSince: Instant): Reading[] {
  const sources = look.db
    .prepare<[], SourceRow>(
      `SELECT s.source_id, s.name, s.connected_at, min(t.synced_at) AS synced_at
       FROM source s LEFT JOIN stream_state t USING (source_id)
       WHERE s.state IN ('ready', 'failing') GROUP BY s.source_id`,
    )
    .all();
  return sources.flatMap((source) => {
    const failing = failingReading(look, source);
    // A failing source is out of date for a reason that has its own alert.
    return failing.state === 'holds' ? [failing] : [failing, staleReading(look, source, runningSince)];
  });
}

function failingReading(look: Look, source: SourceRow): Reading {
  const runs = look.db
    .prepare<[number, number], RunRow>(
      `SELECT outcome, error_code, error_message, ended_at FROM sync_run
       WHERE source_id = ? AND outcome IN ('done', 'failed') ORDER BY started_at DESC, sync_run_id DESC LIMIT ?`,
    )
    .all(source.source_id, FAILURES);
  const [last] = runs;
  const refused = last?.outcome === 'failed' && last.error_code === 'auth_failed';
  const repeated = runs.length === FAILURES && runs.every((run) => run.outcome === 'failed');
  const failing = refused || repeated;
  return {
    rule: 'sync_failing',
    subject: `source ${source.source_id}`,
    state: failing ? 'holds' : last?.outcome === 'failed' ? 'between' : 'ended',
    alert: {
      on: last ? dayAt(instant(last.ended_at), look.zone) : look.today,
      severity: refused ? 'critical' : 'warning',
      facts: { rule: 'sync_failing', source: source.name, refused, message: last?.error_message ?? null },
      customerId: null,
      amountMinor: null,
      target: '/sources',
      sourceId: null,
    },
  };
}

function staleReading(look: Look, source: SourceRow, runningSince: Instant): Reading {
  const threshold = ruleOf(look.rules, 'sync_stale').threshold ?? Number.POSITIVE_INFINITY;
  const age = (look.now - (source.synced_at ?? source.connected_at)) / MINUTE_MS;
  const old = age > threshold;
  return {
    rule: 'sync_stale',
    subject: `source ${source.source_id}`,
    state: !old ? 'ended' : look.now - runningSince < GRACE_MS ? 'between' : 'holds',
    alert: {
      on: look.today,
      severity: 'warning',
      facts: { rule: 'sync_stale', source: source.name, minutes: age },
      customerId: null,
      amountMinor: null,
      target: '/sources',
      sourceId: null,
    },
  };
}
