/** What was imported, what did not fit, and what stands of it. */
import type { FileImport, FileRecords, RejectedFileRow } from '../../../../shared/contract/files.ts';
import type { SourceId } from '../../../../shared/kernel/ids.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';
import { kindOf, KINDS } from '../kinds/registry.ts';
import { findStream } from './file-source.ts';
import { valuesOf } from './known-rows.ts';
import { laterImport } from './take-back.ts';

interface Page {
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/** `files.imports`: newest first. */
export function listImports(db: ReadDb, { cursor, limit }: Page): { rows: FileImport[]; cursor: string | null } {
  const rows = db.all(
    db.build
      .selectFrom('file_import')
      .leftJoin('file_stream', 'file_stream.file_stream_id', 'file_import.file_stream_id')
      .selectAll('file_import')
      .select('file_stream.source_id')
      .$if(cursor != null, (query) => query.where('file_import.file_import_id', '<', Number(cursor)))
      .orderBy('file_import.file_import_id', 'desc')
      .limit(limit),
  );
  const shown = rows.map((row): FileImport => {
    const whyNot = whyNotUndone(db, row);
    return {
      importId: row.file_import_id,
      kind: row.kind,
      kindTitle: KINDS.find(({ kind }) => kind === row.kind)?.title ?? row.kind,
      sourceId: row.source_id as SourceId | null,
      file: row.file,
      bytes: row.bytes,
      state: row.state as FileImport['state'],
      jobId: null,
      startedAt: instant(row.started_at),
      endedAt: row.ended_at === null ? null : instant(row.ended_at),
      undoneAt: row.undone_at === null ? null : instant(row.undone_at),
      rows: row.row_count,
      added: row.added,
      changed: row.changed,
      unchanged: row.unchanged,
      rejected: row.rejected,
      conflicts: row.conflicts,
      canUndo: whyNot === null,
      whyNot,
    };
  });
  return { rows: shown, cursor: rows.length === limit ? String(rows.at(-1)?.file_import_id) : null };
}

function whyNotUndone(db: ReadDb, row: { readonly file_import_id: number; readonly state: string }): string | null {
  if (row.state === 'undone') return 'It was taken back already';
  if (row.state === 'undoing') return 'It is being taken back';
  if (row.state === 'running') return 'It is still being imported; cancel it instead';
  const later = laterImport(db, row.file_import_id);
  return later === null ? null : `“${later}” was imported over it; take that one back first`;
}

/** `files.rejected`: by line. @throws AppError `not_found`. */
export function rejectedRows(
  db: ReadDb,
  { importId, cursor, limit }: Page & { readonly importId: number },
): { total: number; rows: RejectedFileRow[]; cursor: string | null } {
  const { rejected: total } = db.one(
    db.build.selectFrom('file_import').select('rejected').where('file_import_id', '=', importId),
    'import',
  );
  const rows = db
    .all(
      db.build
        .selectFrom('file_reject')
        .selectAll()
        .where('file_import_id', '=', importId)
        .$if(cursor != null, (query) => query.where('line', '>', Number(cursor)))
        .orderBy('line')
        .limit(limit),
    )
    .map(({ line, field, reason, text }) => ({ importId, line, field, reason, text }));
  return { total, rows, cursor: rows.length === limit ? String(rows.at(-1)?.line) : null };
}

interface RecordRow {
  readonly id: number;
  readonly key: string;
  readonly body: string;
  readonly importId: number;
  readonly file: string;
  readonly line: number;
}

/** `files.records`: in the order in which they came. */
export function listRecords(
  db: ReadDb,
  { kind: name, search, cursor, limit }: Page & { readonly kind: string; readonly search?: string | undefined },
): FileRecords {
  const kind = kindOf(name);
  const stream = findStream(db, kind);
  if (!stream) return { fields: [], total: 0, rows: [], cursor: null };
  const like = `%${(search ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const WHERE = String.raw`r.file_stream_id = ? AND (r.body LIKE ? ESCAPE '\' OR r.record_key LIKE ? ESCAPE '\')`;
  const total = db
    .prepare<[number, string, string], { n: number }>(`SELECT count(*) AS n FROM file_record r WHERE ${WHERE}`)
    .first(stream.streamId, like, like);
  const rows = db
    .prepare<[number, string, string, number, number], RecordRow>(
      `SELECT r.file_record_id AS id, r.record_key AS key, r.body, r.file_import_id AS importId, i.file, r.line
       FROM file_record r JOIN file_import i USING (file_import_id)
       WHERE ${WHERE} AND r.file_record_id > ? ORDER BY r.file_record_id LIMIT ?`,
    )
    .all(stream.streamId, like, like, cursor == null ? 0 : Number(cursor), limit);
  const shown = rows.map(({ key, body, importId, file, line }) => ({
    key,
    values: { ...valuesOf(body) },
    importId,
    file,
    line,
  }));
  const filled = new Set(shown.flatMap(({ values }) => Object.keys(values)));
  const labels = kind.fields.filter(({ field }) => filled.has(field)).map(({ field, label }) => ({ field, label }));
  const metadata = [...filled].filter((field) => field.startsWith('metadata.')).toSorted();
  return {
    fields: [...labels, ...metadata.map((field) => ({ field, label: `${field.slice(9)} (metadata)` }))],
    total: total?.n ?? 0,
    rows: shown,
    cursor: rows.length === limit ? String(rows.at(-1)?.id) : null,
  };
}
