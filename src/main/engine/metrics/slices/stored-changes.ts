/**
 * What stored states change from day to day, price by price, read off their columns. The same as for subscriptions
 * whose days are objects, without making any: hundreds of thousands of days go by.
 */
import { STANDINGS } from '../core/standing.ts';
import { NO_ITEM } from '../ledger/ledger-item.ts';
import { isEnding, isOnTrial, standingOf, type ItemColumns } from '../ledger/state-block.ts';
import type { ChangeColumns } from './change-columns.ts';
import { COMMITTED, COMMITTED_TRIAL, PAST_DUE, TRIAL, TRIALS } from './state-gauges.ts';

const IS_PAST_DUE = STANDINGS.indexOf('past_due');
const IS_TRIALING = STANDINGS.indexOf('trialing');

/** A subscription at the end of a day; used again and again. */
interface Held {
  /** So many of the places below are filled; the lists keep their length, which is cheaper than to shorten and fill them. */
  count: number;
  readonly items: number[];
  readonly annual: number[];
  readonly trial: number[];
  standing: number;
  ending: boolean;
}

interface Followed {
  before: Held;
  after: Held;
  currency: number;
  /** The price that a running trial counts under; null while there is none. */
  trialItem: number | null;
}

/**
 * Adds the changes of every subscription.
 * @param numbers the book's numbers of the items as they are stored.
 * @param isAffected by customer id: 1 for those whose stored days do not hold; null: everybody's do.
 */
export function addStoredChanges(
  changes: ChangeColumns,
  columns: ItemColumns,
  numbers: ReadonlyMap<number, number>,
  isAffected: Uint8Array | null,
): void {
  const { length, amounts, items, customers, days, currencies, subscriptions, marks } = columns;
  const followed: Followed[] = [];
  let [named, numbered] = [NO_ITEM, NO_ITEM];
  for (let index = 0; index < length;) {
    const customer = customers[index] ?? 0;
    if (isAffected !== null && isAffected[customer] === 1) {
      index += 1;
      continue;
    }
    if (index === 0 || customers[index - 1] !== customer) for (const one of followed) begin(one);
    const day = days[index] ?? 0;
    const number = subscriptions[index] ?? 0;
    while (followed.length <= number) followed.push(beginning());
    const subscription = followed[number] ?? beginning();
    const { after } = subscription;
    if (subscription.currency === 0) subscription.currency = currencies[index] ?? 0;
    const mark = marks[index] ?? 0;
    after.standing = standingOf(mark);
    after.ending = isEnding(mark);
    for (
      ;
      index < length && customers[index] === customer && days[index] === day && subscriptions[index] === number;
      index++
    ) {
      if (items[index] !== named) {
        named = items[index] ?? NO_ITEM;
        numbered = numbers.get(named) ?? NO_ITEM;
      }
      if (numbered !== NO_ITEM) hold(after, numbered, amounts[index] ?? 0, isOnTrial(marks[index] ?? 0));
    }
    addDay(changes, customer, day, subscription);
  }
}

function beginning(): Followed {
  const nothing = (): Held => ({ count: 0, items: [], annual: [], trial: [], standing: 0, ending: false });
  return { before: nothing(), after: nothing(), currency: 0, trialItem: null };
}

function begin(subscription: Followed): void {
  subscription.before.count = 0;
  subscription.currency = 0;
  subscription.trialItem = null;
}

/** The place of an item; -1 where it is not held. */
function placeOf({ count, items }: Held, item: number): number {
  for (let place = 0; place < count; place++) if (items[place] === item) return place;
  return -1;
}

function hold(held: Held, item: number, amount: number, trial: boolean): void {
  let place = placeOf(held, item);
  if (place < 0) {
    place = held.count++;
    held.items[place] = item;
    held.annual[place] = 0;
    held.trial[place] = 0;
  }
  const amounts = trial ? held.trial : held.annual;
  amounts[place] = (amounts[place] ?? 0) + amount;
}

/** Books a subscription's day, which is the day before from then on. */
function addDay(changes: ChangeColumns, customer: number, day: number, subscription: Followed): void {
  const { before, after, currency } = subscription;
  for (let place = 0; place < after.count; place++)
    addItem(changes, customer, day, after.items[place] ?? NO_ITEM, subscription);
  for (let place = 0; place < before.count; place++) {
    const item = before.items[place] ?? NO_ITEM;
    if (placeOf(after, item) < 0) addItem(changes, customer, day, item, subscription);
  }
  const isTrialing = after.standing === IS_TRIALING;
  if (isTrialing && subscription.trialItem === null) {
    subscription.trialItem = mainItem(after);
    changes.add(customer, day, subscription.trialItem, currency, TRIALS, 1);
  } else if (!isTrialing && subscription.trialItem !== null) {
    changes.add(customer, day, subscription.trialItem, currency, TRIALS, -1);
    subscription.trialItem = null;
  }
  before.count = 0;
  subscription.before = after;
  subscription.after = before;
}

function addItem(
  changes: ChangeColumns,
  customer: number,
  day: number,
  item: number,
  { before, after, currency }: Followed,
): void {
  const was = placeOf(before, item);
  const is = placeOf(after, item);
  const wasAnnual = was < 0 ? 0 : (before.annual[was] ?? 0);
  const wasTrial = was < 0 ? 0 : (before.trial[was] ?? 0);
  const annual = is < 0 ? 0 : (after.annual[is] ?? 0);
  const trial = is < 0 ? 0 : (after.trial[is] ?? 0);
  const committed = (after.ending ? 0 : annual) - (before.ending ? 0 : wasAnnual);
  const pastDue = (after.standing === IS_PAST_DUE ? annual : 0) - (before.standing === IS_PAST_DUE ? wasAnnual : 0);
  changes.add(customer, day, item, currency, COMMITTED, committed);
  changes.add(customer, day, item, currency, PAST_DUE, pastDue);
  changes.add(customer, day, item, currency, TRIAL, trial - wasTrial);
  changes.add(
    customer,
    day,
    item,
    currency,
    COMMITTED_TRIAL,
    (after.ending ? 0 : trial) - (before.ending ? 0 : wasTrial),
  );
}

/** The first of those that are worth most of a trial. */
function mainItem({ count, items, trial }: Held): number {
  let main = 0;
  for (let place = 1; place < count; place++) if ((trial[place] ?? 0) > (trial[main] ?? 0)) main = place;
  return count === 0 ? NO_ITEM : (items[main] ?? NO_ITEM);
}
