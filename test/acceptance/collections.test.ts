/** What is collected and what is not, from a stranger's objects: captures, refunds, disputes, fees, retries, ends. */
import { describe, expect, test } from 'vitest';
import { cliffs, recovery } from '../../src/main/engine/metrics/index.ts';
import { plainMonth } from '../../src/shared/kernel/day.ts';
import { account } from './account.ts';
import { canceled, coupon, discount, fresh, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const charge = (on: string, over: Partial<StripeObject> = {}): StripeObject => ({
  id: fresh('ch'),
  object: 'charge',
  amount: 10_000,
  amount_captured: over['status'] === 'failed' ? 0 : 10_000,
  amount_refunded: 0,
  captured: over['status'] !== 'failed',
  created: sec(on),
  currency: 'usd',
  customer: 'cus_a',
  status: 'succeeded',
  ...over,
});

const transaction = (on: string, over: Partial<StripeObject> = {}): StripeObject => ({
  id: fresh('txn'),
  object: 'balance_transaction',
  amount: 10_000,
  available_on: sec(on),
  created: sec(on),
  currency: 'usd',
  fee: 0,
  net: 10_000,
  reporting_category: 'charge',
  type: 'charge',
  ...over,
});

/** $100 a month since January. */
const paying = (over: Parameters<typeof subscription>[0] = { items: [item(price(10_000))] }) =>
  subscription({ start: '2026-01-10', ...over });

describe('cash', () => {
  test('a partly captured charge, one that waits for its capture, a partial refund of a month before, and fees', async () => {
    const a = await account({
      subscriptions: [paying()],
      charges: [
        charge('2026-05-02', { amount: 10_000, amount_captured: 6_000 }),
        charge('2026-05-03', { amount_captured: 0, captured: false }),
        charge('2026-04-20', { id: 'ch_old', amount_refunded: 2_500 }),
      ],
      refunds: [
        {
          id: 're_1',
          object: 'refund',
          amount: 2_500,
          charge: 'ch_old',
          created: sec('2026-05-09'),
          currency: 'usd',
          status: 'succeeded',
        },
      ],
      balance_transactions: [
        transaction('2026-05-02', { fee: 204 }),
        transaction('2026-05-31', { type: 'stripe_fee', reporting_category: 'fee', amount: -99, net: -99 }),
      ],
    });
    expect(a.month('2026-05')).toMatchObject({
      grossCash: 6_000,
      refunds: 2_500,
      cashCollected: 3_500,
      fees: 303,
      netCash: 3_197,
    });
    expect(a.month('2026-04')).toMatchObject({ grossCash: 10_000, refunds: 0 });
  });

  test('a dispute takes the money on its day and gives it back when it is reversed', async () => {
    const dispute = {
      id: 'du_1',
      object: 'dispute',
      amount: 10_000,
      charge: 'ch_1',
      created: sec('2026-05-10'),
      currency: 'usd',
      reason: 'fraudulent',
      status: 'won',
      balance_transactions: [
        transaction('2026-05-10', {
          amount: -10_000,
          fee: 1_500,
          net: -11_500,
          reporting_category: 'dispute',
          type: 'adjustment',
        }),
        transaction('2026-06-02', { reporting_category: 'dispute_reversal', type: 'adjustment' }),
      ],
    };
    const a = await account({
      subscriptions: [paying()],
      charges: [charge('2026-05-01', { id: 'ch_1' })],
      disputes: [dispute],
      balance_transactions: dispute.balance_transactions,
    });
    expect(a.month('2026-05')).toMatchObject({
      disputesOpened: 1,
      disputesOpenedAmount: 10_000,
      fees: 1_500,
      netCash: -1_500,
    });
    expect(a.month('2026-06')).toMatchObject({ disputesWon: 1, disputesWonAmount: 10_000, netCash: 10_000 });
  });
});

describe('recovery', () => {
  const months = (a: Awaited<ReturnType<typeof account>>) =>
    a.ask((db, context) => recovery(db, { from: plainMonth('2026-05'), to: plainMonth('2026-05') }, context)).months;

  test('since «basil» tries share a payment intent, and the invoice is known by its payments', async () => {
    const body = paying();
    const open = invoice({
      on: '2026-05-10',
      subscription: body.id,
      lines: [line({ amount: 10_000, from: '2026-05-10', to: '2026-06-10', subscription: body.id })],
      status: 'paid',
    });
    const a = await account({
      subscriptions: [body],
      invoices: [open],
      invoice_payments: [
        {
          id: 'inpay_1',
          object: 'invoice_payment',
          amount_paid: 10_000,
          created: sec('2026-05-10'),
          currency: 'usd',
          invoice: open.id,
          payment: { type: 'payment_intent', payment_intent: 'pi_1' },
          status: 'paid',
        },
      ],
      charges: [
        charge('2026-05-10', { status: 'failed', failure_code: 'card_declined', payment_intent: 'pi_1' }),
        charge('2026-05-13', { status: 'failed', failure_code: 'card_declined', payment_intent: 'pi_1' }),
        charge('2026-05-18', { payment_intent: 'pi_1' }),
        charge('2026-05-11', { payment_intent: 'pi_2' }),
      ],
    });
    expect(months(a)).toMatchObject([{ attempted: 2, failed: { count: 1 }, recovered: { count: 1, amount: 10_000 } }]);
    expect(a.month('2026-05')).toMatchObject({ failedPaymentRate: 0.5, recoveryRate: 1 });
  });

  test('before it, charges name their invoice; what is never paid is lost', async () => {
    const a = await account({
      subscriptions: [paying()],
      charges: [
        charge('2026-05-10', { status: 'failed', invoice: 'in_1' }),
        charge('2026-05-13', { status: 'failed', invoice: 'in_1' }),
        charge('2026-05-10', { invoice: 'in_2' }),
      ],
    });
    expect(months(a)).toMatchObject([{ attempted: 2, failed: { count: 1 }, lost: { count: 1 } }]);
    expect(a.month('2026-05').recoveryRate).toBe(0);
  });
});

test('who leaves over a failed payment is told from who asks to leave', async () => {
  const ended = (customerId: string, reason: string) => ({
    ...canceled(paying({ customer: customerId, items: [item(price(10_000))] }), '2026-05-12'),
    cancellation_details: { comment: null, feedback: null, reason },
  });
  const a = await account({
    subscriptions: [ended('cus_a', 'payment_failed'), ended('cus_b', 'cancellation_requested')],
  });
  expect(a.month('2026-05')).toMatchObject({
    involuntaryChurnMrr: -10_000,
    voluntaryChurnMrr: -10_000,
    involuntaryChurnCustomers: 1,
  });
});

test('a repeating coupon: what it gives away, and the day on which it ends', async () => {
  const launch = coupon({ id: 'LAUNCH', duration: 'repeating', duration_in_months: 12, percent_off: 25 });
  const a = await account({
    coupons: [launch],
    subscriptions: [
      paying({
        items: [item(price(10_000))],
        discounts: [discount(launch, '2026-01-10', { end: sec('2027-01-10') })],
      }),
    ],
  });
  expect(a.on('2026-11-20')).toMatchObject({ mrr: 7_500, discountGiven: 2_500, discountShare: 0.25 });
  const { upcoming } = a.ask((db, context) => cliffs(db, { months: 12, pastMonths: 12 }, context));
  expect(upcoming).toMatchObject({ cliffs: 1, atRisk: 7_500, uplift: 2_500 });
  expect(upcoming.rows[0]).toMatchObject({ on: '2027-01-10', why: '25% off for 12 months, since Jan 10, 2026' });
});
