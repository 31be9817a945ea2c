/** Money that moved or failed to: charges, refunds, disputes, and the balance they end in. Amounts in minor units. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

export interface Charge {
  readonly id: string;
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  readonly paymentIntentId: string | null;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  /** Less than the amount where only a part of what was authorised was taken; 0 while nothing is. */
  readonly amountCapturedMinor: number;
  readonly amountRefundedMinor: number;
  readonly createdAt: Instant;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly balanceTransactionId: string | null;
}

export interface Refund {
  readonly id: string;
  readonly chargeId: string | null;
  readonly paymentIntentId: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  readonly createdAt: Instant;
}

export interface Dispute {
  readonly id: string;
  readonly chargeId: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  readonly createdAt: Instant;
  /** When the money came back because the dispute was won; null while it has not, or where the vendor does not say. */
  readonly reinstatedAt: Instant | null;
}

export interface BalanceTransaction {
  readonly id: string;
  readonly type: string;
  readonly reportingCategory: string;
  readonly sourceObjectId: string | null;
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  readonly feeMinor: number;
  readonly netMinor: number;
  readonly createdAt: Instant;
  readonly availableAt: Instant;
}

/** Which payment settled which invoice, where the vendor keeps that apart (Stripe since «basil»). */
export interface InvoicePayment {
  readonly id: string;
  readonly invoiceId: string;
  readonly paymentIntentId: string | null;
  readonly chargeId: string | null;
  readonly status: string;
  readonly currency: CurrencyCode;
  readonly amountPaidMinor: number | null;
  readonly createdAt: Instant;
}
