/**
 * Every migration is applied to a database of the version before it, with rows
 * in every table; nothing that was there may change. What a migration promises
 * beyond that is in MIGRATION_CASES; one that has no case fails.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src/main/engine/store/cipher.ts';
import type { Connection } from '../../../src/main/engine/store/handles.ts';
import { openWriter } from '../../../src/main/engine/store/index.ts';
import { integrityProblems } from '../../../src/main/engine/store/integrity.ts';
import { MIGRATIONS } from '../../../src/main/engine/store/migrations/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { newKey } from '../../support/store.ts';
import { DONE_AT_OPENING, fillEveryTable, tablesOf } from './fill-every-table.ts';
import { MIGRATION_CASES } from './migration-cases.ts';

type Rows = ReadonlyMap<string, readonly Record<string, unknown>[]>;

/** All rows of all tables, by the columns that were there. */
function rowsOf(connection: Connection, of: ReadonlyMap<string, readonly string[]>): Rows {
  const rows = new Map<string, readonly Record<string, unknown>[]>();
  for (const [table, columns] of of) {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const query = `SELECT ${list} FROM "${table}" ORDER BY ${list} LIMIT 1000`;
    rows.set(table, connection.prepare<[], Record<string, unknown>>(query).all());
  }
  return rows;
}

function columnsOf(connection: Connection): Map<string, string[]> {
  const columns = connection.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)');
  const kept = tablesOf(connection).filter((table) => !DONE_AT_OPENING.includes(table));
  return new Map(kept.map((table) => [table, columns.all(table).map(({ name }) => name)]));
}

describe('the list of migrations', () => {
  it('goes up, without two of one version', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions[0]).toBeGreaterThan(0);
  });

  it('has a case for each, and no case of one that is gone', () => {
    expect(Object.keys(MIGRATION_CASES).map(Number)).toEqual(MIGRATIONS.map(({ version }) => version));
  });

  it('makes STRICT tables only', () => {
    const { connection, close } = openWriter(join(temporaryFolder(), 'vario.db'), newKey());
    const lax = connection
      .prepare<[], { name: string }>(
        `SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(lax).toEqual([]);
    close();
  });

  it('covers every foreign key by an index, so that deleting a parent does not scan its children', () => {
    const { connection, close } = openWriter(join(temporaryFolder(), 'vario.db'), newKey());
    const uncovered: string[] = [];
    for (const table of tablesOf(connection)) {
      const keys = connection.pragma(`foreign_key_list(${table})`) as { from: string; table: string }[];
      const indexes = connection.pragma(`index_list(${table})`) as { name: string }[];
      const firstColumns = indexes.map(({ name }) => {
        const [first] = connection.pragma(`index_info(${name})`) as { name: string }[];
        return first?.name;
      });
      const [rowId] = connection.pragma(`table_info(${table})`) as { name: string; pk: number }[];
      for (const { from, table: parent } of keys)
        if (!firstColumns.includes(from) && !(rowId?.pk === 1 && rowId.name === from))
          uncovered.push(`${table}.${from} → ${parent}`);
    }
    expect(uncovered.filter((key) => !ALLOWED_WITHOUT_INDEX.has(key))).toEqual([]);
    close();
  });
});

/**
 * Runs are never deleted. What the ledger derives lies by customer, so that a customer is one place on disk; removing a
 * source, one row and by hand, passes over these tables once.
 */
const ALLOWED_WITHOUT_INDEX: ReadonlySet<string> = new Set([
  'movement.run_id → ledger_run',
  'subscription_state.source_id → source',
  'trial.source_id → source',
  'unvalued_item.source_id → source',
  'usage_level.source_id → source',
]);

describe.each(MIGRATIONS.map((migration, index) => ({ migration, before: MIGRATIONS.slice(0, index) })))(
  'migration $migration.version $migration.name',
  ({ migration, before }) => {
    it('keeps every row of the version before it and does what it promises', () => {
      const file = join(temporaryFolder(), 'vario.db');
      const key = newKey();
      const previous = before.at(-1)?.version ?? 0;
      if (before.length > 0) {
        const { connection, close } = openWriter(file, key, { migrations: before });
        fillEveryTable(connection);
        close();
      }
      const raw = openConnection(file, key, { readonly: false });
      expect(raw.pragma('user_version', { simple: true })).toBe(previous);
      const columns = columnsOf(raw);
      const rowsBefore = rowsOf(raw, columns);
      for (const [table, rows] of rowsBefore) expect(rows.length, `rows of ${table}`).toBeGreaterThan(0);
      raw.close();

      const { db, connection, close } = openWriter(file, key, { migrations: [...before, migration] });
      expect(connection.pragma('user_version', { simple: true })).toBe(migration.version);
      const migrationCase = MIGRATION_CASES[migration.version];
      const changed = new Set(migrationCase?.changesTables ?? []);
      const kept = new Map([...columns].filter(([table]) => !changed.has(table)));
      expect(rowsOf(connection, kept)).toEqual(new Map([...rowsBefore].filter(([table]) => !changed.has(table))));
      expect(integrityProblems(connection)).toEqual([]);
      migrationCase?.expectAfter(db);
      close();
    });
  },
);
