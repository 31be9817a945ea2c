/** What customers are told apart by: the plan they first paid for, their country, first currency or channel. */
import type { CohortSplit } from '../../../../shared/contract/retention.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import { ledgerKey } from '../query/ledger-view.ts';

/** The group of customers of whom the value is not known. */
export const UNKNOWN_GROUP = 'unknown';

export type GroupOf = (customerId: number, firstCurrency: number) => string;

/** Which group a customer is in; null `by`: no groups, all are in ''. */
export function groupsBy(db: ReadDb, by: CohortSplit | null): GroupOf {
  if (by === null) return () => '';
  if (by === 'currency') return (_customer, currency) => currencyOfNumber(currency);
  const names = by === 'plan' ? firstPlans(db) : namesOf(db, PROFILE[by]);
  return (customerId) => names.get(customerId) ?? UNKNOWN_GROUP;
}

const PROFILE = {
  country: `SELECT customer_id, country AS name FROM customer WHERE country IS NOT NULL AND country <> ''`,
  // The first source's word, where a customer is known to several.
  channel: `SELECT customer_id, json_extract(metadata, '$.channel') AS name FROM billing_customer
            WHERE json_type(metadata, '$.channel') = 'text' ORDER BY source_id DESC, id DESC`,
} as const;

interface NameRow {
  readonly customer_id: number;
  readonly name: string;
}

const plans = new WeakMap<ReadDb, { key: string; names: Map<number, string> }>();

/** The product that made most of a customer's first MRR; what it had been reversed to sums to nothing. */
function firstPlans(db: ReadDb): Map<number, string> {
  const key = ledgerKey(db);
  const known = plans.get(db);
  if (known?.key === key) return known.names;
  const names = namesOf(
    db,
    `SELECT m.customer_id, coalesce(p.name, json_extract(r.body, '$.nickname'), m.price_id) AS name
     FROM (SELECT customer_id, source_id, product_id, price_id, sum(annual_minor) AS annual
           FROM movement WHERE kind = 'new' GROUP BY customer_id, source_id, product_id, price_id HAVING annual > 0) m
     LEFT JOIN product p ON p.source_id = m.source_id AND p.id = m.product_id
     LEFT JOIN price r ON r.source_id = m.source_id AND r.id = m.price_id
     ORDER BY m.annual`,
  );
  plans.set(db, { key, names });
  return names;
}

/** Later rows win. */
function namesOf(db: ReadDb, sql: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const row of db.prepare<[], NameRow>(sql).all()) names.set(row.customer_id, row.name);
  return names;
}
