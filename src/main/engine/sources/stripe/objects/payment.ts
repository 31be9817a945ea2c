/** Money that moved or failed to: charges, refunds, disputes, credit notes, invoice payments, the balance. */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import type { CreditNote } from '../../../domain/index.ts';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import { objectType, type Measure } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { dictionaries } from '../dictionaries.ts';
import {
  Amount,
  at,
  atOrNull,
  Currency,
  Id,
  LongText,
  maybe,
  Reference,
  Seconds,
  SignedAmount,
  Word,
} from '../fields.ts';

/** The currency of a record and its amounts in minor units. */
function reader(code: string): { currency: CurrencyCode; minor: (value: number, path: string) => number } {
  const currency = stripeCurrency(code, 'currency');
  return { currency, minor: (value, path) => minorOfStripe(value, currency, path) };
}

function measureOf(code: string, value: number, path: string): Measure {
  const { currency, minor } = reader(code);
  return { currency, minor: minor(value, path) };
}

/** What was taken of a charge: nothing of a failed one, nor of an authorised one that is not captured. */
function capturedOf(raw: {
  amount: number;
  amount_captured: number | null;
  captured: boolean | null;
  status: string;
}): number {
  if (raw.status === 'failed' || raw.captured === false) return 0;
  return raw.amount_captured ?? raw.amount;
}

export const chargeType = objectType({
  type: 'charge',
  version: 2,
  dictionaries: dictionaries.charge,
  schema: z.object({
    id: Id,
    object: z.literal('charge').default('charge'),
    amount: Amount,
    /** Objects of few words leave it out: then all of it was taken. */
    amount_captured: maybe(Amount),
    amount_refunded: Amount.default(0),
    balance_transaction: maybe(Reference),
    captured: maybe(z.boolean()),
    created: Seconds,
    currency: Currency,
    customer: maybe(Reference),
    failure_code: maybe(Word),
    failure_message: maybe(LongText),
    invoice: maybe(Reference),
    payment_intent: maybe(Reference),
    status: z.enum(['succeeded', 'pending', 'failed'], 'is a status that Vario does not know'),
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'charge',
        value: {
          id: raw.id,
          customerId: raw.customer,
          invoiceId: raw.invoice,
          paymentIntentId: raw.payment_intent,
          status: raw.status,
          currency,
          amountMinor: minor(raw.amount, 'amount'),
          amountCapturedMinor: minor(capturedOf(raw), 'amount_captured'),
          amountRefundedMinor: minor(raw.amount_refunded, 'amount_refunded'),
          createdAt: at(raw.created),
          failureCode: raw.failure_code,
          failureMessage: raw.failure_message,
          balanceTransactionId: raw.balance_transaction,
        },
      },
    ];
  },
  measure: (raw) => measureOf(raw.currency, raw.amount, 'amount'),
});

export const refundType = objectType({
  type: 'refund',
  version: 1,
  schema: z.object({
    id: Id,
    object: z.literal('refund').default('refund'),
    amount: Amount,
    charge: maybe(Reference),
    created: Seconds,
    currency: Currency,
    payment_intent: maybe(Reference),
    reason: maybe(Word),
    status: maybe(Word),
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'refund',
        value: {
          id: raw.id,
          chargeId: raw.charge,
          paymentIntentId: raw.payment_intent,
          status: raw.status,
          reason: raw.reason,
          currency,
          amountMinor: minor(raw.amount, 'amount'),
          createdAt: at(raw.created),
        },
      },
    ];
  },
  measure: (raw) => measureOf(raw.currency, raw.amount, 'amount'),
});

/** When a disputed amount was given back. https://docs.stripe.com/reports/reporting-categories */
function reinstatedAt(transactions: readonly { created: number; reporting_category: string | null }[]): Instant | null {
  const reversal = transactions.find(({ reporting_category }) => reporting_category === 'dispute_reversal');
  return reversal ? at(reversal.created) : null;
}

export const disputeType = objectType({
  type: 'dispute',
  version: 2,
  schema: z.object({
    id: Id,
    object: z.literal('dispute').default('dispute'),
    amount: Amount,
    /** The money leaving and, when the dispute is won, coming back. */
    balance_transactions: maybe(z.array(z.object({ created: Seconds, reporting_category: maybe(Word) })).max(10)),
    charge: maybe(Reference),
    created: Seconds,
    currency: Currency,
    reason: maybe(Word),
    status: Word,
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'dispute',
        value: {
          id: raw.id,
          chargeId: raw.charge,
          status: raw.status,
          reason: raw.reason,
          currency,
          amountMinor: minor(raw.amount, 'amount'),
          createdAt: at(raw.created),
          reinstatedAt: reinstatedAt(raw.balance_transactions ?? []),
        },
      },
    ];
  },
  measure: (raw) => measureOf(raw.currency, raw.amount, 'amount'),
});

const CreditedLine = z.object({
  amount: SignedAmount,
  discount_amount: maybe(SignedAmount),
  invoice_line_item: maybe(Id),
  tax_amounts: maybe(z.array(z.object({ amount: SignedAmount, inclusive: z.boolean() })).max(100)),
  taxes: maybe(z.array(z.object({ amount: SignedAmount, tax_behavior: z.enum(['exclusive', 'inclusive']) })).max(100)),
});

