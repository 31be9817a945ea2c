/** Subscriptions' days, price by price: from the stored states as they were valued, or from histories valued anew. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { Price } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import { valueState } from '../core/valuation.ts';
import { endsOfDays, type CustomerHistory } from '../ledger/customer-history.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import type { ItemBook } from './items.ts';
import type { StateDay, SubscriptionDays } from './state-columns.ts';

export interface DaysReader {
  readonly days: () => Iterable<SubscriptionDays>;
  /** The numbers of metered prices met so far, by `source|item id` and `source|price id`. */
  readonly usageItems: Map<string, number>;
}

/** The days of histories that were valued under another policy than the stored one. */
export function daysOfHistories(histories: () => Iterable<CustomerHistory>, book: ItemBook): DaysReader {
  const usageItems = new Map<string, number>();
  return {
    usageItems,
    *days() {
      for (const { customerId, subscriptions } of histories())
        for (const { sourceId, subscriptionId, states } of subscriptions) {
          const [first] = states;
          if (!first) continue;
          for (const { state } of states)
            for (const { id, price } of state.items) rememberUsage(usageItems, book, sourceId, id, price);
          yield {
            customerId,
            sourceId,
            subscriptionId,
            currency: first.state.currency,
            days: endsOfDays(states).map(({ on, state, valued }) => ({
              on,
              standing: valued.standing,
              scheduledEnd: state.scheduledEnd,
              items: valued.items.map(({ priceId, productId, annual, trial }) => ({
                item: book.numberOf(sourceId, priceId, productId),
                annual,
                trial,
              })),
            })),
          };
        }
    },
  };
}

interface StoredState extends StateRow {
  customer_id: number;
  source_id: number;
  subscription_id: string;
  effective_on: PlainDay;
  standing: string;
  annual_minor: number;
  trial_minor: number;
}

/** The days of the stored states. A state of one price is worth what was stored; one of several is valued item by item. */
export function storedDays(db: ReadDb, policy: Policy, book: ItemBook): DaysReader {
  const usageItems = new Map<string, number>();
  const unpack = stateUnpacker(db);
  const itemsOf = (row: StoredState): StateDay['items'] => {
    const state = unpack(row);
    for (const { id, price } of state.items) rememberUsage(usageItems, book, row.source_id, id, price);
    const numberOf = (price: Price) => book.numberOf(row.source_id, price.id, price.productId);
    const [only] = state.items;
    if (only && state.items.length === 1)
      return [{ item: numberOf(only.price), annual: row.annual_minor, trial: row.trial_minor }];
    return valueState(state, policy).items.map(({ priceId, productId, annual, trial }) => ({
      item: book.numberOf(row.source_id, priceId, productId),
      annual,
      trial,
    }));
  };
  return {
    usageItems,
    *days() {
      let open: { row: StoredState; days: StateDay[] } | null = null;
      for (const row of stateRows(db)) {
        const day = {
          on: row.effective_on,
          standing: row.standing,
          scheduledEnd: row.scheduled_end === 1,
          items: itemsOf(row),
        };
        if (
          open &&
          open.row.customer_id === row.customer_id &&
          open.row.subscription_id === row.subscription_id &&
          open.row.source_id === row.source_id
        ) {
          if (open.days.at(-1)?.on === day.on) open.days.pop();
          open.days.push(day);
          continue;
        }
        if (open) yield daysOf(open.row, open.days);
        open = { row, days: [day] };
      }
      if (open) yield daysOf(open.row, open.days);
    },
  };
}

function daysOf(row: StoredState, days: readonly StateDay[]): SubscriptionDays {
  return {
    customerId: row.customer_id,
    sourceId: row.source_id,
    subscriptionId: row.subscription_id,
    currency: row.currency,
    days,
  };
}

function stateRows(db: ReadDb): StoredState[] {
  return db
    .prepare<[], StoredState>(
      `SELECT customer_id, source_id, subscription_id, effective_at, effective_on, status, standing, currency,
              annual_minor, trial_minor, scheduled_end, evidence, evidence_id, body
       FROM subscription_state ORDER BY customer_id, source_id, subscription_id, effective_at`,
    )
    .all();
}

function rememberUsage(
  usageItems: Map<string, number>,
  book: ItemBook,
  sourceId: number,
  itemId: string,
  price: Price,
): void {
  if (price.recurring?.usageType !== 'metered') return;
  const number = book.numberOf(sourceId, price.id, price.productId);
  usageItems.set(`${sourceId}|${itemId}`, number);
  usageItems.set(`${sourceId}|${price.id}`, number);
}
