/**
 * The tables that hold what was computed of a customer: states, usage,
 * standing, trials, items without a value. A customer's rows of a table are
 * replaced together, and only where one of them differs.
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

/** Whether two lists hold the same rows, in any order. A table's key keeps equal rows out of both. */
export function sameRows(a: readonly CustomerRow[], b: readonly CustomerRow[]): boolean {
  if (a.length !== b.length) return false;
  const texts = new Set(a.map((row) => JSON.stringify(row)));
  return b.every((row) => texts.has(JSON.stringify(row)));
}
