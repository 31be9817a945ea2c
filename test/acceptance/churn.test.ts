/** R15–R19: what counts as lost, won back, paused or moved, from Stripe's objects; every figure worked out by hand from its rule. */
import { describe, expect, test } from 'vitest';
import { bridge, movements } from '../../src/main/engine/metrics/index.ts';
import type { Slice } from '../../src/shared/contract/slice.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, selling } from './account.ts';
import { charge, note, paidBy, refund } from './billing-objects.ts';
import { canceled, event, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const sold = (who: string, cents: number, start = '2026-01-05', over = {}) =>
  subscription({ customer: who, items: [item(price(cents))], start, ...over });
/** What an account with these lives shows: a first state, and later ones with their days. */
const lives = async (...each: (readonly [StripeObject, ...(readonly [string, StripeObject])[]])[]) =>
  await account({
    subscriptions: each.map(([first, ...later]) => later.at(-1)?.[1] ?? first),
    events: each.flatMap(([first, ...later]) => [
      event('customer.subscription.created', new Date(Number(first['start_date']) * 1_000).toISOString(), first),
      ...later.map(([on, body]) => event('customer.subscription.updated', on, body)),
    ]),
  });
const paused = (body: StripeObject) => ({ ...body, pause_collection: { behavior: 'void', resumes_at: null } });

describe('R16: a customer is lost where it paid at the start and does not at the end', () => {
  test('left and back within the month: no churned logo, though both movements are there', async () => {
    const { month } = await selling(
      canceled(sold('cus_a', 10_000), '2026-03-05'),
      sold('cus_a', 8_000, '2026-03-20'),
      sold('cus_b', 10_000),
    );
    expect(month('2026-03')).toMatchObject({
      customers: 2,
      churnedCustomers: 0,
      logoChurn: 0,
      grossChurn: 0.5,
      netChurn: 0.1,
      quickRatio: 0.8,
      movements: { opening: 20_000, churn: -10_000, reactivation: 8_000, closing: 18_000 },
    });
  });

  test('left in one month, back in the next: lost in the first, nobody new in the second', async () => {
    const { month } = await selling(canceled(sold('cus_a', 10_000), '2026-03-31'), sold('cus_a', 10_000, '2026-04-01'));
    expect(month('2026-03')).toMatchObject({ churnedCustomers: 1, logoChurn: 1, customers: 0 });
    expect(month('2026-04')).toMatchObject({
      newCustomers: 0,
      churnedCustomers: 0,
      logoChurn: null,
      movements: { new: 0, reactivation: 10_000 },
    });
  });

  test('one of two subscriptions ends: nobody is lost', async () => {
    const { month } = await selling(sold('cus_a', 10_000), canceled(sold('cus_a', 4_000), '2026-03-10'));
    expect(month('2026-03')).toMatchObject({ logoChurn: 0, movements: { churn: 0, contraction: -4_000 } });
  });
});

describe('R9, R17, R19: pauses', () => {
  test('count with churn in every rate, and stand on a line of their own', async () => {
    const [a, b] = [sold('cus_a', 10_000), sold('cus_b', 30_000)];
    const { month } = await lives([a, ['2026-03-10', paused(a)]], [b]);
    expect(month('2026-03')).toMatchObject({
      customers: 1,
      churnedCustomers: 1,
      logoChurn: 0.5,
      grossChurn: 0.25,
      netChurn: 0.25,
      quickRatio: 0,
      movements: { opening: 40_000, churn: 0, paused: -10_000, closing: 30_000 },
    });
  });

  test('resumed counts with reactivation, and is nobody new', async () => {
    const [a, b] = [sold('cus_a', 10_000), sold('cus_b', 30_000)];
    const { month } = await lives([a, ['2026-03-10', paused(a)], ['2026-04-12', a]], [b]);
    expect(month('2026-04')).toMatchObject({
      customers: 2,
      newCustomers: 0,
      netChurn: -1 / 3,
      grossChurn: 0,
      quickRatio: null,
      movements: { opening: 30_000, reactivation: 0, resumed: 10_000, closing: 40_000 },
    });
  });

  test('under rules that keep paused subscriptions nothing has moved', async () => {
    const a = sold('cus_a', 10_000);
    const { month } = await lives([a, ['2026-03-10', paused(a)]]);
    expect(month('2026-03', { policy: 'chartmogul' })).toMatchObject({ mrr: 10_000, logoChurn: 0, grossChurn: 0 });
  });

  test('paused, then ended while paused: the loss was the pause', async () => {
    const a = sold('cus_a', 10_000);
    const { ledger } = await lives([a, ['2026-03-10', paused(a)], ['2026-04-10', canceled(paused(a), '2026-04-10')]]);
    expect(ledger()).toEqual(['2026-01-05 new 120000', '2026-03-10 paused -120000']);
  });
});

describe('R15: what is billed and given back moves no MRR', () => {
  test('a refund, a credit note, a proration pair of nothing, a one-off item and a dispute', async () => {
    const plan = price(10_000, { id: 'price_plan' });
    const body = subscription({ items: [item(plan, { id: 'si_plan' })], start: '2026-01-05' });
    const bill = (id: string, on: string, to: string, ...more: ReturnType<typeof line>[]) =>
      invoice({
        id,
        on,
        subscription: body.id,
        lines: [
          line({ amount: 10_000, from: on, to, subscription: body.id, item: 'si_plan', price: plan.id }),
          ...more,
        ],
      });
    const march = bill(
      'in_march',
      '2026-03-05',
      '2026-04-05',
      line({ amount: 7_500, from: '2026-03-05', to: '2026-03-05' }),
    );
    const { month, ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: [bill('in_jan', '2026-01-05', '2026-02-05'), bill('in_feb', '2026-02-05', '2026-03-05'), march],
      invoice_payments: [{ ...paidBy(march), id: 'inpay_march' }],
      charges: [charge(17_500, { created: sec('2026-03-05') })],
      refunds: [refund(17_500, '2026-03-20')],
      credit_notes: [note(10_000, '2026-03-21', { invoice: 'in_march' })],
    });
    expect(ledger()).toEqual(['2026-01-05 new 120000']);
    expect(month('2026-03')).toMatchObject({
      mrr: 10_000,
      grossChurn: 0,
      netRevenue: 7_500,
      grossCash: 17_500,
      refunds: 17_500,
      cashCollected: 0,
    });
  });
});

