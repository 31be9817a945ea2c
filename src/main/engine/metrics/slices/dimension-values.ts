/** The value of every customer in a dimension of customers: country, acquisition channel, metadata. As known today. */
import { NO_VALUE, type Dimension, type ItemDimension } from '../../../../shared/contract/slice.ts';
import { CUSTOMER_SAID } from '../../crm-fields/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { ledgerKey } from '../query/ledger-view.ts';

export type CustomerDimension = Exclude<Dimension, ItemDimension | 'segment'>;

/** Values as codes, so that a pass over all customers compares numbers. */
export interface CustomerValues {
  /** Every value, each once; 0 is `NO_VALUE`. */
  readonly values: readonly string[];
  /** The code of a customer's value. */
  codeOf(customerId: number): number;
}

const remembered = new WeakMap<ReadDb, Map<string, { key: string; values: CustomerValues }>>();
/** So many dimensions are kept per connection; four bytes a customer each. */
const REMEMBERED = 8;

export function customerValues(db: ReadDb, dimension: CustomerDimension): CustomerValues {
  let known = remembered.get(db);
  if (!known) remembered.set(db, (known = new Map()));
  const key = ledgerKey(db);
  const entry = known.get(dimension);
  if (entry?.key === key) return entry.values;
  known.delete(dimension);
  const [oldest] = known.keys();
  if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
  const values = read(db, dimension);
  known.set(dimension, { key, values });
  return values;
}

interface NamedRow {
  readonly customer_id: number;
  readonly name: string;
}

function read(db: ReadDb, dimension: CustomerDimension): CustomerValues {
  const last = db.prepare<[], { id: number | null }>(`SELECT max(customer_id) AS id FROM customer`).first()?.id ?? 0;
  const codes = new Int32Array(last + 1);
  const values = [NO_VALUE];
  const codeOf = new Map([[NO_VALUE, 0]]);
  for (const { customer_id, name } of rowsOf(db, dimension)) {
    let code = codeOf.get(name);
    if (code === undefined) codeOf.set(name, (code = values.push(name) - 1));
    codes[customer_id] = code;
  }
  return { values, codeOf: (customerId) => codes[customerId] ?? 0 };
}

/** Later rows win: where a customer is known to several sources, the first one's word. */
function rowsOf(db: ReadDb, dimension: CustomerDimension): readonly NamedRow[] {
  if (dimension === 'country')
    return db
      .prepare<[], NamedRow>(`SELECT customer_id, country AS name FROM customer WHERE country IS NOT NULL`)
      .all();
  return textsUnder(db, dimension === 'channel' ? 'channel' : dimension.slice('metadata:'.length));
}

/** Texts under a key of customers: what billing's metadata says, and where that is silent what a field of a CRM says. Later rows win. */
export function textsUnder(db: ReadDb, key: string): readonly NamedRow[] {
  return [
    ...crmTexts(db, key),
    ...db
      .prepare<[string], NamedRow>(
        `SELECT b.customer_id, m.value AS name FROM billing_customer b, json_each(b.metadata) m
         WHERE m.key = ? AND m.type = 'text' AND m.value <> '' ORDER BY b.source_id DESC, b.id DESC`,
      )
      .all(key),
  ];
}

/** Texts under a key by fields of a CRM alone. Later rows win. */
export function crmTexts(db: ReadDb, key: string): readonly NamedRow[] {
  return db
    .prepare<[string], NamedRow>(`SELECT customer_id, trim(value) AS name FROM (${CUSTOMER_SAID}) WHERE key = ?`)
    .all(key);
}

/** The keys under which customers have a text, in billing's metadata or by a field of a CRM, by how many have them. */
export function metadataKeys(db: ReadDb): { key: string; customers: number }[] {
  const cached = keysOf.get(db);
  const revision = ledgerKey(db);
  if (cached?.revision === revision) return cached.keys;
  const keys = db
    .prepare<[], { key: string; customers: number }>(
      `SELECT key, count(DISTINCT customer_id) AS customers FROM (
         SELECT m.key, b.customer_id FROM billing_customer b, json_each(b.metadata) m WHERE m.type = 'text' AND m.value <> ''
         UNION ALL SELECT key, customer_id FROM (${CUSTOMER_SAID})
       ) GROUP BY key ORDER BY customers DESC, key LIMIT 200`,
    )
    .all();
  keysOf.set(db, { revision, keys });
  return keys;
}

/** The dimensions of customers, those first that most customers have a value in. */
export function customerDimensions(db: ReadDb): CustomerDimension[] {
  const keys = metadataKeys(db).filter(({ key }) => key !== 'channel');
  return ['country', 'channel', ...keys.map(({ key }) => `metadata:${key}` as const)];
}

const keysOf = new WeakMap<ReadDb, { revision: string; keys: { key: string; customers: number }[] }>();
