/** What the company has on its list: products, prices in use, coupons with their codes, tax rates. */
import { addMs, DAY_MS, HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Company, CouponCard, PriceCard, ProductKey } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import {
  appliesTo,
  couponObject,
  priceId,
  productObject,
  promotionCodeObject,
  taxRateObject,
  tierObjects,
} from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { eventObject, type ServedObject } from './recorder.ts';

export interface UsedCard {
  readonly card: PriceCard;
  /** Its first use; the price was made an hour before. */
  readonly at: Instant;
}

export interface Catalogue {
  readonly objects: readonly ServedObject[];
  readonly events: readonly JsonObject[];
}

/** @param used the prices in use; the rest of the price list has never been entered at Stripe. */
export function catalogueOf(
  company: Company,
  used: Iterable<UsedCard>,
  priceOf: (card: PriceCard) => JsonObject,
): Catalogue {
  const openedAt = addMs(company.foundedAt, -2 * DAY_MS);
  const times = redemptions(company);
  const objects: ServedObject[] = [];
  const events: JsonObject[] = [];
  const add = (
    collection: ServedObject['collection'],
    object: JsonObject,
    hidden: ServedObject['hidden'] = {},
    deleted = false,
  ): void => {
    objects.push({ collection, object, hidden, deleted });
  };
  for (const product of Object.keys(PRODUCT_NAMES) as ProductKey[]) add('products', productObject(product, openedAt));
  for (const coupon of company.coupons) {
    const object = couponObject(coupon, openedAt, times.get(coupon) ?? 0);
    const deletion = company.deletedCoupons.find(({ key }) => key === coupon.key);
    add('coupons', object, appliesTo(coupon), deletion !== undefined);
    if (deletion)
      events.push(eventObject(stripeId('evt', `coupon:${coupon.key}`), deletion.at, 'coupon.deleted', object, null));
    if (coupon.code !== null) add('promotion_codes', promotionCodeObject(coupon, openedAt, times.get(coupon) ?? 0));
  }
  for (const percent of [19, 20]) add('tax_rates', taxRateObject(percent, openedAt));
  for (const { card, at } of used) {
    const object = priceOf(card);
    add('prices', object, card.tiers.length > 0 ? { tiers: tierObjects(card) } : {});
    events.push(
      eventObject(stripeId('evt', `price:${priceId(card)}`), addMs(at, -HOUR_MS), 'price.created', object, null),
    );
  }
  return { objects, events };
}

function redemptions(company: Company): Map<CouponCard, number> {
  const times = new Map<CouponCard, number>();
  const count = (coupon: CouponCard): void => void times.set(coupon, (times.get(coupon) ?? 0) + 1);
  for (const life of company.lives) {
    if (life.customerCoupon) count(life.customerCoupon);
    for (const contract of life.contracts) {
      contract.coupons.forEach(count);
      for (const happening of contract.happenings) if (happening.kind === 'discount_granted') count(happening.coupon);
    }
  }
  return times;
}
