/** Names, prices, quantities, discounts and links of the rows on a page. */
import { minor } from '../../../../shared/kernel/money.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { SubscriptionState } from '../core/state.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import type { DraftRow, ExplainRow, SourceObject } from './draft-row.ts';
import { fileOrigin } from './file-origin.ts';
import { sourceUrl } from './source-link.ts';
import { moneyText, rateText } from '../../wording/index.ts';

/** Completes rows with what the store knows of their customer, subscription and source. */
export function rowDetails(db: ReadDb, rows: readonly DraftRow[]): ExplainRow[] {
  const customerName = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  const vendor = db.prepare<[number], { vendor: string }>(`SELECT vendor FROM source WHERE source_id = ?`);
  const stateOn = db.prepare<[number, number, string, string], StateRow>(
    `SELECT effective_at, status, currency, scheduled_end, evidence, evidence_id, body FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_on <= ? ORDER BY effective_at DESC LIMIT 1`,
  );
  const productName = db.prepare<[number, string], { name: string }>(
    `SELECT name FROM product WHERE source_id = ? AND id = ?`,
  );
  // A row that is a customer leads to the customer's object, the first source's where it is known to several.
  const customerObject = db.prepare<[number], { source_id: number; id: string }>(
    `SELECT source_id, id FROM billing_customer WHERE customer_id = ? ORDER BY source_id, id LIMIT 1`,
  );
  const objectOfCustomer = (customerId: number): SourceObject | null => {
    const found = customerObject.first(customerId);
    return found ? { sourceId: found.source_id, id: found.id } : null;
  };
  const unpack = stateUnpacker(db);
  const origin = fileOrigin(db);
  return rows.map((row) => {
    const { subscription } = row;
    const object = row.object ?? (row.customerId === null ? null : objectOfCustomer(row.customerId));
    const stored =
      subscription &&
      row.customerId !== null &&
      stateOn.first(row.customerId, subscription.sourceId, subscription.id, subscription.day);
    const state = stored ? unpack(stored) : undefined;
    const item =
      state?.items.find(({ price }) => price.id === subscription?.priceId) ?? state?.items.toSorted(byWeight)[0];
    const product =
      subscription && item?.price.productId
        ? productName.first(subscription.sourceId, item.price.productId)?.name
        : undefined;
    return {
      customerId: row.customerId,
      customerName: row.customerId === null ? null : (customerName.first(row.customerId)?.name ?? null),
      on: row.on,
      kind: row.kind,
      subscriptionId: subscription?.id ?? null,
      priceId: item?.price.id ?? null,
      plan: subscription?.plan ?? product ?? item?.price.nickname ?? null,
      quantity: item?.quantity ?? null,
      nativeAnnualMinor: row.native && minor(row.native.annual),
      nativeCurrency: row.native?.currency ?? null,
      amount: row.amount,
      evidence: row.evidence,
      note:
        [row.note, state && discountNote(state), object && origin(object.sourceId, object.id)]
          .filter((part) => part)
          .join('; ') || null,
      sourceObjectId: object?.id ?? null,
      sourceUrl: object && sourceUrl(vendor.first(object.sourceId)?.vendor, object.id),
    };
  });
}

function isMetered({ recurring }: SubscriptionState['items'][number]['price']): boolean {
  return recurring?.usageType === 'metered';
}

/** What is licensed before what is metered, then by the unit's price. */
function byWeight({ price: a }: SubscriptionState['items'][number], { price: b }: SubscriptionState['items'][number]) {
  return Number(isMetered(a)) - Number(isMetered(b)) || Number(b.unitAmount ?? 0) - Number(a.unitAmount ?? 0);
}

/** The discounts of a state in words; empty without any. */
function discountNote({ discounts, items, currency }: SubscriptionState): string {
  const all = [...items.flatMap((item) => item.discounts), ...discounts];
  return all
    .map(({ coupon }) => {
      const off =
        coupon.percentOff === null
          ? moneyText(minor(coupon.amountOff ?? 0), coupon.currency ?? currency)
          : rateText(Number(coupon.percentOff) / 100);
      return `${off} off (${coupon.name ?? coupon.id}, ${coupon.duration})`;
    })
    .join(', ');
}
