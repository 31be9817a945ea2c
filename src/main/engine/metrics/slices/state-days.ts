/** Subscriptions' days, price by price: from the stored columns, or from histories valued anew. */
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { Price } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { endsOfDays, type CustomerHistory } from '../ledger/customer-history.ts';
import { readItemColumns } from '../ledger/state-block.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import type { ChangeColumns } from './change-columns.ts';
import type { ItemBook } from './items.ts';
import { addSubscription } from './state-columns.ts';
import { addStoredChanges } from './stored-changes.ts';

export interface DaysReader {
  readonly addTo: (changes: ChangeColumns) => void;
  /** The numbers of metered prices met so far, by `source|item id` and `source|price id`. */
  readonly usageItems: Map<string, number>;
}

/** The days of histories that were valued under another policy than the stored one. */
export function daysOfHistories(histories: () => Iterable<CustomerHistory>, book: ItemBook): DaysReader {
  const usageItems = new Map<string, number>();
  return {
    usageItems,
    addTo(changes) {
      for (const { customerId, subscriptions } of histories())
        for (const { sourceId, states } of subscriptions) {
          const [first] = states;
          if (!first) continue;
          for (const { state } of states)
            for (const { id, price } of state.items) rememberUsage(usageItems, book, sourceId, id, price);
          addSubscription(changes, {
            customerId,
            currency: currencyNumber(first.state.currency),
            days: endsOfDays(states).map(({ on, state, valued }) => ({
              day: dayNumber(on),
              standing: valued.standing,
              scheduledEnd: state.scheduledEnd,
              items: valued.items.map(({ priceId, productId, annual, trial }) => ({
                item: book.numberOf(sourceId, priceId, productId),
                annual,
                trial,
              })),
            })),
          });
        }
    },
  };
}

/** The days as they are stored in columns. @param isAffected by customer id: 1 for those whose stored days do not hold. */
export function storedDays(db: ReadDb, book: ItemBook, isAffected: Uint8Array | null): DaysReader {
  return {
    usageItems: storedUsageItems(db, book),
    addTo: (changes) => addStoredChanges(changes, readItemColumns(db), book.storedNumbers(), isAffected),
  };
}

/** The stored days, and the histories of those for whom these do not hold. */
export function revaluedDays(
  db: ReadDb,
  book: ItemBook,
  isAffected: Uint8Array,
  histories: () => Iterable<CustomerHistory>,
): DaysReader {
  const stored = storedDays(db, book, isAffected);
  const own = daysOfHistories(histories, book);
  return {
    usageItems: stored.usageItems,
    addTo(changes) {
      stored.addTo(changes);
      own.addTo(changes);
    },
  };
}

/** The metered prices of the subscriptions that used anything, from their states. */
function storedUsageItems(db: ReadDb, book: ItemBook): Map<string, number> {
  const usageItems = new Map<string, number>();
  const unpack = stateUnpacker(db);
  const rows = db
    .prepare<[], StateRow & { source_id: number }>(
      `SELECT s.source_id, s.effective_at, s.status, s.currency, s.scheduled_end, s.evidence, s.evidence_id, s.body
       FROM (SELECT DISTINCT customer_id, source_id, subscription_id FROM usage_level) u
       CROSS JOIN subscription_state s
         ON s.customer_id = u.customer_id AND s.source_id = u.source_id AND s.subscription_id = u.subscription_id
       ORDER BY s.source_id, s.subscription_id, s.effective_at`,
    )
    .all();
  for (const row of rows)
    for (const { id, price } of unpack(row).items) rememberUsage(usageItems, book, row.source_id, id, price);
  return usageItems;
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
