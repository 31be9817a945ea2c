/**
 * What subscriptions were worth at the ends of days, price by price, in packed
 * columns. Rows lie by customer and then by day; those of a subscription's day
 * lie side by side.
 */
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { STANDINGS } from '../core/standing.ts';
import { currencyNumber } from './customer-block.ts';
import { endsOfDays, type SubscriptionHistory } from './customer-history.ts';
import { NO_ITEM, type LedgerItem } from './ledger-item.ts';
import { amountsAt, readBlocks, wholesAt, type BlockShape, type PackedRow } from './packed-rows.ts';

export const STATE_BLOCKS: BlockShape = { table: 'state_block', amounts: 2, wholes: 5 };

/** What a row's marks are made of: the standing, and what holds beside it. */
const STANDING_BITS = 0xff;
const ON_TRIAL = 0x100;
const SCHEDULED_END = 0x200;

export interface ItemColumns {
  readonly length: number;
  /** Annual minor units: of an item that counts, or of one on trial. */
  readonly amounts: Float64Array;
  /** As `itemNumber`; `NO_ITEM` where the subscription had none. */
  readonly items: Float64Array;
  readonly customers: Int32Array;
  /** As `dayNumber`. */
  readonly days: Int32Array;
  /** As `currencyNumber`. */
  readonly currencies: Int32Array;
  /** Numbers a customer's subscriptions, from 0 on. */
  readonly subscriptions: Int32Array;
  /** As `standingOf`, `isOnTrial` and `isEnding` read them. */
  readonly marks: Int32Array;
}

/** One row a subscription and day. */
export interface StateColumns {
  readonly length: number;
  /** Annual minor units that count in MRR. */
  readonly annual: Float64Array;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly currencies: Int32Array;
  readonly subscriptions: Int32Array;
  /** Index into `STANDINGS`. */
  readonly standings: Int32Array;
}

/** Index into `STANDINGS`. */
export function standingOf(marks: number): number {
  return marks & STANDING_BITS;
}

/** The amount does not count yet. */
export function isOnTrial(marks: number): boolean {
  return (marks & ON_TRIAL) !== 0;
}

/** The subscription's end is set. */
export function isEnding(marks: number): boolean {
  return (marks & SCHEDULED_END) !== 0;
}

/** A customer's rows, by day and then in the order of its subscriptions. */
export function stateRows(
  customerId: number,
  subscriptions: readonly SubscriptionHistory[],
  numberOf: (item: LedgerItem) => number,
): PackedRow[] {
  return subscriptions
    .flatMap(({ sourceId, states }, index) =>
      endsOfDays(states).flatMap(({ on, state, valued }) => {
        const day = dayNumber(on);
        const marks = STANDINGS.indexOf(valued.standing) | (state.scheduledEnd ? SCHEDULED_END : 0);
        const row = (amount: number, item: number, trial: number) => ({
          day,
          row: [amount, item, customerId, day, currencyNumber(state.currency), index, marks | trial],
        });
        const rows = valued.items.flatMap(({ priceId, productId, annual, trial }) => {
          const item = numberOf({ sourceId, priceId, productId });
          const counted = annual !== 0 || trial === 0 ? [row(annual, item, 0)] : [];
          return trial === 0 ? counted : [...counted, row(trial, item, ON_TRIAL)];
        });
        return rows.length > 0 ? rows : [row(0, NO_ITEM, 0)];
      }),
    )
    .sort((a, b) => a.day - b.day)
    .map(({ row }) => row);
}

/** Reads what everybody had, price by price. */
export function readItemColumns(db: ReadDb): ItemColumns {
  const columns = readBlocks(db, STATE_BLOCKS);
  return {
    length: columns.length,
    amounts: amountsAt(columns, 0),
    items: amountsAt(columns, 1),
    customers: wholesAt(columns, 0),
    days: wholesAt(columns, 1),
    currencies: wholesAt(columns, 2),
    subscriptions: wholesAt(columns, 3),
    marks: wholesAt(columns, 4),
  };
}

/** Reads what everybody's subscriptions were worth. */
export function readStateColumns(db: ReadDb): StateColumns {
  const { length, amounts, customers, days, currencies, subscriptions, marks } = readItemColumns(db);
  const standings = new Int32Array(length);
  let count = 0;
  // Rows of one subscription and day are drawn together in place: what is written never runs ahead of what is read.
  for (let index = 0; index < length;) {
    const customer = customers[index] ?? 0;
    const day = days[index] ?? 0;
    const subscription = subscriptions[index] ?? 0;
    const currency = currencies[index] ?? 0;
    const standing = standingOf(marks[index] ?? 0);
    let annual = 0;
    for (
      ;
      index < length && customers[index] === customer && days[index] === day && subscriptions[index] === subscription;
      index++
    )
      if (!isOnTrial(marks[index] ?? 0)) annual += amounts[index] ?? 0;
    amounts[count] = annual;
    customers[count] = customer;
    days[count] = day;
    currencies[count] = currency;
    subscriptions[count] = subscription;
    standings[count] = standing;
    count += 1;
  }
  return {
    length: count,
    annual: amounts.subarray(0, count),
    customers: customers.subarray(0, count),
    days: days.subarray(0, count),
    currencies: currencies.subarray(0, count),
    subscriptions: subscriptions.subarray(0, count),
    standings: standings.subarray(0, count),
  };
}
