/** Products, prices, coupons, promotion codes, tax rates and discounts in Stripe's shape (API 2026-10-28.endive). */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import type { CouponCard, PriceCard, ProductKey } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import { stripeId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const productId = (product: ProductKey): string => stripeId('prod', product, 14);
export const priceId = (card: PriceCard): string => stripeId('price', card.key);
export const METER_ID = stripeId('mtr_test', 'calls');

export function productObject(product: ProductKey, createdAt: Instant): JsonObject {
  return {
    id: productId(product),
    object: 'product',
    active: true,
    attributes: [],
    created: secondsOfInstant(createdAt),
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: { plan: product },
    name: PRODUCT_NAMES[product],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: product === 'seats' || product === 'scale' ? 'seat' : null,
    updated: secondsOfInstant(createdAt),
    url: null,
  };
}

/** A whole number of minor units has both `unit_amount` and its decimal text; a fraction has the text only. */
export function priceObject(card: PriceCard, createdAt: Instant): JsonObject {
  const whole = card.unitMinor !== null && /^\d+$/.test(card.unitMinor) ? Number(card.unitMinor) : null;
  return {
    id: priceId(card),
    object: 'price',
    active: !card.retired,
    billing_scheme: card.tiers.length > 0 ? 'tiered' : 'per_unit',
    created: secondsOfInstant(createdAt),
    currency: card.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: card.product === 'enterprise' ? null : card.key,
    metadata: {},
    nickname: card.nickname,
    product: productId(card.product),
    recurring: {
      interval: card.interval,
      interval_count: 1,
      meter: card.metered ? METER_ID : null,
      trial_period_days: null,
      usage_type: card.metered ? 'metered' : 'licensed',
    },
    tax_behavior: card.taxIncludedPercent > 0 ? 'inclusive' : 'unspecified',
    tiers_mode: card.tiers.length > 0 ? 'graduated' : null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: whole,
    unit_amount_decimal: card.unitMinor,
  };
}

/** The steps of a tiered price, which Stripe shows only on request (`expand[]=data.tiers`). */
export function tierObjects(card: PriceCard): JsonObject[] {
  return card.tiers.map(({ upTo, unitMinor, flatMinor }) => ({
    flat_amount: flatMinor === 0 ? null : flatMinor,
    flat_amount_decimal: flatMinor === 0 ? null : String(flatMinor),
    unit_amount: unitMinor,
    unit_amount_decimal: String(unitMinor),
    up_to: upTo,
  }));
}

/** The older `plan` that still stands beside `price` on a subscription item. */
export function planObject(card: PriceCard, price: JsonObject): JsonObject {
  return {
    id: priceId(card),
    object: 'plan',
    active: !card.retired,
    amount: price['unit_amount'] ?? null,
    amount_decimal: card.unitMinor,
    billing_scheme: price['billing_scheme'] ?? 'per_unit',
    created: price['created'] ?? 0,
    currency: card.currency.toLowerCase(),
    interval: card.interval,
    interval_count: 1,
    livemode: false,
    metadata: {},
    meter: card.metered ? METER_ID : null,
    nickname: card.nickname,
    product: productId(card.product),
    tiers_mode: price['tiers_mode'] ?? null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: card.metered ? 'metered' : 'licensed',
  };
}

export function couponObject(card: CouponCard, createdAt: Instant, timesRedeemed: number): JsonObject {
  return {
    id: card.key,
    object: 'coupon',
    amount_off: card.amountOff?.minor ?? null,
    created: secondsOfInstant(createdAt),
    currency: card.amountOff?.currency.toLowerCase() ?? null,
    duration: card.duration,
    duration_in_months: card.months,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: card.name,
    percent_off: card.percentOff,
    redeem_by: null,
    times_redeemed: timesRedeemed,
    valid: true,
  };
}

/** The products a coupon is limited to, shown only on request (`expand[]=data.applies_to`) and only where there are any. */
export function appliesTo(card: CouponCard): JsonObject {
  return card.products.length === 0 ? {} : { applies_to: { products: card.products.map(productId) } };
}

export const promotionCodeId = (card: CouponCard): string | null =>
  card.code === null ? null : stripeId('promo', card.key);

export function promotionCodeObject(card: CouponCard, createdAt: Instant, timesRedeemed: number): JsonObject {
  return {
    id: stripeId('promo', card.key),
    object: 'promotion_code',
    active: true,
    code: card.code,
    created: secondsOfInstant(createdAt),
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    promotion: { coupon: card.key, type: 'coupon' },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: timesRedeemed,
  };
}

export const taxRateId = (percent: number): string => stripeId('txr', `vat-${percent}`);

export function taxRateObject(percent: number, createdAt: Instant): JsonObject {
  return {
    id: taxRateId(percent),
    object: 'tax_rate',
    active: true,
    country: percent === 19 ? 'DE' : 'FR',
    created: secondsOfInstant(createdAt),
    description: null,
    display_name: 'VAT',
    effective_percentage: percent,
    flat_amount: null,
    inclusive: true,
    jurisdiction: percent === 19 ? 'DE' : 'FR',
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage: percent,
    rate_type: 'percentage',
    state: null,
    tax_type: 'vat',
  };
}

export interface AppliedDiscount {
  readonly id: string;
  readonly coupon: CouponCard;
  readonly start: Instant;
  readonly end: Instant | null;
  readonly customer: string;
  /** Null for a discount on the customer. */
  readonly subscription: string | null;
}

export function discountObject(discount: AppliedDiscount): JsonObject {
  return {
    id: discount.id,
    object: 'discount',
    checkout_session: null,
    customer: discount.customer,
    customer_account: null,
    end: discount.end === null ? null : secondsOfInstant(discount.end),
    invoice: null,
    invoice_item: null,
    promotion_code: promotionCodeId(discount.coupon),
    source: { coupon: discount.coupon.key, type: 'coupon' },
    start: secondsOfInstant(discount.start),
    subscription: discount.subscription,
    subscription_item: null,
  };
}
