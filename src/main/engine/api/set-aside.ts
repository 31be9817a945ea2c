/** `sources.quarantine`: everything that was set aside, wherever it came from: records of vendors, then rows of files. */
import type { SetAsidePage } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { leftOutRows } from '../files/index.ts';
import type { ReadDb } from '../store/index.ts';
import { listQuarantine } from '../sync/index.ts';

export interface SetAsideQuestion {
  readonly sourceId?: SourceId | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

/** Where a page of rows of files goes on: `file/<import>/<line>`. */
const IN_FILE = /^file\/(\d+)\/(-?\d+)$/;
const FIRST_IN_FILES = `file/${Number.MAX_SAFE_INTEGER}/-1`;

export function setAside(db: ReadDb, { sourceId, limit, cursor }: SetAsideQuestion): SetAsidePage {
  const inFile = IN_FILE.exec(cursor ?? '');
  const records = inFile
    ? null
    : listQuarantine(db, {
        limit,
        ...(sourceId !== undefined && { sourceId }),
        ...(cursor != null && { cursor: Number(cursor) }),
      });
  const room = limit - (records?.rows.length ?? 0);
  const left = leftOutRows(db, {
    sourceId: sourceId ?? null,
    after: inFile ? { importId: Number(inFile[1]), line: Number(inFile[2]) } : null,
    limit: records === null || records.cursor === null ? room : 0,
  });
  const total =
    (records?.total ?? listQuarantine(db, { limit: 1, ...(sourceId !== undefined && { sourceId }) }).total) +
    left.total;
  const last = left.rows.at(-1);
  const rest = left.rows.length === room && left.total > 0;
  return {
    total,
    rows: [
      ...(records?.rows ?? []).map((row) => ({
        key: String(row.quarantineId),
        quarantineId: row.quarantineId,
        sourceId: row.sourceId as SourceId,
        file: null,
        stream: row.stream,
        objectId: row.objectId,
        reason: row.reason,
        path: row.path,
        record: row.record,
        lastSeenAt: row.lastSeenAt,
      })),
      ...left.rows.map((row) => ({
        key: `file/${row.importId}/${row.line}`,
        quarantineId: null,
        sourceId: row.sourceId as SourceId | null,
        file: { importId: row.importId, name: row.file, line: row.line },
        stream: row.kind,
        objectId: `${row.file}, line ${row.line}`,
        reason: row.reason,
        path: row.field ?? '',
        record: row.text,
        lastSeenAt: row.at,
      })),
    ],
    cursor:
      records !== null && records.cursor !== null
        ? String(records.cursor)
        : !rest
          ? null
          : last === undefined
            ? FIRST_IN_FILES
            : `file/${last.importId}/${last.line}`,
  };
}
