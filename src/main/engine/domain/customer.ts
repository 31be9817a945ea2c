/** A customer record of a billing system. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Discount } from './discount.ts';

export interface BillingCustomer {
  readonly id: string;
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
  readonly discounts: readonly Discount[];
  readonly metadata: Readonly<Record<string, string>>;
}
