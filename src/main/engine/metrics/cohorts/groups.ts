/** What customers are told apart by: the plan they first paid for, their country, first currency, channel, or any metadata. */
import { COHORT_SPLITS, type CohortSplit, type NamedCohortSplit } from '../../../../shared/contract/retention.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { textsUnder } from '../slices/dimension-values.ts';

/** The group of customers of whom the value is not known. */
export const UNKNOWN_GROUP = 'unknown';

export type GroupOf = (customerId: number, firstCurrency: number) => string;

/** Which group a customer is in; null `by`: no groups, all are in ''. */
export function groupsBy(db: ReadDb, by: CohortSplit | null): GroupOf {
  if (by === null) return () => '';
  if (by === 'currency') return (_customer, currency) => currencyOfNumber(currency);
  const nameOf = namesBy(db, by);
  return (customerId) => nameOf(customerId) ?? UNKNOWN_GROUP;
}

type NameOf = (customerId: number) => string | undefined;

function namesBy(db: ReadDb, by: Exclude<CohortSplit, 'currency'>): NameOf {
  if (by === 'plan') return firstPlans(db);
  const names =
    by === 'country' ? countriesOf(db) : metadataOf(db, isNamed(by) ? 'channel' : by.slice('metadata:'.length));
  return (customerId) => names.get(customerId);
}

function isNamed(by: CohortSplit): by is NamedCohortSplit {
  return COHORT_SPLITS.some((name) => name === by);
}

interface NameRow {
  readonly customer_id: number;
  readonly name: string;
}

function countriesOf(db: ReadDb): Map<number, string> {
  const sql = `SELECT customer_id, country AS name FROM customer WHERE country IS NOT NULL AND country <> ''`;
  return namesOf(db.prepare<[], NameRow>(sql).all());
}

/** The text under a key of customers, as slices have it. */
function metadataOf(db: ReadDb, key: string): Map<number, string> {
  return namesOf(textsUnder(db, key));
}

/** Later rows win. */
function namesOf(rows: readonly NameRow[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const { customer_id, name } of rows) names.set(customer_id, name);
  return names;
}

const plans = new WeakMap<ReadDb, { key: string; nameOf: NameOf }>();

/** A price that customers began with: who, and their annual amounts of it, as JSON arrays in the same order. */
interface BeginningRow {
  readonly source_id: number;
  readonly product_id: string | null;
  readonly price_id: string;
  readonly customers: string;
  readonly amounts: string;
}

const BEGINNINGS = `
  SELECT source_id, product_id, price_id, json_group_array(customer_id) AS customers, json_group_array(annual_minor) AS amounts
  FROM movement WHERE kind = 'new' GROUP BY source_id, product_id, price_id`;

/**
 * The plan that made most of a customer's first MRR; what it had been reversed to sums to nothing.
 * Kept in columns by customer id: with many customers, maps take several times as long.
 */
function firstPlans(db: ReadDb): NameOf {
  const key = ledgerKey(db);
  const known = plans.get(db);
  if (known?.key === key) return known.nameOf;
  const ids = db.prepare<[], { most: number | null }>(`SELECT max(customer_id) AS most FROM customer`).first();
  const most = new Float64Array((ids?.most ?? 0) + 1);
  const sums = new Float64Array(most.length);
  const plan = new Int32Array(most.length).fill(-1);
  const names: string[] = [];
  for (const [name, rows] of beginningsByPlan(db)) {
    const customers: number[] = [];
    for (const row of rows) {
      const amounts = JSON.parse(row.amounts) as number[];
      for (const [index, customerId] of (JSON.parse(row.customers) as number[]).entries()) {
        sums[customerId] = (sums[customerId] ?? 0) + (amounts[index] ?? 0);
        customers.push(customerId);
      }
    }
    for (const customerId of customers) {
      const sum = sums[customerId] ?? 0;
      if (sum > (most[customerId] ?? 0)) {
        most[customerId] = sum;
        plan[customerId] = names.length;
      }
      sums[customerId] = 0;
    }
    names.push(name);
  }
  const nameOf: NameOf = (customerId) => names[plan[customerId] ?? -1];
  plans.set(db, { key, nameOf });
  return nameOf;
}

/** What customers began with, by plan: a product, else a price's nickname, else the price's id. */
function beginningsByPlan(db: ReadDb): Map<string, BeginningRow[]> {
  const nameOf = db.prepare<[number, string | null, number, string], { name: string | null }>(
    `SELECT coalesce(
       (SELECT name FROM product WHERE source_id = ? AND id = ?),
       (SELECT json_extract(body, '$.nickname') FROM price WHERE source_id = ? AND id = ?)) AS name`,
  );
  const byPlan = new Map<string, BeginningRow[]>();
  for (const row of db.prepare<[], BeginningRow>(BEGINNINGS).all()) {
    const { source_id, product_id, price_id } = row;
    const name = nameOf.first(source_id, product_id, source_id, price_id)?.name ?? price_id;
    const rows = byPlan.get(name);
    if (rows) rows.push(row);
    else byPlan.set(name, [row]);
  }
  return byPlan;
}
