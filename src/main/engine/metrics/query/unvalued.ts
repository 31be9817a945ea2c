/** R13: what could not be valued on a day. */
import type { z } from 'zod';
import type { UnvaluedSchema } from '../../../../shared/contract/metrics.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../store/handles.ts';
import { currencyNumber } from '../ledger/customer-block.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import type { LedgerView } from './ledger-view.ts';

export type Unvalued = z.infer<typeof UnvaluedSchema>;

interface ItemRow {
  source_id: number;
  subscription_id: string;
  item_id: string;
  customer_id: CustomerId;
  what: string;
  reason: string;
  annual_minor: number | null;
  currency: string | null;
}

/** Nobody reads more of them; with a rate missing at a large company all of its subscriptions would be listed. */
const MOST = 200;

/**
 * The first 200 of what could not be valued: items without a value on a day, subscriptions that cannot be read at all, then those in currencies without a rate.
 * Ordered by customer. Of a slice only what is in it, as far as that is known.
 */
export function unvaluedItems(
  db: ReadDb,
  view: LedgerView,
  day: PlainDay,
  currency: CurrencyCode,
  sliced: SlicedView | null = null,
): Unvalued[] {
  const isIn = sliced ? sliceTest(db, sliced, day) : () => true;
  const items = db
    .prepare<[string, string], ItemRow>(
      `SELECT source_id, subscription_id, item_id, customer_id, what, reason, annual_minor, currency FROM unvalued_item
       WHERE from_on <= ? AND (until_on IS NULL OR until_on > ?) ORDER BY customer_id, subscription_id, item_id`,
    )
    .all(day, day)
    .filter(isIn)
    .map((row) => ({
      subscriptionId: row.subscription_id,
      itemId: row.item_id,
      customerId: row.customer_id,
      what: row.what,
      reason: row.reason,
      annualMinor: row.annual_minor === null ? null : minor(row.annual_minor),
      currency: row.currency,
    }));
  const { missing } = view.stock('mrr', day, currency);
  // A slice is cut out of the rows themselves, so that none can be left out before.
  const limit = sliced ? -1 : MOST;
  const unrated = missing.flatMap((native) => withoutRate(db, native, day, currency, view.ratesOn ?? day, limit));
  if (!sliced) return [...items, ...unreadable(db), ...unrated].slice(0, MOST);
  const { customer } = sliced.selection;
  const inSlice = unrated.filter(({ customerId }) => !customer || customerId === null || customer(customerId));
  return [...items, ...inSlice].slice(0, MOST);
}

/** Whether an item is in a slice; one whose price is not known belongs to every slice of its customer. */
function sliceTest(db: ReadDb, { selection, ledger }: SlicedView, day: PlainDay): (row: ItemRow) => boolean {
  const stateOn = db.prepare<[number, number, string, string], StateRow>(
    `SELECT effective_at, status, currency, scheduled_end, evidence, evidence_id, body FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_on <= ? ORDER BY effective_at DESC LIMIT 1`,
  );
  const unpack = stateUnpacker(db);
  return (row) => {
    if (selection.customer && !selection.customer(row.customer_id)) return false;
    if (!selection.byItem) return true;
    const stored = stateOn.first(row.customer_id, row.source_id, row.subscription_id, day);
    const item = stored && unpack(stored).items.find(({ id }) => id === row.item_id);
    if (!stored || !item) return true;
    if (selection.currencies && !selection.currencies.has(currencyNumber(stored.currency))) return false;
    const number = ledger.book.numberOf(row.source_id, item.price.id, item.price.productId);
    const chosen = selection.items();
    return chosen === null || chosen[number] === 1;
  };
}

/** Subscriptions that wait in quarantine: nothing of them is in any figure, or no more than what was read before. */
function unreadable(db: ReadDb): Unvalued[] {
  return db
    .prepare<[], { object_id: string; reason: string }>(
      `SELECT object_id, reason FROM quarantine WHERE stream = 'subscriptions' ORDER BY object_id`,
    )
    .all()
    .map(({ object_id, reason }) => ({
      subscriptionId: object_id,
      itemId: null,
      customerId: null,
      what: 'subscription',
      reason,
      annualMinor: null,
      currency: null,
    }));
}

/** In the order of the table's key, so that the scan ends with the last row that is wanted; `limit` -1: all. */
function withoutRate(
  db: ReadDb,
  native: string,
  day: PlainDay,
  currency: CurrencyCode,
  ratesOn: PlainDay,
  limit: number,
): Unvalued[] {
  return db
    .prepare<
      [string, string, string, number],
      { subscription_id: string; customer_id: CustomerId; annual_minor: number }
    >(
      `SELECT s.subscription_id, s.customer_id, s.annual_minor FROM subscription_state s
       WHERE s.currency = ? AND s.annual_minor <> 0 AND s.effective_at =
         (SELECT max(effective_at) FROM subscription_state l
          WHERE l.customer_id = s.customer_id AND l.source_id = s.source_id AND l.subscription_id = s.subscription_id AND l.effective_on <= ?)
         AND s.effective_on <= ?
       ORDER BY s.customer_id, s.source_id, s.subscription_id, s.effective_at LIMIT ?`,
    )
    .all(native, day, day, limit)
    .map((row) => ({
      subscriptionId: row.subscription_id,
      itemId: null,
      customerId: row.customer_id,
      what: 'rate',
      reason: `No rate from ${native} to ${currency} on ${ratesOn} or the seven days before`,
      annualMinor: minor(row.annual_minor),
      currency: native,
    }));
}
