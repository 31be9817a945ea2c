/** The records that vendors sent about single objects, by the objects' ids: to be shown, or to be erased. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ObjectType } from '../sources/kit/index.ts';
import type { ReadDb } from '../store/handles.ts';
import type { SyncDeps } from './deps.ts';
import { ownersOf } from './page-writer.ts';
import { ERASED_PAYLOAD, rawStore } from './raw-store.ts';
import { openOffline } from './renormalise.ts';

interface KeptRecord {
  /** The vendor's kind of object. */
  readonly type: string;
  readonly id: string;
  readonly fetchedAt: Instant;
  /** Null where the source is disconnected: then nobody here knows how its records are packed. */
  readonly record: unknown;
}

/** Records of a source under these ids, by kind and id. */
export function keptRecordsOf(deps: SyncDeps, sourceId: number, ids: readonly string[]): KeptRecord[] {
  const raw = rawStore(deps.db, sourceId);
  const types = objectTypes(deps, sourceId);
  return placesOf(deps.db, sourceId, ids).map(({ type, id, at }) => {
    const known = types.get(type);
    return { type, id, fetchedAt: at, record: known ? raw.get(known, id) : null };
  });
}

/** Replaces them by the mere word that they were read: a record that comes again unchanged is still known. @returns how many. */
export function eraseKeptRecords({ db }: Pick<SyncDeps, 'db'>, sourceId: number, ids: readonly string[]): number {
  const erase = db.prepareWrite<[Uint8Array, number, string, string, Uint8Array]>(
    'UPDATE raw_object SET payload = ? WHERE source_id = ? AND type = ? AND object_id = ? AND payload <> ?',
  );
  return placesOf(db, sourceId, ids).reduce(
    (sum, { type, id }) => sum + erase.run(ERASED_PAYLOAD, sourceId, type, id, ERASED_PAYLOAD).changes,
    0,
  );
}

function placesOf(
  db: ReadDb,
  sourceId: number,
  ids: readonly string[],
): { readonly type: string; readonly id: string; readonly at: Instant }[] {
  // From one kind to the next by the key: a large source has many records of few kinds.
  const types = db
    .prepare<[number, number], { type: string }>(
      `WITH RECURSIVE kind(type) AS (
         SELECT min(type) FROM raw_object WHERE source_id = ?
         UNION ALL SELECT (SELECT min(r.type) FROM raw_object r WHERE r.source_id = ? AND r.type > kind.type) FROM kind WHERE kind.type IS NOT NULL)
       SELECT type FROM kind WHERE type IS NOT NULL AND type <> 'gone'`,
    )
    .all(sourceId, sourceId);
  const find = db.prepare<[number, string, string], { at: Instant }>(
    'SELECT fetched_at AS at FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?',
  );
  return types.flatMap(({ type }) =>
    ids.flatMap((id) => {
      const row = find.first(sourceId, type, id);
      return row ? [{ type, id, at: row.at }] : [];
    }),
  );
}

function objectTypes(deps: SyncDeps, sourceId: number): ReadonlyMap<string, ObjectType> {
  try {
    const { streams } = openOffline(deps, sourceId, new AbortController().signal);
    return new Map([...ownersOf(streams)].map(([name, { type }]) => [name, type]));
  } catch (error) {
    // Without its secret a source cannot be opened; tables from files have none and no records.
    if (isAppError(error, 'conflict', 'not_found', 'invalid_input')) return new Map();
    throw error;
  }
}
