/** A customer record of a billing system. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Discount } from './discount.ts';

export interface BillingCustomer {
  readonly id: string;
  /** When the vendor said all this: what was known before and is not said any more was over by then. */
  readonly seenAt: Instant;
  readonly name: string | null;
  readonly email: string | null;
  readonly description: string | null;
  readonly currency: CurrencyCode | null;
  /** ISO 3166-1 alpha-2, from the billing address or the tax location. */
  readonly country: string | null;
  readonly createdAt: Instant;
  readonly deleted: boolean;
  readonly delinquent: boolean;
  /** Minor units the customer owes (+) or has to its credit (−). */
  readonly balanceMinor: number;
  /** Those that it has when it is read; what it had before is kept beside them, each with its end. */
  readonly discounts: readonly Discount[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A discount of a customer, as word of its beginning or of its end tells it. */
export interface CustomerDiscount {
  readonly customerId: string;
  readonly discount: Discount;
  /** When it was taken away; null for one that was given. */
  readonly goneAt: Instant | null;
}
