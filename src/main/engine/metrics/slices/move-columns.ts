/**
 * The ledger's rows in packed columns, by customer and then by day: what a pass over all customers for one slice
 * reads. Some 45 bytes a row; one set per connection, policy and revision of the ledger.
 */
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { LEDGER_KINDS, type LedgerKind } from '../core/movement.ts';
import { currencyNumber, readMovementColumns } from '../ledger/customer-block.ts';
import type { ItemBook } from './items.ts';
import { ownShares, type DayPart } from './split-day.ts';

export const TRANSFER = LEDGER_KINDS.indexOf('transfer');

/** A row of the ledger as the columns take it: annual minor units. */
export interface LedgerRow {
  readonly customerId: number;
  readonly on: PlainDay;
  readonly kind: LedgerKind;
  readonly sourceId: number;
  readonly priceId: string;
  readonly productId: string | null;
  readonly currency: string;
  readonly annual: number;
  readonly reporting: number | null;
}

export interface MoveColumns {
  readonly length: number;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  /** Index into `LEDGER_KINDS`. */
  readonly kinds: Uint8Array;
  readonly items: Int32Array;
  /** As `currencyNumber`. */
  readonly currencies: Int32Array;
  readonly annual: Float64Array;
  /** In the ledger's currency; NaN where no rate was known. */
  readonly reporting: Float64Array;
  /** Of both, what belongs to the day's movement; the rest moved between prices. */
  readonly ownAnnual: Float64Array;
  readonly ownReporting: Float64Array;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly lastCustomer: number;
  /** Every currency that there is, each once. */
  readonly everyCurrency: readonly number[];
}

/** The ledger as it is stored. */
export function storedMoves(db: ReadDb, book: ItemBook): MoveColumns {
  return withShares(storedRows(db, book));
}

/** @param rows of the customers who were valued again, in any order; the stored ones hold for everybody else. */
export function revaluedMoves(
  db: ReadDb,
  book: ItemBook,
  isAffected: Uint8Array,
  rows: readonly LedgerRow[],
): MoveColumns {
  const stored = storedRows(db, book);
  const own = packedRows(rows, book);
  const kept = stored.customers.reduce((sum, customer) => sum + (isAffected[customer] === 1 ? 0 : 1), 0);
  const joined = emptyRows(kept + own.length);
  let place = 0;
  for (let [index, next] = [0, 0]; index < stored.length || next < own.length;) {
    const customer = stored.customers[index] ?? Number.POSITIVE_INFINITY;
    if (isAffected[customer] === 1) index += 1;
    else if (customer < (own.customers[next] ?? Number.POSITIVE_INFINITY)) copyRow(stored, index++, joined, place++);
    else copyRow(own, next++, joined, place++);
  }
  return withShares(joined);
}

function storedRows(db: ReadDb, book: ItemBook): Rows {
  const { items, kinds, ...stored } = readMovementColumns(db);
  return { ...stored, kinds: Uint8Array.from(kinds), items: bookItems(items, book) };
}

function emptyRows(length: number): Rows {
  return {
    length,
    customers: new Int32Array(length),
    days: new Int32Array(length),
    kinds: new Uint8Array(length),
    items: new Int32Array(length),
    currencies: new Int32Array(length),
    annual: new Float64Array(length),
    reporting: new Float64Array(length),
  };
}

function copyRow(from: Rows, index: number, to: Rows, place: number): void {
  to.customers[place] = from.customers[index] ?? 0;
  to.days[place] = from.days[index] ?? 0;
  to.kinds[place] = from.kinds[index] ?? 0;
  to.items[place] = from.items[index] ?? 0;
  to.currencies[place] = from.currencies[index] ?? 0;
  to.annual[place] = from.annual[index] ?? 0;
  to.reporting[place] = from.reporting[index] ?? 0;
}

/** The book's numbers of items as the ledger names them. */
function bookItems(items: Float64Array, book: ItemBook): Int32Array {
  const numbers = book.storedNumbers();
  const named = new Int32Array(items.length);
  let [last, number] = [Number.NaN, 0];
  // Rows beside each other are mostly of the same price.
  for (let index = 0; index < items.length; index++) {
    const item = items[index] ?? 0;
    if (item !== last) {
      last = item;
      number = numbers.get(item) ?? 0;
    }
    named[index] = number;
  }
  return named;
}

