/** The exports of Stripe's dashboard and reports. */
import type { Fact } from '../../domain/index.ts';
import { customerFact, INTERVALS, STATUSES } from './billing-facts.ts';
import { STRIPE_CASH_KINDS } from './stripe-cash.ts';
import { subscriptionRowFacts } from './subscription-row.ts';
import { field, REQUIRED, type FamilySpec, type KindSpec, type Values } from './kind.ts';
import { currencyOf, instantOf, isTrue, metadataOf, minorOf, needed, neededInstant, optional } from './read-values.ts';

export const STRIPE_FILES: FamilySpec = {
  family: 'stripe',
  title: 'Stripe exports',
  vendors: ['stripe'],
  dependents: {},
  assemble: {},
  atOnce: [],
};

const CURRENCY = field('currency', 'Currency', 'currency', ['devise', 'währung', 'moneda'], REQUIRED);
const OF_STRIPE = { family: 'stripe', metadata: true } as const;
const byId = (values: Values): string => needed(values, 'id');

const customers: KindSpec = {
  ...OF_STRIPE,
  kind: 'stripe_customers',
  title: 'Stripe customers',
  description: 'Customers › Export in Stripe’s dashboard (unified_customers.csv), any columns, with metadata.',
  goesWith: ['stripe_payments', 'stripe_subscriptions'],
  template: ['id', 'Description', 'Email', 'Name', 'Created (UTC)', 'Delinquent', 'Currency', 'Business Vat ID'],
  fields: [
    field('id', 'id', 'id', ['customer id'], REQUIRED),
    field('name', 'Name', 'text', ['customer name']),
    field('email', 'Email', 'email', ['customer email']),
    field('description', 'Description', 'text', ['customer description']),
    field('created_at', 'Created (UTC)', 'instant', ['created', 'created date utc', 'created date'], REQUIRED),
    field('currency', 'Currency', 'currency', [], { constant: false }),
    field('country', 'Card Address Country', 'text', ['country', 'address country']),
    field('delinquent', 'Delinquent', 'boolean'),
  ],
  object: 'customer',
  key: byId,
  facts: (values, id) => [
    customerFact({
      id,
      name: optional(values, 'name'),
      email: optional(values, 'email'),
      description: optional(values, 'description'),
      createdAt: neededInstant(values, 'created_at'),
      currency: values['currency'] === undefined ? null : currencyOf(values),
      country: countryCode(values['country']),
      delinquent: isTrue(values, 'delinquent'),
      metadata: metadataOf(values),
    }),
  ],
};

/** Only codes say a country alike in all systems. */
function countryCode(text: string | undefined): string | null {
  return text !== undefined && /^[A-Z]{2}$/.test(text) ? text : null;
}

const payments: KindSpec = {
  ...OF_STRIPE,
  kind: 'stripe_payments',
  title: 'Stripe payments',
  description: 'Payments › Export in Stripe’s dashboard (unified_payments.csv, payments.csv), any columns.',
  goesWith: ['stripe_customers', 'stripe_subscriptions'],
  template: [
    'id',
    'Created date (UTC)',
    'Amount',
    'Amount Refunded',
    'Currency',
    'Captured',
    'Decline Reason',
    'Description',
    'Fee',
    'Refunded date (UTC)',
    'Status',
    'Seller Message',
    'Customer ID',
    'Customer Description',
    'Customer Email',
    'Invoice ID',
  ],
  fields: [
    field('id', 'id', 'id', ['payment id', 'charge id'], REQUIRED),
    field('created_at', 'Created date (UTC)', 'instant', ['created utc', 'created', 'created date'], REQUIRED),
    CURRENCY,
    field('amount', 'Amount', 'amount', [], REQUIRED),
    field('refunded', 'Amount Refunded', 'amount'),
    field('refunded_at', 'Refunded date (UTC)', 'instant', ['refunded date']),
    field('captured', 'Captured', 'boolean'),
    field('status', 'Status', 'choice', [], {
      required: true,
      choices: {
        succeeded: [
          'paid',
          'refunded',
          'partially refunded',
          'partial refund',
          'disputed',
          'success',
          'warning needs response',
          'bezahlt',
          'erstattet',
          'payé',
          'remboursé',
          'pagado',
        ],
        pending: [
          'requires capture',
          'requires_capture',
          'uncaptured',
          'processing',
          'requires payment method',
          'requires action',
          'incomplete',
          'ausstehend',
        ],
        failed: ['blocked', 'canceled', 'cancelled', 'expired', 'fehlgeschlagen', 'échoué', 'fallido'],
      },
    }),
    field('failure', 'Decline Reason', 'text', ['seller message']),
    field('customer_id', 'Customer ID', 'id'),
    field('customer_name', 'Customer Description', 'text', ['customer name']),
    field('customer_email', 'Customer Email', 'email'),
    field('invoice_id', 'Invoice ID', 'id'),
    field('payment_intent_id', 'PaymentIntent ID', 'id', ['payment intent id']),
    field('disputed', 'Disputed Amount', 'amount'),
    field('disputed_at', 'Dispute Date (UTC)', 'instant', ['dispute date']),
    field('dispute_reason', 'Dispute Reason', 'text'),
    field('dispute_status', 'Dispute Status', 'text'),
  ],
  object: 'charge',
  key: byId,
  facts: paymentFacts,
};

