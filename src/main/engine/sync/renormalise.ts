/** Reads the kept records again with today's normalisers: a better rule reaches old records without asking the vendor. */
import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { Misfit, type SourceRecord, type Stream } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';
import { erasedOf } from '../store/tables/erasures.ts';
import { factWriter, type FactWriter } from '../store/tables/fact-writer.ts';
import { loadConnection } from './connections.ts';
import { normalisersSetting } from './normalisers.ts';
import type { SyncDeps } from './deps.ts';
import { goneType } from './gone.ts';
import { ownersOf, recordWriter } from './page-writer.ts';
import { quarantine, unpackQuarantined } from './quarantine.ts';
import { rawStore, type RawStore } from './raw-store.ts';
import { alone } from './run-book.ts';

const BATCH = 500;

export interface Renormalised {
  /** Kept records read again. */
  readonly records: number;
  /** Records that left quarantine. */
  readonly released: number;
  /** Records that no longer fit: their facts stay as they are. */
  readonly misfits: number;
}

/**
 * Works offline, in batches; what it writes is what a sync of the same records
 * would write, so it can be stopped and repeated.
 * @throws AppError `not_found`, `conflict` while the source is being synced.
 */
export async function renormalise(deps: SyncDeps, sourceId: number, signal?: AbortSignal): Promise<Renormalised> {
  return await alone(deps, sourceId, async () => {
    const never = signal ?? new AbortController().signal;
    const { vendor, streams } = openOffline(deps, sourceId, never);
    return renormaliseStreams(deps, sourceId, vendor, streams, never);
  });
}

/** A source's streams, for its readers and normalisers alone: whoever asks the vendor through them is refused. */
export function openOffline(deps: SyncDeps, sourceId: number, signal: AbortSignal) {
  const { source, vendor, parsed } = loadConnection(deps, sourceId);
  const http = () => Promise.reject(new AppError('internal', `${source.title} was asked while reading stored records`));
  return { vendor, streams: parsed.open({ ...deps, http, signal }, () => undefined).streams };
}

/** Whether a source's facts were made by other normalisers than today's. @throws AppError as `loadConnection`. */
export function isStaleSource(deps: SyncDeps, sourceId: number): boolean {
  return isStale(deps.db, sourceId, openOffline(deps, sourceId, new AbortController().signal).streams);
}

/** Whether any connected source's facts are. One whose stored values do not fit this version is left to its next sync. */
export function hasStaleRecords(deps: SyncDeps): boolean {
  const { db } = deps;
  const rows = db.all(
    db.build
      .selectFrom('source')
      .select('source_id')
      .where('state', '<>', 'disconnected')
      .where('vendor', '<>', 'files'),
  );
  return rows.some(({ source_id }) => {
    try {
      return isStaleSource(deps, source_id);
    } catch (error) {
      if (isAppError(error, 'invalid_input', 'not_found')) return false;
      throw error;
    }
  });
}

/** The same inside a run that has the streams open already. */
export function renormaliseStreams(
  { db, clock }: Pick<SyncDeps, 'db' | 'clock'>,
  sourceId: number,
  vendor: string,
  streams: readonly Stream[],
  signal: AbortSignal,
): Renormalised {
  const raw = rawStore(db, sourceId);
  const writeFact = factWriter(db, sourceId, vendor);
  const sum = { records: 0, released: 0, misfits: 0 };
  // Deletions last: they speak of what the others have written.
  const types = [...[...ownersOf(streams).values()].map(({ type }) => type), goneType];
  for (const type of types)
    for (const batch of batches(raw.all(type))) {
      signal.throwIfAborted();
      db.transaction(() => {
        for (const { kept, fetchedAt } of batch) {
          const facts = factsOf(() => type.read(kept).facts(fetchedAt));
          sum.records += 1;
          if (facts === null) sum.misfits += 1;
          else for (const fact of facts) writeFact(fact);
        }
      });
    }
  sum.released = retryQuarantine(db, sourceId, streams, raw, writeFact, () => clock.now());
  noteVersions(db, sourceId, streams);
  return sum;
}

function factsOf<Facts>(read: () => Facts): Facts | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Tries every quarantined record again. A record that fits leaves by the writer's own door. */
function retryQuarantine(
  db: WriteDb,
  sourceId: number,
  streams: readonly Stream[],
  raw: RawStore,
  writeFact: FactWriter,
  now: () => ReturnType<SyncDeps['clock']['now']>,
): number {
  const rows = db
    .prepare<[number], { quarantine_id: number; record: Uint8Array }>(
      'SELECT quarantine_id, record FROM quarantine WHERE source_id = ? ORDER BY quarantine_id',
    )
    .all(sourceId);
  const drop = db.prepareWrite<[number]>('DELETE FROM quarantine WHERE quarantine_id = ?');
  const writer = recordWriter(streams, raw, quarantine(db, sourceId), writeFact, erasedOf(db, sourceId));
  const known = ownersOf(streams);
  return db.transaction(() => {
    let released = 0;
    for (const { quarantine_id, record } of rows) {
      const held = unpackQuarantined(record);
      if (!held || !known.has(held.type)) continue;
      const again: SourceRecord = { kind: 'object', type: held.type, value: held.record };
      if (writer.write(again, now()).outcome === 'quarantined') continue;
      drop.run(quarantine_id);
      released += 1;
    }
    return released;
  });
}

const VersionsSchema = z.record(z.string(), z.number());

function versionsOf(streams: readonly Stream[]): Record<string, number> {
  return Object.fromEntries([...ownersOf(streams).values()].map(({ type }) => [type.type, type.version]));
}

/** Whether the stored facts were made by other normalisers than today's. */
export function isStale(db: WriteDb, sourceId: number, streams: readonly Stream[]): boolean {
  const row = db
    .prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?')
    .first(normalisersSetting(sourceId));
  if (!row) return false;
  const stored = VersionsSchema.parse(JSON.parse(row.value));
  return Object.entries(versionsOf(streams)).some(([type, version]) => stored[type] !== version);
}

/** Notes which normalisers made the stored facts. */
export function noteVersions(db: WriteDb, sourceId: number, streams: readonly Stream[]): void {
  db.prepareWrite<[string, string]>(
    `INSERT INTO setting (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
  ).run(normalisersSetting(sourceId), JSON.stringify(versionsOf(streams)));
}
