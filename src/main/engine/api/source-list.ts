/** The connected sources as screens show them: their state, their last run, and how far each stream has come. */
import { z } from 'zod';
import { StreamStateSchema, type Source as ListedSource } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { addMs, DAY_MS, instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { listRules } from '../alerts/index.ts';
import { SOURCES } from '../sources/registry.ts';
import type { ReadDb } from '../store/index.ts';
import { plans } from '../sync/index.ts';

export interface CatalogueEntry {
  readonly vendor: string;
  readonly title: string;
  readonly family: (typeof SOURCES)[number]['family'];
  readonly description: string;
  readonly fields: (typeof SOURCES)[number]['fields'][number][];
  readonly signIn: { fields: string[] } | null;
  readonly scopes: (typeof SOURCES)[number]['scopes'][number][];
}

/** What can be connected. */
export function sourceCatalogue(): CatalogueEntry[] {
  return SOURCES.map(({ id, title, family, description, fields, signIn, scopes }) => ({
    vendor: id,
    title,
    family,
    description,
    fields: [...fields],
    signIn: signIn === null ? null : { fields: [...signIn.fields] },
    scopes: [...scopes],
  }));
}

/** All sources, also disconnected ones whose data was kept, in the order of connecting. */
export function listSources(db: ReadDb): ListedSource[] {
  const syncing = jobsBySource(db);
  const streams = streamsBySource(db);
  const lastRuns = lastRunBySource(db);
  const planned = new Map(plans(db).map((plan) => [plan.sourceId, plan]));
  const staleAfterMs = staleAfter(db);
  return db.all(db.build.selectFrom('source').selectAll().orderBy('source_id')).map((row) => {
    const run = lastRuns.get(row.source_id);
    const job = syncing.get(row.source_id) ?? syncing.get(null) ?? null;
    const state = row.state as Exclude<ListedSource['state'], 'syncing'>;
    const isWorking = state === 'ready' || state === 'failing';
    // A job goes on with other sources, and with the ledger, when one is through.
    const jobId = job !== null && isWorking && (run === undefined || run.started_at < job.startedAt) ? job.jobId : null;
    const plan = planned.get(row.source_id);
    const own = streams.get(row.source_id) ?? [];
    const synced = own.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt]));
    // The oldest of its streams: all of it is at least as new as that.
    const lastSyncedAt = synced.length === 0 || synced.length < own.length ? null : instant(Math.min(...synced));
    return {
      sourceId: row.source_id as SourceId,
      vendor: row.vendor,
      title: sourceFor(row.vendor)?.title ?? row.vendor,
      family: sourceFor(row.vendor)?.family ?? 'files',
      config: ConfigSchema.parse(JSON.parse(row.config)),
      name: row.name,
      accountName: row.account_name,
      accountId: row.account_id,
      liveMode: row.live_mode === null ? null : row.live_mode === 1,
      counts: row.counts === 1,
      changesKeptUntil: changesKeptUntil(db, row.source_id, row.vendor, lastSyncedAt),
      remaining: jobId === null ? null : remainingOf(db, row.source_id),
      state: jobId === null ? state : 'syncing',
      lastSyncedAt,
      staleAt: staleAfterMs === null || lastSyncedAt === null ? null : addMs(lastSyncedAt, staleAfterMs),
      nextSyncAt: isWorking ? (plan?.nextAt ?? null) : null,
      waitsFor: plan?.waitsFor ?? 'turn',
      failures: plan?.failures ?? 0,
      lastError:
        run?.error_code == null
          ? null
          : { code: run.error_code, message: run.error_message ?? '', at: instant(run.ended_at ?? run.started_at) },
      jobId,
      streams: own,
    };
  });
}

/** Counted from the last whole sync; before the first one from its beginning, when the place in the changes was noted. */
function changesKeptUntil(db: ReadDb, sourceId: number, vendor: string, lastSyncedAt: Instant | null): Instant | null {
  const days = sourceFor(vendor)?.changesKeptDays ?? null;
  if (days === null) return null;
  const first = db
    .prepare<[number], { at: Instant | null }>('SELECT min(started_at) AS at FROM sync_run WHERE source_id = ?')
    .first(sourceId);
  const since = lastSyncedAt ?? first?.at ?? null;
  return since === null ? null : addMs(since, days * DAY_MS);
}

