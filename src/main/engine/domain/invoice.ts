/** Invoices with all their lines, and the credit notes against them. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Price } from './price.ts';

export interface InvoiceLine {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly subscriptionItemId: string | null;
  readonly kind: 'subscription' | 'one_off';
  /** The price as the invoice names it; null for a free-text line. A price known only by id has the stored price looked up. */
  readonly priceId: string | null;
  readonly productId: string | null;
  /** The price where the vendor embeds it (older shapes); null otherwise. */
  readonly price: Price | null;
  readonly description: string | null;
  /** Decimal text. */
  readonly quantity: string;
  /** Minor units before discounts; negative for a proration credit. */
  readonly amountMinor: number;
  /** Minor units, positive, by discount. */
  readonly discounts: readonly { readonly discountId: string; readonly amountMinor: number }[];
  /** Minor units of tax on this line; `inclusive` tells whether `amountMinor` contains them. */
  readonly taxes: readonly { readonly amountMinor: number; readonly inclusive: boolean }[];
  /** The service period that the line pays for. */
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  readonly proration: boolean;
}

export interface Invoice {
  readonly id: string;
  readonly number: string | null;
  readonly customerId: string;
  readonly subscriptionId: string | null;
  readonly status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  /** `subscription_create`, `subscription_cycle`, `subscription_update`, `manual` …, in the vendor's word. */
  readonly billingReason: string | null;
  readonly currency: CurrencyCode;
  readonly createdAt: Instant;
  readonly finalizedAt: Instant | null;
  readonly paidAt: Instant | null;
  readonly voidedAt: Instant | null;
  readonly uncollectibleAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly periodStart: Instant;
  readonly periodEnd: Instant;
  /** All in minor units of `currency`. */
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly amountDueMinor: number;
  readonly amountPaidMinor: number;
  readonly amountRemainingMinor: number;
  readonly startingBalanceMinor: number;
  readonly endingBalanceMinor: number | null;
  readonly attemptCount: number;
  readonly nextAttemptAt: Instant | null;
  readonly collection: 'charge_automatically' | 'send_invoice';
  readonly lines: readonly InvoiceLine[];
}

export interface CreditNote {
  readonly id: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly createdAt: Instant;
  readonly voidedAt: Instant | null;
  readonly status: 'issued' | 'void';
  readonly type: 'pre_payment' | 'post_payment' | 'mixed';
  readonly reason: string | null;
  /** Minor units, positive. */
  readonly totalMinor: number;
  readonly totalExcludingTaxMinor: number;
  /** Refunds that paid the note out; the amount is null where the vendor names only the refund. */
  readonly refunds: readonly { readonly refundId: string; readonly amountMinor: number | null }[];
  /** What was credited of which line, net of tax and discounts; empty where the note names no lines. */
  readonly lines: readonly { readonly invoiceLineId: string; readonly netMinor: number }[];
}
