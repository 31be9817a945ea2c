/** R5: which discounts lower an item at a moment, and by how much. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { monthsLater } from '../../../../shared/kernel/day.ts';
import { MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { rational, type Rational } from '../../../../shared/kernel/rational.ts';
import type { Coupon, Discount, Price } from '../../domain/index.ts';
import { isLongTerm } from './interval.ts';
import type { DiscountRule } from './policy.ts';
import type { StateItem } from './state.ts';
import { addTerms } from './term.ts';

type Recurring = NonNullable<Price['recurring']>;

/** An item on its way through the discounts: what it still bills per period. */
export interface DiscountedItem {
  readonly item: StateItem;
  readonly recurring: Recurring;
  amount: Rational;
}

export interface DiscountContext {
  readonly at: Instant;
  readonly createdAt: Instant;
  readonly currency: CurrencyCode;
  readonly rule: DiscountRule;
}

const ZERO = rational(0);
const HUNDRED = rational(100);

/**
 * Lowers each item by its own discounts and then by the subscription's, each
 * list in the order given. An amount off is split over the items it applies to
 * by what they bill per period; nothing falls below 0; an amount off applies in
 * its own currency and in those for which it names another.
 */
export function applyDiscounts(
  items: DiscountedItem[],
  shared: readonly Discount[],
  context: DiscountContext,
): DiscountedItem[] {
  for (const entry of items)
    for (const discount of entry.item.discounts) lower([entry].filter(appliesTo(discount)), discount, context);
  for (const discount of shared) lower(items.filter(appliesTo(discount)), discount, context);
  return items;
}

function lower(items: readonly DiscountedItem[], { coupon, ...discount }: Discount, context: DiscountContext): void {
  const counts = (entry: DiscountedItem) => isInForce({ coupon, ...discount }, entry, context);
  if (coupon.percentOff !== null) {
    const kept = HUNDRED.sub(rational(coupon.percentOff)).div(HUNDRED);
    for (const entry of items) if (counts(entry)) entry.amount = notNegative(entry.amount.mul(kept));
    return;
  }
  const amountOff = amountOffIn(coupon, context.currency);
  if (amountOff !== null) {
    const billed = items.map(({ amount }) => amount);
    const total = billed.reduce((sum, amount) => sum.add(amount), ZERO);
    if (total.lte(0)) return;
    for (const [index, entry] of items.entries())
      if (counts(entry)) {
        const share = rational(amountOff)
          .mul(billed[index] ?? ZERO)
          .div(total);
        entry.amount = notNegative(entry.amount.sub(share));
      }
  }
}

/** What the coupon takes off in a currency; null where it does not apply in it. */
function amountOffIn({ amountOff, currency, amountsOff }: Coupon, billed: CurrencyCode): number | null {
  if (amountOff === null || (currency ?? billed) === billed) return amountOff;
  return amountsOff?.find((other) => other.currency === billed)?.amountOff ?? null;
}

function notNegative(amount: Rational): Rational {
  return amount.lt(0) ? ZERO : amount;
}

function appliesTo({ coupon }: Discount): (entry: DiscountedItem) => boolean {
  if (coupon.appliesToProducts.length === 0) return () => true;
  return ({ item }) => item.price.productId !== null && coupon.appliesToProducts.includes(item.price.productId);
}

/** Whether a discount lowers MRR of an item at the context's moment, under its rule. */
function isInForce(discount: Discount, entry: DiscountedItem, { at, createdAt, rule }: DiscountContext): boolean {
  const { duration } = discount.coupon;
  const now = discount.start <= at && at < endOfDiscount(discount);
  switch (rule) {
    case 'none':
      return false;
    case 'forever':
      return duration === 'forever' && now;
    case 'recurring':
      return duration !== 'once' && now;
    case 'all':
      return duration === 'once' ? reducedThisTerm(discount, entry, createdAt, at) : now;
    case 'limited':
      if (duration === 'forever') return now;
      if (isLongTerm(entry.recurring)) return reducedThisTerm(discount, entry, createdAt, at);
      return duration === 'repeating' && now;
  }
}

/** When a discount ends; a repeating one without a written end ends after its months. */
export function endOfDiscount({ coupon, start, end }: Discount): number {
  if (end !== null) return end;
  if (coupon.duration === 'repeating' && coupon.durationInMonths !== null)
    return monthsLater(start, coupon.durationInMonths);
  return Number.POSITIVE_INFINITY;
}

/**
 * Whether the invoice of the item's present term was lowered: the discount was
 * there when the term was billed, and, for a `once`, at no term before.
 */
function reducedThisTerm(
  discount: Discount,
  { item, recurring }: DiscountedItem,
  createdAt: Instant,
  at: Instant,
): boolean {
  const { termStart } = item;
  const end = endOfDiscount(discount);
  if (termStart === null) return discount.start <= at && at < end;
  const billedAt = Math.max(termStart, createdAt) + MINUTE_MS;
  if (discount.start > billedAt || end <= termStart) return false;
  return discount.coupon.duration !== 'once' || discount.start > addTerms(termStart, recurring, -1) + MINUTE_MS;
}
