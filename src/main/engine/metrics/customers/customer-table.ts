/** All customers in memory, column by column: what lists, searches and segments pass over. One per connection, dropped when the ledger changes. */
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import type { ReadDb } from '../../store/handles.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { customerRow, ROW_COLUMNS, type StoredRow } from './customer-row.ts';
import { unaccented } from './near-words.ts';

export type CustomerSort = 'name' | 'mrr' | 'customerSince' | 'churnedOn' | 'state' | 'country';

export interface CustomerTable {
  readonly length: number;
  readonly rows: readonly CustomerRow[];
  /** Annual minor units in the ledger's currency; NaN where no rate is known. */
  readonly annual: Float64Array;
  /** The positions of all rows in an order; what is empty comes last, equals by id. */
  ordered(sort: CustomerSort, direction: 'asc' | 'desc'): Int32Array;
  /** By position: name and e-mail address in small letters without accents. */
  readonly texts: readonly string[];
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
  const table = read(db);
  tables.set(db, { key, table });
  return table;
}

const VALUE_OF: Readonly<Record<CustomerSort, (row: CustomerRow) => string | number | null>> = {
  name: ({ name }) => name.toLowerCase(),
  mrr: ({ mrr }) => mrr,
  customerSince: ({ customerSince }) => customerSince,
  churnedOn: ({ churnedOn }) => churnedOn,
  state: ({ state }) => state,
  country: ({ country }) => country,
};

function read(db: ReadDb): CustomerTable {
  const stored = db
    .prepare<[], StoredRow>(
      `SELECT ${ROW_COLUMNS} FROM customer c LEFT JOIN customer_standing s ON s.customer_id = c.customer_id
       WHERE c.erased_at IS NULL AND c.merged_into_id IS NULL ORDER BY c.customer_id`,
    )
    .all();
  const rows = stored.map(customerRow);
  const annual = Float64Array.from(stored, (row) => (row.state === 'lead' ? 0 : (row.reporting_minor ?? Number.NaN)));
  // One text a customer, so that a search is one pass; the separator is in no name.
  const texts = rows.map(({ name, email }) => unaccented(`${name}\u0000${email ?? ''}`));
  const orders = new Map<string, Int32Array>();
  const vendorIds = db.prepare<[string], { customer_id: number }>(
    `SELECT customer_id FROM billing_customer WHERE source_id IN (SELECT source_id FROM source) AND id = ?`,
  );
  const ofVendorId = (id: string): number[] => {
    const ids = new Set(vendorIds.all(id).map(({ customer_id }) => customer_id));
    return ids.size === 0 ? [] : rows.flatMap(({ customerId }, position) => (ids.has(customerId) ? [position] : []));
  };
  return {
    length: rows.length,
    rows,
    annual,
    texts,
    ofVendorId,
    ordered(sort, direction) {
      const key = `${sort} ${direction}`;
      let order = orders.get(key);
      if (!order) orders.set(key, (order = orderOf(rows, sort, direction, sort === 'mrr' ? annual : null)));
      return order;
    },
    matches(search) {
      const wanted = unaccented(search);
      const found = new Uint8Array(rows.length);
      for (let index = 0; index < texts.length; index++) if (texts[index]?.includes(wanted)) found[index] = 1;
      for (const position of ofVendorId(search)) found[position] = 1;
      return found;
    },
  };
}

function orderOf(
  rows: readonly CustomerRow[],
  sort: CustomerSort,
  direction: 'asc' | 'desc',
  annual: Float64Array | null,
): Int32Array {
  const sign = direction === 'asc' ? 1 : -1;
  const order = Int32Array.from(rows, (_, index) => index);
  if (annual)
    return order.sort((a, b) => {
      const [first = Number.NaN, second = Number.NaN] = [annual[a], annual[b]];
      if (Number.isNaN(first) || Number.isNaN(second))
        return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
      return sign * (first - second) || a - b;
    });
  const values = rows.map(VALUE_OF[sort]);
  return order.sort((a, b) => {
    const first = values[a] ?? null;
    const second = values[b] ?? null;
    if (first === second) return a - b;
    if (first === null) return 1;
    if (second === null) return -1;
    return first < second ? -sign : sign;
  });
}