/** Packs rows that come in any order; those of one customer's day are seen together. */
export function moveColumns(rows: readonly LedgerRow[], book: ItemBook): MoveColumns {
  return withShares(packedRows(rows, book));
}

function packedRows(rows: readonly LedgerRow[], book: ItemBook): Rows {
  const dated = rows.map((row) => ({ row, day: dayNumber(row.on) }));
  if (!isSorted(dated)) dated.sort((a, b) => a.row.customerId - b.row.customerId || a.day - b.day);
  return {
    length: dated.length,
    customers: Int32Array.from(dated, ({ row }) => row.customerId),
    days: Int32Array.from(dated, ({ day }) => day),
    kinds: Uint8Array.from(dated, ({ row }) => LEDGER_KINDS.indexOf(row.kind)),
    items: Int32Array.from(dated, ({ row }) => book.numberOf(row.sourceId, row.priceId, row.productId)),
    currencies: Int32Array.from(dated, ({ row }) => currencyNumber(row.currency)),
    annual: Float64Array.from(dated, ({ row }) => row.annual),
    reporting: Float64Array.from(dated, ({ row }) => row.reporting ?? Number.NaN),
  };
}

type Rows = Omit<MoveColumns, 'ownAnnual' | 'ownReporting' | Extremes>;
type Extremes = 'firstDay' | 'lastDay' | 'lastCustomer' | 'everyCurrency';

function withShares(rows: Rows): MoveColumns {
  const { length, days, customers } = rows;
  const columns = { ...rows, ownAnnual: new Float64Array(length), ownReporting: new Float64Array(length) };
  for (let start = 0; start < length;) start = shareDay(columns, start);
  let firstDay = Number.POSITIVE_INFINITY;
  let lastDay = Number.NEGATIVE_INFINITY;
  const currencies = new Set<number>();
  let last = -1;
  for (let index = 0; index < length; index++) {
    const day = days[index] ?? 0;
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
    const currency = rows.currencies[index] ?? 0;
    if (currency !== last) currencies.add(currency);
    last = currency;
  }
  return {
    ...columns,
    everyCurrency: [...currencies],
    firstDay: length === 0 ? 0 : firstDay,
    lastDay: length === 0 ? -1 : lastDay,
    lastCustomer: customers[length - 1] ?? 0,
  };
}

/** Fills in the own shares of one kind of one customer's day; gives the index behind it. */
function shareDay(columns: Omit<MoveColumns, Extremes>, start: number): number {
  const { length, customers, days, kinds, currencies, annual, reporting, ownAnnual, ownReporting } = columns;
  let end = start + 1;
  while (
    end < length &&
    customers[end] === customers[start] &&
    days[end] === days[start] &&
    kinds[end] === kinds[start]
  )
    end += 1;
  const net = kinds[start] !== TRANSFER;
  if (end === start + 1 && net) {
    ownAnnual[start] = annual[start] ?? 0;
    ownReporting[start] = reporting[start] ?? 0;
    return end;
  }
  const parts: DayPart[] = [];
  for (let index = start; index < end; index++) {
    const value = reporting[index] ?? Number.NaN;
    parts.push({
      currency: currencies[index] ?? 0,
      annual: annual[index] ?? 0,
      reporting: Number.isNaN(value) ? null : value,
    });
  }
  for (const [offset, share] of ownShares(parts, net).entries()) {
    ownAnnual[start + offset] = share.annual;
    ownReporting[start + offset] = share.reporting ?? Number.NaN;
  }
  return end;
}

function isSorted(rows: readonly { readonly row: LedgerRow; readonly day: number }[]): boolean {
  return rows.every((entry, index) => {
    const before = rows[index - 1];
    if (!before) return true;
    return (
      before.row.customerId < entry.row.customerId ||
      (before.row.customerId === entry.row.customerId && before.day <= entry.day)
    );
  });
}
