/**
 * The movements of all customers in packed columns, as they stand in the
 * ledger, by customer and then by day; and what follows from them, the levels
 * that customers have over time.
 */
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { LEDGER_KINDS } from '../core/movement.ts';
import type { MovementDraft } from './customer-movements.ts';
import type { LedgerItem } from './ledger-item.ts';
import { amountsAt, readBlocks, wholesAt, type BlockShape, type PackedRow } from './packed-rows.ts';
import type { CustomerLevel } from './rollup.ts';

export const MOVEMENT_BLOCKS: BlockShape = { table: 'customer_block', amounts: 3, wholes: 4 };

/** Annual minor units, losses negative. */
export interface MovementColumns {
  readonly length: number;
  readonly annual: Float64Array;
  /** In the ledger's currency; NaN where no rate was known. */
  readonly reporting: Float64Array;
  /** As `itemNumber`. */
  readonly items: Float64Array;
  readonly customers: Int32Array;
  /** As `dayNumber`. */
  readonly days: Int32Array;
  /** As `currencyNumber`. */
  readonly currencies: Int32Array;
  /** Index into `LEDGER_KINDS`. */
  readonly kinds: Int32Array;
}

/** All customers' levels in columns, by customer and then by day. */
export interface LevelColumns {
  readonly length: number;
  readonly levels: Float64Array;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly currencies: Int32Array;
}

/** A currency code as a number: its letters in base 256. */
export function currencyNumber(code: string): number {
  return (code.charCodeAt(0) << 16) | (code.charCodeAt(1) << 8) | code.charCodeAt(2);
}

export function currencyOfNumber(number: number): string {
  return String.fromCharCode(number >> 16, (number >> 8) & 255, number & 255);
}

/** A customer's rows, in the order of its movements, which is by day. */
export function movementRows(
  customerId: number,
  movements: readonly MovementDraft[],
  numberOf: (item: LedgerItem) => number,
): PackedRow[] {
  return movements.map((movement) => [
    movement.annual,
    movement.reporting ?? Number.NaN,
    numberOf(movement),
    customerId,
    dayNumber(movement.on),
    currencyNumber(movement.currency),
    LEDGER_KINDS.indexOf(movement.kind),
  ]);
}

/** Reads the movements of everybody. */
export function readMovementColumns(db: ReadDb): MovementColumns {
  const columns = readBlocks(db, MOVEMENT_BLOCKS);
  return {
    length: columns.length,
    annual: amountsAt(columns, 0),
    reporting: amountsAt(columns, 1),
    items: amountsAt(columns, 2),
    customers: wholesAt(columns, 0),
    days: wholesAt(columns, 1),
    currencies: wholesAt(columns, 2),
    kinds: wholesAt(columns, 3),
  };
}

/** Reads everybody's levels. */
export function readLevelColumns(db: ReadDb): LevelColumns {
  return levelsOf(readMovementColumns(db), null);
}

/** What levels are summed up from: changes by customer and then by day. */
export type LevelChanges = Pick<MovementColumns, 'length' | 'annual' | 'customers' | 'days' | 'currencies'>;

/** The levels that the changes of each day leave behind; of the rows named (ascending), where not all count. */
export function levelsOf(changes: LevelChanges, rows: Int32Array | null): LevelColumns {
  const { customers, days, currencies, annual } = changes;
  const length = rows === null ? changes.length : rows.length;
  const levels = new Float64Array(length);
  const ids = new Int32Array(length);
  const onDays = new Int32Array(length);
  const natives = new Int32Array(length);
  let count = 0;
  const leave = (customer: number, day: number, currency: number, level: number): void => {
    levels[count] = level;
    ids[count] = customer;
    onDays[count] = day;
    natives[count] = currency;
    count += 1;
  };
  // Nearly every customer pays in one currency: that of its first row; the others are told apart where there are any.
  let customer = 0;
  let main = 0;
  let held = 0;
  const others = new Map<number, number>();
  const changed = new Map<number, number>();
  for (let place = 0; place < length;) {
    const first = rows === null ? place : (rows[place] ?? 0);
    const day = days[first] ?? 0;
    if (place === 0 || customers[first] !== customer) {
      customer = customers[first] ?? 0;
      main = currencies[first] ?? 0;
      held = 0;
      if (others.size > 0) others.clear();
    }
    let delta = 0;
    let index = first;
    do {
      const currency = currencies[index] ?? 0;
      if (currency === main && changed.size === 0) delta += annual[index] ?? 0;
      else {
        // The order in which currencies are met on a day is that of the levels it leaves behind.
        if (changed.size === 0 && index !== first) changed.set(main, delta);
        changed.set(currency, (changed.get(currency) ?? 0) + (annual[index] ?? 0));
      }
      place += 1;
      index = rows === null ? place : (rows[place] ?? 0);
    } while (place < length && customers[index] === customer && days[index] === day);
    if (changed.size === 0) {
      if (delta !== 0) leave(customer, day, main, (held += delta));
      continue;
    }
    for (const [currency, change] of changed) {
      if (change === 0) continue;
      if (currency === main) {
        leave(customer, day, main, (held += change));
        continue;
      }
      const level = (others.get(currency) ?? 0) + change;
      others.set(currency, level);
      leave(customer, day, currency, level);
    }
    changed.clear();
  }
  const isFull = count > length / 2;
  // What is hardly filled is copied, so that the rest of it can be let go.
  const cut = <Column extends Float64Array | Int32Array>(column: Column): Column =>
    (isFull ? column.subarray(0, count) : column.slice(0, count)) as Column;
  return {
    length: count,
    levels: cut(levels),
    customers: cut(ids),
    days: cut(onDays),
    currencies: cut(natives),
  };
}

/** Columns of levels that are not stored. */
export function levelColumns(customers: ReadonlyMap<number, readonly CustomerLevel[]>): LevelColumns {
  const entries = [...customers]
    .sort(([a], [b]) => a - b)
    .flatMap(([customerId, levels]) => levels.map((level) => ({ customerId, ...level })));
  return {
    length: entries.length,
    levels: Float64Array.from(entries, ({ level }) => level),
    customers: Int32Array.from(entries, ({ customerId }) => customerId),
    days: Int32Array.from(entries, ({ on }) => dayNumber(on)),
    currencies: Int32Array.from(entries, ({ currency }) => currencyNumber(currency)),
  };
}
