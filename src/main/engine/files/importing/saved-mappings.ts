/** Mappings that were used, by the names of the columns: the next file with them needs no work. */
import type { FileMapping, SavedMapping } from '../../../../shared/contract/files.ts';
import { instant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import { KINDS } from '../kinds/registry.ts';
import type { FileReading } from '../thread/index.ts';

function headerText({ columns }: FileReading): string {
  return JSON.stringify(columns.map(({ name }) => name));
}

/** Answers to what one file left open hold for that file alone: the next one may decide it by itself. */
export function rememberMapping(db: WriteDb, reading: FileReading, mapping: FileMapping, now: Instant): void {
  db.prepareWrite<[string, string, string, number, number]>(
    `INSERT INTO file_mapping (kind, header, mapping, saved_at, used_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, header) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at, forgotten_at = NULL,
       saved_at = CASE WHEN mapping = excluded.mapping THEN saved_at ELSE excluded.saved_at END`,
  ).run(mapping.kind, headerText(reading), JSON.stringify(mapping), now, now);
}

export function savedMapping(db: ReadDb, reading: FileReading, kind: string): FileMapping | null {
  const row = db.first(
    db.build
      .selectFrom('file_mapping')
      .select('mapping')
      .where('kind', '=', kind)
      .where('forgotten_at', 'is', null)
      .where('header', '=', headerText(reading)),
  );
  // What was written by this program itself a while ago.
  return row ? (JSON.parse(row.mapping) as FileMapping) : null;
}

/** `files.mappings`: the last used first. */
export function listMappings(db: ReadDb): SavedMapping[] {
  const kept = db.build.selectFrom('file_mapping').selectAll().where('forgotten_at', 'is', null);
  return db.all(kept.orderBy('used_at', 'desc').limit(200)).map((row) => ({
    mappingId: row.file_mapping_id,
    kind: row.kind,
    kindTitle: KINDS.find(({ kind }) => kind === row.kind)?.title ?? row.kind,
    header: JSON.parse(row.header) as string[],
    mapping: JSON.parse(row.mapping) as FileMapping,
    savedAt: instant(row.saved_at),
    usedAt: instant(row.used_at),
  }));
}

/** `files.forgetMapping`: the next file is read without it; `recallMapping` takes that back. */
export function forgetMapping(db: WriteDb, mappingId: number, now: Instant): { done: boolean } {
  return setForgotten(db, mappingId, now);
}

/** `files.recallMapping`. */
export function recallMapping(db: WriteDb, mappingId: number): { done: boolean } {
  return setForgotten(db, mappingId, null);
}

function setForgotten(db: WriteDb, mappingId: number, at: Instant | null): { done: boolean } {
  const mapping = db.build.updateTable('file_mapping').where('file_mapping_id', '=', mappingId);
  return { done: db.run(mapping.set({ forgotten_at: at })).changes > 0 };
}
