/** Invoices, and the subscriptions that they bill, put together from the lines of a company's own list. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact, Invoice, InvoiceLine } from '../../domain/index.ts';
import type { FamilySpec, KeptRow, KnownRows } from './kind.ts';
import { currencyOf, instantOf, isTrue, minorOf, needed, neededInstant, optional } from './read-values.ts';
import { serviceFacts, type ServiceLine } from './service-lives.ts';
import { subscriptionRowFacts } from './subscription-row.ts';

export const OWN_FILES: FamilySpec = {
  family: 'own',
  title: 'Own tables',
  vendors: [],
  dependents: {},
  assemble: { invoice: invoiceFacts, subscription: subscriptionFacts },
  atOnce: ['invoice'],
};

/** One invoice of all the rows that name it; what the rows say of the whole is taken from the first of them. */
function invoiceFacts(id: string, known: KnownRows): readonly Fact[] {
  const rows = known.parts(`invoice/${id}`);
  const head = rows[0]?.values;
  if (!head) return [];
  const createdAt = neededInstant(head, 'created_at');
  const lines = rows.map((row) => lineOf(row, createdAt));
  const net = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const tax = lines.reduce((sum, { taxes }) => sum + taxes.reduce((of, { amountMinor }) => of + amountMinor, 0), 0);
  const paidAt = instantOf(head, 'paid_at');
  const status = (optional(head, 'status') ?? (paidAt === null ? 'open' : 'paid')) as Invoice['status'];
  const total = net + tax;
  return [
    {
      kind: 'invoice',
      value: {
        id,
        number: id,
        customerId: needed(head, 'customer_id'),
        subscriptionId: null,
        status,
        billingReason: null,
        currency: currencyOf(head),
        createdAt,
        finalizedAt: status === 'draft' ? null : createdAt,
        paidAt: status === 'paid' ? (paidAt ?? createdAt) : null,
        voidedAt: status === 'void' ? createdAt : null,
        uncollectibleAt: status === 'uncollectible' ? createdAt : null,
        dueAt: instantOf(head, 'due_at'),
        periodStart: createdAt,
        periodEnd: createdAt,
        subtotalMinor: net,
        discountMinor: 0,
        taxMinor: tax,
        totalMinor: total,
        amountDueMinor: total,
        amountPaidMinor: status === 'paid' ? total : 0,
        amountRemainingMinor: status === 'paid' || status === 'void' ? 0 : total,
        startingBalanceMinor: 0,
        endingBalanceMinor: null,
        attemptCount: 0,
        nextAttemptAt: null,
        collection: 'charge_automatically',
        lines,
      },
    },
  ];
}

function lineOf({ key, values }: KeptRow, createdAt: Instant): InvoiceLine {
  const tax = minorOf(values, 'tax') ?? 0;
  const start = instantOf(values, 'period_start_at');
  const end = instantOf(values, 'period_end_at');
  const isService = start !== null && end !== null;
  return {
    id: key,
    subscriptionId: isService
      ? (values['subscription_id'] ?? `${needed(values, 'customer_id')}/${values['plan'] ?? 'service'}`)
      : null,
    subscriptionItemId: null,
    kind: isService ? 'subscription' : 'one_off',
    priceId: null,
    productId: null,
    price: null,
    description: optional(values, 'description') ?? optional(values, 'plan'),
    quantity: values['quantity'] ?? '1',
    amountMinor: minorOf(values, 'amount') ?? 0,
    discounts: [],
    taxes: tax === 0 ? [] : [{ amountMinor: tax, inclusive: false }],
    periodStart: start ?? createdAt,
    periodEnd: end ?? createdAt,
    proration: isTrue(values, 'proration'),
  };
}

/** A month without a line is taken for late billing, more for an end. */
const LAPSES_AFTER_DAYS = 31;

function subscriptionFacts(id: string, known: KnownRows): readonly Fact[] {
  const parts = known.parts(`subscription/${id}`);
  // A table of subscriptions says more than what was billed.
  const own = parts.find(({ kind }) => kind === 'subscriptions');
  if (own) return subscriptionRowFacts(own.values, id);
  const rows = parts.filter(({ values }) => values['status'] !== 'void' && values['status'] !== 'draft');
  const [first] = rows;
  if (!first) return [];
  const lines = rows.map(({ key, values }): ServiceLine => ({
    id: key,
    start: neededInstant(values, 'period_start_at'),
    end: neededInstant(values, 'period_end_at'),
    netMinor: minorOf(values, 'amount') ?? 0,
    quantity: values['quantity'] ?? '1',
    plan: optional(values, 'plan'),
    isTrial: false,
    isProration: isTrue(values, 'proration'),
    every: null,
  }));
  return serviceFacts({
    id,
    customerId: needed(first.values, 'customer_id'),
    currency: currencyOf(first.values),
    lines,
    ends: [],
    lapsesAfterDays: LAPSES_AFTER_DAYS,
  });
}