function remainingOf(db: ReadDb, sourceId: number): ListedSource['remaining'] {
  const row = db.first(db.build.selectFrom('sync_pace').selectAll().where('source_id', '=', sourceId));
  return row
    ? { seconds: row.remaining_seconds, perSecond: row.per_second, measuredAt: instant(row.measured_at) }
    : null;
}

const ConfigSchema = z.record(z.string(), z.string());

function sourceFor(vendor: string): (typeof SOURCES)[number] | undefined {
  return SOURCES.find(({ id }) => id === vendor);
}

/** Milliseconds after which a source counts as out of date, by the alert rule; null where that is off. */
function staleAfter(db: ReadDb): number | null {
  const rule = listRules(db).find((known) => known.rule === 'sync_stale');
  return rule?.enabled === true && rule.threshold !== null ? Math.round(rule.threshold * MINUTE_MS) : null;
}

/** The demo's job says nothing of sources: it syncs all that it connects. */
const SyncPayloadSchema = z.object({ sourceIds: z.array(z.number()).nullable().default(null) });

interface RunningJob {
  readonly jobId: number;
  readonly startedAt: Instant;
}

/** The job that syncs each source now; under null the one that syncs all of them. */
function jobsBySource(db: ReadDb): Map<number | null, RunningJob> {
  const found = new Map<number | null, RunningJob>();
  const running = db.build
    .selectFrom('job')
    .select(['job_id', 'payload', 'started_at'])
    .where('kind', 'in', ['sync', 'demo'])
    .where('state', '=', 'running');
  for (const { job_id, payload, started_at } of db.all(running)) {
    const { sourceIds } = SyncPayloadSchema.parse(JSON.parse(payload));
    for (const sourceId of sourceIds ?? [null])
      found.set(sourceId, { jobId: job_id, startedAt: instant(started_at ?? 0) });
  }
  return found;
}

const OutcomeSchema = StreamStateSchema.shape.outcome;

const ProofSchema = z.object({ sentence: z.string(), listing: z.object({ stored: z.number() }).nullable() });

function streamsBySource(db: ReadDb): Map<number, ListedSource['streams']> {
  const found = new Map<number, ListedSource['streams']>();
  for (const row of db.all(db.build.selectFrom('stream_state').selectAll().orderBy('source_id'))) {
    const proof = row.proof === null ? null : ProofSchema.parse(JSON.parse(row.proof));
    const own = found.get(row.source_id) ?? [];
    own.push({
      stream: row.stream,
      title: titleOf(row.stream),
      fetched: row.fetched,
      changed: row.changed,
      quarantined: row.quarantined,
      stored: proof?.listing?.stored ?? null,
      complete: row.complete === 1,
      proof: proof?.sentence ?? null,
      syncedAt: row.synced_at === null ? null : instant(row.synced_at),
      expected: row.expected,
      outcome: OutcomeSchema.parse(row.outcome),
      problem: row.problem,
      endedAt: row.ended_at === null ? null : instant(row.ended_at),
    });
    found.set(row.source_id, own);
  }
  return found;
}

function lastRunBySource(db: ReadDb) {
  const runs = db
    .prepare<
      [],
      {
        source_id: number;
        error_code: string | null;
        error_message: string | null;
        started_at: number;
        ended_at: number | null;
      }
    >(
      `SELECT source_id, error_code, error_message, started_at, ended_at FROM sync_run
       WHERE sync_run_id IN (SELECT max(sync_run_id) FROM sync_run WHERE ended_at IS NOT NULL GROUP BY source_id)`,
    )
    .all();
  return new Map(runs.map((run) => [run.source_id, run]));
}

/** `balance_transactions` → `Balance transactions`. */
function titleOf(stream: string): string {
  const words = stream.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
