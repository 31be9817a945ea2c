/** Names and levels of customers, for lines that speak of them. */
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { sourceUrl } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

export function customerPath(customerId: CustomerId | null): string {
  return customerId === null ? '/customers' : `/customers/${customerId}`;
}

/** Where an object can be looked at in the vendor's own pages; null where there is none. */
export function objectLink(db: ReadDb): (sourceId: number, objectId: string) => string | null {
  const vendor = db.prepare<[number], { vendor: string }>('SELECT vendor FROM source WHERE source_id = ?');
  return (sourceId, objectId) => sourceUrl(vendor.first(sourceId)?.vendor, objectId);
}

/** What a subscription is worth at a moment: annual minor units of its currency. */
export function subscriptionLevel(db: ReadDb): (
  of: { customerId: number; sourceId: number; subscriptionId: string },
  at: Instant,
) => {
  readonly annual: number;
  readonly trial: number;
  readonly currency: string;
} | null {
  const level = db.prepare<[number, number, string, number], { annual: number; trial: number; currency: string }>(
    `SELECT annual_minor AS annual, trial_minor AS trial, currency FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_at <= ?
     ORDER BY effective_at DESC LIMIT 1`,
  );
  return ({ customerId, sourceId, subscriptionId }, at) =>
    level.first(customerId, sourceId, subscriptionId, at) ?? null;
}
