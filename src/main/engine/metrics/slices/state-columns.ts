/**
 * What the states of subscriptions add to the stocks beside MRR, in packed columns: changes of committed, past-due
 * and trial amounts by price, trials by their main price, and usage run rates by metered item.
 */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { dayNumbers } from './move-columns.ts';

/** The stocks in the order of `amounts`. */
export const STATE_GAUGES = ['committed', 'past_due', 'trial', 'committed_trial', 'usage', 'trials'] as const;
/** The gauges that are amounts of an item in a state. */
const AMOUNT_GAUGES = 4;
const USAGE = STATE_GAUGES.indexOf('usage');
const TRIALS = STATE_GAUGES.indexOf('trials');
/** A price that no state names: a metered item of a subscription that is not known any more. */
export const NO_ITEM = -1;

/** One subscription at the end of a day on which it changed, price by price. */
export interface StateDay {
  readonly on: PlainDay;
  readonly standing: string;
  readonly scheduledEnd: boolean;
  /** By the price's number: annual minor units counted in MRR, and on trial. */
  readonly items: readonly { readonly item: number; readonly annual: number; readonly trial: number }[];
}

export interface SubscriptionDays {
  readonly customerId: number;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly currency: string;
  readonly days: readonly StateDay[];
}

export interface StateColumns {
  readonly length: number;
  readonly customers: Int32Array;
  readonly days: Int32Array;
  readonly items: Int32Array;
  readonly currencies: Int32Array;
  /** Index into `STATE_GAUGES`. */
  readonly gauges: Uint8Array;
  readonly amounts: Float64Array;
  readonly trials: TrialColumns;
  /** The number of a metered item's price, by `source|item id` or `source|price id`. */
  readonly usageItems: ReadonlyMap<string, number>;
}

interface TrialItem {
  readonly item: number;
  readonly currency: number;
}

/** Every stretch on trial; days are numbers, −1 where there is none. */
export interface TrialColumns {
  readonly length: number;
  readonly customers: Int32Array;
  readonly items: Int32Array;
  readonly currencies: Int32Array;
  readonly ended: Int32Array;
  readonly converted: Int32Array;
}

interface Change {
  readonly customer: number;
  readonly day: number;
  readonly item: number;
  readonly currency: number;
  readonly gauge: number;
  readonly amount: number;
}

/** Packs subscriptions one after the other. */
export function stateColumns(
  db: ReadDb,
  subscriptions: Iterable<SubscriptionDays>,
  usageItems: ReadonlyMap<string, number>,
): StateColumns {
  const numberOfDay = dayNumbers();
  const changes: Change[] = [];
  const trialItems = new Map<string, TrialItem>();
  for (const subscription of subscriptions) {
    addChanges(changes, subscription, numberOfDay);
    addTrials(changes, trialItems, subscription, numberOfDay);
  }
  addUsage(db, changes, usageItems, numberOfDay);
  return {
    length: changes.length,
    customers: Int32Array.from(changes, ({ customer }) => customer),
    days: Int32Array.from(changes, ({ day }) => day),
    items: Int32Array.from(changes, ({ item }) => item),
    currencies: Int32Array.from(changes, ({ currency }) => currency),
    gauges: Uint8Array.from(changes, ({ gauge }) => gauge),
    amounts: Float64Array.from(changes, ({ amount }) => amount),
    trials: trialColumns(db, trialItems, numberOfDay),
    usageItems,
  };
}

/** What counts of an item in each gauge but usage. */
function amountsOf({ standing, scheduledEnd }: StateDay, annual: number, trial: number): number[] {
  return [scheduledEnd ? 0 : annual, standing === 'past_due' ? annual : 0, trial, scheduledEnd ? 0 : trial];
}

function addChanges(
  changes: Change[],
  { customerId, currency, days }: SubscriptionDays,
  numberOfDay: (day: PlainDay) => number,
): void {
  const native = currencyNumber(currency);
  let before = new Map<number, number[]>();
  for (const state of days) {
    const now = new Map<number, number[]>();
    for (const { item, annual, trial } of state.items) {
      const amounts = amountsOf(state, annual, trial);
      const held = now.get(item);
      now.set(item, held ? amounts.map((amount, gauge) => amount + (held[gauge] ?? 0)) : amounts);
    }
    for (const item of new Set([...before.keys(), ...now.keys()]))
      for (let gauge = 0; gauge < AMOUNT_GAUGES; gauge++) {
        const amount = (now.get(item)?.[gauge] ?? 0) - (before.get(item)?.[gauge] ?? 0);
        if (amount !== 0)
          changes.push({ customer: customerId, day: numberOfDay(state.on), item, currency: native, gauge, amount });
      }
    before = now;
  }
}

/** A subscription on trial counts once, under the price that is worth most of it. */
function addTrials(
  changes: Change[],
  trialItems: Map<string, TrialItem>,
  { customerId, sourceId, subscriptionId, currency, days }: SubscriptionDays,
  numberOfDay: (day: PlainDay) => number,
): void {
  let open: number | null = null;
  for (const { on, standing, items } of days) {
    const started: boolean = open === null;
    if ((standing === 'trialing') !== started) continue;
    const item: number = open ?? mainItem(items);
    changes.push({
      customer: customerId,
      day: numberOfDay(on),
      item,
      currency: currencyNumber(currency),
      gauge: TRIALS,
      amount: started ? 1 : -1,
    });
    if (started)
      trialItems.set(`${customerId}|${sourceId}|${subscriptionId}|${on}`, { item, currency: currencyNumber(currency) });
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

function addUsage(
  db: ReadDb,
  changes: Change[],
  items: ReadonlyMap<string, number>,
  numberOfDay: (day: PlainDay) => number,
): void {
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
    if (amount === 0) continue;
    changes.push({
      customer: row.customer_id,
      day: numberOfDay(row.changed_on),
      item: items.get(`${row.source_id}|${row.item_id}`) ?? NO_ITEM,
      currency: currencyNumber(row.currency),
      gauge: USAGE,
      amount,
    });
  }
}

function trialColumns(
  db: ReadDb,
  items: ReadonlyMap<string, TrialItem>,
  numberOfDay: (day: PlainDay) => number,
): TrialColumns {
  const rows = db
    .prepare<
      [],
      {
        customer_id: number;
        source_id: number;
        subscription_id: string;
        started_on: PlainDay;
        ended_on: PlainDay | null;
        converted_on: PlainDay | null;
      }
    >(`SELECT customer_id, source_id, subscription_id, started_on, ended_on, converted_on FROM trial`)
    .all();
  const day = (on: PlainDay | null) => (on === null ? -1 : numberOfDay(on));
  const main = rows.map((row) =>
    items.get(`${row.customer_id}|${row.source_id}|${row.subscription_id}|${row.started_on}`),
  );
  return {
    length: rows.length,
    customers: Int32Array.from(rows, ({ customer_id }) => customer_id),
    items: Int32Array.from(main, (trial) => trial?.item ?? NO_ITEM),
    currencies: Int32Array.from(main, (trial) => trial?.currency ?? 0),
    ended: Int32Array.from(rows, ({ ended_on }) => day(ended_on)),
    converted: Int32Array.from(rows, ({ converted_on }) => day(converted_on)),
  };
}
