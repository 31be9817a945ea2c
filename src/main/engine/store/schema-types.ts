/** Turns the migrated schema into the TypeScript source of schema.ts. */
import Driver from 'better-sqlite3-multiple-ciphers';
import { MIGRATIONS } from './migrations/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  INTEGER: 'number',
  REAL: 'number',
  TEXT: 'string',
  BLOB: 'Uint8Array',
};

interface ColumnInfo {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

/** The whole text of schema.ts, made by running every migration on an empty in-memory database. */
export function schemaTypesSource(): string {
  const db = new Driver(':memory:');
  for (const migration of MIGRATIONS) db.exec(migration.sql);
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name)
    .filter((name) => !/_(data|idx|content|docsize|config)$/.test(name));
  const lines = [
    '// Written by `npm run gen:db-types` from the migrations; not to be edited by hand.',
    "import type { Generated } from 'kysely';",
    '',
  ];
  for (const table of tables) {
    lines.push(`export interface ${typeName(table)} {`);
    for (const column of db.prepare<[string], ColumnInfo>('SELECT * FROM pragma_table_info(?)').all(table))
      lines.push(`  ${column.name}: ${columnType(column)};`);
    lines.push('}', '');
  }
  lines.push('export interface Database {', ...tables.map((table) => `  ${table}: ${typeName(table)};`), '}', '');
  db.close();
  return lines.join('\n');
}

function typeName(table: string): string {
  return table.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase()) + 'Table';
}

function columnType({ type, notnull, dflt_value, pk }: ColumnInfo): string {
  const base = TYPES[type] ?? 'string';
  const rowIdAlias = pk === 1 && type === 'INTEGER' && notnull === 0;
  if (rowIdAlias || dflt_value !== null) return `Generated<${base}>`;
  return notnull === 1 || pk > 0 ? base : `${base} | null`;
}
