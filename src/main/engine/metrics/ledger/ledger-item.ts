/** Numbers for what the ledger tells amounts apart by: a price of a source, under the product it was sold as. */
import { hash } from 'node:crypto';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';

export interface LedgerItem {
  readonly sourceId: number;
  readonly priceId: string;
  readonly productId: string | null;
}

/** For amounts that belong to no price. */
export const NO_ITEM = -1;

/** The number follows from the content, so threads that meet the same item agree on it: 52 bits of a hash. */
export function itemNumber({ sourceId, priceId, productId }: LedgerItem): number {
  return Number.parseInt(hash('sha256', JSON.stringify([sourceId, priceId, productId]), 'hex').slice(0, 13), 16);
}

/**
 * Numbers items, and writes those that are not `stored` yet to `into`.
 * @throws AppError `internal` where two items share a number.
 */
export function itemNumbering(stored: ReadDb, into: WriteDb): (item: LedgerItem) => number {
  const known = new Map<string, number>();
  const find = stored.prepare<[number], { source_id: number; price_id: string; product_id: string | null }>(
    `SELECT source_id, price_id, product_id FROM ledger_item WHERE item_id = ?`,
  );
  const add = into.prepareWrite<[number, number, string, string | null]>(
    `INSERT OR IGNORE INTO ledger_item (item_id, source_id, price_id, product_id) VALUES (?, ?, ?, ?)`,
  );
  return (item) => {
    const { sourceId, priceId, productId } = item;
    const key = `${sourceId}|${priceId}|${productId ?? ''}`;
    let number = known.get(key);
    if (number === undefined) {
      number = itemNumber(item);
      const row = find.first(number);
      if (!row) add.run(number, sourceId, priceId, productId);
      else if (row.source_id !== sourceId || row.price_id !== priceId || row.product_id !== productId)
        throw new AppError('internal', `The prices ${row.price_id} and ${priceId} share the number ${number}`);
      known.set(key, number);
    }
    return number;
  };
}
