/**
 * The words in which the demo company is told: customers' lives, without any
 * vendor. The truth is computed from these and Stripe's objects are written
 * from these, each on its own.
 */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

export type PlanKey = 'starter' | 'growth' | 'pro' | 'scale' | 'enterprise';
/** What is sold: a plan, extra seats beside it, metered calls, or work by the hour. */
export type ProductKey = PlanKey | 'seats' | 'calls' | 'services';

/** A step of a graduated price: `flatMinor` once the step is reached, `unitMinor` for each unit in it. */
export interface TierStep {
  readonly upTo: number | null;
  readonly unitMinor: number;
  readonly flatMinor: number;
}

/** A price as it stands in the price list, in minor units of its currency. */
export interface PriceCard {
  readonly key: string;
  readonly product: ProductKey;
  readonly nickname: string;
  readonly currency: CurrencyCode;
  readonly interval: 'month' | 'year';
  /** Decimal text, possibly a fraction of a minor unit; null where `tiers` say it. */
  readonly unitMinor: string | null;
  readonly tiers: readonly TierStep[];
  readonly metered: boolean;
  /** Per cent of tax contained in the price; 0 for prices without tax. */
  readonly taxIncludedPercent: number;
  /** No longer sold. */
  readonly retired: boolean;
}

export interface CouponCard {
  readonly key: string;
  readonly name: string;
  readonly duration: 'forever' | 'once' | 'repeating';
  /** For `repeating`. */
  readonly months: number | null;
  readonly percentOff: number | null;
  readonly amountOff: { readonly minor: number; readonly currency: CurrencyCode } | null;
  /** Limited to these products; empty means all. */
  readonly products: readonly ProductKey[];
  /** The code customers type, where there is one. */
  readonly code: string | null;
}

/** One position of a contract. Metered positions have quantity 0: usage is told apart. */
export interface Position {
  readonly card: PriceCard;
  readonly quantity: number;
}

/**
 * - `cancellation_scheduled` takes effect at `endsAt` unless it is withdrawn before.
 * - `changed` bills the difference at once (`now`), with the next invoice (`next_invoice`), or not at all (`none`:
 *   the change falls on a renewal); `newCycle` starts a new billing cycle at that moment.
 * - `payment_failed` concerns the invoice of the hour before it and leaves the contract past due until
 *   `payment_recovered`, `gave_up` (unpaid) or `ended`.
 * - `refunded`, `credited` and `disputed` concern the last paid invoice.
 */
export type Happening = { readonly at: Instant } & (
  | {
      readonly kind: 'changed';
      readonly positions: readonly Position[];
      readonly settle: 'now' | 'next_invoice' | 'none';
      readonly newCycle: boolean;
    }
  | { readonly kind: 'discount_granted'; readonly coupon: CouponCard }
  | {
      readonly kind: 'cancellation_scheduled';
      readonly endsAt: Instant;
      readonly cause: EndCause;
      readonly feedback: string | null;
    }
  | { readonly kind: 'cancellation_withdrawn' }
  | { readonly kind: 'ended'; readonly cause: EndCause; readonly feedback: string | null }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'payment_failed' }
  | { readonly kind: 'payment_recovered' }
  | { readonly kind: 'gave_up' }
  | { readonly kind: 'refunded'; readonly percent: number }
  | { readonly kind: 'credited'; readonly percent: number }
  | { readonly kind: 'disputed'; readonly outcome: 'won' | 'lost' | 'open' }
);

export type EndCause = 'requested' | 'payment_failed' | 'trial_over' | 'disputed' | 'replaced';

/** A subscription, from its first day. Happenings are in order of time. */
export interface Contract {
  readonly key: string;
  readonly startedAt: Instant;
  /** When it was entered at Stripe, where that was later (`backdate_start_date`): whole billing periods later. */
  readonly enteredAt?: Instant;
  readonly trialEndsAt: Instant | null;
  readonly positions: readonly Position[];
  readonly coupons: readonly CouponCard[];
  readonly paidBy: 'card' | 'bank_transfer';
  /** The very first payment never came through: the contract never counted. */
  readonly neverPaid: boolean;
  /** Metered calls by billing period, counted from the first; after the last it starts over. */
  readonly callsByPeriod: readonly number[];
  readonly happenings: readonly Happening[];
}

/** Work or a fee invoiced once, outside any contract, in minor units. */
export interface OneOff {
  readonly at: Instant;
  readonly lines: readonly { readonly text: string; readonly minor: number }[];
}

export interface Life {
  readonly key: string;
  readonly company: string;
  readonly contact: string;
  readonly email: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly channel: 'self_serve' | 'sales' | 'referral' | 'friends';
  readonly joinedAt: Instant;
  readonly deletedAt: Instant | null;
  /** A discount on the customer, which counts where the contract has none of its own. */
  readonly customerCoupon: CouponCard | null;
  readonly contracts: readonly Contract[];
  readonly oneOffs: readonly OneOff[];
}

export interface Company {
  readonly name: string;
  readonly seed: string;
  readonly now: Instant;
  readonly foundedAt: Instant;
  readonly lives: readonly Life[];
  readonly coupons: readonly CouponCard[];
  /** Coupons that were taken out of the list; running discounts go on. */
  readonly deletedCoupons: readonly { readonly key: string; readonly at: Instant }[];
}
