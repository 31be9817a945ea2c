/** Sentences of the rules about amounts, tax, statuses and reasons that no other file holds to the letter. */
import { describe, expect, test } from 'vitest';
import { movements } from '../../src/main/engine/metrics/index.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, selling } from './account.ts';
import {
  canceled,
  coupon,
  discount,
  event,
  fresh,
  invoice,
  item,
  line,
  planOf,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
type Fields = Readonly<Record<string, unknown>>;
const mrrOf = async (items: readonly StripeObject[], over: Fields = {}) =>
  (await selling(subscription({ items, ...over }))).on(JUNE).mrr;
const paid = () => item(price(10_000), { id: 'si_1' });
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);
const withItem = (body: StripeObject, of: StripeObject) => ({
  ...body,
  items: { object: 'list', has_more: false, data: [of] },
});
/** A subscription's first state, and what it became on which day. */
const life = async (first: StripeObject, ...later: readonly (readonly [string, StripeObject])[]) =>
  await account({
    subscriptions: [later.at(-1)?.[1] ?? first],
    events: [
      told('created', new Date(Number(first['start_date']) * 1_000).toISOString(), first),
      ...later.map(([on, body]) => told('updated', on, body)),
    ],
  });

describe('R3: amounts', () => {
  test('twelve decimals of a cent', async () => {
    const tiny = price(null, { unit_amount_decimal: '0.000123456789' });
    expect(await mrrOf([item(tiny, { quantity: 10_000_000 })])).toBe(1_235);
  });

  test('parts of a unit begin another package', async () => {
    const packs = price(500, { transform_quantity: { divide_by: 10, round: 'up' } });
    expect(await mrrOf([item(packs, { quantity: 20, quantity_decimal: '20.5' })])).toBe(1_500);
  });

  test('a plan that says its amount in decimals only', async () => {
    const { price: _, ...old } = item(price(10), { quantity: 10_000 });
    const plan = { ...planOf(price(10)), amount: null, amount_decimal: '0.25' };
    expect(await mrrOf([{ ...old, plan } as StripeObject])).toBe(2_500);
  });

  test('an amount that the customer chooses is not known, and said so', async () => {
    const chosen = price(null, { custom_unit_amount: { maximum: null, minimum: 100, preset: 500 } });
    const { on } = await selling(subscription({ items: [item(chosen), item(price(700))] }));
    expect(on(JUNE)).toMatchObject({ mrr: 700, unvalued: [{ what: 'price' }] });
  });

  test('tiers of yen', async () => {
    const tiers = [
      { up_to: 10, unit_amount: 100, unit_amount_decimal: '100' },
      { up_to: null, unit_amount: 50, unit_amount_decimal: '50', flat_amount: 1_000, flat_amount_decimal: '1000' },
    ];
    const tiered = price(null, { currency: 'jpy', billing_scheme: 'tiered', tiers_mode: 'graduated', tiers });
    const { on } = await selling(subscription({ currency: 'jpy', items: [item(tiered, { quantity: 20 })] }));
    expect(on(JUNE, { currency: 'JPY' as never }).mrr).toBe(1_000 + 500 + 1_000);
  });
});

describe('R4: usage', () => {
  test.each([
    ['week', '2026-01-08', '2026-01-15', 6_500],
    ['year', '2027-01-01', '2028-01-01', 125],
  ] as const)('by the %s: the mean of what is closed, a month', async (interval, first, second, cents) => {
    const usage = price(10, { recurring: { interval, usage_type: 'metered', meter: 'mtr_1' } });
    const { quantity: _, ...metered } = item(usage, { id: 'si_use' });
    const body = subscription({ items: [metered as StripeObject] });
    const bill = (from: string, to: string, amount: number) =>
      invoice({
        on: to,
        subscription: body.id,
        lines: [line({ amount, from, to, subscription: body.id, item: 'si_use', price: usage.id })],
      });
    const invoices = [bill('2026-01-01', first, 1_200), bill(first, second, 1_800)];
    const { on } = await account({ subscriptions: [body], prices: [usage], invoices });
    expect(on('2028-01-31').usageRunRate).toBe(cents);
  });
});

