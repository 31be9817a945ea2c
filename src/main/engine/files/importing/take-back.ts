/** Takes an import back: every row that it brought or changed stands again as it stood before. */
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import { resettleInvoiceDays } from '../../store/tables/invoice-days.ts';
import { familyOf, kindOf } from '../kinds/registry.ts';
import { closeIfEmpty } from './file-source.ts';
import { assembleAll, type ImportDeps } from './import-run.ts';
import { objectWriter } from './objects.ts';
import { reconcile } from './reconcile.ts';
import { noteStream } from './stream-proof.ts';
import { dropUpload } from './uploads.ts';

const AT_ONCE = 500;

interface Brought {
  readonly id: number;
  readonly key: string;
  readonly partOf: string | null;
  readonly alsoOf: string | null;
  readonly before: string | null;
}

/** The columns of a record as an import found them. */
interface Before {
  readonly import: number;
  readonly line: number;
  readonly partOf: string | null;
  readonly alsoOf: string | null;
  readonly body: string;
}

/** The name of a standing import that speaks of rows of this one; null where there is none. */
export function laterImport(db: ReadDb, importId: number): string | null {
  const row = db
    .prepare<[number], { file: string }>(
      `SELECT i.file FROM file_overlap o JOIN file_import i USING (file_import_id)
       WHERE o.earlier_id = ? AND i.state <> 'undone' ORDER BY i.file_import_id DESC LIMIT 1`,
    )
    .first(importId);
  return row?.file ?? null;
}

/**
 * Works in steps and can be repeated after an end in between, also after its own: then nothing is left to do. Objects
 * are put together from what is left.
 * @throws AppError `not_found`, `conflict` where a later import speaks of the same rows.
 */
export async function takeBack(
  deps: Omit<ImportDeps, 'openThread' | 'zone' | 'signal'>,
  importId: number,
): Promise<{ rows: number }> {
  const { db, clock } = deps;
  const row = db.one(db.build.selectFrom('file_import').selectAll().where('file_import_id', '=', importId), 'import');
  if (row.state === 'undone') return { rows: 0 };
  const later = laterImport(db, importId);
  if (later !== null)
    throw new AppError('conflict', `“${later}” was imported over “${row.file}”; take that one back first`);
  const streamId = row.file_stream_id;
  if (streamId === null) throw new AppError('internal', 'Costs are taken back by their own history');
  const { source_id: sourceId } = db.one(
    db.build.selectFrom('file_stream').select('source_id').where('file_stream_id', '=', streamId),
    'table',
  );
  const kind = kindOf(row.kind);
  db.run(db.build.updateTable('file_import').set({ state: 'undoing' }).where('file_import_id', '=', importId));
  const objects = objectWriter(db, sourceId, familyOf(kind.family), clock.now());
  const next = db.prepare<[number, number], Brought>(
    `SELECT r.file_record_id AS id, r.record_key AS key, r.part_of AS partOf, r.also_of AS alsoOf, b.before
     FROM file_record r LEFT JOIN file_before b ON b.file_import_id = r.file_import_id AND b.file_record_id = r.file_record_id
     WHERE r.file_import_id = ? LIMIT ?`,
  );
  const drop = db.prepareWrite<[number]>('DELETE FROM file_record WHERE file_record_id = ?');
  const restore = db.prepareWrite<[number, number, string | null, string | null, string, number]>(
    'UPDATE file_record SET file_import_id = ?, line = ?, part_of = ?, also_of = ?, body = ? WHERE file_record_id = ?',
  );
  let done = 0;
  for (;;) {
    const count = db.transaction(() => {
      const found = next.all(importId, AT_ONCE);
      for (const { id, key, partOf, alsoOf, before } of found) {
        objects.mark(partOf);
        objects.mark(alsoOf);
        if (before === null) {
          drop.run(id);
          objects.erase(kind, key);
          continue;
        }
        // What was written by this program itself a while ago.
        const stood = JSON.parse(before) as Before;
        restore.run(stood.import, stood.line, stood.partOf, stood.alsoOf, stood.body, id);
        objects.write(kind, key, stood.body, false);
        objects.mark(stood.partOf);
        objects.mark(stood.alsoOf);
      }
      return found.length;
    });
    if (count === 0) break;
    done += count;
    deps.onProgress(`Taking ${row.file} back`, done, row.added + row.changed);
    await breathe();
  }
  await assembleAll(deps, objects);
  finish(db, deps, importId, { streamId, sourceId }, kind.kind);
  if (row.upload_id !== null) dropUpload(deps, row.upload_id);
  return { rows: done };
}

function finish(
  db: WriteDb,
  { clock }: Pick<ImportDeps, 'clock'>,
  importId: number,
  stream: { readonly streamId: number; readonly sourceId: number },
  kind: string,
): void {
  const now = clock.now();
  db.transaction(() => {
    reconcile(db, stream.sourceId, now);
    resettleInvoiceDays(db, stream.sourceId);
    for (const table of ['file_before', 'file_overlap', 'file_reject'] as const)
      db.run(db.build.deleteFrom(table).where('file_import_id', '=', importId));
    db.run(
      db.build
        .updateTable('file_import')
        .set({ state: 'undone', undone_at: now, upload_id: null })
        .where('file_import_id', '=', importId),
    );
    noteStream(db, stream, kindOf(kind), now);
    closeIfEmpty(db, stream, now);
  });
}
