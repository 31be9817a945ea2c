/** Where an object came from that no vendor was asked for: the file, and the line of it. */
import type { ReadDb } from '../../store/handles.ts';

interface Origin {
  readonly file: string;
  readonly line: number;
}

/** `from “june.csv”, line 12`; null for an object of a vendor's. Of several lines the first that stands. */
export function fileOrigin(db: ReadDb): (sourceId: number, objectId: string) => string | null {
  const ofFiles = db.prepare<[number], { one: number }>(
    `SELECT 1 AS one FROM source WHERE source_id = ? AND vendor = 'files'`,
  );
  const own = db.prepare<[number, string], Origin>(
    `SELECT i.file, r.line FROM file_stream s JOIN file_record r USING (file_stream_id) JOIN file_import i USING (file_import_id)
     WHERE s.source_id = ? AND r.record_key = ? ORDER BY r.file_record_id LIMIT 1`,
  );
  const part = db.prepare<[string, number], Origin>(
    `SELECT i.file, r.line FROM file_record r JOIN file_stream s USING (file_stream_id) JOIN file_import i USING (file_import_id)
     WHERE r.part_of = ? AND s.source_id = ? ORDER BY r.file_record_id LIMIT 1`,
  );
  const also = db.prepare<[string, number], Origin>(
    `SELECT i.file, r.line FROM file_also a JOIN file_record r USING (file_record_id)
     JOIN file_stream s USING (file_stream_id) JOIN file_import i USING (file_import_id)
     WHERE a.object = ? AND s.source_id = ? ORDER BY a.file_record_id LIMIT 1`,
  );
  return (sourceId, objectId) => {
    if (!ofFiles.first(sourceId)) return null;
    const found =
      own.first(sourceId, objectId) ??
      part.first(`invoice/${objectId}`, sourceId) ??
      also.first(`subscription/${objectId}`, sourceId);
    return found ? `from “${found.file}”, line ${found.line}` : null;
  };
}