function paymentFacts(values: Values, id: string): readonly Fact[] {
  const currency = currencyOf(values);
  const amount = minorOf(values, 'amount') ?? 0;
  const refunded = Math.abs(minorOf(values, 'refunded') ?? 0);
  const createdAt = neededInstant(values, 'created_at');
  const status = needed(values, 'status') as 'succeeded' | 'pending' | 'failed';
  const captured = status === 'succeeded' && values['captured'] !== 'false';
  const facts: Fact[] = [
    {
      kind: 'charge',
      value: {
        id,
        customerId: optional(values, 'customer_id'),
        invoiceId: optional(values, 'invoice_id'),
        paymentIntentId: optional(values, 'payment_intent_id'),
        status,
        currency,
        amountMinor: amount,
        amountCapturedMinor: captured ? amount : 0,
        amountRefundedMinor: refunded,
        createdAt,
        failureCode: null,
        failureMessage: status === 'failed' ? optional(values, 'failure') : null,
        balanceTransactionId: null,
      },
    },
  ];
  if (refunded > 0)
    facts.push({
      kind: 'refund',
      value: {
        id: `${id}/refund`,
        chargeId: id,
        paymentIntentId: null,
        status: 'succeeded',
        reason: null,
        currency,
        amountMinor: refunded,
        createdAt: instantOf(values, 'refunded_at') ?? createdAt,
      },
    });
  const disputed = Math.abs(minorOf(values, 'disputed') ?? 0);
  if (disputed > 0)
    facts.push({
      kind: 'dispute',
      value: {
        id: `${id}/dispute`,
        chargeId: id,
        status: optional(values, 'dispute_status')?.toLowerCase() ?? 'needs_response',
        reason: optional(values, 'dispute_reason'),
        currency,
        amountMinor: disputed,
        createdAt: instantOf(values, 'disputed_at') ?? createdAt,
        reinstatedAt: null,
      },
    });
  return facts;
}

const subscriptions: KindSpec = {
  ...OF_STRIPE,
  kind: 'stripe_subscriptions',
  title: 'Stripe subscriptions',
  description:
    'Billing › Subscriptions › Export in Stripe’s dashboard. The amount is what the subscription bills each interval; MRR follows from it.',
  goesWith: ['stripe_customers', 'stripe_payments'],
  template: [
    'id',
    'Customer ID',
    'Customer Name',
    'Customer Email',
    'Status',
    'Plan',
    'Quantity',
    'Currency',
    'Amount',
    'Interval',
    'Created (UTC)',
    'Start (UTC)',
    'Current Period Start (UTC)',
    'Current Period End (UTC)',
    'Trial Start (UTC)',
    'Trial End (UTC)',
    'Canceled At (UTC)',
    'Ended At (UTC)',
  ],
  fields: [
    field('id', 'id', 'id', ['subscription id'], REQUIRED),
    field('customer_id', 'Customer ID', 'id', ['customer'], REQUIRED),
    field('customer_name', 'Customer Name', 'text', ['customer description']),
    field('customer_email', 'Customer Email', 'email'),
    field('status', 'Status', 'choice', [], { required: true, choices: STATUSES }),
    field('plan', 'Plan', 'text', ['product', 'plan name', 'product name', 'price nickname', 'nickname']),
    field('quantity', 'Quantity', 'number'),
    CURRENCY,
    field('amount', 'Amount', 'amount', ['plan amount', 'total'], {
      required: true,
      help: 'What one interval bills in all, not per unit',
    }),
    field('interval', 'Interval', 'choice', ['billing interval', 'plan interval', 'recurring interval'], {
      required: true,
      choices: INTERVALS,
      constant: true,
    }),
    field('interval_count', 'Interval Count', 'number'),
    field('created_at', 'Created (UTC)', 'instant', ['created', 'created date utc']),
    field('started_at', 'Start (UTC)', 'instant', ['start date utc', 'start date', 'start', 'started at'], REQUIRED),
    field('period_start_at', 'Current Period Start (UTC)', 'instant', ['current period start']),
    field('period_end_at', 'Current Period End (UTC)', 'instant', ['current period end']),
    field('trial_start_at', 'Trial Start (UTC)', 'instant', ['trial start']),
    field('trial_end_at', 'Trial End (UTC)', 'instant', ['trial end']),
    field('canceled_at', 'Canceled At (UTC)', 'instant', ['canceled at', 'cancelled at', 'canceled date']),
    field('ended_at', 'Ended At (UTC)', 'instant', ['ended at', 'ended']),
    field('cancel_at_period_end', 'Cancel At Period End', 'boolean'),
    field('reason', 'Cancellation Reason', 'text'),
  ],
  object: 'subscription',
  key: byId,
  facts: subscriptionRowFacts,
};

export const STRIPE_KINDS: readonly KindSpec[] = [payments, customers, subscriptions, ...STRIPE_CASH_KINDS];
