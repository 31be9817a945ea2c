/**
 * What the states of subscriptions add to the stocks beside MRR, in packed columns: changes of committed, past-due
 * and trial amounts by price, trials by their main price, and usage run rates by metered item.
 */
import { dayNumber, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { NO_ITEM } from '../ledger/ledger-item.ts';
import { ChangeColumns, type Changes } from './change-columns.ts';
import type { ItemBook } from './items.ts';
import { TRIALS, USAGE } from './state-gauges.ts';

/** One subscription at the end of a day on which it changed, price by price. */
export interface StateDay {
  /** As `dayNumber`. */
  readonly day: number;
  readonly standing: string;
  readonly scheduledEnd: boolean;
  /** By the price's number: annual minor units counted in MRR, and on trial. */
  readonly items: readonly { readonly item: number; readonly annual: number; readonly trial: number }[];
}

export interface SubscriptionDays {
  readonly customerId: number;
  /** As `currencyNumber`. */
  readonly currency: number;
  readonly days: readonly StateDay[];
}

/** The gauges are indices into `STATE_GAUGES`. */
export interface StateColumns extends Changes {
  readonly trials: TrialColumns;
  /** The number of a metered item's price, by `source|item id` or `source|price id`. */
  readonly usageItems: ReadonlyMap<string, number>;
}

/** Every stretch on trial; days are numbers, −1 where there is none. */
export interface TrialColumns {
  readonly length: number;
  readonly customers: Int32Array;
  readonly items: Int32Array;
  readonly currencies: Int32Array;
  readonly started: Int32Array;
  readonly ended: Int32Array;
  readonly converted: Int32Array;
}

/** Packs what `addStates` adds of subscriptions, and the usage and trials that are stored. */
export function stateColumns(
  db: ReadDb,
  book: ItemBook,
  addStates: (changes: ChangeColumns) => void,
  usageItems: ReadonlyMap<string, number>,
): StateColumns {
  const changes = new ChangeColumns();
  addStates(changes);
  addUsage(db, changes, usageItems);
  return { ...changes.packed(), trials: trialColumns(db, book), usageItems };
}

/** Adds one subscription's days. */
export function addSubscription(changes: ChangeColumns, subscription: SubscriptionDays): void {
  addChanges(changes, subscription);
  addTrials(changes, subscription);
}

/** What counts of an item in each gauge but usage. */
type Amounts = [committed: number, pastDue: number, trial: number, committedTrial: number];
const NOTHING: Readonly<Amounts> = [0, 0, 0, 0];

function amountsOf({ standing, scheduledEnd, items }: StateDay, item: number): Amounts {
  let annual = 0;
  let trial = 0;
  for (const part of items) {
    if (part.item !== item) continue;
    annual += part.annual;
    trial += part.trial;
  }
  return [scheduledEnd ? 0 : annual, standing === 'past_due' ? annual : 0, trial, scheduledEnd ? 0 : trial];
}

function addChanges(changes: ChangeColumns, { customerId, currency, days }: SubscriptionDays): void {
  let before: StateDay | null = null;
  for (const state of days) {
    for (const item of itemsOf(before, state)) {
      const was = before === null ? NOTHING : amountsOf(before, item);
      for (const [gauge, amount] of amountsOf(state, item).entries())
        changes.add(customerId, state.day, item, currency, gauge, amount - (was[gauge] ?? 0));
    }
    before = state;
  }
}

/** The items of two days, each once. */
function itemsOf(before: StateDay | null, { items }: StateDay): Iterable<number> {
  const [only] = items;
  if (only && items.length === 1 && (before?.items ?? []).every(({ item }) => item === only.item)) return [only.item];
  return new Set([...(before?.items ?? []), ...items].map(({ item }) => item));
}

/** A subscription on trial counts once, under the price that is worth most of it. */
function addTrials(changes: ChangeColumns, { customerId, currency, days }: SubscriptionDays): void {
  let open: number | null = null;
  for (const { day, standing, items } of days) {
    const started: boolean = open === null;
    if ((standing === 'trialing') !== started) continue;
    const item: number = open ?? mainItem(items);
    changes.add(customerId, day, item, currency, TRIALS, started ? 1 : -1);
    open = started ? item : null;
  }
}

function mainItem(items: StateDay['items']): number {
  const main = items.reduce<StateDay['items'][number] | undefined>(
    (a, b) => (!a || b.trial > a.trial ? b : a),
    undefined,
  );
  return main?.item ?? NO_ITEM;
}

function addUsage(db: ReadDb, changes: ChangeColumns, items: ReadonlyMap<string, number>): void {
  const rows = db
    .prepare<
      [],
      {
        customer_id: number;
        source_id: number;
        subscription_id: string;
        item_id: string;
        changed_on: PlainDay;
        currency: string;
        annual_minor: number;
      }
    >(
      `SELECT customer_id, source_id, subscription_id, item_id, changed_on, currency, annual_minor FROM usage_level
       ORDER BY customer_id, source_id, subscription_id, item_id, changed_on`,
    )
    .all();
  let last = '';
  let level = 0;
  for (const row of rows) {
    const key = `${row.customer_id}|${row.source_id}|${row.subscription_id}|${row.item_id}`;
    if (key !== last) level = 0;
    last = key;
    const amount = row.annual_minor - level;
    level = row.annual_minor;
    const item = items.get(`${row.source_id}|${row.item_id}`) ?? NO_ITEM;
    changes.add(row.customer_id, dayNumber(row.changed_on), item, currencyNumber(row.currency), USAGE, amount);
  }
}

function trialColumns(db: ReadDb, book: ItemBook): TrialColumns {
  const rows = db
    .prepare<
      [],
      {
        customer_id: number;
        started_on: PlainDay;
        ended_on: PlainDay | null;
        converted_on: PlainDay | null;
        currency: string | null;
        item_id: number | null;
      }
    >(`SELECT customer_id, started_on, ended_on, converted_on, currency, item_id FROM trial`)
    .all();
  const numbers = book.storedNumbers();
  const day = (on: PlainDay | null) => (on === null ? -1 : dayNumber(on));
  return {
    length: rows.length,
    customers: Int32Array.from(rows, ({ customer_id }) => customer_id),
    items: Int32Array.from(rows, ({ item_id }) => numbers.get(item_id ?? NO_ITEM) ?? NO_ITEM),
    currencies: Int32Array.from(rows, ({ currency }) => (currency === null ? 0 : currencyNumber(currency))),
    started: Int32Array.from(rows, ({ started_on }) => day(started_on)),
    ended: Int32Array.from(rows, ({ ended_on }) => day(ended_on)),
    converted: Int32Array.from(rows, ({ converted_on }) => day(converted_on)),
  };
}
