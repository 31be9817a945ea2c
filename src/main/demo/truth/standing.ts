/** How a contract stands at a moment, read off its happenings one after the other. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import type { Contract, CouponCard, Life, Position } from '../scenario/life.ts';

export interface Standing {
  readonly positions: readonly Position[];
  /** In the order in which they were granted; the customer's own where the contract has none. */
  readonly coupons: readonly CouponCard[];
  readonly trialing: boolean;
  readonly paused: boolean;
  readonly pastDue: boolean;
  /** The end that has been scheduled and not withdrawn. */
  readonly endsAt: Instant | null;
}

/**
 * What holds just before `moment` (the end of a day is the first moment of the next). Null where the contract is not in
 * force: not begun, never paid, ended, given up as unpaid.
 */
export function standingBefore(life: Life, contract: Contract, moment: Instant): Standing | null {
  if (contract.startedAt >= moment || contract.neverPaid) return null;
  const since = contract.trialEndsAt ?? contract.startedAt;
  let { positions } = contract;
  let [paused, pastDue] = [false, false];
  let endsAt: Instant | null = null;
  const granted: { readonly coupon: CouponCard; readonly at: Instant }[] = contract.coupons.map((coupon) => ({
    coupon,
    at: contract.startedAt,
  }));
  for (const happening of contract.happenings) {
    if (happening.at >= moment) break;
    if (endsAt !== null && happening.at >= endsAt) break;
    if (happening.kind === 'changed') positions = happening.positions;
    else if (happening.kind === 'discount_granted') granted.push({ coupon: happening.coupon, at: happening.at });
    else if (happening.kind === 'cancellation_scheduled') endsAt = happening.endsAt;
    else if (happening.kind === 'cancellation_withdrawn') endsAt = null;
    else if (happening.kind === 'paused') paused = true;
    else if (happening.kind === 'resumed') paused = false;
    else if (happening.kind === 'payment_failed') pastDue = true;
    else if (happening.kind === 'payment_recovered') pastDue = false;
    else if (happening.kind === 'ended' || happening.kind === 'gave_up') return null;
  }
  if (endsAt !== null && endsAt < moment) return null;
  const inForce = granted
    .filter(({ coupon, at }) => couponHolds(coupon, at, positions, moment))
    .map(({ coupon }) => coupon);
  return {
    positions,
    coupons: inForce.length > 0 || life.customerCoupon === null ? inForce : [life.customerCoupon],
    trialing: contract.trialEndsAt !== null && since >= moment,
    paused,
    pastDue,
    endsAt,
  };
}

/** R5: «once» does not count on short terms; limited discounts hold for the first year of a yearly term. */
function couponHolds(coupon: CouponCard, at: Instant, positions: readonly Position[], moment: Instant): boolean {
  if (coupon.duration === 'forever') return true;
  if (positions[0]!.card.interval === 'year') return monthsAfter(at, 12) >= moment;
  return coupon.duration === 'repeating' && monthsAfter(at, coupon.months ?? 0) >= moment;
}
