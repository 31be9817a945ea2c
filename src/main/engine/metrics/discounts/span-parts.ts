/** What discounts take off, price by price, for parts of the company. */
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import type { SpanPart as StoredPart } from '../ledger/discount-spans.ts';
import { ledgerKey } from '../query/ledger-view.ts';
import type { Selection } from '../slices/selection.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import { allSpans, type DiscountSpan } from './spans.ts';

/** A stretch of time over which a subscription's discounts take something off; annual minor units of its currency. */
export interface SpanPart {
  readonly span: DiscountSpan;
  readonly from: PlainDay;
  readonly until: PlainDay | null;
  readonly currency: string;
  readonly given: number;
}

interface ItemGiven {
  readonly priceId: string;
  readonly productId: string | null;
  readonly given: number;
}

/** The spans of a slice, each with what it takes off the slice's prices. */
export function spanParts(db: ReadDb, { selection, ledger }: SlicedView): SpanPart[] {
  const { customer, currency, byPrice, itemsOf } = selection;
  const found: SpanPart[] = [];
  for (const span of allSpans(db)) {
    if (customer !== null && !customer(span.customerId)) continue;
    if (currency !== null && !currency(currencyNumber(span.currency))) continue;
    const given = byPrice
      ? itemsGiven(span)
          .filter(({ priceId, productId }) =>
            itemsOf(ledger.book, ledger.book.numberOf(span.sourceId, priceId, productId)),
          )
          .reduce((sum, item) => sum + item.given, 0)
      : span.listed - span.annual;
    if (given !== 0) found.push({ span, from: span.from, until: span.until, currency: span.currency, given });
  }
  return found;
}

/** What a span takes off each of its prices; those that nothing is taken off are left out. */
export function itemsGiven({ parts }: DiscountSpan): readonly ItemGiven[] {
  // Written by this program and read back as it was.
  return (JSON.parse(parts) as StoredPart[]).map(([priceId, productId, given]) => ({ priceId, productId, given }));
}

/** What spans take off, one row a price, in packed columns. */
interface PartColumns {
  readonly length: number;
  readonly customers: Int32Array;
  /** As `currencyNumber`. */
  readonly currencies: Int32Array;
  /** Index into `items`. */
  readonly itemsAt: Int32Array;
  readonly items: readonly { readonly sourceId: number; readonly priceId: string; readonly productId: string | null }[];
  /** As `dayNumber`; `OPEN` where a span goes on. */
  readonly from: Int32Array;
  readonly until: Int32Array;
  /** Annual minor units. */
  readonly given: Float64Array;
}

const OPEN = -1;

const remembered = new WeakMap<ReadDb, { key: string; columns: PartColumns }>();

/** Whether the discounts of a part of the company were asked for over this connection. */
export function hasSpans(db: ReadDb): boolean {
  return remembered.has(db);
}

/** Reads all parts, before somebody asks for the discounts of some customers or prices. */
export function prepareSpans(db: ReadDb): void {
  partColumns(db);
}

function partColumns(db: ReadDb): PartColumns {
  const key = ledgerKey(db);
  const known = remembered.get(db);
  if (known?.key === key) return known.columns;
  const columns = read(db);
  remembered.set(db, { key, columns });
  return columns;
}

interface Row {
  readonly customer_id: number;
  readonly source_id: number;
  readonly currency: string;
  readonly from_on: PlainDay;
  readonly until_on: PlainDay | null;
  readonly parts: string;
}

function read(db: ReadDb): PartColumns {
  const rows = db
    .prepare<[], Row>(
      `SELECT customer_id, source_id, currency, from_on, until_on, parts FROM discount_span
       WHERE listed_minor <> annual_minor`,
    )
    .all();
  const items: PartColumns['items'][number][] = [];
  const numbers = new Map<string, number>();
  const numberOf = (sourceId: number, priceId: string, productId: string | null): number => {
    const key = `${sourceId}|${priceId}|${productId ?? ''}`;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = items.push({ sourceId, priceId, productId }) - 1));
    return number;
  };
  const parts = rows.map((row) => JSON.parse(row.parts) as StoredPart[]);
  const length = parts.reduce((sum, { length: count }) => sum + count, 0);
  const ints = () => new Int32Array(length);
  const columns = { customers: ints(), currencies: ints(), itemsAt: ints(), from: ints(), until: ints() };
  const given = new Float64Array(length);
  let at = 0;
  for (const [index, { customer_id, source_id, currency, from_on, until_on }] of rows.entries())
    for (const [priceId, productId, amount] of parts[index] ?? []) {
      columns.customers[at] = customer_id;
      columns.currencies[at] = currencyNumber(currency);
      columns.itemsAt[at] = numberOf(source_id, priceId, productId);
      columns.from[at] = dayNumber(from_on);
      columns.until[at] = until_on === null ? OPEN : dayNumber(until_on);
      given[at] = amount;
      at += 1;
    }
  return { length, items, given, ...columns };
}

/** By how much what is given away in a slice changes on each day, by currency. Annual minor units. */
export interface GivenSteps {
  /** As `dayNumber`: that of the first change in the arrays. */
  readonly firstDay: number;
  /** By `currencyNumber`. */
  readonly changes: ReadonlyMap<number, Float64Array>;
}

export function givenSteps(db: ReadDb, { selection, ledger }: SlicedView): GivenSteps {
  const columns = partColumns(db);
  const { length, customers, currencies, itemsAt, from, until, given } = columns;
  const { customer: holds, currency: wanted } = selection;
  const chosen = chosenItems(columns, selection, ledger.book);
  let [firstDay, lastDay] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < length; index++) {
    firstDay = Math.min(firstDay, from[index] ?? 0);
    lastDay = Math.max(lastDay, from[index] ?? 0, until[index] ?? OPEN);
  }
  const changes = new Map<number, Float64Array>();
  for (let index = 0; index < length; index++) {
    if (chosen && chosen[itemsAt[index] ?? 0] !== 1) continue;
    if (holds && !holds(customers[index] ?? 0)) continue;
    const currency = currencies[index] ?? 0;
    if (wanted && !wanted(currency)) continue;
    let days = changes.get(currency);
    if (!days) changes.set(currency, (days = new Float64Array(lastDay - firstDay + 1)));
    const amount = given[index] ?? 0;
    const begin = (from[index] ?? 0) - firstDay;
    days[begin] = (days[begin] ?? 0) + amount;
    if (until[index] === OPEN) continue;
    const end = (until[index] ?? 0) - firstDay;
    days[end] = (days[end] ?? 0) - amount;
  }
  return { firstDay, changes };
}

/** By place in `items`: 1 where a price is in the selection; null: prices are not told apart. */
function chosenItems({ items }: PartColumns, { byPrice, itemsOf }: Selection, book: SlicedView['ledger']['book']) {
  if (!byPrice) return null;
  return Uint8Array.from(items, ({ sourceId, priceId, productId }) =>
    itemsOf(book, book.numberOf(sourceId, priceId, productId)) ? 1 : 0,
  );
}
