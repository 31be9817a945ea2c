/** Turns the migrated schema into the TypeScript source of schema.ts. */
import Driver from 'better-sqlite3-multiple-ciphers';
import { MIGRATIONS } from './migrations/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  INTEGER: 'number',
  REAL: 'number',
  TEXT: 'string',
  BLOB: 'Uint8Array',
};

/** https://www.sqlite.org/pragma.html#pragma_table_xinfo; `hidden` is 2 or 3 for computed columns. */
interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
  readonly hidden: number;
}

/** The whole text of schema.ts, made by running every migration on an empty in-memory database. */
export function schemaTypesSource(): string {
  return typesOfSchema(MIGRATIONS.map(({ sql }) => sql));
}

/** The types of the tables that these scripts make. */
export function typesOfSchema(scripts: readonly string[]): string {
  const db = new Driver(':memory:');
  for (const sql of scripts) db.exec(sql);
  // Shadow tables belong to the virtual table that made them.
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all()
    .map(({ name }) => ({ name, columns: columnsOf(db, name) }));
  db.close();
  const interfaces = tables.flatMap(({ name, columns }) => [
    `export interface ${typeName(name)} {`,
    ...columns.map((column) => `  ${column.name}: ${columnType(column, columns)};`),
    '}',
    '',
  ]);
  const list = tables.map(({ name }) => `  ${name}: ${typeName(name)};`);
  const body = [...interfaces, 'export interface Database {', ...list, '}', ''];
  const used = ['Generated', 'GeneratedAlways'].filter((name) => body.some((line) => line.includes(`: ${name}<`)));
  return [
    '// Written by `npm run gen:db-types` from the migrations; not to be edited by hand.',
    ...(used.length > 0 ? [`import type { ${used.join(', ')} } from 'kysely';`] : []),
    '',
    ...body,
  ].join('\n');
}

/** Without the hidden columns of virtual tables. */
function columnsOf(db: Driver.Database, table: string): ColumnInfo[] {
  const columns = db.prepare<[string], ColumnInfo>('SELECT * FROM pragma_table_xinfo(?)').all(table);
  return columns.filter(({ hidden }) => hidden !== 1);
}

function typeName(table: string): string {
  return table.replace(/(^|_)([a-z])/g, (_match, _start, letter: string) => letter.toUpperCase()) + 'Table';
}

function columnType(column: ColumnInfo, all: readonly ColumnInfo[]): string {
  const type = TYPES[column.type] ?? 'string';
  // In STRICT tables SQLite itself marks the columns of a primary key NOT NULL; a lax table lets NULL into them.
  const nullable = column.notnull === 0 && !isRowId(column, all) ? `${type} | null` : type;
  if (column.hidden > 0) return `GeneratedAlways<${nullable}>`;
  if (isRowId(column, all) || column.dflt_value !== null) return `Generated<${nullable}>`;
  return nullable;
}

/** A lone INTEGER PRIMARY KEY is the row id, which SQLite gives out. With NOT NULL the rows bring their own. */
function isRowId({ type, pk, notnull }: ColumnInfo, all: readonly ColumnInfo[]): boolean {
  return type === 'INTEGER' && pk === 1 && notnull === 0 && all.every((other) => other.pk <= 1);
}
