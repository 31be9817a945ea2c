/** One subscription in every shape that Stripe, or somebody's imitation of it, writes. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  basil,
  canceled,
  coupon,
  customer,
  discount,
  event,
  item,
  minimal,
  planOf,
  preBasil,
  price,
  sec,
  subscription,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const halved = () =>
  subscription({
    items: [item(price(10_000), { quantity: 2 })],
    discounts: [discount(coupon({ percent_off: 50 }), '2026-01-01')],
  });

describe('generations', () => {
  test.each([
    ['endive', (body: StripeObject) => body],
    ['basil', basil],
    ['before basil', preBasil],
    ['minimal', minimal],
  ] as const)('%s: two seats at 100, half off', async (_, shape) => {
    const { on, quarantined } = await selling(shape(halved()));
    expect(quarantined()).toEqual([]);
    expect(on('2026-06-30')).toMatchObject({ mrr: 10_000, customers: 1 });
  });

  test('before 2020: items carry a plan and no price', async () => {
    const old = preBasil(halved());
    const items = old['items'] as { data: StripeObject[] };
    const plans = items.data.map(({ price: of, ...rest }) => ({ ...rest, plan: planOf(of as StripeObject) }));
    const { on } = await selling({ ...old, items: { ...items, data: plans } } as StripeObject);
    expect(on('2026-06-30').mrr).toBe(10_000);
  });

  test('a discount of few words: a coupon, and nothing else', async () => {
    const bare = { id: 'di_1', coupon: { id: 'half', percent_off: 50, duration: 'forever' } };
    expect(
      (await selling(subscription({ items: [item(price(10_000))], discounts: [bare] }))).on('2026-06-30').mrr,
    ).toBe(5_000);
    const old = { ...subscription({ items: [item(price(10_000))] }), discounts: undefined, discount: bare };
    expect((await selling(old)).on('2026-06-30').mrr).toBe(5_000);
  });

  test('a coupon that a discount names by its id only', async () => {
    const half = coupon({ percent_off: 50 });
    const body = subscription({
      items: [item(price(10_000))],
      discounts: [{ ...discount(half, '2026-01-01'), source: { type: 'coupon', coupon: half.id } }],
    });
    const { on } = await account({ subscriptions: [body], coupons: [half] });
    expect(on('2026-06-30').mrr).toBe(5_000);
  });

  test('a discount that is its id only is not left out in silence', async () => {
    const body = subscription({ items: [item(price(10_000))], discounts: ['di_unknown'] });
    const { on } = await selling(body);
    expect(on('2026-06-30')).toMatchObject({ mrr: 0, unvalued: [{ subscriptionId: body.id }] });
  });

  test('a status that nobody knows is not left out in silence', async () => {
    const body = subscription({ items: [item(price(10_000))], status: 'hibernating' });
    const { on } = await selling(body, subscription({ customer: 'cus_b', items: [item(price(3_000))] }));
    expect(on('2026-06-30')).toMatchObject({ mrr: 3_000, unvalued: [{ subscriptionId: body.id }] });
  });

  test.each(['interval', 'billing_scheme'])('an unknown %s of a price is not left out in silence', async (field) => {
    const odd =
      field === 'interval'
        ? price(10_000, { recurring: { interval: 'decade' } })
        : price(10_000, { billing_scheme: 'auction' });
    const body = subscription({ items: [item(odd)] });
    const { on } = await selling(body);
    expect(on('2026-06-30')).toMatchObject({ mrr: 0, unvalued: [{ subscriptionId: body.id }] });
  });
});

describe('servers', () => {
  const plain = () => subscription({ items: [item(price(10_000))] });

  test.each([
    ['ignoring every parameter', { ignoresQuery: true }],
    ['bare lists', { bareLists: true }],
    ['bare lists, ignoring every parameter', { bareLists: true, ignoresQuery: true }],
    ['an empty answer for what is not there', { only: ['customers', 'subscriptions'], missingBody: '' }],
    ['a page for what is not there', { only: ['customers', 'subscriptions'], missingBody: '<h1>Cannot GET</h1>' }],
    [
      'a plain word for what is not there',
      { only: ['customers', 'subscriptions'], missingBody: '{"error":"not found"}' },
    ],
    ['another plain word', { only: ['customers', 'subscriptions'], missingBody: '{}' }],
    ['a word that is no list', { status: (path: string) => (path === '/v1/disputes' ? 200 : null) }],
    ['“method not allowed”', { status: (path: string) => (path === '/v1/disputes' ? 405 : null) }],
    ['subscriptions only', { only: ['subscriptions'] }],
    ['customers and subscriptions only', { only: ['customers', 'subscriptions'] }],
  ] as const)('%s', async (_, options) => {
    const made = await account({ subscriptions: [plain(), canceled(plain(), '2026-03-10')] }, options);
    expect(made.on('2026-02-28')).toMatchObject({ mrr: 20_000, customers: 1 });
    expect(made.on('2026-06-30')).toMatchObject({ mrr: 10_000, customers: 1 });
  });

  test('a customer that is nowhere to be had', async () => {
    const made = await account({ subscriptions: [plain()] }, { customers: false });
    expect(made.on('2026-06-30')).toMatchObject({ mrr: 10_000, customers: 1 });
  });

  test('a customer who was deleted', async () => {
    const body = canceled(plain(), '2026-03-10');
    const made = await account({
      subscriptions: [body],
      customers: [{ id: 'cus_a', object: 'customer', deleted: true }],
    });
    expect(made.on('2026-02-28')).toMatchObject({ mrr: 10_000, customers: 1 });
    expect(made.month('2026-03').movements.churn).toBe(-10_000);
  });

  test('a customer of whom little is said', async () => {
    const made = await account({ subscriptions: [plain()], customers: [{ id: 'cus_a', email: 'a@example.com' }] });
    expect(made.quarantined()).toEqual([]);
    expect(made.on('2026-06-30')).toMatchObject({ mrr: 10_000, customers: 1 });
  });

  test('more than a page of subscriptions of one second, and of many', async () => {
    const many = Array.from({ length: 230 }, (_, n) =>
      subscription({ customer: `cus_${n}`, items: [item(price(100))] }),
    );
    const spread = many.map((body, n) => ({ ...body, created: sec('2026-01-01') + n * 3_600 }));
    expect((await selling(...many)).on('2026-06-30')).toMatchObject({ mrr: 23_000, customers: 230 });
    expect((await selling(...spread)).on('2026-06-30')).toMatchObject({ mrr: 23_000, customers: 230 });
  });

  test('an invoice of few words still tells the history', async () => {
    const dear = price(9_000);
    const body = subscription({ items: [item(dear)] });
    const bill = (amount: number, from: string, to: string, priced: StripeObject) => ({
      id: `in_${from}`,
      object: 'invoice',
      customer: 'cus_a',
      subscription: body.id,
      status: 'paid',
      created: sec(from),
      currency: 'usd',
      total: amount,
      lines: {
        object: 'list',
        data: [
          {
            id: `il_${from}`,
            amount,
            period: { start: sec(from), end: sec(to) },
            price: priced,
            quantity: 1,
            subscription: body.id,
            type: 'subscription',
          },
        ],
      },
    });
    const cheap = price(6_000);
    const made = await account({
      subscriptions: [body],
      invoices: [bill(6_000, '2026-01-01', '2026-02-01', cheap), bill(9_000, '2026-02-01', '2026-03-01', dear)],
    });
    expect(made.quarantined()).toEqual([]);
    expect(made.on('2026-01-31').mrr).toBe(6_000);
    expect(made.month('2026-02').movements).toMatchObject({ expansion: 3_000, closing: 9_000 });
    expect(made.revenue('2026-01', '2026-02').months.map(({ recognised }) => recognised)).toEqual([6_000, 9_000]);
  });
});

describe('after a change', () => {
  const plain = () => subscription({ items: [item(price(10_000), { id: 'si_1' })], customer: 'cus_a' });
  const raised = (body: StripeObject) => ({
    ...body,
    items: { object: 'list', has_more: false, data: [item(price(15_000), { id: 'si_1' })] },
  });

  test.each([
    ['without an events endpoint', { only: ['customers', 'subscriptions'] }],
    ['with an events endpoint that is always empty', {}],
  ] as const)('%s, the next sync sees it', async (_, options) => {
    const body = plain();
    const made = await account({ subscriptions: [body] }, options);
    made.stripe.put('subscriptions', raised(body));
    await made.sync('2026-11-25');
    expect(made.on('2026-11-24').mrr).toBe(10_000);
    expect(made.on('2026-11-25').mrr).toBe(15_000);
  });

  test('with an event, the change has its day', async () => {
    const body = plain();
    const made = await account({
      subscriptions: [body],
      events: [event('customer.subscription.created', '2026-01-01', body)],
    });
    made.stripe.put('subscriptions', raised(body));
    made.stripe.put('events', event('customer.subscription.updated', '2026-11-22T08:00:00Z', raised(body)));
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-11-22 expansion 60000']);
  });

  test('without a new event, a full sync sees it', async () => {
    const body = plain();
    const made = await account({
      subscriptions: [body],
      events: [event('customer.subscription.created', '2026-01-01', body)],
    });
    made.stripe.put('subscriptions', raised(body));
    await made.sync('2026-11-25', { full: true });
    expect(made.on('2026-11-25').mrr).toBe(15_000);
    made.stripe.put('subscriptions', canceled(raised(body), '2026-11-27'));
    await made.sync('2026-11-28', { full: true });
    expect(made.month('2026-11').movements).toMatchObject({ expansion: 5_000, churn: -15_000, closing: 0 });
  });

  test('an event of few words', async () => {
    const body = plain();
    const short = (type: string, on: string, { object: _, ...of }: StripeObject) => ({
      id: `evt_${on}`,
      type: `customer.subscription.${type}`,
      created: sec(on),
      data: { object: of },
    });
    const made = await account({ subscriptions: [body], events: [short('created', '2026-01-01', body)] });
    made.stripe.put('subscriptions', raised(body));
    made.stripe.put('events', short('updated', '2026-11-22', raised(body)));
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-11-22 expansion 60000']);
    expect(made.on('2026-11-25').mrr).toBe(15_000);
  });

  test('events of the whole past are used, however old', async () => {
    const body = plain();
    const made = await account({
      subscriptions: [raised(body)],
      events: [
        event('customer.subscription.created', '2026-01-01', body),
        event('customer.subscription.updated', '2026-03-10', raised(body)),
        event('customer.updated', '2026-11-01', customer('cus_a')),
      ],
    });
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-03-10 expansion 60000']);
  });

  test('a cancellation, an end, and word of both', async () => {
    const body = plain();
    const made = await account({
      subscriptions: [body],
      events: [event('customer.subscription.created', '2026-01-01', body)],
    });
    const leaving = {
      ...body,
      cancel_at: sec('2026-12-01'),
      cancel_at_period_end: true,
      canceled_at: sec('2026-11-22'),
    };
    made.stripe.put('subscriptions', leaving);
    made.stripe.put('events', event('customer.subscription.updated', '2026-11-22', leaving));
    await made.sync('2026-11-25');
    expect(made.on('2026-11-25')).toMatchObject({ mrr: 10_000, cmrr: 0 });
    expect(made.on('2026-12-01')).toMatchObject({ mrr: 0, cmrr: 0 });
    const over = { ...leaving, status: 'canceled', ended_at: sec('2026-12-01') };
    made.stripe.put('subscriptions', over);
    made.stripe.put('events', event('customer.subscription.deleted', '2026-12-01', over));
    await made.sync('2026-12-02');
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-12-01 churn -120000']);
  });
});
