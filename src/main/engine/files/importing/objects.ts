/** Writes what follows from rows: facts of one object, from its own row or from all the rows that are parts of it. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../../store/handles.ts';
import { factEraser } from '../../store/tables/fact-eraser.ts';
import { factWriter } from '../../store/tables/fact-writer.ts';
import type { FamilySpec, KeptRow, KindSpec } from '../kinds/kind.ts';
import { FILE_VENDOR } from './file-source.ts';
import { keptRow, knownRows, valuesOf } from './known-rows.ts';

export interface ObjectWriter {
  /** A row that is an object by itself. `isNew`: nothing of it is written yet. */
  write(kind: KindSpec, key: string, body: string, isNew: boolean): void;
  /** A row that is no more. */
  erase(kind: KindSpec, key: string): void;
  /** An object is to be put together again. */
  mark(object: string | null): void;
  /** A new row of the batch, which is not stored yet and a part of these objects. */
  part(row: NewRow, of: string | null, also: string | null): void;
  /** Puts together what the batch brought whole. Called at its end, in its transaction. */
  endBatch(): void;
  /** Puts at most so many objects together again, and says how many it was. */
  assemble(most: number): number;
  waiting(): number;
}

/** A row as a batch brings it. */
export interface NewRow {
  readonly kind: string;
  readonly key: string;
  readonly body: string;
}

/** Rows name the same few objects again and again: subscriptions, month after month. */
const REMEMBERED_MARKS = 100_000;

/** Called inside transactions; where one is undone, so is the import, and another writer goes on. */
export function objectWriter(db: WriteDb, sourceId: number, family: FamilySpec, now: Instant): ObjectWriter {
  const writeFact = factWriter(db, sourceId, FILE_VENDOR);
  const erase = factEraser(db, sourceId, FILE_VENDOR, now);
  const known = knownRows(db, sourceId);
  const mark = db.prepareWrite<[number, string]>(
    'INSERT OR IGNORE INTO file_dirty_object (source_id, object) VALUES (?, ?)',
  );
  const next = db.prepare<[number, number], { object: string }>(
    'SELECT object FROM file_dirty_object WHERE source_id = ? ORDER BY object LIMIT ?',
  );
  const count = db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM file_dirty_object WHERE source_id = ?');
  const settle = db.prepareWrite<[number, string]>('DELETE FROM file_dirty_object WHERE source_id = ? AND object = ?');
  const alsoOfParts = db.prepareWrite<[number, string, number]>(
    `INSERT OR IGNORE INTO file_dirty_object (source_id, object)
     SELECT ?, r.also_of FROM file_record r JOIN file_stream s USING (file_stream_id)
     WHERE r.part_of = ? AND s.source_id = ? AND r.also_of IS NOT NULL`,
  );
  const allSubscriptions = db.prepareWrite<[number, number]>(
    `INSERT OR IGNORE INTO file_dirty_object (source_id, object)
     SELECT DISTINCT ?, r.also_of FROM file_record r JOIN file_stream s USING (file_stream_id)
     WHERE s.source_id = ? AND r.also_of IS NOT NULL`,
  );

  const versions = db.prepare<[number, string, string], { body: string; at: Instant }>(
    `SELECT v.body, i.started_at AS at FROM (
       SELECT b.file_import_id AS rank, b.before ->> '$.body' AS body, b.before ->> '$.import' AS brought
       FROM file_stream s JOIN file_record r USING (file_stream_id) JOIN file_before b ON b.file_record_id = r.file_record_id
       WHERE s.source_id = ? AND s.kind = ? AND r.record_key = ?) v
     JOIN file_import i ON i.file_import_id = v.brought ORDER BY v.rank`,
  );
  const present = db.prepare<[number, string, string], { body: string; at: Instant }>(
    `SELECT r.body, i.started_at AS at FROM file_stream s JOIN file_record r USING (file_stream_id)
     JOIN file_import i ON i.file_import_id = r.file_import_id WHERE s.source_id = ? AND s.kind = ? AND r.record_key = ?`,
  );
  const isStanding = db.prepare<[string, number], { one: number }>(
    `SELECT 1 AS one FROM file_record r JOIN file_stream s USING (file_stream_id)
     WHERE r.part_of = ? AND s.source_id = ? LIMIT 1`,
  );

  const marked = new Set<string>();
  /** The rows of objects of which nothing stood before the batch. */
  const brought = new Map<string, KeptRow[]>();

  function markObject(object: string): void {
    brought.delete(object);
    if (marked.has(object)) return;
    mark.run(sourceId, object);
    if (marked.size >= REMEMBERED_MARKS) marked.clear();
    marked.add(object);
  }

  function bring(row: NewRow, object: string): void {
    const rows = brought.get(object);
    if (rows) rows.push(keptRow(row));
    else if (family.atOnce.includes(typeOf(object)) && !marked.has(object) && !isStanding.first(object, sourceId))
      brought.set(object, [keptRow(row)]);
    else markObject(object);
  }

  function assembleOne(object: string): void {
    const type = typeOf(object);
    const id = idOf(object);
    const reach = family.dependents[type];
    if (reach === 'all') allSubscriptions.run(sourceId, sourceId);
    if (reach === 'of_its_rows') alsoOfParts.run(sourceId, object, sourceId);
    const assemble = family.assemble[type];
    if (!assemble) return;
    erase(type, id);
    for (const fact of assemble(id, known)) writeFact(fact);
  }

  return {
    write(kind, key, body, isNew) {
      if (!kind.facts) return;
      // A customer keeps its number through all that is said of it: writing replaces every field.
      if (!isNew && kind.object !== 'customer') erase(kind.object, key);
      for (const fact of kind.facts(valuesOf(body), key)) writeFact(fact);
      if (isNew || !kind.history) return;
      // Of a row that is taken back the last version before it is the one that stands again: it is told once.
      const told = [...versions.all(sourceId, kind.kind, key), ...present.all(sourceId, kind.kind, key)];
      for (const fact of kind.history(
        told.map(({ body: text, at }) => ({ values: valuesOf(text), at })),
        key,
      ))
        writeFact(fact);
    },
    erase(kind, key) {
      // Whether a customer goes is settled once all rows have: others may speak of it.
      if (kind.facts && kind.object !== 'customer') erase(kind.object, key);
    },
    mark(object) {
      if (object !== null) markObject(object);
    },
    part(row, of, also) {
      if (of !== null) bring(row, of);
      if (also !== null) markObject(also);
    },
    endBatch() {
      for (const [object, rows] of brought) {
        const alone = { row: () => null, parts: () => rows };
        // Nothing of it stood: there is nothing to take away first.
        for (const fact of family.assemble[typeOf(object)]?.(idOf(object), alone) ?? []) writeFact(fact);
      }
      brought.clear();
    },
    assemble(most) {
      marked.clear();
      const found = next.all(sourceId, most);
      for (const { object } of found) {
        assembleOne(object);
        settle.run(sourceId, object);
      }
      return found.length;
    },
    waiting: () => count.first(sourceId)?.n ?? 0,
  };
}

function typeOf(object: string): string {
  return object.slice(0, object.indexOf('/'));
}

function idOf(object: string): string {
  return object.slice(object.indexOf('/') + 1);
}
