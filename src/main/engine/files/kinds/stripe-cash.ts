/** What moved on Stripe's balance, and what went to the bank. */
import { field, REQUIRED, type KindSpec, type Values } from './kind.ts';
import { currencyOf, instantOf, minorOf, needed, neededInstant, optional } from './read-values.ts';

const CURRENCY = field('currency', 'Currency', 'currency', ['devise', 'währung', 'moneda'], REQUIRED);
const OF_STRIPE = { family: 'stripe', metadata: true } as const;
const byId = (values: Values): string => needed(values, 'id');

const balance: KindSpec = {
  ...OF_STRIPE,
  kind: 'stripe_balance',
  title: 'Stripe balance',
  description:
    'Balance › All activity › Export, or the itemised balance report: every movement of the balance with its fee.',
  goesWith: ['stripe_payments', 'stripe_payouts'],
  template: ['id', 'Type', 'Source', 'Amount', 'Fee', 'Net', 'Currency', 'Created (UTC)', 'Available On (UTC)'],
  fields: [
    field('id', 'ID', 'id', ['balance_transaction_id', 'balance transaction id'], REQUIRED),
    field('type', 'Type', 'text', ['reporting_category'], REQUIRED),
    field('source', 'Source', 'id', ['source_id']),
    CURRENCY,
    field('amount', 'Amount', 'amount', ['gross'], REQUIRED),
    field('fee', 'Fee', 'amount', ['fees']),
    field('net', 'Net', 'amount', [], REQUIRED),
    field('created_at', 'Created (UTC)', 'instant', ['created_utc', 'created'], REQUIRED),
    field('available_at', 'Available On (UTC)', 'instant', ['available_on_utc', 'available on']),
  ],
  object: 'balance_transaction',
  key: byId,
  check(values) {
    const sum = (minorOf(values, 'amount') ?? 0) - (minorOf(values, 'fee') ?? 0);
    return sum === minorOf(values, 'net') ? null : { field: 'net', reason: 'Amount less fee is not the net amount' };
  },
  facts: (values, id) => {
    const createdAt = neededInstant(values, 'created_at');
    const type = needed(values, 'type');
    return [
      {
        kind: 'balance_transaction',
        value: {
          id,
          type,
          reportingCategory: type,
          sourceObjectId: optional(values, 'source'),
          currency: currencyOf(values),
          amountMinor: minorOf(values, 'amount') ?? 0,
          feeMinor: minorOf(values, 'fee') ?? 0,
          netMinor: minorOf(values, 'net') ?? 0,
          createdAt,
          availableAt: instantOf(values, 'available_at') ?? createdAt,
        },
      },
    ];
  },
};

const payouts: KindSpec = {
  ...OF_STRIPE,
  kind: 'stripe_payouts',
  title: 'Stripe payouts',
  description: 'Balance › Payouts › Export: what went to the bank account, and when it arrived.',
  goesWith: ['stripe_balance'],
  template: ['id', 'Amount', 'Created (UTC)', 'Currency', 'Livemode', 'Arrival Date (UTC)', 'Status'],
  fields: [
    field('id', 'id', 'id', ['payout id', 'automatic_payout_id'], REQUIRED),
    CURRENCY,
    field('amount', 'Amount', 'amount', [], REQUIRED),
    field('created_at', 'Created (UTC)', 'instant', ['created'], REQUIRED),
    field('arrival_at', 'Arrival Date (UTC)', 'instant', ['arrival date']),
    field('status', 'Status', 'text'),
    field('livemode', 'Livemode', 'boolean'),
    field('method', 'Method', 'text'),
  ],
  object: 'payout',
  key: byId,
  check: (values) =>
    values['livemode'] === 'false' ? { field: 'livemode', reason: 'A payout of test mode never reached a bank' } : null,
  facts: (values, id) => {
    const createdAt = neededInstant(values, 'created_at');
    return [
      {
        kind: 'payout',
        value: {
          id,
          status: optional(values, 'status')?.toLowerCase() ?? 'paid',
          currency: currencyOf(values),
          amountMinor: minorOf(values, 'amount') ?? 0,
          createdAt,
          arrivalAt: instantOf(values, 'arrival_at') ?? createdAt,
          automatic: true,
          failureCode: null,
          failureMessage: null,
          balanceTransactionId: null,
          membership: 'unread',
          parts: [],
        },
      },
    ];
  },
};

export const STRIPE_CASH_KINDS: readonly KindSpec[] = [balance, payouts];
