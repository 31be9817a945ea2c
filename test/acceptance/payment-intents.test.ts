/** Payments as they are asked for: what their charges have said is not said again, what no charge tells of is. */
import { describe, expect, test } from 'vitest';
import { customerTimeline, explain } from '../../src/main/engine/metrics/index.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import type { CustomerId } from '../../src/shared/kernel/ids.ts';
import { account, type Account } from './account.ts';
import { event, fresh, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Over = Readonly<Record<string, unknown>>;

const intent = (on: string, over: Over = {}): StripeObject => ({
  id: fresh('pi'),
  object: 'payment_intent',
  amount: 10_000,
  canceled_at: null,
  cancellation_reason: null,
  created: sec(on),
  currency: 'usd',
  customer: 'cus_a',
  last_payment_error: null,
  latest_charge: null,
  next_action: null,
  status: 'succeeded',
  ...over,
});

const charge = (on: string, over: Over = {}): StripeObject => ({
  id: fresh('ch'),
  object: 'charge',
  amount: 10_000,
  amount_refunded: 0,
  created: sec(on),
  currency: 'usd',
  customer: 'cus_a',
  status: 'succeeded',
  ...over,
});

const UNCONFIRMED = {
  code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication.',
  type: 'invalid_request_error',
};

const paying = subscription({ start: '2026-01-10', items: [item(price(10_000))] });
const billed = (on: string, over: Over = {}) =>
  invoice({
    on,
    subscription: paying.id,
    lines: [line({ amount: 10_000, from: on, to: '2026-06-30', subscription: paying.id })],
    ...over,
  });

async function rows(a: Account): Promise<unknown[]> {
  return a.ask((db) =>
    db.prepare<[], { id: string; status: string }>('SELECT id, status FROM payment_intent ORDER BY id').all(),
  );
}

/** What the stream says of itself. */
async function proofOf(a: Account, on?: string): Promise<{ complete: boolean; proof: string } | undefined> {
  const { streams } = await a.sync(on);
  return streams.find(({ stream }) => stream === 'payment_intents');
}

describe('a payment that its charge tells of', () => {
  test('adds nothing but proof, paid or declined', async () => {
    const a = await account({
      subscriptions: [paying],
      charges: [
        charge('2026-05-10', { id: 'ch_1', payment_intent: 'pi_1' }),
        charge('2026-05-11', { id: 'ch_2', payment_intent: 'pi_2', status: 'failed', failure_code: 'card_declined' }),
      ],
      payment_intents: [
        intent('2026-05-10', { id: 'pi_1', latest_charge: 'ch_1' }),
        intent('2026-05-11', { id: 'pi_2', latest_charge: 'ch_2', status: 'requires_payment_method' }),
      ],
    });
    expect(await rows(a)).toEqual([]);
    expect(await proofOf(a)).toMatchObject({
      complete: true,
      proof: expect.stringContaining('Every charge that a payment names is stored; every payment came to one'),
    });
    expect(a.month('2026-05')).toMatchObject({ failedPayments: 1, failedPaymentRate: 0.5 });
  });

  test('is proof against a charge that the list left out', async () => {
    const a = await account({
      subscriptions: [paying],
      payment_intents: [intent('2026-05-10', { id: 'pi_1', latest_charge: 'ch_1' })],
    });
    expect(await proofOf(a)).toMatchObject({
      complete: false,
      proof: expect.stringContaining('Of 1 payment the charge is named and not stored'),
    });
    // It is no failed payment, and the charge that comes settles it.
    expect(a.month('2026-05')).toMatchObject({ failedPayments: 0 });
    const late = charge('2026-05-10', { id: 'ch_1', payment_intent: 'pi_1' });
    a.stripe.put('charges', late);
    a.stripe.put('events', event('charge.succeeded', '2026-11-20', late));
    expect(await proofOf(a)).toMatchObject({ complete: true });
    expect(await rows(a)).toEqual([]);
  });

  test.each<[string, Over]>([
    ['names its charge', { latest_charge: 'ch_1' }],
    ['holds it whole', { latest_charge: { id: 'ch_1', object: 'charge' } }],
    [
      'lists its charges, as it did up to 2022',
      { charges: { object: 'list', data: [{ id: 'ch_1' }], has_more: false } },
    ],
  ])('also where it %s', async (_, over) => {
    const a = await account({
      subscriptions: [paying],
      charges: [charge('2026-05-10', { id: 'ch_1' })],
      payment_intents: [intent('2026-05-10', over)],
    });
    expect(await rows(a)).toEqual([]);
  });
});

describe('a payment that never came to a charge', () => {
  test.each<[string, Over, string]>([
    [
      'was refused before there was one',
      { status: 'requires_payment_method', last_payment_error: UNCONFIRMED },
      'payment_intent_authentication_failure',
    ],
    [
      'was refused, in the words of 2018',
      { status: 'requires_source', last_payment_error: UNCONFIRMED },
      'payment_intent_authentication_failure',
    ],
    [
      'was given up with its invoice',
      { status: 'canceled', canceled_at: sec('2026-05-12'), cancellation_reason: 'failed_invoice' },
      'failed_invoice',
    ],
  ])('failed where it %s', async (_, over, code) => {
    const a = await account({
      subscriptions: [paying],
      charges: [charge('2026-05-10')],
      payment_intents: [intent('2026-05-10', { id: 'pi_1', ...over })],
    });
    expect(a.month('2026-05')).toMatchObject({ failedPayments: 1, failedPaymentRate: 0.5 });
    const why = a.ask((db, context) =>
      explain(
        db,
        { metric: 'failedPayments', from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), limit: 10 },
        context,
      ),
    );
    expect(why.rows).toMatchObject([
      {
        sourceObjectId: 'pi_1',
        note: `Failed once (${code}), not recovered`,
        sourceUrl: expect.stringContaining('pi_1'),
      },
    ]);
  });

  test.each<[string, Over]>([
    ['was opened and left before anything was tried', { status: 'requires_payment_method' }],
    ['is being processed by the bank', { status: 'processing' }],
    ['was called off', { status: 'canceled', cancellation_reason: 'requested_by_customer' }],
    ['belongs to no customer', { status: 'requires_payment_method', last_payment_error: UNCONFIRMED, customer: null }],
  ])('is no failed payment where it %s', async (_, over) => {
    const a = await account({
      subscriptions: [paying],
      charges: [charge('2026-05-10')],
      payment_intents: [intent('2026-05-10', over)],
    });
    expect(a.month('2026-05')).toMatchObject({ failedPayments: 0, failedPaymentRate: 0 });
    expect(await proofOf(a)).toMatchObject({ complete: true, proof: expect.stringContaining('all but 1 came to one') });
  });

  describe.each<[string, (invoiceId: string) => { intent: Over; payments: StripeObject[] }]>([
    ['up to «acacia», by its own field', (invoiceId) => ({ intent: { invoice: invoiceId }, payments: [] })],
    [
      'since «basil», by an invoice payment',
      (invoiceId) => ({
        intent: {},
        payments: [
          {
            id: 'inpay_1',
            object: 'invoice_payment',
            amount_paid: null,
            created: sec('2026-05-10'),
            currency: 'usd',
            invoice: invoiceId,
            payment: { type: 'payment_intent', payment_intent: 'pi_1' },
            status: 'open',
          },
        ],
      }),
    ],
  ])('knows its invoice %s', (_, linked) => {
    const month = async (of: StripeObject, over: Over) => {
      const link = linked(of.id);
      const a = await account({
        subscriptions: [paying],
        invoices: [of],
        invoice_payments: link.payments,
        charges: [charge('2026-05-10')],
        payment_intents: [intent('2026-05-10', { id: 'pi_1', ...link.intent, ...over })],
      });
      return a.month('2026-05');
    };
    const waits = { status: 'requires_action', next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} } };

    test('one that waits for the customer in vain failed once its invoice was tried', async () => {
      expect(await month(billed('2026-05-10', { status: 'open', attempt_count: 1 }), waits)).toMatchObject({
        failedPayments: 1,
        recoveryRate: 0,
      });
      expect(await month(billed('2026-05-10', { status: 'open', attempt_count: 0 }), waits)).toMatchObject({
        failedPayments: 0,
      });
    });

    test('one whose invoice is paid otherwise is recovered, one whose invoice is void is lost', async () => {
      const paid = billed('2026-05-10', {
        status: 'paid',
        attempt_count: 1,
        status_transitions: { finalized_at: sec('2026-05-10'), paid_at: sec('2026-05-20') },
      });
      expect(await month(paid, waits)).toMatchObject({ failedPayments: 1, recoveryRate: 1 });
      const dropped = billed('2026-05-10', { status: 'void', attempt_count: 1 });
      const off = { status: 'canceled', cancellation_reason: 'void_invoice' };
      expect(await month(dropped, off)).toMatchObject({ failedPayments: 1, recoveryRate: 0 });
    });
  });

  test('leaves the failed ones when the customer confirms it after all', async () => {
    const asked = intent('2026-11-18', {
      id: 'pi_1',
      status: 'requires_payment_method',
      last_payment_error: UNCONFIRMED,
    });
    const a = await account({ subscriptions: [paying], payment_intents: [asked] });
    expect(a.month('2026-11')).toMatchObject({ failedPayments: 1, recoveryRate: null });
    const paid = charge('2026-11-19', { id: 'ch_1', payment_intent: 'pi_1' });
    const done = { ...asked, status: 'succeeded', latest_charge: 'ch_1', last_payment_error: null };
    a.stripe.put('charges', paid);
    a.stripe.put('payment_intents', done);
    // The newest event comes first: the payment is read before the charge that it names.
    a.stripe.put('events', event('payment_intent.succeeded', '2026-11-20', done));
    a.stripe.put('events', event('charge.succeeded', '2026-11-19', paid));
    expect(await proofOf(a)).toMatchObject({ complete: true });
    expect(await rows(a)).toEqual([]);
    expect(a.month('2026-11')).toMatchObject({ failedPayments: 0, failedPaymentRate: 0 });
  });

  test('is told on the customer’s timeline', async () => {
    const a = await account({
      subscriptions: [paying],
      payment_intents: [
        intent('2026-05-10', { id: 'pi_1', status: 'requires_action', next_action: { type: 'use_stripe_sdk' } }),
        intent('2026-05-11', { id: 'pi_2', status: 'requires_payment_method', last_payment_error: UNCONFIRMED }),
      ],
    });
    const told = a.ask((db, context) => customerTimeline(db, { customerId: 1 as CustomerId, limit: 50 }, context));
    expect(told.entries.filter(({ kind }) => kind === 'payment_open')).toMatchObject([
      {
        sourceObjectId: 'pi_2',
        title: 'Payment not made',
        detail: 'Waits for a means of payment. The provided PaymentMethod has failed authentication.',
        amountMinor: 10_000,
      },
      { sourceObjectId: 'pi_1', detail: 'Waits for the customer to confirm it' },
    ]);
  });
});

test('a status that nobody knows waits in quarantine', async () => {
  const a = await account({
    subscriptions: [paying],
    payment_intents: [intent('2026-05-10', { id: 'pi_1', status: 'asleep' })],
  });
  expect(a.quarantined()).toEqual(['pi_1: “status”: is a status that Vario does not know']);
  expect(await proofOf(a)).toMatchObject({ complete: false });
});
