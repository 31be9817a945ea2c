/** What customers are told apart by: the plan they first paid for, their country, first currency, channel, or any metadata. */
import type { CohortSplit } from '../../../../shared/contract/retention.ts';
import { NO_VALUE } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import { currencyOfNumber, readMovementColumns } from '../ledger/customer-block.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import { customerValues } from '../slices/dimension-values.ts';

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

/** As slices have it; the text under a key of customers for the channel and other metadata. */
function namesBy(db: ReadDb, by: Exclude<CohortSplit, 'currency'>): NameOf {
  if (by === 'plan') return firstPlans(db);
  const { values, codeOf } = customerValues(db, by);
  return (customerId) => {
    const name = values[codeOf(customerId)];
    return name === NO_VALUE ? undefined : name;
  };
}

const plans = new WeakMap<ReadDb, { key: string; nameOf: NameOf }>();

/** The plan that made most of a customer's first MRR; of equals the first by source, product and price. */
function firstPlans(db: ReadDb): NameOf {
  const key = ledgerKey(db);
  const known = plans.get(db);
  if (known?.key === key) return known.nameOf;
  const { names, placeOf } = planNames(db);
  const { length, annual, customers, items, kinds } = readMovementColumns(db);
  const begun = LEDGER_KINDS.indexOf('new');
  const first = new Int32Array(customers.reduce((most, id) => Math.max(most, id), 0) + 1).fill(-1);
  const sums = new Map<number, number>();
  // Rows lie by customer.
  for (let index = 0; index < length;) {
    const customer = customers[index] ?? 0;
    sums.clear();
    for (; index < length && customers[index] === customer; index++) {
      if (kinds[index] !== begun) continue;
      const place = placeOf.get(items[index] ?? 0) ?? -1;
      sums.set(place, (sums.get(place) ?? 0) + (annual[index] ?? 0));
    }
    let most = 0;
    for (const [place, sum] of sums)
      if (sum > most || (sum === most && sum > 0 && place < (first[customer] ?? 0))) {
        most = sum;
        first[customer] = place;
      }
  }
  const nameOf: NameOf = (customerId) => names[first[customerId] ?? -1];
  plans.set(db, { key, nameOf });
  return nameOf;
}

interface ItemRow {
  readonly item_id: number;
  readonly source_id: number;
  readonly product_id: string | null;
  readonly price_id: string;
}

/** The plans that items of the ledger are of: a product, else a price's nickname, else the price's id. */
function planNames(db: ReadDb): { names: readonly string[]; placeOf: ReadonlyMap<number, number> } {
  const nameOf = db.prepare<[number, string | null, number, string], { name: string | null }>(
    `SELECT coalesce(
       (SELECT name FROM product WHERE source_id = ? AND id = ?),
       (SELECT json_extract(body, '$.nickname') FROM price WHERE source_id = ? AND id = ?)) AS name`,
  );
  const items = db
    .prepare<[], ItemRow>(
      `SELECT item_id, source_id, product_id, price_id FROM ledger_item ORDER BY source_id, product_id, price_id`,
    )
    .all();
  const names: string[] = [];
  const places = new Map<string, number>();
  const placeOf = new Map<number, number>();
  for (const { item_id, source_id, product_id, price_id } of items) {
    const name = nameOf.first(source_id, product_id, source_id, price_id)?.name ?? price_id;
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = names.push(name) - 1));
    placeOf.set(item_id, place);
  }
  return { names, placeOf };
}
