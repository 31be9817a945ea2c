/**
 * All customers in packed columns: what lists, searches and segments pass over. Some 80 bytes a customer; one per
 * connection, dropped when the ledger changes. Rows as they are shown are read for a page at a time.
 */
import { CUSTOMER_STATES, type CustomerState } from '../../../../shared/contract/customer-state.ts';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import { dayOfNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { FROM, readBase, readDetails, type Base, type Details } from './customer-columns.ts';
import { customerRow, ROW_COLUMNS, type StoredRow } from './customer-row.ts';
import type { CustomerTexts } from './customer-texts.ts';
import { unaccented } from './near-words.ts';
import { orderByNumber, orderByText, type Direction } from './orders.ts';

export type CustomerSort = 'name' | 'mrr' | 'customerSince' | 'churnedOn' | 'state' | 'country';

/** By position, which is the order of ids. */
export interface CustomerTable {
  readonly length: number;
  readonly ids: Int32Array;
  readonly texts: CustomerTexts;
  stateOf(position: number): CustomerState;
  /** Monthly minor units of the ledger's currency; null where no rate is known. */
  mrrOf(position: number): number | null;
  planOf(position: number): string | null;
  customerSince(position: number): PlainDay | null;
  churnedOn(position: number): PlainDay | null;
  /** The customers at positions as lists show them. */
  rowsAt(positions: readonly number[]): CustomerRow[];
  /** The positions of all rows in an order; what is empty comes last, equals by id. */
  ordered(sort: CustomerSort, direction: Direction): Int32Array;
  /** The positions of those whom a vendor knows by this id. */
  ofVendorId(id: string): number[];
  /** By position: 1 where the name, the e-mail address or the vendor's id matches. */
  matches(search: string): Uint8Array;
}

const tables = new WeakMap<ReadDb, { key: string; table: CustomerTable }>();

/** Whether customers were listed or looked for over this connection. */
export function hasCustomerTable(db: ReadDb): boolean {
  return tables.has(db);
}

export function customerTable(db: ReadDb): CustomerTable {
  const last = db
    .prepare<[], { id: string }>(
      `SELECT (SELECT max(customer_id) FROM customer) || ':' || (SELECT count(*) FROM customer WHERE merged_into_id IS NOT NULL) || ':' ||
              (SELECT count(*) FROM erasure) AS id`,
    )
    .first()?.id;
  const key = `${ledgerKey(db)}:${last}`;
  const known = tables.get(db);
  if (known?.key === key) return known.table;
  const table = tableOf(db, readBase(db));
  tables.set(db, { key, table });
  return table;
}

function tableOf(db: ReadDb, base: Base): CustomerTable {
  const { ids, annual, texts } = base;
  const { length } = ids;
  let read: Details | undefined;
  const details = (): Details => (read ??= readDetails(db, ids));
  const orders = new Map<string, Int32Array>();
  const shown = db.prepare<[number], StoredRow>(`SELECT ${ROW_COLUMNS} ${FROM} AND c.customer_id = ?`);
  const vendorIds = db.prepare<[string], { customer_id: number }>(
    `SELECT customer_id FROM billing_customer WHERE source_id IN (SELECT source_id FROM source) AND id = ?`,
  );
  const dayAt = (days: Float64Array, position: number): PlainDay | null => {
    const day = days[position] ?? Number.NaN;
    return Number.isNaN(day) ? null : dayOfNumber(day);
  };
  const ofVendorId = (id: string): number[] =>
    [...new Set(vendorIds.all(id).flatMap(({ customer_id }) => positionOf(ids, customer_id) ?? []))].sort(
      (a, b) => a - b,
    );
  return {
    length,
    ids,
    texts,
    stateOf: (position) => CUSTOMER_STATES[details().states[position] ?? 0] ?? 'lead',
    mrrOf(position) {
      const year = annual[position] ?? Number.NaN;
      return Number.isNaN(year) ? null : divideRounded(year, 12);
    },
    planOf: (position) => details().plans.at(position),
    customerSince: (position) => dayAt(details().since, position),
    churnedOn: (position) => dayAt(details().churned, position),
    rowsAt: (positions) =>
      positions.flatMap((position) => {
        const row = shown.first(ids[position] ?? 0);
        return row ? [customerRow(row)] : [];
      }),
    ofVendorId,
    ordered(sort, direction) {
      const key = `${sort} ${direction}`;
      let order = orders.get(key);
      if (!order) orders.set(key, (order = orderOf(db, base, details, sort, direction)));
      return order;
    },
    matches(search) {
      const found = texts.having(unaccented(search));
      for (const position of ofVendorId(search)) found[position] = 1;
      return found;
    },
  };
}

/** Null: there is no such customer in the table. */
function positionOf(ids: Int32Array, id: number): number | null {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

function orderOf(
  db: ReadDb,
  { ids, annual }: Base,
  details: () => Details,
  sort: CustomerSort,
  direction: Direction,
): Int32Array {
  switch (sort) {
    case 'mrr':
      return orderByNumber(annual, direction);
    case 'customerSince':
      return orderByNumber(details().since, direction);
    case 'churnedOn':
      return orderByNumber(details().churned, direction);
    case 'state': {
      const ranks = CUSTOMER_STATES.map((state) => CUSTOMER_STATES.filter((other) => other < state).length);
      return orderByNumber(
        Int32Array.from(details().states, (state) => ranks[state] ?? 0),
        direction,
      );
    }
    case 'country':
      return orderByNumber(details().countries.ranks(), direction);
    case 'name':
      return orderByText(namesOf(db, ids), direction);
  }
}

/** By position, in small letters. */
function namesOf(db: ReadDb, ids: Int32Array): string[] {
  const names = Array.from(ids, () => '');
  const rows = db.prepare<[], { id: number; name: string }>(`SELECT customer_id AS id, name FROM customer`).all();
  for (const { id, name } of rows) {
    const position = positionOf(ids, id);
    if (position !== null) names[position] = name.toLowerCase();
  }
  return names;
}
