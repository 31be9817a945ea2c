/** Quotes: offers that may become a subscription. Amounts are taken without tax. https://docs.stripe.com/api/quotes/object */
import { z } from 'zod';
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import type { Quote } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { Amount, at, atOrNull, Currency, Id, maybe, Reference, Seconds, SignedAmount, Text } from '../fields.ts';

const Tax = maybe(z.object({ amount_tax: maybe(SignedAmount) }));

const QuoteSchema = z.object({
  id: Id,
  object: z.literal('quote').default('quote'),
  amount_total: Amount,
  computed: z.object({
    recurring: maybe(
      z.object({
        amount_total: Amount,
        interval: z.enum(['day', 'week', 'month', 'year']),
        interval_count: z.int().min(1).max(10_000),
        total_details: Tax,
      }),
    ),
  }),
  created: Seconds,
  currency: maybe(Currency),
  customer: maybe(Reference),
  expires_at: Seconds,
  invoice: maybe(Reference),
  number: maybe(Text),
  status: z.enum(['draft', 'open', 'accepted', 'canceled'], 'is a status that Vario does not know'),
  status_transitions: z.object({
    accepted_at: maybe(Seconds),
    canceled_at: maybe(Seconds),
    finalized_at: maybe(Seconds),
  }),
  subscription: maybe(Reference),
  total_details: Tax,
});
type StripeQuote = z.output<typeof QuoteSchema>;

/** A draft without lines has no currency yet, and no amounts. */
function quoteOf(raw: StripeQuote): Quote {
  const currency: CurrencyCode | null = raw.currency === null ? null : stripeCurrency(raw.currency, 'currency');
  const net = (total: number, tax: z.output<typeof Tax>, path: string): number =>
    currency === null ? 0 : minorOfStripe(total - (tax?.amount_tax ?? 0), currency, path);
  const { recurring } = raw.computed;
  return {
    id: raw.id,
    number: raw.number,
    customerId: raw.customer,
    status: raw.status,
    currency,
    totalMinor: net(raw.amount_total, raw.total_details, 'amount_total'),
    recurring: recurring && {
      amountMinor: net(recurring.amount_total, recurring.total_details, 'computed.recurring.amount_total'),
      interval: recurring.interval,
      intervalCount: recurring.interval_count,
    },
    createdAt: at(raw.created),
    finalizedAt: atOrNull(raw.status_transitions.finalized_at),
    acceptedAt: atOrNull(raw.status_transitions.accepted_at),
    canceledAt: atOrNull(raw.status_transitions.canceled_at),
    expiresAt: at(raw.expires_at),
    subscriptionId: raw.subscription,
    invoiceId: raw.invoice,
  };
}

export const quoteType = objectType({
  type: 'quote',
  version: 1,
  schema: QuoteSchema,
  id: ({ id }) => id,
  normalise: (raw) => [{ kind: 'quote', value: quoteOf(raw) }],
});
