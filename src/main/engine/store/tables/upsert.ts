/** Upserts by hand-written SQL, compiled once: the hot path of every sync. */
import type { SqlValue, WriteDb, WriteStatement } from '../handles.ts';

/**
 * `INSERT … ON CONFLICT DO UPDATE` over the named columns. Parameters are in
 * the order of `columns`; `key` names those of the primary key.
 */
export function upsert(
  db: WriteDb,
  table: string,
  key: readonly string[],
  columns: readonly string[],
): WriteStatement<readonly SqlValue[]> {
  const rest = columns.filter((column) => !key.includes(column));
  const places = columns.map(() => '?').join(', ');
  const updates = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  return db.prepareWrite(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})
     ON CONFLICT (${key.join(', ')}) DO ${updates === '' ? 'NOTHING' : `UPDATE SET ${updates}`}`,
  );
}

/** Inserts a row whose key is not there yet, and says by its count of changes whether it did. */
export function insertNew(
  db: WriteDb,
  table: string,
  key: readonly string[],
  columns: readonly string[],
): WriteStatement<readonly SqlValue[]> {
  return db.prepareWrite(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (${key.join(', ')}) DO NOTHING`,
  );
}

export function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
