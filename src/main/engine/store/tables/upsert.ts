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

export function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
