/** Discounts over time: those seen on an object, each with the window in which it was there. */
import { addMs, HOUR_MS, MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Discount, Subscription } from '../../domain/index.ts';
import { endOfDiscount } from '../core/discount.ts';
import type { Sighting, SubscriptionFacts } from './facts.ts';

/**
 * Every discount that any sighting shows in one place (the subscription, or
 * one item), in the order in which they stack, ended where a later sighting no
 * longer shows it.
 */
export function discountHistory(
  facts: SubscriptionFacts,
  place: (subscription: Subscription) => readonly Discount[],
): Discount[] {
  const known: Discount[] = [];
  for (let index = facts.sightings.length - 1; index >= 0; index--) {
    const sighting = facts.sightings[index];
    if (!sighting) continue;
    const next = facts.sightings[index + 1];
    addInOrder(known, place(sighting.subscription), (discount) => endedWhereGone(discount, sighting, next));
  }
  return known;
}

/**
 * Adds what an earlier sighting lists beside what later ones do: each where it
 * stood, before its successor or behind what it followed. Of discounts that no
 * sighting shows together, the earlier comes first.
 */
function addInOrder(known: Discount[], listed: readonly Discount[], dated: (discount: Discount) => Discount): void {
  const placeOf = ({ id }: Discount) => known.findIndex((other) => other.id === id);
  for (let index = listed.length - 1; index >= 0; index--) {
    const discount = listed[index];
    if (!discount || placeOf(discount) >= 0) continue;
    const next = listed[index + 1];
    const before = next ? undefined : listed.slice(0, index).findLast((other) => placeOf(other) >= 0);
    known.splice(next ? placeOf(next) : before ? placeOf(before) + 1 : 0, 0, dated(discount));
  }
}

/** A discount that the next sighting lacks: over at its own end, else when it was seen to be gone. */
function endedWhereGone(discount: Discount, { subscription }: Sighting, next: Sighting | undefined): Discount {
  if (next === undefined || endOfDiscount(discount) <= next.seenAt) return discount;
  // A «once» vanishes with the invoice that it lowers, in the same moment as that term begins; a phase that begins
  // brings its own discounts in its place.
  const replaced = subscription.phases?.some(({ startAt }) => Math.abs(next.seenAt - startAt) < HOUR_MS) ?? false;
  const used = discount.coupon.duration === 'once' && !replaced;
  return { ...discount, end: used ? addMs(next.seenAt, MINUTE_MS) : next.seenAt };
}

/** Of the known discounts, those that may matter at a moment: begun, and not over or holding for a term that began before their end. */
export function discountsAt(known: readonly Discount[], at: Instant, earliestTerm: Instant | null): Discount[] {
  return known.filter((discount) => {
    if (discount.start > at) return false;
    const end = endOfDiscount(discount);
    if (at < end) return true;
    return discount.coupon.duration !== 'forever' && earliestTerm !== null && earliestTerm < end;
  });
}

/** Whether any of the discounts is there at a moment: then they replace the customer's. */
export function anyPresent(known: readonly Discount[], at: Instant): boolean {
  return known.some((discount) => discount.start <= at && at < endOfDiscount(discount));
}
