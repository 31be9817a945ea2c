/** The rules of metrics.md, one by one, as Stripe would show them: objects in, figures out. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  canceled,
  coupon,
  customer,
  discount,
  event,
  fresh,
  invoice,
  item,
  line,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';

const mrrOf = async (items: readonly StripeObject[], over: Record<string, unknown> = {}) =>
  (await selling(subscription({ items, ...over }))).on(JUNE).mrr;

describe('R2: intervals', () => {
  test.each([
    ['day', 1, 100, 3_042],
    ['day', 30, 3_000, 3_042],
    ['week', 1, 1_000, 4_333],
    ['week', 4, 4_000, 4_333],
    ['month', 1, 1_000, 1_000],
    ['month', 3, 3_000, 1_000],
    ['month', 6, 6_000, 1_000],
    ['month', 24, 24_000, 1_000],
    ['year', 1, 120_000, 10_000],
    ['year', 2, 240_000, 10_000],
    ['year', 3, 10_000, 278],
  ] as const)('every %s × %i at %i is %i a month', async (interval, count, amount, cents) => {
    expect(await mrrOf([item(price(amount, { recurring: { interval, interval_count: count } }))])).toBe(cents);
  });

  test('rounded once after summing: seven plans of $100 a year are 58.33', async () => {
    const seven = Array.from({ length: 7 }, (_, n) =>
      subscription({ customer: `cus_${n}`, items: [item(yearly(10_000))] }),
    );
    const { on } = await selling(...seven);
    expect(on(JUNE)).toMatchObject({ mrr: 5_833, arr: 70_000, arpa: 833, customers: 7 });
  });
});

describe('R3: price models', () => {
  const tiers = [
    { up_to: 5, unit_amount: 1_000, unit_amount_decimal: '1000', flat_amount: 500, flat_amount_decimal: '500' },
    { up_to: 10, unit_amount: 800, unit_amount_decimal: '800', flat_amount: null, flat_amount_decimal: null },
    { up_to: null, unit_amount: 600, unit_amount_decimal: '600', flat_amount: 2_000, flat_amount_decimal: '2000' },
  ];
  const tiered = (mode: string) => ({
    billing_scheme: 'tiered',
    tiers_mode: mode,
    unit_amount: null,
    unit_amount_decimal: null,
  });
  test.each([
    ['graduated', 1, 1_500],
    ['graduated', 5, 5_500],
    ['graduated', 6, 6_300],
    ['graduated', 12, 12_700],
    ['volume', 5, 5_500],
    ['volume', 6, 4_800],
    ['volume', 12, 9_200],
  ] as const)('%s tiers, %i units', async (mode, quantity, cents) => {
    const whole = price(null, { ...tiered(mode), tiers });
    const { tiers: _, ...bare } = whole;
    expect(await mrrOf([item(whole, { quantity })]), 'tiers in the subscription').toBe(cents);
    const made = await account({
      subscriptions: [subscription({ items: [item(bare, { quantity })] })],
      prices: [whole],
    });
    expect(made.on(JUNE).mrr, 'tiers in the price list only').toBe(cents);
  });

  test('a tiered price whose tiers are nowhere is not valued, and said so', async () => {
    const { on } = await selling(
      subscription({ items: [item(price(null, tiered('volume')), { quantity: 6 }), item(price(500))] }),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 500, unvalued: [{ what: 'price' }] });
  });

  test('a flat price in tiers: one flat amount whatever the quantity', async () => {
    const flat = price(null, {
      ...tiered('volume'),
      tiers: [
        { up_to: null, unit_amount: 0, unit_amount_decimal: '0', flat_amount: 9_900, flat_amount_decimal: '9900' },
      ],
    });
    expect(await mrrOf([item(flat, { quantity: 17 })])).toBe(9_900);
  });

  test.each([
    ['up', 11, 3_000],
    ['down', 11, 2_000],
  ] as const)('packages of five, rounded %s, %i units', async (round, quantity, cents) => {
    expect(await mrrOf([item(price(1_000, { transform_quantity: { divide_by: 5, round } }), { quantity })])).toBe(
      cents,
    );
  });

  test('below a cent, by decimals; several items, each in its interval; quantity 0', async () => {
    const tiny = price(null, { unit_amount_decimal: '0.05' });
    expect(await mrrOf([item(tiny, { quantity: 1_234 })])).toBe(62);
    expect(
      await mrrOf([
        item(price(1_000), { quantity: 3 }),
        item(yearly(12_000)),
        item(price(500, { recurring: { interval: 'week' } })),
      ]),
    ).toBe(3_000 + 1_000 + 2_167);
    expect(await mrrOf([item(price(1_000), { quantity: 0 }), item(price(700))])).toBe(700);
    expect(await mrrOf([item(price(1_000), { quantity: null, quantity_decimal: '2.5' })])).toBe(2_500);
  });

  test('an item without a word on its quantity is one', async () => {
    const { quantity: _, ...bare } = item(price(1_000));
    expect(await mrrOf([bare as StripeObject])).toBe(1_000);
  });
});

describe('R4: usage', () => {
  test('a metered price is no MRR; its subscription is no customer by itself', async () => {
    const { quantity: _, ...metered } = item(price(10, { recurring: { usage_type: 'metered' } }));
    const { on } = await selling(
      subscription({ items: [item(price(2_000)), metered as StripeObject] }),
      subscription({ customer: 'cus_b', items: [metered as StripeObject] }),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 2_000, customers: 1, usageRunRate: 0 });
  });

  test('the run rate is the mean of the last three closed periods', async () => {
    const usage = price(10, { recurring: { usage_type: 'metered', meter: 'mtr_1' } });
    const { quantity: _, ...metered } = item(usage, { id: 'si_use' });
    const body = subscription({ items: [metered as StripeObject] });
    const bill = (from: string, to: string, amount: number) =>
      invoice({
        on: to,
        subscription: body.id,
        lines: [
          line({ amount, from, to, subscription: body.id, item: 'si_use', price: usage.id, quantity: amount / 10 }),
        ],
      });
    const { on } = await account({
      subscriptions: [body],
      prices: [usage],
      invoices: [
        bill('2026-01-01', '2026-02-01', 9_000),
        bill('2026-02-01', '2026-03-01', 3_000),
        bill('2026-03-01', '2026-04-01', 3_000),
        bill('2026-04-01', '2026-05-01', 6_000),
      ],
    });
    expect(on('2026-04-30').usageRunRate).toBe(5_000);
    expect(on('2026-05-31').usageRunRate).toBe(4_000);
  });
});

describe('R5: discounts', () => {
  const given = (over: Record<string, unknown>, start = '2026-01-01', more: Record<string, unknown> = {}) =>
    discount(coupon(over), start, more);
  test.each([
    ['percent off, forever', { percent_off: 25 }, 7_500],
    ['a third off', { percent_off: 33.33 }, 6_667],
    ['amount off, forever', { amount_off: 3_000, currency: 'usd' }, 7_000],
    ['more off than there is', { amount_off: 30_000, currency: 'usd' }, 0],
    ['amount off in another currency', { amount_off: 3_000, currency: 'eur' }, 10_000],
    ['once', { percent_off: 50, duration: 'once' }, 10_000],
    ['100 %', { percent_off: 100 }, 0],
    ['for products that are not here', { percent_off: 50, applies_to: { products: ['prod_other'] } }, 10_000],
    ['for the product that is', { percent_off: 50, applies_to: { products: ['prod_main'] } }, 5_000],
  ] as const)('%s', async (_, over, cents) => {
    expect(await mrrOf([item(price(10_000))], { discounts: [given(over)] })).toBe(cents);
  });

  test('repeating: while it lasts, by its end and by its months', async () => {
    const limited = { percent_off: 10, duration: 'repeating', duration_in_months: 3 };
    for (const more of [{ end: sec('2026-04-01') }, {}]) {
      const { on, ledger } = await selling(
        subscription({ items: [item(price(1_000))], discounts: [given(limited, '2026-01-01', more)] }),
      );
      expect(on('2026-03-31').mrr).toBe(900);
      expect(on('2026-04-01').mrr).toBe(1_000);
      expect(ledger()).toEqual(['2026-01-01 new 10800', '2026-04-01 expansion 1200']);
    }
  });

  test('two at once, in the order given', async () => {
    const ten = given({ percent_off: 10 });
    const twenty = given({ amount_off: 2_000, currency: 'usd' });
    expect(await mrrOf([item(price(10_000))], { discounts: [ten, twenty] })).toBe(7_000);
    expect(await mrrOf([item(price(10_000))], { discounts: [twenty, ten] })).toBe(7_200);
  });

  test('of the customer, replaced by the subscription’s; of one item', async () => {
    const half = given({ percent_off: 50 });
    const who = customer('cus_a', { discount: half });
    const of = async (over: Record<string, unknown>) =>
      (
        await account({ customers: [who], subscriptions: [subscription({ items: [item(price(10_000))], ...over })] })
      ).on(JUNE).mrr;
    expect(await of({})).toBe(5_000);
    expect(await of({ discounts: [given({ percent_off: 10 })] })).toBe(9_000);
    expect(await mrrOf([item(price(10_000), { discounts: [half] }), item(price(10_000))])).toBe(15_000);
  });

  test('an amount off is split over items by what they bill per period', async () => {
    // $50 off $100 a month and $400 a year takes $10 and $40.
    const off = given({ amount_off: 5_000, currency: 'usd' });
    expect(await mrrOf([item(price(10_000)), item(yearly(40_000))], { discounts: [off] })).toBe(9_000 + 3_000);
  });

  test('an amount off a yearly price is per year', async () => {
    expect(await mrrOf([item(yearly(120_000))], { discounts: [given({ amount_off: 12_000, currency: 'usd' })] })).toBe(
      9_000,
    );
  });

  test('once on a yearly term, while the object still names it: for that term', async () => {
    const { on } = await selling(
      subscription({
        items: [
          item(yearly(120_000), { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') }),
        ],
        discounts: [given({ percent_off: 50, duration: 'once' })],
      }),
    );
    expect(on(JUNE).mrr).toBe(5_000);
    expect(on('2027-01-02').mrr).toBe(10_000);
  });

  test('once on a yearly term, seen in its invoice only: for that term', async () => {
    const plan = yearly(120_000);
    const body = subscription({
      items: [
        item(plan, { id: 'si_1', current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') }),
      ],
    });
    const bill = invoice({
      on: '2026-01-01',
      subscription: body.id,
      billing_reason: 'subscription_create',
      total: 60_000,
      amount_due: 60_000,
      amount_paid: 60_000,
      total_discount_amounts: [{ amount: 60_000, discount: 'di_once' }],
      lines: [
        line({
          amount: 120_000,
          from: '2026-01-01',
          to: '2027-01-01',
          subscription: body.id,
          item: 'si_1',
          price: plan.id,
          discount_amounts: [{ amount: 60_000, discount: 'di_once' }],
        }),
      ],
    });
    const { on } = await account({ subscriptions: [body], invoices: [bill], prices: [plan] });
    expect(on(JUNE).mrr).toBe(5_000);
    expect(on('2027-01-02').mrr).toBe(10_000);
  });

  test('a coupon that ended before: full price now, the discount then', async () => {
    const plan = price(10_000);
    const body = subscription({ items: [item(plan, { id: 'si_1' })] });
    const bills = [
      ['2026-01-01', '2026-02-01', 5_000],
      ['2026-02-01', '2026-03-01', 5_000],
      ['2026-03-01', '2026-04-01', 0],
    ] as const;
    const invoices = bills.map(([from, to, off]) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [
          line({
            amount: 10_000,
            from,
            to,
            subscription: body.id,
            item: 'si_1',
            price: plan.id,
            discount_amounts: off === 0 ? [] : [{ amount: off, discount: 'di_gone' }],
          }),
        ],
      }),
    );
    const { on } = await account({ subscriptions: [body], invoices, prices: [plan] });
    expect(on('2026-02-15').mrr).toBe(5_000);
    expect(on('2026-03-15').mrr).toBe(10_000);
  });
});

describe('R6, R7, R8, R9, R10: what counts', () => {
  const paid = () => item(price(10_000));

  test('a free plan is no customer; 100 % off given later is churn', async () => {
    const half = subscription({ customer: 'cus_b', items: [paid()] });
    const gift = { ...half, discounts: [discount(coupon({ percent_off: 100 }), '2026-03-10')] };
    const { on, month } = await account({
      subscriptions: [subscription({ items: [item(price(0))] }), gift],
      events: [
        event('customer.subscription.created', '2026-01-01', half),
        event('customer.subscription.updated', '2026-03-10', gift),
      ],
    });
    expect(on('2026-02-28')).toMatchObject({ mrr: 10_000, customers: 1 });
    expect(month('2026-03')).toMatchObject({
      mrr: 0,
      customers: 0,
      churnedCustomers: 1,
      movements: { churn: -10_000, contraction: 0 },
    });
  });

  test.each([
    ['active', 10_000, 0],
    ['past_due', 10_000, 10_000],
    ['unpaid', 0, 0],
    ['incomplete', 0, 0],
    ['incomplete_expired', 0, 0],
    ['paused', 0, 0],
  ] as const)('%s: %i, of which past due %i', async (status, mrr, pastDueMrr) => {
    const made = await selling(subscription({ items: [paid()], status }));
    expect(made.on('2026-11-20')).toMatchObject({ mrr, pastDueMrr });
  });

  test('a trial, its conversion, and the calendar without another sync', async () => {
    const trial = subscription({
      items: [paid()],
      status: 'trialing',
      start: '2026-11-10',
      trial_start: sec('2026-11-10'),
      trial_end: sec('2026-11-24'),
    });
    const { on } = await selling(trial);
    expect(on('2026-11-20')).toMatchObject({
      mrr: 0,
      trialMrr: 10_000,
      committedTrialMrr: 10_000,
      customers: 0,
      trials: 1,
    });
    expect(on('2026-11-24')).toMatchObject({ mrr: 10_000, trialMrr: 0, customers: 1 });
    expect(on('2026-11-24').movements.new).toBe(10_000);
  });

  test('a trial that was converted long ago is new on the day it ended', async () => {
    const { ledger, month } = await selling(
      subscription({
        items: [paid()],
        start: '2026-03-01',
        trial_start: sec('2026-03-01'),
        trial_end: sec('2026-03-15'),
      }),
    );
    expect(ledger()).toEqual(['2026-03-15 new 120000']);
    expect(month('2026-03')).toMatchObject({ trialConversion: 1, newCustomers: 1 });
  });

  test('trials that ended otherwise: called off, expired into a cancellation, paused for want of a card', async () => {
    const on15 = { start: '2026-03-01', trial_start: sec('2026-03-01'), trial_end: sec('2026-03-15') };
    const { month } = await selling(
      subscription({ items: [paid()], ...on15 }),
      canceled(subscription({ customer: 'cus_b', items: [paid()], ...on15 }), '2026-03-15'),
      canceled(subscription({ customer: 'cus_c', items: [paid()], ...on15 }), '2026-03-08'),
      subscription({ customer: 'cus_d', items: [paid()], ...on15, status: 'paused' }),
    );
    expect(month('2026-03')).toMatchObject({ mrr: 10_000, newCustomers: 1, trialConversion: 0.25 });
  });

  test.each(['void', 'keep_as_draft', 'mark_uncollectible'])(
    'pause_collection %s: nothing counts until it resumes',
    async (behavior) => {
      const body = subscription({ items: [paid()] });
      const paused = { ...body, pause_collection: { behavior, resumes_at: sec('2026-12-01') } };
      const { on, ledger } = await account({
        subscriptions: [paused],
        events: [
          event('customer.subscription.created', '2026-01-01', body),
          event('customer.subscription.updated', '2026-11-05', paused),
        ],
      });
      expect(on('2026-11-20')).toMatchObject({ mrr: 0, cmrr: 0, customers: 0 });
      expect(on('2026-12-01')).toMatchObject({ mrr: 10_000, customers: 1 });
      expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-11-05 paused -120000', '2026-12-01 resumed 120000']);
    },
  );

  test('a pause that nobody dated counts from when it is seen', async () => {
    const { on } = await selling(
      subscription({ items: [paid()], pause_collection: { behavior: 'void', resumes_at: null } }),
    );
    expect(on('2026-11-20')).toMatchObject({ mrr: 0, customers: 0 });
  });

  test('cancel_at_period_end and cancel_at: committed MRR at once, MRR when it comes', async () => {
    const period = { current_period_start: sec('2026-11-01'), current_period_end: sec('2026-12-01') };
    const bodies = [
      { cancel_at_period_end: true, cancel_at: sec('2026-12-01'), canceled_at: sec('2026-11-10') },
      { cancel_at_period_end: true, cancel_at: null, canceled_at: sec('2026-11-10') },
      { cancel_at: sec('2026-12-01'), canceled_at: sec('2026-11-10') },
    ];
    for (const over of bodies) {
      const { on, month } = await selling(subscription({ items: [item(price(10_000), period)], ...over }));
      expect(on('2026-11-09')).toMatchObject({ mrr: 10_000, cmrr: 10_000 });
      expect(on('2026-11-10')).toMatchObject({ mrr: 10_000, cmrr: 0 });
      expect(on('2026-11-30')).toMatchObject({ mrr: 10_000, cmrr: 0 });
      expect(month('2026-12').movements).toMatchObject({ opening: 10_000, churn: -10_000, closing: 0 });
    }
  });

  test('canceled at once, and canceled at the period’s end, months ago', async () => {
    const { ledger, on } = await selling(canceled(subscription({ items: [paid()] }), '2026-03-10'), {
      ...canceled(subscription({ customer: 'cus_b', items: [paid()] }), '2026-04-01'),
      canceled_at: sec('2026-03-12'),
    });
    expect(ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-01-01 new 120000',
      '2026-03-10 churn -120000',
      '2026-04-01 churn -120000',
    ]);
    expect(on('2026-03-15')).toMatchObject({ mrr: 10_000, cmrr: 0 });
  });
});

describe('R11: movements', () => {
  const sold = (amount: number, start: string, who = 'cus_a', over = {}) =>
    subscription({ customer: who, items: [item(price(amount))], start, ...over });

  test('reactivation after any gap', async () => {
    const { month } = await selling(canceled(sold(10_000, '2026-01-01'), '2026-02-10'), sold(15_000, '2026-04-05'));
    expect(month('2026-02').movements.churn).toBe(-10_000);
    expect(month('2026-04').movements).toMatchObject({ reactivation: 15_000, new: 0 });
  });

  test('cancel and recreate on one day is no churn; on the company’s day', async () => {
    const over = canceled(sold(10_000, '2026-01-05'), '2026-03-02T02:00:00Z');
    const again = sold(12_000, '2026-03-01T20:00:00Z');
    const made = await account({ subscriptions: [over, again] }, { zone: 'America/Los_Angeles' });
    expect(made.month('2026-03').movements).toMatchObject({
      new: 0,
      churn: 0,
      reactivation: 0,
      expansion: 2_000,
      contraction: 0,
    });
  });

  test('a day is the company’s', async () => {
    const late = sold(10_000, '2026-01-31T23:30:00Z');
    expect((await account({ subscriptions: [late] })).ledger()).toEqual(['2026-01-31 new 120000']);
    expect((await account({ subscriptions: [late] }, { zone: 'Europe/Berlin' })).ledger()).toEqual([
      '2026-02-01 new 120000',
    ]);
    expect((await account({ subscriptions: [late] }, { zone: 'Pacific/Auckland' })).ledger()).toEqual([
      '2026-02-01 new 120000',
    ]);
  });

  test('a second subscription is expansion, the loss of one of two contraction', async () => {
    const { ledger } = await selling(sold(10_000, '2026-01-01'), canceled(sold(4_000, '2026-02-01'), '2026-03-01'));
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-02-01 expansion 48000', '2026-03-01 contraction -48000']);
  });

  const changed = (from: StripeObject, to: StripeObject) => ({
    ...from,
    items: { object: 'list', data: [to], has_more: false },
  });

  test('an upgrade that only proration lines show has their day', async () => {
    const small = price(9_000);
    const large = price(12_000);
    const body = subscription({ items: [item(large, { id: 'si_1' })] });
    const of = { subscription: body.id, item: 'si_1' };
    const cycle = (amount: number, id: string, from: string, to: string, reason = 'subscription_cycle') =>
      invoice({
        on: from,
        subscription: body.id,
        billing_reason: reason,
        lines: [line({ amount, from, to, price: id, ...of })],
      });
    const rest = { from: '2026-04-21', to: '2026-05-01', proration: true, ...of };
    const made = await account({
      subscriptions: [body],
      prices: [small, large],
      invoices: [
        cycle(9_000, small.id, '2026-01-01', '2026-02-01', 'subscription_create'),
        cycle(9_000, small.id, '2026-02-01', '2026-03-01'),
        cycle(9_000, small.id, '2026-03-01', '2026-04-01'),
        cycle(9_000, small.id, '2026-04-01', '2026-05-01'),
        invoice({
          on: '2026-04-21',
          subscription: body.id,
          billing_reason: 'subscription_update',
          lines: [
            line({ amount: -3_000, price: small.id, ...rest }),
            line({ amount: 4_000, price: large.id, ...rest }),
          ],
        }),
        cycle(12_000, large.id, '2026-05-01', '2026-06-01'),
      ],
    });
    expect(made.ledger()).toEqual(['2026-01-01 new 108000', '2026-04-21 expansion 36000']);
    expect(made.revenue('2026-04', '2026-05').months.map(({ recognised }) => recognised)).toEqual([10_000, 12_000]);
  });

  test('a downgrade at renewal that only cycle lines show; more and fewer seats', async () => {
    const seat = price(1_000);
    const body = subscription({ items: [item(seat, { id: 'si_1', quantity: 4 })] });
    const bill = (quantity: number, from: string, to: string) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [
          line({ amount: 1_000 * quantity, from, to, price: seat.id, subscription: body.id, item: 'si_1', quantity }),
        ],
      });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [seat],
      invoices: [
        bill(5, '2026-01-01', '2026-02-01'),
        bill(8, '2026-02-01', '2026-03-01'),
        bill(4, '2026-03-01', '2026-04-01'),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 60000', '2026-02-01 expansion 36000', '2026-03-01 contraction -48000']);
  });

  test('up and down, seen in events; on one day it is nothing', async () => {
    const body = sold(10_000, '2026-01-01');
    const up = changed(body, item(price(20_000)));
    const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);
    const { ledger } = await account({
      subscriptions: [body],
      events: [
        told('created', '2026-01-01', body),
        told('updated', '2026-03-01T08:00:00Z', up),
        told('updated', '2026-03-01T18:00:00Z', body),
        told('updated', '2026-04-02', up),
        told('updated', '2026-05-03', body),
      ],
    });
    expect(ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-04-02 expansion 120000',
      '2026-05-03 contraction -120000',
    ]);
  });
});

describe('R12: currencies', () => {
  const rates = async (made: Awaited<ReturnType<typeof account>>, quotes: Record<string, Record<string, number>>) => {
    const { frankfurter } = await import('./stub-frankfurter.ts');
    await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(quotes) }));
  };

  test('a stock at its day’s rate, a movement at its own, the difference is FX', async () => {
    const made = await account({
      subscriptions: [
        subscription({ currency: 'eur', items: [item(price(10_000, { currency: 'eur' }))], start: '2026-01-10' }),
      ],
    });
    await rates(made, { '2026-01-08': { USD: 1.1 }, '2026-01-31': { USD: 1.2 }, '2026-02-28': { USD: 1.15 } });
    expect(made.on('2026-01-10').mrr).toBe(11_000);
    expect(made.month('2026-01')).toMatchObject({
      mrr: 12_000,
      movements: { new: 11_000, fx: 1_000, closing: 12_000 },
    });
    expect(made.month('2026-02').movements).toMatchObject({ opening: 12_000, fx: -500, closing: 11_500 });
  });

  test('a server under /v2 without a list of currencies', async () => {
    const euros = subscription({ currency: 'eur', items: [item(price(10_000, { currency: 'eur' }))] });
    const made = await account({ subscriptions: [euros] });
    const apiBase = await frankfurter({ '2026-06-30': { USD: 1.25 } }, { root: '/v2', lists: false });
    await made.syncRates(await made.connect('frankfurter', { apiBase }));
    expect(made.on(JUNE).mrr).toBe(12_500);
  });

  test('zero and three decimals', async () => {
    const made = await account({
      subscriptions: [
        subscription({ currency: 'jpy', items: [item(price(1_500, { currency: 'jpy' }))] }),
        subscription({ customer: 'cus_b', currency: 'kwd', items: [item(price(10_000, { currency: 'kwd' }))] }),
      ],
    });
    await rates(made, { '2026-06-30': { USD: 1.2, JPY: 180, KWD: 0.36 } });
    // ¥1,500 = €8.33 = $10.00; 10.000 KWD = €27.78 = $33.33.
    expect(made.on('2026-06-30')).toMatchObject({ mrr: 1_000 + 3_333, customers: 2 });
  });

  test('a currency without a rate is not valued, and said so', async () => {
    const made = await account({
      subscriptions: [
        subscription({ items: [item(price(10_000))] }),
        subscription({ customer: 'cus_b', currency: 'aed', items: [item(price(5_000, { currency: 'aed' }))] }),
      ],
    });
    expect(made.on(JUNE)).toMatchObject({
      mrr: 10_000,
      unvalued: [{ what: 'rate', currency: 'AED', annualMinor: 60_000 }],
    });
  });
});

describe('R14: tax', () => {
  test('contained tax is taken out, by the item’s rate, the subscription’s, or the invoice’s', async () => {
    const gross = price(11_900, { tax_behavior: 'inclusive' });
    const rate = { id: fresh('txr'), object: 'tax_rate', inclusive: true, percentage: 19, effective_percentage: 19 };
    expect(await mrrOf([item(gross, { tax_rates: [rate] })])).toBe(10_000);
    expect(await mrrOf([item(gross)], { default_tax_rates: [rate] })).toBe(10_000);
    const body = subscription({ items: [item(gross, { id: 'si_1' })] });
    const bill = invoice({
      on: '2026-01-01',
      subscription: body.id,
      lines: [
        line({
          amount: 11_900,
          from: '2026-01-01',
          to: '2026-02-01',
          price: gross.id,
          subscription: body.id,
          item: 'si_1',
          taxes: [{ amount: 1_900, tax_behavior: 'inclusive', type: 'tax_rate_details' }],
        }),
      ],
    });
    expect((await account({ subscriptions: [body], invoices: [bill], prices: [gross] })).on(JUNE).mrr).toBe(10_000);
  });

  test('tax on top is not looked at; contained tax of unknown rate is not valued', async () => {
    const rate = { id: fresh('txr'), object: 'tax_rate', inclusive: false, percentage: 19, effective_percentage: 19 };
    expect(await mrrOf([item(price(10_000, { tax_behavior: 'exclusive' }), { tax_rates: [rate] })])).toBe(10_000);
    const { on } = await selling(subscription({ items: [item(price(11_900, { tax_behavior: 'inclusive' }))] }));
    expect(on(JUNE)).toMatchObject({ mrr: 0, unvalued: [{ what: 'tax' }] });
  });
});

describe('R15: what is no MRR', () => {
  test('one-off items, one-time prices, refunds and credit notes', async () => {
    const { recurring: _, ...oneTime } = price(50_000);
    const bill = invoice({ on: '2026-03-03', lines: [line({ amount: 50_000, from: '2026-03-03', to: '2026-03-03' })] });
    const { on, month } = await account({
      subscriptions: [
        subscription({ items: [item(price(10_000)), item({ ...oneTime, type: 'one_time' } as StripeObject)] }),
      ],
      invoices: [bill],
    });
    expect(on(JUNE).mrr).toBe(10_000);
    expect(month('2026-03')).toMatchObject({ mrr: 10_000, netRevenue: 50_000 });
  });
});
