/** What prices are told apart by: plan, product, interval. A price is met once and gets a number. */
import type { ItemDimension } from '../../../../shared/contract/slice.ts';
import { NO_VALUE } from '../../../../shared/contract/slice.ts';
import type { Price } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { NO_ITEM } from '../ledger/ledger-item.ts';

/** The dimensions of a price; currency is that of the subscription. */
export type PriceDimension = Exclude<ItemDimension, 'currency'>;

export interface ItemBook {
  /** The number of a price of a source, under a product. */
  numberOf(sourceId: number, priceId: string, productId: string | null): number;
  /** The numbers here of the items that the ledger's columns name by theirs. */
  storedNumbers(): ReadonlyMap<number, number>;
  readonly size: number;
  /** A price's value of a dimension. */
  value(item: number, dimension: PriceDimension): string;
  /** What a value is called. */
  label(dimension: PriceDimension, value: string): string;
}

type Item = Readonly<Record<PriceDimension, string>>;

/** A book over the stored catalogue; prices that were embedded in subscriptions only are known from there. */
export function itemBook(db: ReadDb): ItemBook {
  const numbers = new Map<string, number>();
  const items: Item[] = [];
  const labels: Record<PriceDimension, Map<string, string>> = {
    plan: new Map(),
    product: new Map(),
    price: new Map(),
    interval: new Map(),
    account: new Map(),
  };
  const findProduct = db.prepare<[number, string], { name: string }>(
    `SELECT name FROM product WHERE source_id = ? AND id = ?`,
  );
  const findPrice = db.prepare<[number, string], { body: string }>(
    `SELECT body FROM price WHERE source_id = ? AND id = ?`,
  );
  const findAccount = db.prepare<[number], { name: string }>(`SELECT name FROM source WHERE source_id = ?`);
  const embedded = lazily(() => embeddedPrices(db));

  const itemOf = (sourceId: number, priceId: string, productId: string | null): Item => {
    const stored = findPrice.first(sourceId, priceId);
    const price = stored ? (JSON.parse(stored.body) as Price) : embedded().get(priceId);
    const product = productId === null ? undefined : findProduct.first(sourceId, productId)?.name;
    const plan = product ?? price?.nickname ?? priceId;
    const item: Item = {
      plan,
      product: productId ?? NO_VALUE,
      price: priceId,
      account: String(sourceId),
      interval: price?.recurring ? intervalText(price.recurring.interval, price.recurring.intervalCount) : NO_VALUE,
    };
    labels.plan.set(plan, plan);
    labels.product.set(item.product, product ?? productId ?? 'Without a product');
    labels.price.set(priceId, price?.nickname ?? priceId);
    labels.interval.set(item.interval, item.interval === NO_VALUE ? 'Interval not known' : item.interval);
    return item;
  };

  const numberOf = (sourceId: number, priceId: string, productId: string | null): number => {
    const key = `${sourceId}|${priceId}|${productId ?? ''}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = items.push(itemOf(sourceId, priceId, productId)) - 1;
      numbers.set(key, number);
    }
    return number;
  };
  const stored = lazily(() => {
    const rows = db
      .prepare<[], { item_id: number; source_id: number; price_id: string; product_id: string | null }>(
        `SELECT item_id, source_id, price_id, product_id FROM ledger_item ORDER BY item_id`,
      )
      .all();
    return new Map([
      [NO_ITEM, NO_ITEM],
      ...rows.map((row) => [row.item_id, numberOf(row.source_id, row.price_id, row.product_id)] as const),
    ]);
  });

  return {
    numberOf,
    storedNumbers: stored,
    get size() {
      return items.length;
    },
    value: (item, dimension) => items[item]?.[dimension] ?? NO_VALUE,
    // An account can be given another name at any time.
    label: (dimension, value) =>
      (dimension === 'account' ? findAccount.first(Number(value))?.name : labels[dimension].get(value)) ?? value,
  };
}

/** `month`, `year`, `3 months`; twelve months are a year. */
function intervalText(interval: string, count: number): string {
  if (interval === 'month' && count % 12 === 0) return intervalText('year', count / 12);
  return count === 1 ? interval : `${count} ${interval}s`;
}

/** Prices by id, as the states of subscriptions hold them. */
function embeddedPrices(db: ReadDb): Map<string, Price> {
  const prices = new Map<string, Price>();
  for (const { body } of db.prepare<[], { body: string }>(`SELECT body FROM state_part ORDER BY part_id`).all()) {
    const part = JSON.parse(body) as Partial<Price>;
    if (part.id !== undefined && part.recurring !== undefined) prices.set(part.id, part as Price);
  }
  return prices;
}

function lazily<Value extends object>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}
