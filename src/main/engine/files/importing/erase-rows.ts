/** Takes what people wrote out of rows that stand, and writes anew what follows from them. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../../store/handles.ts';
import { familyOf, kindOf } from '../kinds/registry.ts';
import { blankedRow } from './erased-row.ts';
import { objectWriter } from './objects.ts';
import { reconcile } from './reconcile.ts';

const AT_ONCE = 1_000;

interface StoredRow {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  readonly partOf: string | null;
  readonly alsoOf: string | null;
  readonly body: string;
}

/**
 * Called inside the transaction of an erasure, when those who are erased are on the list. What stood before an import
 * in the place of a row is erased with it. @returns how many rows were changed.
 */
export function eraseRows(db: WriteDb, sourceId: number, rowIds: readonly number[], now: Instant): number {
  const find = db.prepare<[number], StoredRow>(
    `SELECT r.file_record_id AS id, s.kind, r.record_key AS key, r.part_of AS partOf, r.also_of AS alsoOf, r.body
     FROM file_record r JOIN file_stream s USING (file_stream_id) WHERE r.file_record_id = ?`,
  );
  const update = db.prepareWrite<[string, string, number]>(
    'UPDATE file_record SET record_key = ?, body = ? WHERE file_record_id = ?',
  );
  const before = db.prepare<[number], { importId: number; before: string }>(
    'SELECT file_import_id AS importId, before FROM file_before WHERE file_record_id = ?',
  );
  const rewrite = db.prepareWrite<[string, number, number]>(
    'UPDATE file_before SET before = ? WHERE file_import_id = ? AND file_record_id = ?',
  );
  const rows = rowIds.flatMap((id) => find.first(id) ?? []);
  const [first] = rows;
  if (!first) return 0;
  const objects = objectWriter(db, sourceId, familyOf(kindOf(first.kind).family), now);
  let changed = 0;
  for (const { id, kind: name, key, partOf, alsoOf, body } of rows) {
    const kind = kindOf(name);
    const blank = blankedRow(kind, { key, body });
    for (const stood of before.all(id)) {
      // What was written by this program itself a while ago.
      const record = JSON.parse(stood.before) as { readonly body: string };
      const kept = { ...record, body: blankedRow(kind, { key, body: record.body }).body };
      rewrite.run(JSON.stringify(kept), stood.importId, id);
    }
    if (blank.body === body && blank.key === key) continue;
    objects.erase(kind, key);
    update.run(blank.key, blank.body, id);
    objects.write(kind, blank.key, blank.body, false);
    objects.mark(partOf);
    objects.mark(alsoOf);
    changed += 1;
  }
  while (objects.assemble(AT_ONCE) > 0);
  reconcile(db, sourceId, now);
  return changed;
}