describe('R14: tax that a price does not speak of', () => {
  const rate = (percentage: number, inclusive: boolean) => ({
    id: fresh('txr'),
    object: 'tax_rate',
    inclusive,
    percentage,
    effective_percentage: null,
  });

  test('is contained where its rate says so, and on top where it does not', async () => {
    expect(await mrrOf([item(price(12_000), { tax_rates: [rate(20, true)] })])).toBe(10_000);
    expect(await mrrOf([item(price(12_000))], { default_tax_rates: [rate(20, true)] })).toBe(10_000);
    expect(await mrrOf([item(price(12_000))], { default_tax_rates: [rate(20, false)] })).toBe(12_000);
    expect(await mrrOf([item(yearly(144_000), { tax_rates: [rate(20, true), rate(5, false)] })])).toBe(10_000);
    const tenth = discount(coupon({ percent_off: 10 }), '2026-01-01');
    expect(await mrrOf([item(price(12_000), { tax_rates: [rate(20, true)] })], { discounts: [tenth] })).toBe(9_000);
  });

  test.each([
    ['inclusive', 10_000],
    ['exclusive', 12_000],
  ])('is what its invoice shows: %s', async (behavior, cents) => {
    const plan = price(12_000);
    const body = subscription({ items: [item(plan, { id: 'si_1' })], automatic_tax: { enabled: true } });
    const bill = invoice({
      on: '2026-01-01',
      subscription: body.id,
      total_taxes: [{ amount: 2_000, tax_behavior: behavior }],
      total: behavior === 'inclusive' ? 12_000 : 14_000,
      lines: [
        line({
          amount: 12_000,
          from: '2026-01-01',
          to: '2026-02-01',
          subscription: body.id,
          item: 'si_1',
          price: plan.id,
          taxes: [{ amount: 2_000, tax_behavior: behavior, type: 'tax_rate_details' }],
        }),
      ],
    });
    const lists = { subscriptions: [body], invoices: [bill], prices: [plan] };
    for (const events of [[], [told('created', '2026-01-01', body)]]) {
      const { on, month } = await account({ ...lists, events });
      expect([on(JUNE).mrr, month('2026-01').netRevenue]).toEqual([cents, cents]);
    }
  });
});

