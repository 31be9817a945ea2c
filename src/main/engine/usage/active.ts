/** `usage.sources`, `usage.active`: how many people and accounts were there. */
import type { ActivePoint, UsageSource, USAGE_PERIODS } from '../../../shared/contract/usage.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { meterSources } from './meters.ts';

export interface Span {
  /** Left out: the source with the latest use. */
  readonly sourceId?: SourceId | undefined;
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** Sources that hold use, the one with the latest first; billing systems with their meters after those of events. */
export function usageSources(db: ReadDb): UsageSource[] {
  const events = db
    .prepare<[], { source_id: number; name: string; vendor: string; first_on: PlainDay; last_on: PlainDay }>(
      `SELECT s.source_id, s.name, s.vendor, min(b.first_on) AS first_on, max(b.last_on) AS last_on
       FROM source s JOIN usage_batch b ON b.source_id = s.source_id AND b.events > 0
       GROUP BY s.source_id ORDER BY last_on DESC, s.source_id`,
    )
    .all()
    .map(({ source_id, name, vendor, first_on, last_on }) => ({
      sourceId: source_id as SourceId,
      name,
      vendor,
      kind: 'events' as const,
      firstOn: first_on,
      lastOn: last_on,
    }));
  return [...events, ...meterSources(db)];
}

/** The source that is asked about: the one named, else the one with the latest use; null where there is none. */
export function sourceAskedAbout(db: ReadDb, sourceId: SourceId | undefined): UsageSource | null {
  const sources = usageSources(db);
  return (sourceId === undefined ? sources[0] : sources.find((source) => source.sourceId === sourceId)) ?? null;
}

/** Oldest first. A period without anybody is left out: nobody was counted in it. */
export function activeUsers(
  db: ReadDb,
  { sourceId, from, to, period }: Span & { readonly period: (typeof USAGE_PERIODS)[number] },
): { points: ActivePoint[] } {
  const source = sourceAskedAbout(db, sourceId);
  if (source === null) return { points: [] };
  const rows = db
    .prepare<
      [number, string, string, string],
      { starts_on: PlainDay; users: number; accounts: number; is_exact: number }
    >(
      `SELECT starts_on, users, accounts, is_exact FROM active_user
       WHERE source_id = ? AND period = ? AND starts_on BETWEEN ? AND ? ORDER BY starts_on`,
    )
    .all(source.sourceId, period, from, to);
  return {
    points: rows.map(({ starts_on, users, accounts, is_exact }) => ({
      startsOn: starts_on,
      users,
      accounts,
      isExact: is_exact === 1,
    })),
  };
}
