/** A customer's discounts over time: those of now, and before them those that are over, each with its end. */
import { monthsLater } from '../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { CustomerDiscount, Discount } from '../../domain/index.ts';

/** One coupon given twice is two discounts, though the oldest shape names both by the coupon. */
function keyOf({ id, start }: Discount): string {
  return `${id} ${start}`;
}

/**
 * What is known after the customer was read: a discount that it no longer has ended when its successor began, at the
 * latest when the customer was read, unless it was over before.
 */
export function discountsRead(known: readonly Discount[], now: readonly Discount[], seenAt: Instant): Discount[] {
  const held = new Set(now.map(keyOf));
  const gone = known.filter((discount) => !held.has(keyOf(discount)));
  return [
    ...gone.map((discount) => {
      const after = now.map(({ start }) => start).filter((start) => start > discount.start);
      return endedAt(discount, Math.min(seenAt, ...after) as Instant);
    }),
    ...now,
  ];
}

/** What is known after word of a discount; the same list where it is no news. The latest to begin stands last. */
export function discountTold(known: readonly Discount[], { discount, goneAt }: CustomerDiscount): readonly Discount[] {
  const same = known.find((other) => keyOf(other) === keyOf(discount));
  if (same && (goneAt === null || endedAt(same, goneAt) === same)) return known;
  const told = goneAt === null ? discount : endedAt(same ?? discount, goneAt);
  return [...known.filter((other) => other !== same), told].toSorted((a, b) => a.start - b.start);
}

/** The discount with an end, unless it is over by itself before. */
function endedAt(discount: Discount, at: Instant): Discount {
  const { start, end, coupon } = discount;
  const own = end ?? (coupon.durationInMonths === null ? null : monthsLater(start, coupon.durationInMonths));
  return own !== null && own <= at ? discount : { ...discount, end: at };
}