/** Since «basil» a note lists its refunds with their amounts; before, it named one. */
function refundsOf(
  raw: {
    refund: string | null;
    refunds: readonly { amount_refunded: number; refund: string | null }[] | null;
  },
  minor: (value: number) => number,
): CreditNote['refunds'] {
  if (raw.refunds !== null && raw.refunds.length > 0)
    return raw.refunds.flatMap(({ amount_refunded, refund }) =>
      refund === null ? [] : [{ refundId: refund, amountMinor: minor(amount_refunded) }],
    );
  return raw.refund === null ? [] : [{ refundId: raw.refund, amountMinor: null }];
}

/** Net amounts by invoice line; none where a line names no line of the invoice, or the list is cut off. */
function creditedLines(
  raw: { lines: { data: readonly z.output<typeof CreditedLine>[]; has_more: boolean } | null },
  minor: (value: number) => number,
): CreditNote['lines'] {
  if (raw.lines === null || raw.lines.has_more) return [];
  const lines: { invoiceLineId: string; netMinor: number }[] = [];
  for (const { amount, discount_amount, invoice_line_item, tax_amounts, taxes } of raw.lines.data) {
    if (invoice_line_item === null) return [];
    const inclusive = [
      ...(taxes ?? []).filter(({ tax_behavior }) => tax_behavior === 'inclusive'),
      ...(taxes === null ? (tax_amounts ?? []).filter((tax) => tax.inclusive) : []),
    ];
    const tax = inclusive.reduce((sum, each) => sum + each.amount, 0);
    lines.push({ invoiceLineId: invoice_line_item, netMinor: minor(amount - (discount_amount ?? 0) - tax) });
  }
  return lines;
}

export const creditNoteType = objectType({
  type: 'credit_note',
  version: 2,
  schema: z.object({
    id: Id,
    object: z.literal('credit_note').default('credit_note'),
    created: Seconds,
    currency: Currency,
    customer: Reference,
    invoice: Reference,
    lines: maybe(z.object({ data: z.array(CreditedLine), has_more: z.boolean().default(false) })),
    reason: maybe(Word),
    refund: maybe(Reference),
    refunds: maybe(z.array(z.object({ amount_refunded: Amount, refund: maybe(Reference) })).max(100)),
    status: z.enum(['issued', 'void'], 'is a status that Vario does not know'),
    subtotal: maybe(Amount),
    total: Amount,
    total_excluding_tax: maybe(Amount),
    type: z.enum(['pre_payment', 'post_payment', 'mixed'], 'is a type that Vario does not know'),
    voided_at: maybe(Seconds),
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'credit_note',
        value: {
          id: raw.id,
          invoiceId: raw.invoice,
          customerId: raw.customer,
          currency,
          createdAt: at(raw.created),
          voidedAt: atOrNull(raw.voided_at),
          status: raw.status,
          type: raw.type,
          reason: raw.reason,
          totalMinor: minor(raw.total, 'total'),
          totalExcludingTaxMinor: minor(raw.total_excluding_tax ?? raw.total, 'total_excluding_tax'),
          refunds: refundsOf(raw, (value) => minor(value, 'refunds')),
          lines: creditedLines(raw, (value) => minor(value, 'lines')),
        },
      },
    ];
  },
  measure: (raw) => measureOf(raw.currency, raw.total, 'total'),
});

export const invoicePaymentType = objectType({
  type: 'invoice_payment',
  version: 1,
  dictionaries: dictionaries.invoicePayment,
  schema: z.object({
    id: Id,
    object: z.literal('invoice_payment').default('invoice_payment'),
    amount_paid: maybe(Amount),
    created: Seconds,
    currency: Currency,
    invoice: Reference,
    payment: z.object({ charge: maybe(Reference), payment_intent: maybe(Reference) }),
    status: Word,
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'invoice_payment',
        value: {
          id: raw.id,
          invoiceId: raw.invoice,
          paymentIntentId: raw.payment.payment_intent,
          chargeId: raw.payment.charge,
          status: raw.status,
          currency,
          amountPaidMinor: raw.amount_paid === null ? null : minor(raw.amount_paid, 'amount_paid'),
          createdAt: at(raw.created),
        },
      },
    ];
  },
});

export const balanceTransactionType = objectType({
  type: 'balance_transaction',
  version: 1,
  dictionaries: dictionaries.balanceTransaction,
  schema: z.object({
    id: Id,
    object: z.literal('balance_transaction').default('balance_transaction'),
    amount: SignedAmount,
    available_on: Seconds,
    created: Seconds,
    currency: Currency,
    fee: SignedAmount,
    net: SignedAmount,
    reporting_category: Word,
    source: maybe(Reference),
    type: Word,
  }),
  id: ({ id }) => id,
  normalise: (raw) => {
    const { currency, minor } = reader(raw.currency);
    return [
      {
        kind: 'balance_transaction',
        value: {
          id: raw.id,
          type: raw.type,
          reportingCategory: raw.reporting_category,
          sourceObjectId: raw.source,
          currency,
          amountMinor: minor(raw.amount, 'amount'),
          feeMinor: minor(raw.fee, 'fee'),
          netMinor: minor(raw.net, 'net'),
          createdAt: at(raw.created),
          availableAt: at(raw.available_on),
        },
      },
    ];
  },
  measure: (raw) => measureOf(raw.currency, raw.net, 'net'),
});
