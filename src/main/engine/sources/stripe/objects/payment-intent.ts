/**
 * Payments as they are asked for, whether or not a charge came of them.
 * https://docs.stripe.com/payments/paymentintents/lifecycle
 */
import { z } from 'zod';
import type { PaymentIntent } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { Amount, at, atOrNull, Currency, Id, LongText, maybe, Reference, Seconds, Word } from '../fields.ts';

/** Up to 2019-02-11 a payment method was a source: https://docs.stripe.com/upgrades#2019-02-11 */
const FORMER_STATUS: Readonly<Record<string, PaymentIntent['status']>> = {
  requires_source: 'requires_payment_method',
  requires_source_action: 'requires_action',
};

const StatusSchema = z.enum(
  [
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'requires_capture',
    'processing',
    'canceled',
    'succeeded',
  ],
  'is a status that Vario does not know',
);

const PaymentIntentSchema = z.object({
  id: Id,
  object: z.literal('payment_intent').default('payment_intent'),
  amount: Amount,
  canceled_at: maybe(Seconds),
  cancellation_reason: maybe(Word),
  /** Up to 2022-11-15 an intent listed its charges, the newest first, and did not name the latest. */
  charges: maybe(z.object({ data: z.array(z.object({ id: Id })).max(100) })),
  created: Seconds,
  currency: Currency,
  customer: maybe(Reference),
  /** Gone since «basil»: an invoice payment names both. */
  invoice: maybe(Reference),
  last_payment_error: maybe(
    z.object({ code: maybe(Word), decline_code: maybe(Word), message: maybe(LongText), type: maybe(Word) }),
  ),
  latest_charge: maybe(Reference),
  next_action: maybe(z.object({ type: Word })),
  status: z.preprocess(
    (status) => (typeof status === 'string' ? (FORMER_STATUS[status] ?? status) : status),
    StatusSchema,
  ),
});

export const paymentIntentType = objectType({
  type: 'payment_intent',
  version: 1,
  schema: PaymentIntentSchema,
  id: ({ id }) => id,
  normalise: (raw) => {
    const currency = stripeCurrency(raw.currency, 'currency');
    const error = raw.last_payment_error;
    return [
      {
        kind: 'payment_intent',
        value: {
          id: raw.id,
          customerId: raw.customer,
          invoiceId: raw.invoice,
          status: raw.status,
          currency,
          amountMinor: minorOfStripe(raw.amount, currency, 'amount'),
          createdAt: at(raw.created),
          canceledAt: atOrNull(raw.canceled_at),
          cancellationReason: raw.cancellation_reason,
          nextAction: raw.next_action?.type ?? null,
          failureCode: error?.code ?? error?.type ?? null,
          declineCode: error?.decline_code ?? null,
          failureMessage: error?.message ?? null,
          chargeId: raw.latest_charge ?? raw.charges?.data[0]?.id ?? null,
        },
      },
    ];
  },
});
