/** Looks rows of one source up, while objects are put together from them. */
import type { ReadDb } from '../../store/handles.ts';
import type { KeptRow, KnownRows, Values } from '../kinds/kind.ts';

interface Row {
  readonly kind: string;
  readonly key: string;
  readonly body: string;
}

const ROW = 'SELECT s.kind, r.record_key AS key, r.body FROM file_record r JOIN file_stream s USING (file_stream_id)';

export function knownRows(db: ReadDb, sourceId: number): KnownRows {
  const one = db.prepare<[number, string, string], Row>(
    `SELECT s.kind, r.record_key AS key, r.body FROM file_stream s JOIN file_record r USING (file_stream_id)
     WHERE s.source_id = ? AND s.kind = ? AND r.record_key = ?`,
  );
  const parts = db.prepare<[string, number], Row>(
    `${ROW} WHERE r.part_of = ? AND s.source_id = ? ORDER BY r.line, r.record_key`,
  );
  const others = db.prepare<[string, number], Row>(
    `SELECT s.kind, r.record_key AS key, r.body FROM file_also a JOIN file_record r USING (file_record_id)
     JOIN file_stream s USING (file_stream_id) WHERE a.object = ? AND s.source_id = ? ORDER BY r.line, r.record_key`,
  );
  return {
    row(kind, key) {
      const row = one.first(sourceId, kind, key);
      return row ? keptRow(row) : null;
    },
    // Only subscriptions are a second thing that a row is a part of.
    parts: (object) =>
      [...parts.all(object, sourceId), ...(object.startsWith('subscription/') ? others.all(object, sourceId) : [])].map(
        keptRow,
      ),
  };
}

export function keptRow({ kind, key, body }: Row): KeptRow {
  return { kind, key, values: valuesOf(body) };
}

/** What was written by this program itself a while ago. */
export function valuesOf(body: string): Values {
  return JSON.parse(body) as Values;
}
