/** A past of which invoices alone tell: every kind of line and of invoice that leaves a trace of what recurred. */
import { describe, expect, test } from 'vitest';
import { account } from './account.ts';
import {
  canceled,
  event,
  fresh,
  invoice,
  item,
  line,
  planOf,
  preBasil,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Fields = Readonly<Record<string, unknown>>;
const plan = price(10_000, { id: 'price_plan' });
const large = price(20_000, { id: 'price_large' });
const year = yearly(120_000, { id: 'price_year' });
const on2026 = { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') };
/** The months of 2026 up to November, each with the one after it. */
const MONTHS = Array.from({ length: 11 }, (_, n) =>
  [n + 1, n + 2].map((m) => `2026-${String(m).padStart(2, '0')}-01`),
) as [string, string][];
const of = (body: StripeObject, id = 'si_1') => ({ subscription: body.id, item: id });
/** A bill for each month: `bill` says what of it is not a paid line of the plan. */
const monthly = (body: StripeObject, bill: (month: number, from: string, to: string) => Fields = () => ({})) =>
  MONTHS.map(([from, to], index) => {
    const { lines, amount = 10_000, price: id = plan.id, line: more = {}, ...over } = bill(index + 1, from, to);
    const own = line({ amount: amount as number, from, to, price: id as string, ...of(body), ...(more as object) });
    return invoice({ on: from, subscription: body.id, lines: [own, ...((lines as []) ?? [])], ...over });
  });
const transitions = (over: Fields = {}) => ({
  finalized_at: null,
  marked_uncollectible_at: null,
  paid_at: null,
  voided_at: null,
  ...over,
});
const told = (type: string, on: string, body: StripeObject) => event(`customer.subscription.${type}`, on, body);

describe('pauses', () => {
  const at = sec('2026-04-01');
  test.each([
    ['void', transitions({ finalized_at: at, voided_at: at })],
    ['draft', transitions()],
    ['uncollectible', transitions({ finalized_at: at, marked_uncollectible_at: at })],
  ])('two months whose invoices are %s, untried', async (status, moments) => {
    const body = subscription({ items: [item(plan, { id: 'si_1' })] });
    const paused = { status, attempt_count: 0, amount_paid: 0, status_transitions: moments };
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: monthly(body, (month) => (month === 4 || month === 5 ? paused : {})),
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-01 paused -120000', '2026-06-01 resumed 120000']);
  });

  test('an invoice that was made an hour ago is a draft, and no pause', async () => {
    const body = subscription({ items: [item(plan, { id: 'si_1' })], start: '2026-10-20T11:00:00Z' });
    const bill = (from: string, to: string, over: Fields = {}) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [line({ amount: 10_000, from, to, price: plan.id, ...of(body) })],
        ...over,
      });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: [
        bill('2026-10-20T11:00:00Z', '2026-11-20T11:00:00Z'),
        bill('2026-11-20T11:00:00Z', '2026-12-20T11:00:00Z', {
          status: 'draft',
          attempt_count: 0,
          amount_paid: 0,
          status_transitions: transitions(),
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-10-20 new 120000']);
  });
});

describe('items', () => {
  test('one by the year, added in March beside one by the month', async () => {
    const period = { current_period_start: sec('2026-03-15'), current_period_end: sec('2027-03-15') };
    const body = subscription({ items: [item(plan, { id: 'si_1' }), item(year, { id: 'si_2', ...period })] });
    const added = invoice({
      on: '2026-03-15',
      subscription: body.id,
      billing_reason: 'subscription_update',
      lines: [line({ amount: 120_000, from: '2026-03-15', to: '2027-03-15', price: year.id, ...of(body, 'si_2') })],
    });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan, year],
      invoices: [...monthly(body), added],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-15 expansion 120000']);
  });

  test('one taken away, which a credit alone shows', async () => {
    const body = subscription({ items: [item(plan, { id: 'si_1' })] });
    const second = (month: number, from: string, to: string) =>
      month < 5
        ? [line({ amount: 20_000, from, to, price: large.id, ...of(body, 'si_2') })]
        : month === 5
          ? [
              line({
                amount: -10_000,
                from: '2026-04-16',
                to: '2026-05-01',
                proration: true,
                price: large.id,
                ...of(body, 'si_2'),
              }),
            ]
          : [];
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan, large],
      invoices: monthly(body, (month, from, to) => ({ lines: second(month, from, to) })),
    });
    expect(ledger()).toEqual(['2026-01-01 new 360000', '2026-04-16 contraction -240000']);
  });

  test('more seats of a graduated price, a line for each tier', async () => {
    const tier = (upTo: number | null, unit: number, flat: number) => ({
      up_to: upTo,
      unit_amount: unit,
      unit_amount_decimal: String(unit),
      flat_amount: flat,
      flat_amount_decimal: String(flat),
    });
    const tiered = price(null, {
      id: 'price_tiers',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      unit_amount_decimal: null,
      tiers: [tier(5, 1_000, 500), tier(null, 500, 0)],
    });
    const body = subscription({ items: [item(tiered, { id: 'si_1', quantity: 8 })] });
    const bill = (from: string, to: string, parts: readonly (readonly [number, number])[]) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: parts.map(([quantity, amount]) => line({ amount, quantity, from, to, price: tiered.id, ...of(body) })),
      });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [tiered],
      invoices: [
        bill('2026-01-01', '2026-02-01', [
          [0, 500],
          [3, 3_000],
        ]),
        bill('2026-02-01', '2026-03-01', [
          [0, 500],
          [5, 5_000],
          [3, 1_500],
        ]),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 42000', '2026-02-01 expansion 42000']);
  });

  test('more units of a package price', async () => {
    const packs = price(500, { id: 'price_packs', transform_quantity: { divide_by: 10, round: 'up' } });
    const body = subscription({ items: [item(packs, { id: 'si_1', quantity: 25 })] });
    const bill = (from: string, to: string, quantity: number, amount: number) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [line({ amount, quantity, from, to, price: packs.id, ...of(body) })],
      });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [packs],
      invoices: [bill('2026-01-01', '2026-02-01', 15, 1_000), bill('2026-02-01', '2026-03-01', 25, 1_500)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 12000', '2026-02-01 expansion 6000']);
  });

  test('an upgrade of a subscription that has ended', async () => {
    const body = canceled(subscription({ items: [item(large, { id: 'si_1' })] }), '2026-06-15');
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan, large],
      invoices: monthly(body, (month) => (month < 3 ? {} : { amount: 20_000, price: large.id })).slice(0, 6),
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-01 expansion 120000', '2026-06-15 churn -240000']);
  });

  test('prices in the words of before 2020: lines with a plan', async () => {
    const body = subscription({ items: [item(large, { id: 'si_1' })] });
    const bill = (from: string, to: string, billed: StripeObject) => {
      const old = {
        id: fresh('il'),
        object: 'line_item',
        amount: billed['unit_amount'],
        currency: 'usd',
        period: { start: sec(from), end: sec(to) },
        plan: planOf(billed),
        proration: false,
        quantity: 1,
        subscription: body.id,
        subscription_item: 'si_1',
        type: 'subscription',
      };
      const { parent: _, total_taxes: __, ...rest } = invoice({ on: from, lines: [old as never] });
      return { ...rest, subscription: body.id, tax: null, charge: null, payment_intent: null } as StripeObject;
    };
    const { ledger } = await account({
      subscriptions: [preBasil(body)],
      invoices: [bill('2026-01-01', '2026-02-01', plan), bill('2026-02-01', '2026-03-01', large)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-02-01 expansion 120000']);
  });
});

describe('discounts', () => {
  const lowered = (amount: number) => ({ discount_amounts: [{ amount, discount: 'di_gone' }] });

  test('the first month free, once, on a monthly price: new on its first day', async () => {
    const body = subscription({ items: [item(plan, { id: 'si_1' })] });
    const free = { total: 0, amount_due: 0, amount_paid: 0, attempt_count: 0, line: lowered(10_000) };
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: monthly(body, (month) => (month === 1 ? free : {})),
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000']);
  });

  test('a quarter off for three months, over a monthly and a yearly item', async () => {
    const body = subscription({ items: [item(plan, { id: 'si_1' }), item(year, { id: 'si_2', ...on2026 })] });
    const whole = { amount: 120_000, from: '2026-01-01', to: '2027-01-01', price: year.id, ...of(body, 'si_2') };
    const { on } = await account({
      subscriptions: [body],
      prices: [plan, year],
      invoices: monthly(body, (month) => ({
        line: month <= 3 ? lowered(2_500) : {},
        lines: month === 1 ? [line({ ...whole, ...lowered(30_000) })] : [],
      })),
    });
    expect(['2026-03-15', '2026-04-15', '2027-02-01'].map((day) => on(day).mrr)).toEqual([15_000, 17_500, 20_000]);
  });

  test('once on a quarter does not count', async () => {
    const quarter = price(30_000, { id: 'price_quarter', recurring: { interval_count: 3 } });
    const body = subscription({ items: [item(quarter, { id: 'si_1' })] });
    const bill = line({
      amount: 30_000,
      from: '2026-01-01',
      to: '2026-04-01',
      price: quarter.id,
      ...of(body),
      ...lowered(15_000),
    });
    const { on } = await account({
      subscriptions: [body],
      prices: [quarter],
      invoices: [invoice({ on: '2026-01-01', subscription: body.id, lines: [bill] })],
    });
    expect(on('2026-02-01').mrr).toBe(10_000);
  });
});

describe('beginnings and ends', () => {
  test('a trial, whose invoice bills nothing', async () => {
    const trial = { trial_start: sec('2026-01-01'), trial_end: sec('2026-02-01') };
    const body = subscription({ items: [item(plan, { id: 'si_1' })], ...trial });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: monthly(body, (month) => (month === 1 ? { amount: 0 } : {})),
    });
    expect(ledger()).toEqual(['2026-02-01 new 120000']);
  });

  test('a start put back, of which nothing was billed', async () => {
    const body = {
      ...subscription({ items: [item(plan, { id: 'si_1' })], start: '2026-05-10' }),
      start_date: sec('2026-03-01'),
    };
    const bill = line({ amount: 10_000, from: '2026-05-10', to: '2026-06-10', price: plan.id, ...of(body) });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: [invoice({ on: '2026-05-10', subscription: body.id, lines: [bill] })],
    });
    expect(ledger()).toEqual(['2026-03-01 new 120000']);
  });

  test('free days that moved the billing anchor are a trial: nothing counts in them', async () => {
    const body = subscription({
      items: [item(plan, { id: 'si_1' })],
      trial_start: sec('2026-04-10'),
      trial_end: sec('2026-04-20'),
      billing_cycle_anchor: sec('2026-04-20'),
    });
    const { ledger } = await account({ subscriptions: [body], prices: [plan], invoices: monthly(body).slice(0, 3) });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-10 churn -120000', '2026-04-20 reactivation 120000']);
  });

  test('a first try that was never paid, and a second one two days later', async () => {
    const expired = { ...subscription({ items: [item(plan, { id: 'si_1' })] }), status: 'incomplete_expired' };
    const bill = line({ amount: 10_000, from: '2026-01-01', to: '2026-02-01', price: plan.id, ...of(expired) });
    const { ledger } = await account({
      subscriptions: [expired, subscription({ items: [item(plan, { id: 'si_2' })], start: '2026-01-03' })],
      prices: [plan],
      invoices: [
        invoice({
          on: '2026-01-01',
          subscription: expired.id,
          status: 'void',
          amount_paid: 0,
          billing_reason: 'subscription_create',
          lines: [bill],
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-01-03 new 120000']);
  });
});

test('events of the last thirty days alone: invoices tell of the time before them', async () => {
  const body = subscription({ items: [item(large, { id: 'si_1', quantity: 3 })] });
  const two = { ...body, items: { object: 'list', has_more: false, data: [item(large, { id: 'si_1', quantity: 2 })] } };
  const { ledger } = await account({
    subscriptions: [body],
    prices: [plan, large],
    invoices: monthly(body, (month) => (month <= 5 ? {} : { amount: 20_000, price: large.id })),
    events: [told('updated', '2026-11-05', two), told('updated', '2026-11-10', body)],
  });
  expect(ledger()).toEqual([
    '2026-01-01 new 120000',
    '2026-06-01 expansion 120000',
    '2026-11-05 expansion 240000',
    '2026-11-10 expansion 240000',
  ]);
});
