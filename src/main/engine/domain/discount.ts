/** Coupons and their use on a customer, a subscription or one of its items. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

export interface Coupon {
  readonly id: string;
  readonly name: string | null;
  readonly duration: 'forever' | 'once' | 'repeating';
  /** Months, for `repeating` only. */
  readonly durationInMonths: number | null;
  /** Decimal text, 0–100; exactly one of percentOff and amountOff is set. */
  readonly percentOff: string | null;
  /** Minor units of `currency`. */
  readonly amountOff: number | null;
  readonly currency: CurrencyCode | null;
  /** What an amount off is in other currencies; absent where it has one alone. */
  readonly amountsOff?: readonly { readonly currency: CurrencyCode; readonly amountOff: number }[];
  /** Products it is limited to; empty means all. */
  readonly appliesToProducts: readonly string[];
}

/** A coupon in force from `start` until `end` (null: open). Order in a list is the order in which discounts stack. */
export interface Discount {
  readonly id: string;
  readonly coupon: Coupon;
  readonly start: Instant;
  readonly end: Instant | null;
  readonly promotionCodeId: string | null;
}
