/** Rows of files that were left out and still are: beside the records of vendors that did not fit. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';

export interface LeftOutRow {
  readonly importId: number;
  /** Null of a table that is no source's: costs. */
  readonly sourceId: number | null;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
  /** The row as it stands in the file. */
  readonly text: string;
  readonly at: Instant;
}

/**
 * Of files of the same kind and name the last import speaks: who imported a corrected file again has nothing left out
 * of the former one. What was taken back left nothing out.
 */
const STANDING = `
  FROM file_reject r JOIN file_import i ON i.file_import_id = r.file_import_id
  LEFT JOIN file_stream s ON s.file_stream_id = i.file_stream_id
  WHERE i.state = 'done' AND NOT EXISTS (
    SELECT 1 FROM file_import l WHERE l.kind = i.kind AND l.file = i.file AND l.state = 'done'
      AND l.file_import_id > i.file_import_id)
    AND (? IS NULL OR s.source_id = ?)`;

export interface LeftOutQuestion {
  readonly sourceId: number | null;
  /** Behind this row: those of later imports came before it. */
  readonly after: { readonly importId: number; readonly line: number } | null;
  readonly limit: number;
}

/** The latest import first, each by line. */
export function leftOutRows(
  db: ReadDb,
  { sourceId, after, limit }: LeftOutQuestion,
): { total: number; rows: readonly LeftOutRow[] } {
  const total = db
    .prepare<[number | null, number | null], { n: number }>(`SELECT count(*) AS n ${STANDING}`)
    .first(sourceId, sourceId);
  const rows = db
    .prepare<[number | null, number | null, number, number, number, number], LeftOutRow>(
      `SELECT r.file_import_id AS importId, s.source_id AS sourceId, i.kind, i.file, r.line, r.field, r.reason, r.text,
              coalesce(i.ended_at, i.started_at) AS at
       ${STANDING} AND (r.file_import_id < ? OR (r.file_import_id = ? AND r.line > ?))
       ORDER BY r.file_import_id DESC, r.line LIMIT ?`,
    )
    .all(
      sourceId,
      sourceId,
      after?.importId ?? Number.MAX_SAFE_INTEGER,
      after?.importId ?? Number.MAX_SAFE_INTEGER,
      after?.line ?? -1,
      limit,
    );
  return { total: total?.n ?? 0, rows };
}
