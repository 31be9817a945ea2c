/** The whole company as Stripe holds it at a moment: customers' objects, the catalogue, the balance, the account. */
import { addMs, DAY_MS, HOUR_MS, secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Company, CouponCard, Life, PriceCard, ProductKey } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import {
  appliesTo,
  couponObject,
  priceId,
  priceObject,
  productObject,
  promotionCodeObject,
  taxRateObject,
  tierObjects,
} from './catalogue-objects.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { EVENT_DAYS, lifeObjects, type LifeObjects } from './life-objects.ts';
import { balanceBook, withStatusAt, type BalanceBook } from './payouts.ts';
import { eventObject, type ServedObject } from './recorder.ts';

export interface CompanyObjects {
  /** In order of creation within each customer. */
  readonly objects: readonly ServedObject[];
  readonly events: readonly JsonObject[];
  readonly book: BalanceBook;
  readonly account: JsonObject;
}

export interface CompanyRenderer {
  /** Writes all objects as of `now`; lives that are the same object as before, at the same moment, are taken over. */
  render(company: Company, now: Instant): CompanyObjects;
}

/** Prices are shared by reference, so that a subscription's price and the listed one are the same object. */
export function createCompanyRenderer(): CompanyRenderer {
  const known = new Map<Life, { readonly now: Instant; readonly written: LifeObjects }>();
  const prices = new Map<string, JsonObject>();
  const firstUse = new Map<string, { readonly card: PriceCard; readonly at: Instant }>();

  const priceOf = (card: PriceCard): JsonObject => {
    let price = prices.get(card.key);
    if (price === undefined) {
      price = priceObject(card, addMs(firstUse.get(card.key)!.at, -HOUR_MS));
      prices.set(card.key, price);
    }
    return price;
  };

  return {
    render: (company, now) => {
      for (const life of company.lives) noteFirstUses(life, firstUse);
      const objects: ServedObject[] = [];
      const events: JsonObject[] = [];
      for (const life of company.lives) {
        let entry = known.get(life);
        if (entry === undefined || entry.now !== now) {
          entry = { now, written: lifeObjects(life, now, priceOf) };
          known.set(life, entry);
        }
        objects.push(...entry.written.objects);
        events.push(...entry.written.events);
      }
      const eventsSince = addMs(now, -EVENT_DAYS * DAY_MS);
      const catalogue = catalogueObjects(company, [...firstUse.values()], priceOf);
      for (const { collection, object } of catalogue)
        if (collection === 'prices' && Number(object['created']) >= secondsOfInstant(eventsSince))
          events.push(
            eventObject(
              stripeId('evt', `price:${String(object['id'])}`),
              addMs(firstUse.get(keyOfPrice(object, firstUse))!.at, -HOUR_MS),
              'price.created',
              object,
              null,
            ),
          );
      const settled = objects.map((served) =>
        served.collection === 'balance_transactions' ? { ...served, object: withStatusAt(served.object, now) } : served,
      );
      const book = balanceBook(
        settled.flatMap(({ collection, object }) => (collection === 'balance_transactions' ? [object] : [])),
        company.foundedAt,
        now,
        eventsSince,
      );
      events.push(...book.events);
      return { objects: [...catalogue, ...settled, ...book.objects], events, book, account: accountObject(company) };
    },
  };
}

function keyOfPrice(price: JsonObject, firstUse: ReadonlyMap<string, { readonly card: PriceCard }>): string {
  for (const [key, { card }] of firstUse) if (priceId(card) === price['id']) return key;
  return '';
}

function noteFirstUses(life: Life, firstUse: Map<string, { readonly card: PriceCard; readonly at: Instant }>): void {
  const note = (card: PriceCard, at: Instant): void => {
    const earlier = firstUse.get(card.key);
    if (earlier === undefined || at < earlier.at) firstUse.set(card.key, { card, at });
  };
  for (const contract of life.contracts) {
    for (const { card } of contract.positions) note(card, contract.startedAt);
    for (const happening of contract.happenings)
      if (happening.kind === 'changed') for (const { card } of happening.positions) note(card, happening.at);
  }
}

function catalogueObjects(
  company: Company,
  used: readonly { readonly card: PriceCard }[],
  priceOf: (card: PriceCard) => JsonObject,
): ServedObject[] {
  const openedAt = addMs(company.foundedAt, -2 * DAY_MS);
  const served = (
    collection: ServedObject['collection'],
    object: JsonObject,
    hidden: ServedObject['hidden'] = {},
  ): ServedObject => ({ collection, object, hidden, deleted: false });
  const times = redemptions(company);
  return [
    ...(Object.keys(PRODUCT_NAMES) as ProductKey[]).map((product) =>
      served('products', productObject(product, openedAt)),
    ),
    ...company.coupons.map((coupon) =>
      served('coupons', couponObject(coupon, openedAt, times.get(coupon) ?? 0), {
        ...appliesTo(coupon),
      }),
    ),
    ...company.coupons
      .filter(({ code }) => code !== null)
      .map((coupon) => served('promotion_codes', promotionCodeObject(coupon, openedAt, times.get(coupon) ?? 0))),
    ...[19, 20].map((percent) => served('tax_rates', taxRateObject(percent, openedAt))),
    ...used.map(({ card }) =>
      served('prices', priceOf(card), card.tiers.length > 0 ? { tiers: tierObjects(card) } : {}),
    ),
  ];
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

function accountObject(company: Company): JsonObject {
  return {
    id: stripeId('acct', company.name, 16),
    object: 'account',
    business_profile: {
      mcc: '5734',
      minority_owned_business_designation: null,
      name: company.name,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: 'https://kestrel-labs.example',
    },
    business_type: 'company',
    charges_enabled: true,
    country: 'US',
    created: secondsOfInstant(addMs(company.foundedAt, -3 * DAY_MS)),
    default_currency: 'usd',
    details_submitted: true,
    email: 'founder@kestrel-labs.example',
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  };
}
