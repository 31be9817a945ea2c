/** Stores rows that fit: new ones, other ones, and what stood in their place. Called inside the transaction of a batch. */
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import { isAnybodyErased, type Erased } from '../../store/tables/erasures.ts';
import { OBJECT_TABLES } from '../../store/tables/fact-eraser.ts';
import type { KindSpec } from '../kinds/kind.ts';
import type { MappedBatch } from '../thread/index.ts';
import { erasedRow } from './erased-row.ts';
import type { ObjectWriter } from './objects.ts';
import { valuesOf } from './known-rows.ts';

export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
  repeated: number;
  conflicts: number;
}

export const NO_COUNTS: Readonly<Counts> = { added: 0, changed: 0, unchanged: 0, repeated: 0, conflicts: 0 };

interface Stored {
  readonly id: number;
  readonly import: number;
  readonly line: number;
  readonly partOf: string | null;
  readonly alsoOf: string | null;
  readonly body: string;
}

const FIND = `SELECT file_record_id AS id, file_import_id AS import, line, part_of AS partOf, also_of AS alsoOf, body
              FROM file_record WHERE file_stream_id = ? AND record_key = ?`;

/** What an import is told of a row before it is stored. */
export function recordFinder(db: ReadDb, streamId: number): (key: string) => Stored | undefined {
  const find = db.prepare<[number, string], Stored>(FIND);
  return (key) => find.first(streamId, key);
}

/** Whether a connected source of the vendor holds the object itself: then the row would count it twice. */
export function rivalFinder(
  db: ReadDb,
  kind: KindSpec,
  rivals: readonly { readonly sourceId: number }[],
): (key: string) => boolean {
  const table = OBJECT_TABLES[kind.object];
  if (table === undefined || rivals.length === 0) return () => false;
  const find = db.prepare<[number, string], { one: number }>(
    `SELECT 1 AS one FROM ${table} WHERE source_id = ? AND id = ?`,
  );
  return (key) => rivals.some(({ sourceId }) => find.first(sourceId, key) !== undefined);
}

/** The new content over the stored one: a file without a column says nothing about it. */
export function mergedBody(kind: KindSpec, stored: string, body: string, mapped: ReadonlySet<string>): string {
  if (stored === body) return stored;
  const before = valuesOf(stored);
  const kept = Object.entries(before).filter(([name]) => !mapped.has(name));
  if (kept.length === 0) return body;
  const values = { ...Object.fromEntries(kept), ...valuesOf(body) };
  const order = [
    ...kind.fields.map(({ field }) => field),
    ...Object.keys(values)
      .filter((name) => name.startsWith('metadata.'))
      .toSorted(),
  ];
  return JSON.stringify(
    Object.fromEntries(order.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
  );
}

export interface RecordWriterOptions {
  readonly kind: KindSpec;
  readonly streamId: number;
  readonly importId: number;
  readonly mapped: ReadonlySet<string>;
  readonly rivals: readonly { readonly sourceId: number }[];
  readonly erased: Erased;
}

export function recordWriter(
  db: WriteDb,
  objects: ObjectWriter,
  options: RecordWriterOptions,
): (batch: MappedBatch, counts: Counts) => void {
  const { kind, streamId, importId, mapped, erased } = options;
  const find = recordFinder(db, streamId);
  const isRival = rivalFinder(db, kind, options.rivals);
  const insert = db.prepareWrite<[number, string, number, number, string | null, string | null, string]>(
    `INSERT INTO file_record (file_stream_id, record_key, file_import_id, line, part_of, also_of, body) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepareWrite<[number, number, string | null, string | null, string, number]>(
    `UPDATE file_record SET file_import_id = ?, line = ?, part_of = ?, also_of = ?, body = ? WHERE file_record_id = ?`,
  );
  const keep = db.prepareWrite<[number, number, string]>(
    `INSERT OR IGNORE INTO file_before (file_import_id, file_record_id, before) VALUES (?, ?, ?)`,
  );
  const overlap = db.prepareWrite<[number, number]>(
    'INSERT OR IGNORE INTO file_overlap (file_import_id, earlier_id) VALUES (?, ?)',
  );
  const overlapping = new Set<number>();
  const meets = (earlier: number): void => {
    if (overlapping.has(earlier)) return;
    overlap.run(importId, earlier);
    overlapping.add(earlier);
  };

  return (batch, counts) => {
    overlapping.clear();
    for (const [index, told] of batch.keys.entries()) {
      const row = { key: told, body: batch.bodies[index] ?? '{}' };
      const { key, body } = isAnybodyErased(db) ? erasedRow(kind, row, erased) : row;
      const line = batch.lines[index] ?? 0;
      const partOf = batch.partOf[index] ?? null;
      const alsoOf = batch.alsoOf[index] ?? null;
      const stored = find(key);
      if (!stored) {
        if (isRival(key)) {
          counts.conflicts += 1;
          continue;
        }
        objects.part({ kind: kind.kind, key, body }, partOf, alsoOf);
        insert.run(streamId, key, importId, line, partOf, alsoOf, body);
        objects.write(kind, key, body, true);
        counts.added += 1;
      } else {
        const merged = mergedBody(kind, stored.body, body, mapped);
        const isOwn = stored.import === importId;
        if (isOwn) counts.repeated += 1;
        else meets(stored.import);
        if (merged === stored.body) {
          if (!isOwn) counts.unchanged += 1;
          continue;
        }
        if (!isOwn) {
          keep.run(importId, stored.id, JSON.stringify(stored));
          counts.changed += 1;
        }
        update.run(importId, line, partOf, alsoOf, merged, stored.id);
        objects.write(kind, key, merged, false);
        objects.mark(stored.partOf);
        objects.mark(stored.alsoOf);
        objects.mark(partOf);
        objects.mark(alsoOf);
      }
    }
    objects.endBatch();
  };
}
