/**
 * Customers' levels over time, packed 16 customers to a row, so that a pass
 * over all customers reads a few thousand rows and no more. Columns lie one
 * after the other: levels (Float64), customer ids, day numbers, currencies
 * (Int32, the code's letters as a number).
 */
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { CustomerLevel } from './rollup.ts';

/** So few that a row lies within a page: a change of one customer writes one page anew. */
export const CUSTOMERS_PER_BLOCK = 16;
const BYTES_PER_ENTRY = 8 + 3 * 4;

/** All customers' levels in columns, by customer and then by day. */
export interface LevelColumns {
  readonly length: number;
  readonly levels: Float64Array;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly currencies: Int32Array;
}

interface Entry {
  readonly customerId: number;
  readonly day: number;
  readonly currency: number;
  readonly level: number;
}

/** A currency code as a number: its letters in base 256. */
export function currencyNumber(code: string): number {
  return (code.charCodeAt(0) << 16) | (code.charCodeAt(1) << 8) | code.charCodeAt(2);
}

export function currencyOfNumber(number: number): string {
  return String.fromCharCode(number >> 16, (number >> 8) & 255, number & 255);
}

/** The blocks of the given customers with their entries replaced, as far as that changes them; null for one that is left without any. */
export function changedBlocks(
  db: ReadDb,
  changed: ReadonlyMap<number, readonly CustomerLevel[]>,
): Map<number, Uint8Array | null> {
  const find = db.prepare<[number], { body: Uint8Array }>(`SELECT body FROM customer_block WHERE block_id = ?`);
  const bodies = new Map<number, Uint8Array | null>();
  const blocks = new Map<number, number[]>();
  for (const customerId of changed.keys()) {
    const block = Math.floor(customerId / CUSTOMERS_PER_BLOCK);
    const members = blocks.get(block);
    if (members) members.push(customerId);
    else blocks.set(block, [customerId]);
  }
  for (const [block, members] of blocks) {
    const stored = find.first(block);
    const kept = stored ? entriesOf(stored.body).filter(({ customerId }) => !changed.has(customerId)) : [];
    const added = members.flatMap((customerId) => entriesOfCustomer(customerId, changed.get(customerId) ?? []));
    const entries = [...kept, ...added].sort(byCustomerAndDay);
    const body = entries.length === 0 ? null : packed(entries);
    const isSame = body === null || !stored ? body === null && !stored : Buffer.compare(body, stored.body) === 0;
    if (!isSame) bodies.set(block, body);
  }
  return bodies;
}

function packed(entries: readonly Entry[]): Uint8Array {
  const buffer = new ArrayBuffer(entries.length * BYTES_PER_ENTRY);
  fill(columnsOf(buffer, entries.length), entries);
  return new Uint8Array(buffer);
}

function fill(columns: LevelColumns, entries: readonly Entry[]): void {
  for (const [index, { customerId, day, currency, level }] of entries.entries()) {
    columns.levels[index] = level;
    columns.customers[index] = customerId;
    columns.days[index] = day;
    columns.currencies[index] = currency;
  }
}

function columnsOf(buffer: ArrayBuffer, count: number): LevelColumns {
  return {
    length: count,
    levels: new Float64Array(buffer, 0, count),
    customers: new Int32Array(buffer, 8 * count, count),
    days: new Int32Array(buffer, 12 * count, count),
    currencies: new Int32Array(buffer, 16 * count, count),
  };
}

/** A blob's columns; copied, since a driver's buffer need not be aligned. */
function unpacked(body: Uint8Array): LevelColumns {
  const buffer = new ArrayBuffer(body.byteLength);
  new Uint8Array(buffer).set(body);
  return columnsOf(buffer, body.byteLength / BYTES_PER_ENTRY);
}

function entriesOf(body: Uint8Array): Entry[] {
  const { length, levels, customers, days, currencies } = unpacked(body);
  return Array.from({ length }, (_, index) => ({
    customerId: customers[index] ?? 0,
    day: days[index] ?? 0,
    currency: currencies[index] ?? 0,
    level: levels[index] ?? 0,
  }));
}

/** Reads every block into one set of columns. */
export function readLevelColumns(db: ReadDb): LevelColumns {
  const blocks = db
    .prepare<[], { body: Uint8Array }>(`SELECT body FROM customer_block ORDER BY block_id`)
    .all()
    .map(({ body }) => unpacked(body));
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const all = columnsOf(new ArrayBuffer(length * BYTES_PER_ENTRY), length);
  let offset = 0;
  for (const block of blocks) {
    all.levels.set(block.levels, offset);
    all.customers.set(block.customers, offset);
    all.days.set(block.days, offset);
    all.currencies.set(block.currencies, offset);
    offset += block.length;
  }
  return all;
}

/** Columns of levels that are not stored. */
export function levelColumns(customers: ReadonlyMap<number, readonly CustomerLevel[]>): LevelColumns {
  const entries = [...customers].flatMap(([id, levels]) => entriesOfCustomer(id, levels)).sort(byCustomerAndDay);
  const columns = columnsOf(new ArrayBuffer(entries.length * BYTES_PER_ENTRY), entries.length);
  fill(columns, entries);
  return columns;
}

function entriesOfCustomer(customerId: number, levels: readonly CustomerLevel[]): Entry[] {
  return levels.map(({ on, currency, level }) => ({
    customerId,
    day: dayNumber(on),
    currency: currencyNumber(currency),
    level,
  }));
}

function byCustomerAndDay(a: Entry, b: Entry): number {
  return a.customerId - b.customerId || a.day - b.day;
}
