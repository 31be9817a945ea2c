/** Revenue and cash of parts of the company, from Stripe's objects of today and of before «basil». */
import { describe, expect, test } from 'vitest';
import { revenueByPart, snapshot } from '../../src/main/engine/metrics/index.ts';
import { plainDay, plainMonth } from '../../src/shared/kernel/day.ts';
import type { Dimension } from '../../src/shared/contract/slice.ts';
import { account } from './account.ts';
import { invoice, item, line, price, sec, subscription, yearly } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const basic = price(3_000, { id: 'price_basic', product: 'prod_basic' });
const pro = yearly(7_000, { id: 'price_pro', product: 'prod_pro' });
const products = [
  { id: 'prod_basic', object: 'product', active: true, name: 'Basic', created: sec('2025-01-01'), metadata: {} },
  { id: 'prod_pro', object: 'product', active: true, name: 'Pro', created: sec('2025-01-01'), metadata: {} },
];
const body = subscription({ items: [item(basic, { id: 'si_1' }), item(pro, { id: 'si_2' })], start: '2026-05-02' });

const priced = (id: string, product: string) => ({ type: 'price_details', price_details: { price: id, product } });

function billed(over: Record<string, unknown> = {}): StripeObject {
  const of = { subscription: body.id, from: '2026-05-02', to: '2026-06-02' };
  return invoice({
    id: 'in_1',
    on: '2026-05-02',
    subscription: body.id,
    lines: [
      line({ ...of, amount: 3_000, item: 'si_1', pricing: priced('price_basic', 'prod_basic') }),
      line({ ...of, amount: 7_000, item: 'si_2', pricing: priced('price_pro', 'prod_pro') }),
    ],
    ...over,
  });
}

const charge = (over: Record<string, unknown>): StripeObject => ({
  id: 'ch_1',
  object: 'charge',
  amount: 10_000,
  amount_captured: 10_000,
  amount_refunded: 0,
  captured: true,
  created: sec('2026-05-02'),
  currency: 'usd',
  customer: 'cus_a',
  status: 'succeeded',
  ...over,
});

const payment = {
  id: 'inpay_1',
  object: 'invoice_payment',
  amount_paid: 10_000,
  created: sec('2026-05-02'),
  currency: 'usd',
  invoice: 'in_1',
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  status: 'paid',
};
const refund = {
  id: 're_1',
  object: 'refund',
  amount: 1_000,
  charge: 'ch_1',
  created: sec('2026-05-20'),
  currency: 'usd',
  payment_intent: 'pi_1',
  status: 'succeeded',
};
const fee = {
  id: 'txn_1',
  object: 'balance_transaction',
  amount: 10_000,
  available_on: sec('2026-05-02'),
  created: sec('2026-05-02'),
  currency: 'usd',
  fee: 320,
  net: 9_680,
  reporting_category: 'charge',
  source: 'ch_1',
  type: 'charge',
};

describe.each([
  [
    'today: an invoice payment ties the charge to its invoice',
    { invoice_payments: [payment] },
    { payment_intent: 'pi_1' },
  ],
  ['before «basil»: the charge names its invoice', {}, { invoice: 'in_1' }],
] as const)('%s', (_name, lists, tied) => {
  const made = async () =>
    await account({
      products,
      prices: [basic, pro],
      subscriptions: [body],
      invoices: [billed()],
      charges: [charge(tied), charge({ id: 'ch_alone', amount: 500, amount_captured: 500 })],
      refunds: [refund],
      balance_transactions: [fee],
      ...lists,
    });

  test('the plans have their parts, and what no invoice asked for stands apart', async () => {
    const a = await made();
    expect(a.quarantined()).toEqual([]);
    const part = (dimension: Dimension, value: string) =>
      a.ask((db, context) =>
        snapshot(db, { month: plainMonth('2026-05'), slice: { where: [{ dimension, values: [value] }] } }, context),
      );
    expect(part('plan', 'Pro')).toMatchObject({ netRevenue: 7_000, grossCash: 7_000, refunds: 700, fees: 224 });
    expect(part('plan', 'Basic')).toMatchObject({ netRevenue: 3_000, grossCash: 3_000, refunds: 300, fees: 96 });
    expect(part('plan', 'none')).toMatchObject({ netRevenue: 0, grossCash: 500, refunds: 0, fees: 0 });
    expect(part('interval', 'year')).toMatchObject({ netRevenue: 7_000, netCash: 7_000 - 700 - 224 });
    const { rows, total } = a.ask((db, context) =>
      revenueByPart(
        db,
        { from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), by: 'plan', offset: 0, limit: 10 },
        context,
      ),
    );
    expect(rows.map(({ label, netCash }) => [label, netCash])).toEqual([
      ['Pro', 6_076],
      ['Basic', 2_604],
      ['No price named', 500],
    ]);
    expect(total).toMatchObject({ netRevenue: 10_000, grossCash: 10_500, netCash: a.month('2026-05').netCash });
  });
});
