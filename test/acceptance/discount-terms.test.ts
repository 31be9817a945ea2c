/** R5 where its sentences meet: what a discount is limited to, how long it holds, in which order and on what it falls. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import { coupon, discount, event, item, price, sec, subscription, yearly } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
type Fields = Readonly<Record<string, unknown>>;
const off = (over: Fields, start = '2026-01-01', more: Fields = {}) => discount(coupon(over), start, more);
const months = (count: number) => ({ duration: 'repeating', duration_in_months: count });
const on2026 = { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') };
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);

describe('what a discount falls on', () => {
  test.each([
    ['prod_other', 10_000],
    ['prod_main', 5_000],
  ])('an item’s own coupon for %s: %i', async (product, cents) => {
    const own = off({ percent_off: 50, applies_to: { products: [product] } });
    const { on } = await selling(subscription({ items: [item(price(10_000), { discounts: [own] })] }));
    expect(on(JUNE).mrr).toBe(cents);
  });

  test('an amount off falls on licensed items alone', async () => {
    const { quantity: _, ...usage } = item(price(10, { recurring: { usage_type: 'metered', meter: 'mtr_1' } }));
    const { on } = await selling(
      subscription({
        items: [item(price(10_000)), usage as StripeObject],
        discounts: [off({ amount_off: 2_000, currency: 'usd' })],
      }),
    );
    expect(on(JUNE).mrr).toBe(8_000);
  });

  test('an amount off a weekly and a monthly item: by what each bills in its own period', async () => {
    // 8.00 off 10.00 a week and 30.00 a month: 2.00 a week, 6.00 a month
    const { on } = await selling(
      subscription({
        items: [item(price(1_000, { recurring: { interval: 'week' } })), item(price(3_000))],
        discounts: [off({ amount_off: 800, currency: 'usd' })],
      }),
    );
    expect(on(JUNE).arr).toBe(800 * 52 + 2_400 * 12);
  });

  test('on a volume price with a flat fee: the item’s amount first, then the subscription’s share', async () => {
    const tier = (upTo: number | null, unit: number, flat: number) => ({
      up_to: upTo,
      unit_amount: unit,
      unit_amount_decimal: String(unit),
      flat_amount: flat,
      flat_amount_decimal: String(flat),
    });
    const volume = price(null, {
      billing_scheme: 'tiered',
      tiers_mode: 'volume',
      unit_amount_decimal: null,
      tiers: [tier(10, 1_000, 0), tier(null, 900, 500)],
    });
    const own = off({ amount_off: 500, currency: 'usd' });
    const { on } = await selling(
      subscription({
        items: [item(volume, { quantity: 20, discounts: [own] })],
        discounts: [off({ percent_off: 20 })],
      }),
    );
    // (20 × 9.00 + 5.00 − 5.00) × 0.8
    expect(on(JUNE).mrr).toBe(14_400);
  });

  test.each([
    [12.345, 'month', 10_000, 105_186],
    [15.5, 'week', 999, 43_896],
    [33.333333, 'year', 100_000, 66_667],
  ] as const)('%d %% off by the %s: rounded once, to a cent a year', async (percent, interval, cents, annual) => {
    const { on } = await selling(
      subscription({
        items: [item(price(cents, { recurring: { interval } }))],
        discounts: [off({ percent_off: percent })],
      }),
    );
    expect(on(JUNE).arr).toBe(annual);
  });

  test('a discount whose coupon is null is not left out in silence', async () => {
    const blind = { ...off({ percent_off: 25 }), source: { type: 'coupon', coupon: null } };
    const { on } = await selling(subscription({ items: [item(price(10_000))], discounts: [blind] }));
    expect(on(JUNE)).toMatchObject({ mrr: 0, unvalued: [{}] });
  });
});

describe('how long it holds', () => {
  test('three stacked ones that end one after the other', async () => {
    const { ledger } = await selling(
      subscription({
        items: [item(price(10_000))],
        discounts: [
          off({ percent_off: 50, ...months(2) }),
          off({ amount_off: 1_000, currency: 'usd', ...months(4) }),
          off({ percent_off: 10 }),
        ],
      }),
    );
    // (100 × ½ − 10) × 0.9 = 36; (100 − 10) × 0.9 = 81; 90
    expect(ledger()).toEqual(['2026-01-01 new 43200', '2026-03-01 expansion 54000', '2026-05-01 expansion 10800']);
  });

  test('to the middle of a month, and from a day to come', async () => {
    const ends = await selling(
      subscription({
        items: [item(price(10_000))],
        start: '2026-01-15',
        discounts: [off({ percent_off: 50, ...months(1) }, '2026-01-15', { end: sec('2026-02-15') })],
      }),
    );
    expect(ends.ledger()).toEqual(['2026-01-15 new 60000', '2026-02-15 expansion 60000']);
    const begins = await selling(
      subscription({ items: [item(price(10_000))], discounts: [off({ percent_off: 50 }, '2026-12-01')] }),
    );
    expect([begins.on('2026-11-25').mrr, begins.on('2026-12-01').mrr]).toEqual([10_000, 5_000]);
  });

  test('another coupon in mid-period, by an event: from its day', async () => {
    const body = subscription({ items: [item(price(10_000), { id: 'si_1' })], discounts: [off({ percent_off: 10 })] });
    const swapped = { ...body, discounts: [off({ percent_off: 30 }, '2026-03-10')] };
    const { ledger } = await account({
      subscriptions: [swapped],
      events: [told('created', '2026-01-01', body), told('updated', '2026-03-10', swapped)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 108000', '2026-03-10 contraction -24000']);
  });

  test('100 % for two months, given to a payer: churn, and a reactivation when it is over', async () => {
    const body = subscription({ items: [item(price(10_000), { id: 'si_1' })] });
    const gift = { ...body, discounts: [off({ percent_off: 100, ...months(2) }, '2026-03-10')] };
    const { ledger } = await account({
      subscriptions: [gift],
      events: [told('created', '2026-01-01', body), told('updated', '2026-03-10', gift)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-10 churn -120000', '2026-05-10 reactivation 120000']);
  });

  test.each([
    ['year', 2, 25_000],
    ['year', 1, 50_000],
    ['month', 12, 50_000],
    ['week', 52, 50_000],
    ['day', 365, 50_000],
    // Below a year «once» does not count.
    ['month', 11, 109_091],
    ['week', 51, 101_961],
    ['day', 364, 100_275],
  ] as const)('half off once on 1,000.00 every %s × %i: %i a year', async (interval, count, annual) => {
    const of = price(100_000, { recurring: { interval, interval_count: count } });
    const { on } = await selling(
      subscription({ items: [item(of, on2026)], discounts: [off({ percent_off: 50, duration: 'once' })] }),
    );
    expect(on(JUNE).arr).toBe(annual);
  });

  test.each([
    [12, [5_000, 10_000, 10_000]],
    [13, [5_000, 5_000, 10_000]],
    [25, [5_000, 5_000, 5_000]],
  ] as const)('%i months on a yearly price: as many terms as it met the invoices of', async (count, byYear) => {
    const { on } = await selling(
      subscription({ items: [item(yearly(120_000), on2026)], discounts: [off({ percent_off: 50, ...months(count) })] }),
    );
    expect(['2026-12-31', '2027-06-30', '2028-06-30'].map((day) => on(day).mrr)).toEqual(byYear);
  });

  test('once on two years; and once on a year, of which the object says nothing any more five seconds later', async () => {
    const two = price(240_000, { recurring: { interval: 'year', interval_count: 2 } });
    const once = off({ percent_off: 50, duration: 'once' });
    const long = await selling(
      subscription({ items: [item(two, { ...on2026, current_period_end: sec('2028-01-01') })], discounts: [once] }),
    );
    expect(['2026-06-30', '2027-12-31', '2028-01-01'].map((day) => long.on(day).mrr)).toEqual([5_000, 5_000, 10_000]);
    const body = subscription({ items: [item(yearly(120_000), { id: 'si_1', ...on2026 })] });
    const { ledger } = await account({
      subscriptions: [body],
      events: [
        told('created', '2026-01-01', { ...body, discounts: [once] }),
        told('updated', '2026-01-01T00:00:05Z', body),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 60000', '2027-01-01 expansion 60000']);
  });
});

describe('with a trial', () => {
  const from = (start: string, end: string, over: Fields = {}) => ({
    start,
    trial_start: sec(start),
    trial_end: sec(end),
    ...over,
  });

  test('three months that began with the trial end three months after', async () => {
    const body = subscription({
      items: [item(price(10_000))],
      ...from('2026-03-01', '2026-04-01'),
      discounts: [off({ percent_off: 50, ...months(3) }, '2026-03-01', { end: sec('2026-06-01') })],
    });
    expect((await selling(body)).ledger()).toEqual(['2026-04-01 new 60000', '2026-06-01 expansion 60000']);
  });

  test.each([
    ['over', '2026-03-01', '2026-04-01', { current_period_start: sec('2026-04-01') }, '2027-04-01'],
    ['running', '2026-11-10', '2026-11-24', { current_period_start: sec('2026-11-10') }, '2027-11-24'],
  ] as const)(
    'once, on a year whose trial is %s: for the first term that is paid',
    async (_, start, end, of, until) => {
      const period = { ...of, current_period_end: sec(start === '2026-11-10' ? end : until) };
      const body = subscription({
        items: [item(yearly(120_000), period)],
        ...from(start, end, { status: start === '2026-11-10' ? 'trialing' : 'active' }),
        discounts: [off({ percent_off: 50, duration: 'once' }, start)],
      });
      expect((await selling(body)).ledger()).toEqual([`${end} new 60000`, `${until} expansion 60000`]);
    },
  );
});
