/** R4: the stored usage run rates, as another policy counts them. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import type { DatedState } from './customer-history.ts';
import { usageUnder } from './metered.ts';
import type { UsageLevel } from './rollup.ts';
import type { ItemUsage } from './usage.ts';

interface UsageRow {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  item_id: string;
  changed_on: PlainDay;
  currency: string;
  annual_minor: number;
}

export type UsageReader = (
  customerId: CustomerId,
  subscription: { readonly sourceId: number; readonly subscriptionId: string },
  states: readonly DatedState[],
) => ItemUsage[];

/** Reads all run rates (or one customer's) at once; they were stored under one policy and are wanted under another. */
export function usageReader(db: ReadDb, stored: Policy, policy: Policy, only?: CustomerId): UsageReader {
  const bySubscription = new Map<string, Map<string, UsageLevel[]>>();
  for (const row of rowsOf(db, only)) {
    const key = `${row.customer_id}|${row.source_id}|${row.subscription_id}`;
    let items = bySubscription.get(key);
    if (!items) bySubscription.set(key, (items = new Map()));
    const level = { on: row.changed_on, currency: row.currency, annual: row.annual_minor };
    const levels = items.get(row.item_id);
    if (levels) levels.push(level);
    else items.set(row.item_id, [level]);
  }
  return (customerId, { sourceId, subscriptionId }, states) =>
    [...(bySubscription.get(`${customerId}|${sourceId}|${subscriptionId}`) ?? [])].map(([itemId, levels]) => {
      const item = states
        .flatMap(({ state }) => state.items)
        .find(({ id, price }) => id === itemId || price.id === itemId);
      return {
        itemId,
        levels: levels.map((level) => ({ ...level, annual: usageUnder(level.annual, item, stored, policy) })),
      };
    });
}

function rowsOf(db: ReadDb, only: CustomerId | undefined): UsageRow[] {
  const text = `SELECT customer_id, source_id, subscription_id, item_id, changed_on, currency, annual_minor FROM usage_level`;
  const order = `ORDER BY customer_id, source_id, subscription_id, item_id, changed_on`;
  return only === undefined
    ? db.prepare<[], UsageRow>(`${text} ${order}`).all()
    : db.prepare<[number], UsageRow>(`${text} WHERE customer_id = ? ${order}`).all(only);
}
