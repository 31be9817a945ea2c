/**
 * The ledger's rows in packed columns, by customer and then by day: what a pass over all customers for one slice
 * reads. Some 45 bytes a row; one set per connection, policy and revision of the ledger.
 */
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import type { ItemBook } from './items.ts';
import { ownShares, type DayPart } from './split-day.ts';

export const LEDGER_KINDS: readonly LedgerKind[] = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
  'transfer',
];
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
}

/** Packs rows that come in any order; those of one customer's day are seen together. */
export function moveColumns(rows: readonly LedgerRow[], book: ItemBook): MoveColumns {
  const numberOfDay = dayNumbers();
  const dated = rows.map((row) => ({ row, day: numberOfDay(row.on) }));
  if (!isSorted(dated)) dated.sort((a, b) => a.row.customerId - b.row.customerId || a.day - b.day);
  const { length } = dated;
  const columns = {
    length,
    customers: new Int32Array(length),
    days: new Int32Array(length),
    kinds: new Uint8Array(length),
    items: new Int32Array(length),
    currencies: new Int32Array(length),
    annual: new Float64Array(length),
    reporting: new Float64Array(length),
    ownAnnual: new Float64Array(length),
    ownReporting: new Float64Array(length),
  };
  let firstDay = Number.POSITIVE_INFINITY;
  let lastDay = Number.NEGATIVE_INFINITY;
  for (const [index, { row, day }] of dated.entries()) {
    columns.customers[index] = row.customerId;
    columns.days[index] = day;
    columns.kinds[index] = LEDGER_KINDS.indexOf(row.kind);
    columns.items[index] = book.numberOf(row.sourceId, row.priceId, row.productId);
    columns.currencies[index] = currencyNumber(row.currency);
    columns.annual[index] = row.annual;
    columns.reporting[index] = row.reporting ?? Number.NaN;
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  for (let start = 0; start < length;) start = shareDay(columns, start);
  return {
    ...columns,
    firstDay: length === 0 ? 0 : firstDay,
    lastDay: length === 0 ? -1 : lastDay,
    lastCustomer: columns.customers[length - 1] ?? 0,
  };
}

/** Fills in the own shares of one kind of one customer's day; gives the index behind it. */
function shareDay(columns: Omit<MoveColumns, 'firstDay' | 'lastDay' | 'lastCustomer'>, start: number): number {
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

/** Days as numbers, each text read once. */
export function dayNumbers(): (day: PlainDay) => number {
  const known = new Map<PlainDay, number>();
  return (day) => {
    let number = known.get(day);
    if (number === undefined) known.set(day, (number = dayNumber(day)));
    return number;
  };
}

interface StoredRow {
  movement_id: number;
  customer_id: number;
  moved_on: PlainDay;
  kind: LedgerKind;
  source_id: number;
  price_id: string;
  product_id: string | null;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
}

/** The stored movements that are in force. */
export function storedRows(db: ReadDb): LedgerRow[] {
  const reversed = new Set(
    db
      .prepare<[], { id: number }>(`SELECT reverses_id AS id FROM movement WHERE reverses_id IS NOT NULL`)
      .all()
      .map(({ id }) => id),
  );
  return db
    .prepare<[], StoredRow>(
      `SELECT movement_id, customer_id, moved_on, kind, source_id, price_id, product_id, currency, annual_minor,
              reporting_minor
       FROM movement WHERE reverses_id IS NULL ORDER BY movement_id`,
    )
    .all()
    .filter(({ movement_id }) => !reversed.has(movement_id))
    .map((row) => ({
      customerId: row.customer_id,
      on: row.moved_on,
      kind: row.kind,
      sourceId: row.source_id,
      priceId: row.price_id,
      productId: row.product_id,
      currency: row.currency,
      annual: row.annual_minor,
      reporting: row.reporting_minor,
    }));
}
