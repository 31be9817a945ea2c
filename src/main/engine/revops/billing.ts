/** What was billed at once — an invoice, or a payment without one — and what happened to it since. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

export interface BilledLine {
  readonly id: string;
  /** Minor units net of discounts and tax; negative for a credit. */
  readonly netMinor: number;
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  /** Earned from the start of its period although it is billed later: a proration that waited for the next invoice. */
  readonly accrues: boolean;
}

/** Amounts are in minor units of the billing's currency. */
export type BillingEvent =
  /** Money given back, tax included. */
  | { readonly kind: 'refunded'; readonly at: Instant; readonly grossMinor: number }
  /** Money taken back by the bank, tax included; `wonAt` when it came home, null while it has not. */
  | { readonly kind: 'disputed'; readonly at: Instant; readonly grossMinor: number; readonly wonAt: Instant | null }
  | {
      readonly kind: 'credited';
      readonly at: Instant;
      readonly voidedAt: Instant | null;
      /** Net of tax. */
      readonly netMinor: number;
      /** The part of the note that was refunded, of `grossMinor` in all. */
      readonly refundedMinor: number;
      readonly grossMinor: number;
      /** Net amounts by line of the invoice; empty: shared out over all lines. */
      readonly lines: readonly { readonly lineId: string; readonly netMinor: number }[];
    }
  | { readonly kind: 'voided'; readonly at: Instant }
  /** Given up; `coveredMinor` (tax included) had been paid or taken from the customer's balance, negative where old debt was added. */
  | { readonly kind: 'written_off'; readonly at: Instant; readonly coveredMinor: number }
  /** Paid after it had been given up. */
  | { readonly kind: 'recovered'; readonly at: Instant };

export interface Billing {
  readonly id: string;
  readonly currency: CurrencyCode;
  /** The finalisation of the invoice, or the moment of the payment. */
  readonly billedAt: Instant;
  /** Minor units with tax: what refunds and disputes are a share of. */
  readonly totalMinor: number;
  readonly lines: readonly BilledLine[];
  readonly events: readonly BillingEvent[];
}
