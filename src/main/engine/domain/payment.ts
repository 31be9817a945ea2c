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

/** A payment as it was asked for, whether or not money came of it. */
export interface PaymentIntent {
  readonly id: string;
  readonly customerId: string | null;
  /** Where the object itself names it; newer ones are tied to their invoice by an `InvoicePayment`. */
  readonly invoiceId: string | null;
  readonly status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'requires_capture'
    | 'processing'
    | 'canceled'
    | 'succeeded';
  readonly currency: CurrencyCode;
  readonly amountMinor: number;
  readonly createdAt: Instant;
  readonly canceledAt: Instant | null;
  readonly cancellationReason: string | null;
  /** What is asked of the customer, in the vendor's word; null where nothing is. */
  readonly nextAction: string | null;
  /** Why the last try failed; null where none did, or a later one succeeded. */
  readonly failureCode: string | null;
  readonly declineCode: string | null;
  readonly failureMessage: string | null;
  /** The newest charge that it led to, also a failed one. */
  readonly chargeId: string | null;
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
