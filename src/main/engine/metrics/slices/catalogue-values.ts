/** Values of a price's dimensions that the ledger does not know: nothing ever recurred at them. */
import { NO_VALUE, type ItemDimension } from '../../../../shared/contract/slice.ts';
import type { ReadDb } from '../../store/handles.ts';
import { itemBook } from './items.ts';

/** What belongs to no price: a payment without an invoice, a line that names none, an invoice whose lines are unknown. */
const NO_PRICE = 'No price named';

/** Every value of the stored catalogue, the currencies of what flowed, and that of what no line explains. */
export function catalogueValues(db: ReadDb, dimension: ItemDimension): { value: string; label: string }[] {
  if (dimension === 'currency')
    return db
      .prepare<[], { currency: string }>(`SELECT DISTINCT currency FROM flow_rollup ORDER BY currency`)
      .all()
      .map(({ currency }) => ({ value: currency, label: currency }));
  const book = itemBook(db);
  const prices = db
    .prepare<[], { source_id: number; id: string; product_id: string | null }>(
      `SELECT source_id, id, product_id FROM price UNION ALL SELECT source_id, '', id FROM product
       UNION ALL SELECT source_id, '', NULL FROM source`,
    )
    .all();
  const values = new Set(
    prices.map((price) => book.value(book.numberOf(price.source_id, price.id, price.product_id), dimension)),
  );
  return [...values].map((value) => ({ value, label: billedLabel(dimension, value, book.label(dimension, value)) }));
}

/** What a value is called where sums of invoices and payments are told apart by it. */
export function billedLabel(dimension: ItemDimension, value: string, label: string): string {
  if (value !== NO_VALUE) return label;
  return dimension === 'interval' ? 'Does not recur' : NO_PRICE;
}
