/**
 * The tables that hold what was computed of a customer: states, usage,
 * standing, trials, items without a value. Only those of a customer's rows are
 * written that differ from what stands.
 */
import type { ReadDb, SqlValue } from '../../store/handles.ts';

/** Columns in the order in which rows are made. */
export const CUSTOMER_TABLES = {
  subscription_state: [
    'source_id',
    'subscription_id',
    'effective_at',
    'effective_on',
    'customer_id',
    'status',
    'standing',
    'currency',
    'annual_minor',
    'trial_minor',
    'scheduled_end',
    'evidence',
    'evidence_id',
    'body',
  ],
  usage_level: ['source_id', 'subscription_id', 'item_id', 'changed_on', 'customer_id', 'currency', 'annual_minor'],
  customer_standing: [
    'customer_id',
    'standing',
    'reporting_minor',
    'plan',
    'first_paid_on',
    'churned_on',
    'next_change_on',
  ],
  trial: [
    'source_id',
    'subscription_id',
    'customer_id',
    'started_on',
    'ended_on',
    'converted_on',
    'currency',
    'item_id',
  ],
  unvalued_item: [
    'source_id',
    'subscription_id',
    'item_id',
    'customer_id',
    'from_on',
    'until_on',
    'what',
    'reason',
    'annual_minor',
    'currency',
  ],
} as const;

/** The columns that tell a table's rows apart. */
export const CUSTOMER_KEYS: Readonly<Record<CustomerTable, readonly string[]>> = {
  subscription_state: ['customer_id', 'source_id', 'subscription_id', 'effective_at'],
  usage_level: ['customer_id', 'source_id', 'subscription_id', 'item_id', 'changed_on'],
  customer_standing: ['customer_id'],
  trial: ['customer_id', 'source_id', 'subscription_id', 'started_on'],
  unvalued_item: ['customer_id', 'source_id', 'subscription_id', 'item_id', 'from_on'],
};

export type CustomerTable = keyof typeof CUSTOMER_TABLES;
export const CUSTOMER_TABLE_NAMES = Object.keys(CUSTOMER_TABLES) as readonly CustomerTable[];

/** Values in the order of the table's columns. */
export type CustomerRow = readonly SqlValue[];
export type CustomerRows = Readonly<Record<CustomerTable, readonly CustomerRow[]>>;

/** Reads all rows of customer after customer, each table by subscription and then by time. */
export function customerRowsReader(db: ReadDb): (customerId: number) => CustomerRows {
  const read = (table: CustomerTable, order: string) => {
    const statement = db.prepare<[number], Record<string, SqlValue>>(
      `SELECT ${CUSTOMER_TABLES[table].join(', ')} FROM ${table} WHERE customer_id = ? ${order}`,
    );
    return (customerId: number): CustomerRow[] => statement.all(customerId).map((row) => Object.values(row));
  };
  const states = read('subscription_state', 'ORDER BY source_id, subscription_id, effective_at');
  const usage = read('usage_level', 'ORDER BY source_id, subscription_id, item_id, changed_on');
  const standing = read('customer_standing', '');
  const trials = read('trial', '');
  const unvalued = read('unvalued_item', '');
  return (customerId) => ({
    subscription_state: states(customerId),
    usage_level: usage(customerId),
    customer_standing: standing(customerId),
    trial: trials(customerId),
    unvalued_item: unvalued(customerId),
  });
}

/** What has to be written for a table's stored rows to become others. Keys are in the order of the key's columns. */
export interface RowChanges {
  readonly gone: readonly CustomerRow[];
  /** Rows other than the one stored under their key. */
  readonly changed: readonly { readonly key: CustomerRow; readonly row: CustomerRow }[];
  readonly added: readonly CustomerRow[];
}

const NO_ROW_CHANGES: RowChanges = { gone: [], changed: [], added: [] };

/** Compares a customer's stored rows of a table with those that should be there, in any order. */
export function rowChanges(
  table: CustomerTable,
  stored: readonly CustomerRow[],
  rows: readonly CustomerRow[],
): RowChanges {
  if (stored.length === 0) return { gone: [], changed: [], added: rows };
  if (stored.length === rows.length && stored.every((row, index) => isSameRow(row, rows[index]))) return NO_ROW_CHANGES;
  const places = keyPlaces.get(table) ?? [];
  const keyOf = (row: CustomerRow) => places.map((place) => row[place] ?? null);
  const left = new Map(stored.map((row) => [JSON.stringify(keyOf(row)), row]));
  const changed: { key: CustomerRow; row: CustomerRow }[] = [];
  const added: CustomerRow[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const text = JSON.stringify(key);
    const before = left.get(text);
    if (before === undefined) added.push(row);
    else if (!isSameRow(row, before)) changed.push({ key, row });
    left.delete(text);
  }
  return { gone: [...left.values()].map(keyOf), changed, added };
}

/** Where the columns of a table's key stand in its rows. */
const keyPlaces: ReadonlyMap<CustomerTable, readonly number[]> = new Map(
  CUSTOMER_TABLE_NAMES.map((table) => [
    table,
    CUSTOMER_KEYS[table].map((column) => CUSTOMER_TABLES[table].findIndex((name) => name === column)),
  ]),
);

function isSameRow(a: CustomerRow, b: CustomerRow | undefined): boolean {
  return b !== undefined && a.every((value, place) => value === b[place]);
}
