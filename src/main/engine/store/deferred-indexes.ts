/**
 * Secondary indexes that are left out while very many rows are written in
 * another order than theirs: kept up row by row, nearly all of their pages are
 * written anew by every transaction. Made afterwards, each page is written once.
 */
import type { WriteDb } from './handles.ts';

/**
 * Takes the indexes of a table away that are neither unique nor named in `kept`, and remembers them. Belongs into a
 * transaction. Until `restoreIndex`, which opening the database sees to as well, questions that would go by them read
 * the table, and those that ask for one by name fail.
 */
export function deferIndexes(db: WriteDb, table: string, kept: readonly string[] = []): void {
  const indexes = db
    .prepare<[string], { name: string; sql: string }>(
      `SELECT i.name, i.sql FROM sqlite_schema i JOIN pragma_index_list(i.tbl_name) l ON l.name = i.name
       WHERE i.type = 'index' AND i.tbl_name = ? AND i.sql IS NOT NULL AND l."unique" = 0`,
    )
    .all(table);
  const remember = db.prepareWrite<[string, string]>(`INSERT INTO deferred_index (name, sql) VALUES (?, ?)`);
  for (const { name, sql } of indexes) {
    if (kept.includes(name)) continue;
    remember.run(name, sql);
    db.prepareWrite(`DROP INDEX ${name}`).run();
  }
}

/** Makes one of the indexes that were taken away, in a transaction of its own. @returns whether there was one. */
export function restoreIndex(db: WriteDb): boolean {
  const index = db.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM deferred_index LIMIT 1`).first();
  if (!index) return false;
  db.transaction(() => {
    db.prepareWrite(index.sql).run();
    db.prepareWrite<[string]>(`DELETE FROM deferred_index WHERE name = ?`).run(index.name);
  });
  return true;
}

/** Makes all indexes that whoever took them away did not come to make, in a database of any version. */
export function restoreIndexes(db: WriteDb): void {
  const knows = db.prepare<[], { one: number }>(`SELECT 1 AS one FROM sqlite_schema WHERE name = 'deferred_index'`);
  if (knows.first()) while (restoreIndex(db));
}
