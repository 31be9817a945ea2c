/** Coupons, promotion codes, and discounts in their three shapes: `coupon` inside, `source.coupon`, or a bare id. */
import { z } from 'zod';
import type { Coupon, Discount } from '../../../domain/index.ts';
import { Misfit, objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { Amount, at, atOrNull, Currency, Id, maybe, Reference, Seconds, Text } from '../fields.ts';

export const CouponSchema = z
  .object({
    id: Id,
    object: z.literal('coupon').default('coupon'),
    amount_off: maybe(Amount),
    applies_to: maybe(z.object({ products: z.array(Id).max(10_000) })),
    currency: maybe(Currency),
    currency_options: z
      .record(Currency, z.object({ amount_off: Amount }))
      .nullish()
      .transform((options) => (options && Object.keys(options).length > 0 ? options : undefined)),
    duration: z.enum(['forever', 'once', 'repeating']),
    duration_in_months: maybe(z.int().min(1).max(1_200)),
    name: maybe(Text),
    percent_off: maybe(z.number().gt(0, 'is not a share of a price').max(100, 'is more than the whole price')),
  })
  .refine(
    (coupon) => (coupon.amount_off === null) !== (coupon.percent_off === null),
    'has neither or both of amount_off and percent_off',
  );
export type StripeCoupon = z.output<typeof CouponSchema>;

const Period = { start: maybe(Seconds), end: maybe(Seconds), promotion_code: maybe(Reference) };

/** A discount with its coupon at hand; kept in the newest shape. */
export const DiscountSchema = z.union([
  z.object({
    id: maybe(Id),
    object: z.literal('discount').default('discount'),
    source: z.object({ coupon: z.union([Id, CouponSchema]) }),
    ...Period,
  }),
  z
    .object({ id: maybe(Id), object: z.literal('discount').default('discount'), coupon: CouponSchema, ...Period })
    .transform(({ id, object, coupon, start, end, promotion_code }) => ({
      id,
      object,
      source: { coupon },
      start,
      end,
      promotion_code,
    })),
]);
export type StripeDiscount = z.output<typeof DiscountSchema>;

/** In a list of discounts a bare id stands for one that was not expanded. */
export const DiscountListSchema = maybe(z.array(z.union([Id, DiscountSchema])).max(100));

export function couponOf(raw: StripeCoupon, path: string): Coupon {
  const currency = raw.currency === null ? null : stripeCurrency(raw.currency, `${path}currency`);
  if (raw.amount_off !== null && currency === null)
    throw new Misfit(`${path}currency`, `“${path}currency”: an amount off needs a currency`);
  const others = Object.entries(raw.currency_options ?? {}).flatMap(([code, { amount_off }]) => {
    const here = `${path}currency_options.${code}`;
    const other = stripeCurrency(code, here);
    return other === currency ? [] : [{ currency: other, amountOff: minorOfStripe(amount_off, other, here) }];
  });
  return {
    id: raw.id,
    name: raw.name,
    duration: raw.duration,
    durationInMonths: raw.duration_in_months,
    percentOff: raw.percent_off === null ? null : decimalText(raw.percent_off),
    amountOff:
      raw.amount_off === null || currency === null
        ? null
        : minorOfStripe(raw.amount_off, currency, `${path}amount_off`),
    currency,
    ...(others.length > 0 && { amountsOff: others }),
    appliesToProducts: raw.applies_to?.products ?? [],
  };
}

/** Percentages come as JSON numbers with a few decimals; their shortest decimal text is what was meant. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}

/**
 * Discounts in the order in which they stack.
 * @throws Misfit for one whose coupon is not known: a discount is never left out in silence.
 */
export function discountsOf(
  list: readonly (string | StripeDiscount)[] | null,
  single: StripeDiscount | null,
  path: string,
): Discount[] {
  const raws = list !== null && list.length > 0 ? list : single === null ? [] : [single];
  return raws.map((raw, index) => {
    const here = `${path}discounts.${index}`;
    if (typeof raw === 'string') throw new Misfit(here, `“${here}”: nothing is known of discount ${raw} but its id`);
    const { coupon } = raw.source;
    if (typeof coupon === 'string')
      throw new Misfit(`${here}.source.coupon`, `“${here}”: nothing is known of coupon ${coupon} but its id`);
    if (raw.start === null && coupon.duration !== 'forever')
      throw new Misfit(`${here}.start`, `“${here}.start”: a limited discount needs its beginning`);
    return {
      id: raw.id ?? coupon.id,
      coupon: couponOf(coupon, `${here}.source.coupon.`),
      start: at(raw.start ?? 0),
      end: atOrNull(raw.end),
      promotionCodeId: raw.promotion_code,
    };
  });
}

export const couponType = objectType({
  type: 'coupon',
  version: 2,
  schema: CouponSchema,
  id: ({ id }) => id,
  normalise: (raw) => [{ kind: 'coupon', value: couponOf(raw, '') }],
});

/** Kept as it is: a discount names it by id, and nothing is computed from it yet. */
export const promotionCodeType = objectType({
  type: 'promotion_code',
  version: 1,
  schema: z.object({
    id: Id,
    object: z.literal('promotion_code'),
    active: z.boolean(),
    code: Text,
    created: Seconds,
    customer: maybe(Reference),
    expires_at: maybe(Seconds),
    max_redemptions: maybe(Amount),
    promotion: maybe(z.object({ coupon: maybe(Reference) })),
    times_redeemed: Amount,
  }),
  id: ({ id }) => id,
  normalise: () => [],
});

/** A discount that an event carried: kept so that later sightings can name its coupon. */
export const discountType = objectType({
  type: 'discount',
  version: 1,
  schema: DiscountSchema,
  id: ({ id, source: { coupon } }) => id ?? (typeof coupon === 'string' ? coupon : coupon.id),
  normalise: () => [],
});

/**
 * A customer's own discount, as word of its beginning or its end tells it: the customer itself shows the one of now alone.
 * https://docs.stripe.com/api/events/types#event_types-customer.discount.created
 */
export const customerDiscountType = objectType({
  type: 'customer_discount',
  version: 1,
  schema: z.object({ id: Id, customer: Reference, discount: DiscountSchema, gone_at: maybe(Seconds) }),
  id: ({ id }) => id,
  normalise: ({ customer, discount, gone_at }) =>
    discountsOf(null, discount, '').map((given) => ({
      kind: 'customer_discount',
      value: { customerId: customer, discount: given, goneAt: atOrNull(gone_at) },
    })),
});