describe('R6–R11: what a loss is called, and why', () => {
  const body = () => subscription({ items: [paid()] });
  const { quantity: _, ...usage } = item(price(10, { recurring: { usage_type: 'metered', meter: 'mtr_1' } }));
  test.each([
    [
      '100 % off',
      'churn',
      'discount',
      (of: StripeObject) => ({ ...of, discounts: [discount(coupon({ percent_off: 100 }), '2026-03-10')] }),
    ],
    [
      'the whole amount off',
      'churn',
      'discount',
      (of: StripeObject) => ({
        ...of,
        discounts: [discount(coupon({ amount_off: 10_000, currency: 'usd' }), '2026-03-10')],
      }),
    ],
    ['a free plan', 'churn', 'free plan', (of: StripeObject) => withItem(of, item(price(0), { id: 'si_1' }))],
    ['usage alone', 'churn', 'usage only', (of: StripeObject) => withItem(of, usage as StripeObject)],
    ['unpaid', 'churn', 'unpaid', (of: StripeObject) => ({ ...of, status: 'unpaid' })],
    ['canceled', 'churn', 'canceled', (of: StripeObject) => canceled(of, '2026-03-10')],
    [
      'another trial',
      'churn',
      'trial',
      (of: StripeObject) => ({
        ...of,
        status: 'trialing',
        trial_start: sec('2026-03-10'),
        trial_end: sec('2027-03-10'),
      }),
    ],
    [
      'collection paused',
      'paused',
      'paused',
      (of: StripeObject) => ({ ...of, pause_collection: { behavior: 'void', resumes_at: null } }),
    ],
    ['half the price', 'contraction', null, (of: StripeObject) => withItem(of, item(price(5_000), { id: 'si_1' }))],
  ] as const)('%s: %s, %s', async (__, kind, reason, becomes) => {
    const first = body();
    const made = await life(first, ['2026-03-10', becomes(first)]);
    const { rows } = made.ask((db, context) =>
      movements(db, { from: plainDay('2026-03-10'), to: plainDay('2026-03-10'), limit: 10 }, context),
    );
    expect(rows).toMatchObject([{ kind, reason }]);
  });

  test('one subscription paused and another canceled on a day: churn', async () => {
    const [a, b] = [body(), body()];
    const paused = { ...a, pause_collection: { behavior: 'void', resumes_at: null } };
    const over = canceled(b, '2026-03-10');
    const { ledger } = await account({
      subscriptions: [paused, over],
      events: [
        told('created', '2026-01-01', a),
        told('created', '2026-01-01', b),
        told('updated', '2026-03-10', paused),
        told('deleted', '2026-03-10', over),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 240000', '2026-03-10 churn -240000']);
  });

  test('two merged into one within a day: the net', async () => {
    const { ledger } = await selling(
      canceled(body(), '2026-03-01T10:00:00Z'),
      canceled(subscription({ items: [item(price(5_000))] }), '2026-03-01T11:00:00Z'),
      subscription({ items: [item(price(12_000))], start: '2026-03-01T12:00:00Z' }),
    );
    expect(ledger()).toEqual(['2026-01-01 new 180000', '2026-03-01 contraction -36000']);
  });
});

describe('R7–R10: statuses and days', () => {
  test('collection paused on a trial: nothing is new before both are over', async () => {
    const { ledger } = await selling(
      subscription({
        items: [paid()],
        start: '2026-11-01',
        status: 'trialing',
        trial_start: sec('2026-11-01'),
        trial_end: sec('2026-11-24'),
        pause_collection: { behavior: 'void', resumes_at: sec('2026-12-24') },
      }),
    );
    expect(ledger()).toEqual(['2026-12-24 new 120000']);
  });

  test('trials of yearly and discounted prices, a month', async () => {
    const half = discount(coupon({ percent_off: 50 }), '2026-11-10');
    const trial = {
      status: 'trialing',
      start: '2026-11-10',
      trial_start: sec('2026-11-10'),
      trial_end: sec('2026-11-24'),
    };
    const { on } = await selling(subscription({ items: [item(yearly(120_000))], discounts: [half], ...trial }));
    expect(on('2026-11-20')).toMatchObject({ trialMrr: 5_000, committedTrialMrr: 5_000, trials: 1, mrr: 0, cmrr: 0 });
  });

  test('a trial that ends unpaid, and is given up', async () => {
    const trial = { start: '2026-03-01', trial_start: sec('2026-03-01'), trial_end: sec('2026-03-15') };
    const body = subscription({ items: [paid()], status: 'trialing', ...trial });
    const { ledger } = await life(
      body,
      ['2026-03-15', { ...body, status: 'past_due' }],
      ['2026-04-01', { ...body, status: 'unpaid' }],
      ['2026-04-20', canceled(body, '2026-04-20')],
    );
    expect(ledger()).toEqual(['2026-03-15 new 120000', '2026-04-01 churn -120000']);
  });

  test('an item whose own trial ended before anybody looked', async () => {
    const tried = item(price(5_000), { current_trial: { end_date: sec('2026-11-10') } });
    expect((await selling(subscription({ items: [paid(), tried] }))).ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-11-10 expansion 60000',
    ]);
  });

  test('a second trial, of one who has paid before: a reactivation', async () => {
    const trial = { start: '2026-04-01', trial_start: sec('2026-04-01'), trial_end: sec('2026-05-01') };
    const { ledger } = await selling(
      canceled(subscription({ items: [paid()] }), '2026-03-01'),
      subscription({ items: [paid()], ...trial }),
    );
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-01 churn -120000', '2026-05-01 reactivation 120000']);
  });

  test('a start that is still to come', async () => {
    const body = { ...subscription({ items: [paid()], start: '2026-11-10' }), start_date: sec('2026-12-10') };
    expect((await selling(body)).ledger()).toEqual(['2026-12-10 new 120000']);
  });

  test('an end whose day has passed while the object is still active; one that was moved; one told in old words', async () => {
    const leaving = (at: string, asked: string) => ({ cancel_at: sec(at), canceled_at: sec(asked) });
    const late = await selling(subscription({ items: [paid()], ...leaving('2026-11-15', '2026-11-01') }));
    expect(late.ledger()).toEqual(['2026-01-01 new 120000', '2026-11-15 churn -120000']);
    const body = subscription({ items: [paid()] });
    const moved = await life(
      body,
      ['2026-11-02', { ...body, ...leaving('2026-12-01', '2026-11-02') }],
      ['2026-11-10', { ...body, ...leaving('2027-01-01', '2026-11-10') }],
    );
    expect(moved.ledger()).toEqual(['2026-01-01 new 120000', '2027-01-01 churn -120000']);
    expect(['2026-11-01', '2026-11-03', '2026-11-15'].map((day) => moved.on(day).cmrr)).toEqual([10_000, 0, 0]);
    const old = await selling({ ...canceled(subscription({ items: [paid()] }), '2026-03-10'), ended_at: null });
    expect(old.ledger()).toEqual(['2026-01-01 new 120000', '2026-03-10 churn -120000']);
  });

  test('at the end of the period, of items by the month and by the year: when the longer one is over', async () => {
    const monthly = { current_period_start: sec('2026-11-01'), current_period_end: sec('2026-12-01') };
    const annual = { current_period_start: sec('2026-03-01'), current_period_end: sec('2027-03-01') };
    const { on } = await selling(
      subscription({
        items: [item(price(10_000), monthly), item(yearly(120_000), annual)],
        cancel_at_period_end: true,
        canceled_at: sec('2026-11-10'),
      }),
    );
    expect([on('2026-12-02').mrr, on('2027-03-02').mrr]).toEqual([20_000, 0]);
  });
});
