/** Whether what belongs to an invoice lies in a slice: by its customer, by what it bills, and by its currency. */
import type { ReadDb } from '../../../store/handles.ts';
import { currencyNumber } from '../../ledger/customer-block.ts';
import type { ItemBook } from '../items.ts';
import type { Selection } from '../selection.ts';
import type { SlicedView } from '../sliced-view.ts';
import { flowItems, NOBODY } from './flow-columns.ts';
import { invoiceLines } from './invoice-lines.ts';
import { mainItem, WHOLE } from './line-shares.ts';

/** A payment, or another thing that is counted as one. */
export interface Billed {
  readonly sourceId: number;
  readonly customerId: number | null;
  readonly invoiceId: string | null;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly currency: string;
}

/** Null: everything. */
export type BilledIn = ((billed: Billed) => boolean) | null;

/** Which parts of amounts lie in a slice. */
export interface PartTest {
  customer(customerId: number): boolean;
  /** By item number of the book; null: all. */
  readonly items: (item: number) => boolean;
  currency(currency: number): boolean;
}

/** The tests of a selection over another book of items than the ledger's. */
export function partTest({ customer, currency, itemsOf }: Selection, book: ItemBook): PartTest {
  const held: (boolean | undefined)[] = [];
  return {
    customer: (customerId) => customer === null || customer(customerId),
    currency: (number) => currency === null || currency(number),
    items(item) {
      return (held[item] ??= itemsOf(book, item));
    },
  };
}

/** A thing that cannot be divided lies where the price lies that is worth most of its invoice. */
export function billedIn(db: ReadDb, sliced: SlicedView | null): BilledIn {
  if (!sliced) return null;
  const book = flowItems(db);
  const test = partTest(sliced.selection, book);
  const lines = invoiceLines(db, book);
  const { byPrice } = sliced.selection;
  return (billed) => {
    if (!test.customer(billed.customerId ?? NOBODY)) return false;
    if (!test.currency(currencyNumber(billed.currency))) return false;
    if (!byPrice) return true;
    const shares = lines.sharesOf(billed, WHOLE);
    return test.items(mainItem(shares, lines.noneOf(billed.sourceId)));
  };
}
