/** Payouts to the bank, with the balance transactions that each consists of. https://docs.stripe.com/api/payouts/object */
import { z } from 'zod';
import type { Payout } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { at, Currency, Id, LongText, maybe, Reference, Seconds, SignedAmount, Word } from '../fields.ts';

const PayoutSchema = z.object({
  id: Id,
  object: z.literal('payout').default('payout'),
  amount: SignedAmount,
  arrival_date: Seconds,
  automatic: z.boolean(),
  balance_transaction: maybe(Reference),
  created: Seconds,
  currency: Currency,
  failure_code: maybe(Word),
  failure_message: maybe(LongText),
  /** Ids of its balance transactions, filled in when it is made whole; Stripe tells them only when asked. */
  parts: maybe(z.array(Id)),
  reconciliation_status: maybe(Word),
  status: Word,
});
type StripePayout = z.output<typeof PayoutSchema>;

function membershipOf({ automatic, parts, reconciliation_status }: StripePayout): Payout['membership'] {
  if (!automatic || reconciliation_status === 'not_applicable') return 'manual';
  if (reconciliation_status === 'in_progress') return 'pending';
  return parts === null ? 'unread' : 'known';
}

export const payoutType = objectType({
  type: 'payout',
  version: 1,
  schema: PayoutSchema,
  id: ({ id }) => id,
  normalise: (raw) => {
    const currency = stripeCurrency(raw.currency, 'currency');
    const membership = membershipOf(raw);
    return [
      {
        kind: 'payout',
        value: {
          id: raw.id,
          status: raw.status,
          currency,
          amountMinor: minorOfStripe(raw.amount, currency, 'amount'),
          createdAt: at(raw.created),
          arrivalAt: at(raw.arrival_date),
          automatic: raw.automatic,
          failureCode: raw.failure_code,
          failureMessage: raw.failure_message,
          balanceTransactionId: raw.balance_transaction,
          membership,
          parts: membership === 'known' ? (raw.parts ?? []) : [],
        },
      },
    ];
  },
  measure: ({ amount, currency: code }) => {
    const currency = stripeCurrency(code, 'currency');
    return { currency, minor: minorOfStripe(amount, currency, 'amount') };
  },
});
