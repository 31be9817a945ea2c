/** Puts a row into every table of a database, whatever its columns: the data that a migration must not lose. */
import type { Connection } from '../../../src/main/engine/store/handles.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Carried out, row by row, when the database is opened: nothing of it is to be kept. */
export const DONE_AT_OPENING: readonly string[] = ['deferred_index'];

/** Tables in the order in which their parents come first. */
export function tablesOf(connection: Connection): string[] {
  const names = connection
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
    )
    .all()
    .map(({ name }) => name);
  const ordered: string[] = [];
  const visit = (table: string) => {
    if (ordered.includes(table)) return;
    const parents = connection.pragma(`foreign_key_list(${table})`) as { table: string }[];
    for (const parent of parents) if (parent.table !== table) visit(parent.table);
    ordered.push(table);
  };
  for (const name of names) visit(name);
  return ordered;
}

/**
 * One row per table that is still empty. Values are made from the column: the
 * first one its CHECK allows, an existing parent's key, a day for `_on`, JSON for the rest of the texts.
 */
export function fillEveryTable(connection: Connection): void {
  for (const table of tablesOf(connection)) {
    if (DONE_AT_OPENING.includes(table)) continue;
    const filled = connection.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${table}"`).get()?.n ?? 0;
    if (filled > 0) continue;
    const columns = connection.prepare<[string], Column>('SELECT name, type FROM pragma_table_info(?)').all(table);
    const sql =
      connection.prepare<[string], { sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?').get(table)?.sql ??
      '';
    const parents = connection.pragma(`foreign_key_list(${table})`) as { table: string; from: string }[];
    const values = columns.map((column) => {
      const parent = parents.find(({ from }) => from === column.name);
      // A row that refers to its own table refers to nothing.
      if (parent) return parent.table === table ? null : 1;
      return sampleOf(column, sql);
    });
    const places = columns.map(() => '?').join(', ');
    connection.prepare(`INSERT INTO "${table}" VALUES (${places})`).run(...values);
  }
}

function sampleOf({ name, type }: Column, sql: string): string | number | Buffer {
  const allowed = new RegExp(`\\b${name}\\b[^,]*CHECK \\(${name} IN\\s*\\(\\s*'([^']*)'`).exec(sql)?.[1];
  if (allowed !== undefined) return allowed;
  // A value that another column is there for: that one gets a value too.
  const paired = new RegExp(`CHECK \\(\\(${name} = '([^']*)'\\) = `).exec(sql)?.[1];
  if (paired !== undefined) return paired;
  // A day that is later than another column's.
  if (type === 'TEXT' && sql.includes(`CHECK (${name} > `)) return '2026-02-28';
  if (type === 'TEXT') return name.endsWith('_on') || name === 'day' ? '2026-01-31' : '"sample"';
  if (type === 'BLOB') return Buffer.from('sample');
  if (type === 'REAL') return 0.5;
  return name.endsWith('_at') ? 1_767_225_600_000 : 1;
}
