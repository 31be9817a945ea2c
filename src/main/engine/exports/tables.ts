/** Which tables are taken along, and how their cells are written for others to read. */
import { exponentOf, isCurrencyCode, currencyCode } from '../../../shared/kernel/currency.ts';
import { instant, isoOfInstant } from '../../../shared/kernel/instant.ts';
import { decimalText, minor } from '../../../shared/kernel/money.ts';
import type { ExportCell } from '../../../shared/kernel/table-text.ts';
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb } from '../store/index.ts';

/**
 * Not taken along: secrets; what the program keeps to work faster and can compute again; records as vendors sent them,
 * which are packed, and whose contents stand in the other tables.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'secret',
  'raw_object',
  'customer_block',
  'state_block',
  'active_sketch',
  'file_before',
  'file_stream',
  'job',
  'schedule',
  'relisted',
  'dirty_customer',
  'file_dirty_object',
  'discount_stale',
  'closing_watch',
]);

export interface ExportTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly count: number;
  /** Rows in the order of the table's key. */
  rows(): Iterable<readonly ExportCell[]>;
}

type Row = Readonly<Record<string, SqlValue>>;

/** Every table of the database that is taken along, by name. */
export function exportTables(db: ReadDb): ExportTable[] {
  const names = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all()
    .filter(({ name }) => !LEFT_OUT.has(name));
  return names.map(({ name }) => tableOf(db, name));
}

function tableOf(db: ReadDb, name: string): ExportTable {
  const columns = db
    .prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?) ORDER BY cid')
    .all(name)
    // Packed records are nothing for a table of text.
    .filter(({ type }) => type !== 'BLOB')
    .map((column) => column.name);
  const { count } = db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${name}"`).first() ?? {
    count: 0,
  };
  const select = columns.map((column) => `"${column}"`).join(', ');
  return {
    name,
    count,
    header: columns.map(headerOf),
    *rows() {
      for (const row of db.prepare<[], Row>(`SELECT ${select} FROM "${name}"`).iterate())
        yield columns.map((column) => cellOf(row, column));
    },
  };
}

/** Amounts are written in major units: their columns are called so. @example headerOf('amount_minor') // 'amount' */
export function headerOf(column: string): string {
  return column.endsWith('_minor') ? column.slice(0, -'_minor'.length) : column;
}

/**
 * Moments as ISO 8601 in UTC, days as they are, amounts as decimals of the currency beside them. An amount whose row
 * names no currency (none, or an unknown one) stays in minor units.
 */
export function cellOf(row: Row, column: string): ExportCell {
  const value = row[column] ?? null;
  if (typeof value === 'number' && column.endsWith('_at')) return isoOfInstant(instant(value));
  if (typeof value === 'number' && column.endsWith('_minor')) return amountOf(value, row['currency'] ?? null);
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'bigint' ? value.toString() : null;
}

function amountOf(value: number, currency: SqlValue): ExportCell {
  if (typeof currency !== 'string' || !isCurrencyCode(currency)) return value;
  const code = currencyCode(currency);
  return exponentOf(code) === 0 ? value : decimalText(minor(value), code);
}
