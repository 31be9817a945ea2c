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

/** The levels that the changes of each day leave behind; of those that count, where not all do. */
export function levelsOf(changes: LevelChanges, counts: ((index: number) => boolean) | null): LevelColumns {
  const { length, customers, days, currencies, annual } = changes;
  const levels = new Float64Array(length);
  const ids = new Int32Array(length);
  const onDays = new Int32Array(length);
  const natives = new Int32Array(length);
  let count = 0;
  const held = new Map<number, number>();
  const changed = new Map<number, number>();
  for (let index = 0; index < length;) {
    const customer = customers[index] ?? 0;
    const day = days[index] ?? 0;
    if (index === 0 || customer !== customers[index - 1]) held.clear();
    for (; index < length && customers[index] === customer && days[index] === day; index++) {
      if (counts !== null && !counts(index)) continue;
      const currency = currencies[index] ?? 0;
      changed.set(currency, (changed.get(currency) ?? 0) + (annual[index] ?? 0));
    }
    for (const [currency, delta] of changed) {
      if (delta === 0) continue;
      const level = (held.get(currency) ?? 0) + delta;
      held.set(currency, level);
      levels[count] = level;
      ids[count] = customer;
      onDays[count] = day;
      natives[count] = currency;
      count += 1;
    }
    changed.clear();
  }
  return {
    length: count,
    levels: levels.slice(0, count),
    customers: ids.slice(0, count),
    days: onDays.slice(0, count),
    currencies: natives.slice(0, count),
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
