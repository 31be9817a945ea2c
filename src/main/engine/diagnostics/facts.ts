/** What the database tells of itself for the bundle: counts, states, codes and lengths of time, picked one by one. */
import type { BundlePart } from '../../../shared/contract/diagnostics.ts';
import type { Workspace } from '../../../shared/contract/workspace.ts';
import { DAY_MS } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import { ownCode, ownWord, partText } from './words.ts';

/** How far back jobs and syncs are told. */
const TOLD_MS = 30 * DAY_MS;

/**
 * The parts that need the database. Numbers of rows, no contents; of settings those that say how the program works,
 * and of texts and amounts only whether they are set.
 * @param nowMs the present moment, epoch milliseconds.
 */
export function databaseFacts(db: ReadDb, workspace: Workspace, nowMs: number): BundlePart[] {
  return [
    { name: 'settings.json', text: partText(settingsOf(workspace)) },
    { name: 'database.json', text: partText(databaseOf(db)) },
    { name: 'streams.json', text: partText(streamsOf(db, nowMs)) },
    { name: 'jobs.json', text: partText(jobsOf(db, nowMs)) },
    { name: 'errors.json', text: partText(errorsOf(db, nowMs)) },
  ];
}

function settingsOf(workspace: Workspace): Record<string, unknown> {
  const { policy, quietHours, dailyDigest, weeklyDigest } = workspace;
  return {
    reportingCurrency: workspace.reportingCurrency,
    timeZone: workspace.timeZone,
    locale: workspace.locale,
    weekStartsOn: workspace.weekStartsOn,
    fiscalYearStartMonth: workspace.fiscalYearStartMonth,
    policy: typeof policy === 'string' ? ownWord(policy) : `own, based on ${ownWord(policy.base)}`,
    theme: workspace.theme,
    contrast: workspace.contrast,
    density: workspace.density,
    motion: workspace.motion,
    textSize: workspace.textSize,
    growthTargetSet: workspace.growthTarget !== null,
    milestoneSet: workspace.milestoneMinor !== null,
    syncEveryMinutes: workspace.syncEveryMinutes,
    closeOnDay: workspace.closeOnDay,
    quietHoursSet: quietHours !== null,
    dailyDigestSet: dailyDigest !== null,
    weeklyDigestSet: weeklyDigest !== null,
    autoLockMinutes: workspace.autoLockMinutes,
    exportFormat: workspace.exportFormat,
    paperSize: workspace.paperSize,
    singleKeys: workspace.singleKeys,
    dailyBackups: workspace.dailyBackups,
    backupFolderSet: workspace.backupFolder !== null,
    demo: workspace.demo,
    onboarded: workspace.onboardedAt !== null,
  };
}

function databaseOf(db: ReadDb): Record<string, unknown> {
  const number = (pragma: string, column: string): number | null =>
    db.prepare<[], Record<string, number>>(`PRAGMA ${pragma}`).first()?.[column] ?? null;
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all();
  return {
    schema: number('user_version', 'user_version'),
    sqlite: db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').first()?.version ?? null,
    pageBytes: number('page_size', 'page_size'),
    pages: number('page_count', 'page_count'),
    freePages: number('freelist_count', 'freelist_count'),
    rows: Object.fromEntries(
      tables.map(({ name }) => [
        ownWord(name),
        db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name}"`).first()?.n ?? 0,
      ]),
    ),
  };
}

function streamsOf(db: ReadDb, nowMs: number): unknown[] {
  const rows = db.all(
    db.build
      .selectFrom('stream_state')
      .innerJoin('source', 'source.source_id', 'stream_state.source_id')
      .select(['source.source_id', 'source.vendor', 'source.state', 'stream_state.stream', 'stream_state.fetched'])
      .select(['stream_state.changed', 'stream_state.quarantined', 'stream_state.complete', 'stream_state.outcome'])
      .select(['stream_state.backfilled_at', 'stream_state.synced_at'])
      .orderBy('source.source_id')
      .orderBy('stream_state.stream'),
  );
  return rows.map((row) => ({
    source: row.source_id,
    vendor: ownWord(row.vendor),
    state: ownWord(row.state),
    stream: ownWord(row.stream),
    fetched: row.fetched,
    changed: row.changed,
    quarantined: row.quarantined,
    complete: row.complete === 1,
    outcome: row.outcome === null ? null : ownWord(row.outcome),
    backfilled: row.backfilled_at !== null,
    minutesSinceSync: row.synced_at === null ? null : minutes(nowMs - row.synced_at),
  }));
}

function jobsOf(db: ReadDb, nowMs: number): unknown[] {
  const rows = db.all(
    db.build
      .selectFrom('job')
      .select(['kind', 'state', 'attempt', 'error_code', 'created_at', 'started_at', 'ended_at'])
      .where('created_at', '>=', nowMs - TOLD_MS)
      .orderBy('job_id', 'desc')
      .limit(200),
  );
  return rows.map((row) => ({
    kind: ownWord(row.kind),
    state: ownWord(row.state),
    attempt: row.attempt,
    error: row.error_code === null ? null : ownCode(row.error_code),
    minutesAgo: minutes(nowMs - row.created_at),
    waitedMs: row.started_at === null ? null : row.started_at - row.created_at,
    tookMs: row.started_at === null || row.ended_at === null ? null : row.ended_at - row.started_at,
  }));
}

function errorsOf(db: ReadDb, nowMs: number): Record<string, unknown> {
  const counted = (table: 'job' | 'sync_run', at: 'created_at' | 'started_at') =>
    db
      .prepare<[number], { code: string; n: number }>(
        `SELECT error_code AS code, count(*) AS n FROM ${table} WHERE error_code IS NOT NULL AND ${at} >= ? GROUP BY 1`,
      )
      .all(nowMs - TOLD_MS);
  const quarantined = db
    .prepare<[], { stream: string; n: number }>(
      'SELECT stream, count(*) AS n FROM quarantine GROUP BY 1 ORDER BY 2 DESC',
    )
    .all();
  return {
    days: TOLD_MS / DAY_MS,
    jobs: byCode(counted('job', 'created_at')),
    syncs: byCode(counted('sync_run', 'started_at')),
    quarantined: quarantined.map(({ stream, n }) => ({ stream: ownWord(stream), records: n })),
  };
}

function byCode(rows: readonly { code: string; n: number }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { code, n } of rows) sums[ownCode(code)] = (sums[ownCode(code)] ?? 0) + n;
  return sums;
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000);
}