describe('moved into and out of a part of the company', () => {
  const basic = price(10_000, { id: 'price_basic', product: 'prod_basic' });
  const pro = price(15_000, { id: 'price_pro', product: 'prod_pro' });
  const products = ['Basic', 'Pro'].map((name) => ({
    id: `prod_${name.toLowerCase()}`,
    object: 'product',
    active: true,
    name,
    created: sec('2025-01-01'),
    metadata: {},
  }));
  const plan = (name: string): { slice: Slice } => ({ slice: { where: [{ dimension: 'plan', values: [name] }] } });

  /** One goes from Basic to Pro on 10 March, one leaves Basic, one stays with it, one began with Pro. */
  const company = async () => {
    const body = subscription({ items: [item(basic, { id: 'si_up' })], start: '2025-03-01' });
    const up = { ...body, items: { object: 'list', has_more: false, data: [item(pro, { id: 'si_up' })] } };
    const on = (who: string, of: StripeObject) =>
      subscription({ customer: who, items: [item(of)], start: '2025-03-01' });
    return await account({
      products,
      prices: [basic, pro],
      subscriptions: [up, canceled(on('cus_b', basic), '2026-03-15'), on('cus_c', basic), on('cus_d', pro)],
      events: [
        event('customer.subscription.created', '2025-03-01', body),
        event('customer.subscription.updated', '2026-03-10', up),
      ],
    });
  };

  test('an upgrade leaves Basic with what it paid there, and is expansion of Pro: no churn, nobody lost, nobody new', async () => {
    const { month } = await company();
    expect(month('2026-03', plan('Basic'))).toMatchObject({
      mrr: 10_000,
      customers: 1,
      movements: { opening: 30_000, movedOut: -10_000, churn: -10_000, contraction: 0, closing: 10_000 },
      grossChurn: 1 / 3,
      churnedCustomers: 1,
      logoChurn: 1 / 3,
    });
    expect(month('2026-03', plan('Pro'))).toMatchObject({
      mrr: 30_000,
      newCustomers: 0,
      movements: { opening: 15_000, movedIn: 10_000, new: 0, expansion: 5_000, closing: 30_000 },
      netChurn: -1 / 3,
    });
    expect(month('2026-03').movements).toMatchObject({
      opening: 45_000,
      expansion: 5_000,
      churn: -10_000,
      closing: 40_000,
    });
  });

  test('retention follows those who had the plan a year ago, wherever they went', async () => {
    const { month } = await company();
    // Basic: 10 became 15, 10 left, 10 stayed.
    expect(month('2026-03', plan('Basic'))).toMatchObject({ nrr: 25 / 30, grr: 20 / 30 });
    expect(month('2026-03', plan('Pro'))).toMatchObject({ nrr: 1, grr: 1 });
    expect(month('2026-03')).toMatchObject({ nrr: 40 / 45, grr: 35 / 45 });
  });

  test('the plans’ bridges add up to the company’s, kind by kind; moves cancel out', async () => {
    const { ask } = await company();
    const of = (input: { slice?: Slice }) =>
      ask((db, context) => bridge(db, { from: plainDay('2026-03-01'), to: plainDay('2026-03-31'), ...input }, context))
        .arr as Record<string, number>;
    const [whole, ...parts] = [of({}), of(plan('Basic')), of(plan('Pro'))];
    for (const kind of ['opening', 'new', 'expansion', 'contraction', 'churn', 'reactivation', 'fx', 'closing'])
      expect(
        parts.reduce((sum, part) => sum + (part[kind] ?? 0), 0),
        kind,
      ).toBe(whole?.[kind]);
    expect(parts.reduce((sum, part) => sum + (part['movedIn'] ?? 0) + (part['movedOut'] ?? 0), 0)).toBe(0);
  });

  test('the rows of the ledger name them', async () => {
    const { ask } = await company();
    const { rows } = ask((db, context) =>
      movements(db, { from: plainDay('2026-03-01'), to: plainDay('2026-03-31'), limit: 10, ...plan('Basic') }, context),
    );
    expect(rows.map(({ on, kind, annualMinor }) => [on, kind, annualMinor])).toEqual([
      ['2026-03-10', 'movedOut', -120_000],
      ['2026-03-15', 'churn', -120_000],
    ]);
  });
});
