/** The source that a family's files make together: it is never synced, and what it holds came from rows. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import type { KindSpec } from '../kinds/kind.ts';
import { familyOf } from '../kinds/registry.ts';

/** What such sources have as their vendor; exchange rates from files stand under it too. */
export const FILE_VENDOR = 'files';

export interface FileStream {
  readonly streamId: number;
  readonly sourceId: number;
}

/** The rows of a kind, made with the first file of it. The source is not `ready`, because there is nothing to sync. */
export function openStream(db: WriteDb, kind: KindSpec, now: Instant): FileStream {
  const found = findStream(db, kind);
  if (found) return found;
  const { title } = familyOf(kind.family);
  const known = db.first(
    db.build.selectFrom('source').select('source_id').where('vendor', '=', FILE_VENDOR).where('name', '=', title),
  );
  const sourceId =
    known?.source_id ??
    db.run(
      db.build.insertInto('source').values({
        vendor: FILE_VENDOR,
        name: title,
        config: JSON.stringify({ family: kind.family }),
        state: 'paused',
        connected_at: now,
      }),
    ).lastId;
  const streamId = db.run(db.build.insertInto('file_stream').values({ source_id: sourceId, kind: kind.kind })).lastId;
  return { streamId, sourceId };
}

export function findStream(db: ReadDb, kind: KindSpec): FileStream | null {
  const row = db.first(
    db.build
      .selectFrom('file_stream')
      .innerJoin('source', 'source.source_id', 'file_stream.source_id')
      .select(['file_stream.file_stream_id', 'file_stream.source_id'])
      .where('source.vendor', '=', FILE_VENDOR)
      .where('source.name', '=', familyOf(kind.family).title)
      .where('file_stream.kind', '=', kind.kind),
  );
  return row ? { streamId: row.file_stream_id, sourceId: row.source_id } : null;
}

/** A table of which no import stands is not shown among what is connected, nor its source with the last of them. */
export function closeIfEmpty(db: WriteDb, { sourceId, streamId }: FileStream, now: Instant): void {
  const standing = db
    .prepare<[number], { streamId: number }>(
      `SELECT DISTINCT i.file_stream_id AS streamId FROM file_import i JOIN file_stream s USING (file_stream_id)
       WHERE s.source_id = ? AND i.state <> 'undone'`,
    )
    .all(sourceId);
  if (!standing.some((each) => each.streamId === streamId))
    db.prepareWrite<[number, number]>(
      `DELETE FROM stream_state WHERE source_id = ? AND stream = (SELECT kind FROM file_stream WHERE file_stream_id = ?)`,
    ).run(sourceId, streamId);
  if (standing.length === 0)
    db.run(
      db.build
        .updateTable('source')
        .set({ state: 'disconnected', disconnected_at: now })
        .where('source_id', '=', sourceId),
    );
}

/** Vendors' own sources that hold the same objects as the family's files. */
export function rivalSources(db: ReadDb, kind: KindSpec): { readonly sourceId: number; readonly name: string }[] {
  const { vendors } = familyOf(kind.family);
  if (vendors.length === 0) return [];
  return db
    .all(
      db.build
        .selectFrom('source')
        .select(['source_id', 'name'])
        .where('vendor', 'in', [...vendors])
        .orderBy('source_id'),
    )
    .map(({ source_id, name }) => ({ sourceId: source_id, name }));
}
