/** Customers, living and deleted. */
import { z } from 'zod';
import type { Instant } from '../../../../../shared/kernel/instant.ts';
import type { BillingCustomer } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { minorOfStripe, stripeCurrency } from '../amounts.ts';
import { dictionaries } from '../dictionaries.ts';
import { at, Currency, Id, LongText, maybe, Metadata, Seconds, SignedAmount, Text } from '../fields.ts';
import { DiscountSchema, discountsOf } from './discount.ts';

const Country = z.string().regex(/^[A-Za-z]{2}$/, 'is not a two-letter country code');
const Place = maybe(z.object({ country: maybe(z.union([Country, z.literal('').transform(() => null)])) }));

const CustomerSchema = z.object({
  id: Id,
  object: z.literal('customer').default('customer'),
  address: Place,
  balance: maybe(SignedAmount),
  created: Seconds.default(0),
  currency: maybe(Currency),
  delinquent: maybe(z.boolean()),
  description: maybe(LongText),
  discount: maybe(DiscountSchema),
  email: maybe(Text),
  metadata: maybe(Metadata),
  name: maybe(Text),
  tax: maybe(z.object({ location: Place })),
});
type StripeCustomer = z.output<typeof CustomerSchema>;

function customerOf(raw: StripeCustomer, seenAt: Instant): BillingCustomer {
  const currency = raw.currency === null ? null : stripeCurrency(raw.currency, 'currency');
  const balance = raw.balance ?? 0;
  return {
    id: raw.id,
    seenAt,
    name: raw.name,
    email: raw.email,
    description: raw.description,
    currency,
    country: (raw.address?.country ?? raw.tax?.location?.country ?? null)?.toUpperCase() ?? null,
    createdAt: at(raw.created),
    deleted: false,
    delinquent: raw.delinquent ?? false,
    balanceMinor: currency === null ? balance : minorOfStripe(balance, currency, 'balance'),
    discounts: discountsOf(null, raw.discount, ''),
    metadata: raw.metadata ?? {},
  };
}

export const customerType = objectType({
  type: 'customer',
  version: 1,
  dictionaries: dictionaries.customer,
  schema: CustomerSchema,
  id: ({ id }) => id,
  normalise: (raw, seenAt) => [{ kind: 'customer', value: customerOf(raw, seenAt) }],
});
