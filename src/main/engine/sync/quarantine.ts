/** Records that do not fit: kept as they came, with the reason, until they do. */
import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { claimedId, type Misfit } from '../sources/kit/index.ts';
import type { ReadDb, WriteDb } from '../store/handles.ts';

/** Of a record larger than this only the beginning is kept: it is there to be looked at. */
const MOST_CHARACTERS = 200_000;

export interface Quarantine {
  add(stream: string, type: string, record: unknown, misfit: Misfit, at: Instant): void;
  /** Lets a record go that fits by now. */
  release(stream: string, objectId: string): void;
  count(stream: string): number;
}

export function quarantine(db: WriteDb, sourceId: number): Quarantine {
  const put = db.prepareWrite<[number, string, string, string, string, Uint8Array, number, number]>(
    `INSERT INTO quarantine (source_id, stream, object_id, reason, path, record, first_seen_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, stream, object_id) DO UPDATE SET reason = excluded.reason, path = excluded.path,
       record = excluded.record, last_seen_at = excluded.last_seen_at
     WHERE reason <> excluded.reason OR path <> excluded.path OR record <> excluded.record`,
  );
  const drop = db.prepareWrite<[number, string, string]>(
    'DELETE FROM quarantine WHERE source_id = ? AND stream = ? AND object_id = ?',
  );
  const count = db.prepare<[number, string], { n: number }>(
    'SELECT count(*) AS n FROM quarantine WHERE source_id = ? AND stream = ?',
  );
  const total = db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM quarantine WHERE source_id = ?');
  let held = total.first(sourceId)?.n ?? 0;

  return {
    add(stream, type, record, misfit, at) {
      const text = JSON.stringify({ type, record }) ?? '{}';
      const id = claimedId(record) ?? `sha256:${hash('sha256', text, 'hex').slice(0, 32)}`;
      const packed = deflateRawSync(text.slice(0, MOST_CHARACTERS));
      put.run(sourceId, stream, id, misfit.message.toWellFormed(), misfit.path.toWellFormed(), packed, at, at);
      held += 1;
    },
    release(stream, objectId) {
      // Nearly always there is nothing to let go: then no statement is run for the record.
      if (held > 0) drop.run(sourceId, stream, objectId);
    },
    count: (stream) => count.first(sourceId, stream)?.n ?? 0,
  };
}

export interface QuarantinedRecord {
  readonly quarantineId: number;
  readonly sourceId: number;
  readonly stream: string;
  readonly objectId: string;
  readonly reason: string;
  readonly path: string;
  /** JSON as the vendor sent it; the beginning only where it is very long. */
  readonly record: string;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

/** Newest first. `cursor` is the last `quarantineId` of the page before. */
export function listQuarantine(
  db: ReadDb,
  options: { readonly sourceId?: number; readonly limit: number; readonly cursor?: number },
): { readonly total: number; readonly rows: readonly QuarantinedRecord[]; readonly cursor: number | null } {
  const from = db.build
    .selectFrom('quarantine')
    .$if(options.sourceId !== undefined, (query) => query.where('source_id', '=', options.sourceId ?? 0));
  const { total } = db.one(
    from.select((of) => of.fn.countAll<number>().as('total')),
    'count of quarantine',
  );
  const found = db.all(
    from
      .selectAll()
      .$if(options.cursor !== undefined, (query) => query.where('quarantine_id', '<', options.cursor ?? 0))
      .orderBy('quarantine_id', 'desc')
      .limit(options.limit),
  );
  const rows = found.map((row) => ({
    quarantineId: row.quarantine_id,
    sourceId: row.source_id,
    stream: row.stream,
    objectId: row.object_id,
    reason: row.reason,
    path: row.path,
    record: recordText(row.record),
    firstSeenAt: row.first_seen_at as Instant,
    lastSeenAt: row.last_seen_at as Instant,
  }));
  return { total, rows, cursor: found.length === options.limit ? (rows.at(-1)?.quarantineId ?? null) : null };
}

const WRAPPED = /^\{"type":"([^"]*)","record":([\s\S]*)\}$/;

/** The record alone; a text that was cut off is shown as far as it goes. */
function recordText(packed: Uint8Array): string {
  const text = inflateRawSync(packed).toString();
  return WRAPPED.exec(text)?.[2] ?? text;
}

/** A quarantined record with its type, to be tried again; null where it was too long to be kept whole. */
export function unpackQuarantined(packed: Uint8Array): { readonly type: string; readonly record: unknown } | null {
  const text = inflateRawSync(packed).toString();
  if (text.length >= MOST_CHARACTERS) return null;
  const [, type, record] = WRAPPED.exec(text) ?? [];
  return type === undefined || record === undefined ? null : { type, record: JSON.parse(record) };
}
