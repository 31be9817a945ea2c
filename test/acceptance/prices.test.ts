/** What a subscription counts: price models, intervals, discounts and tax, each amount worked out by hand. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  basil,
  canceled,
  coupon,
  customer,
  discount,
  event,
  fresh,
  invoice,
  item,
  line,
  preBasil,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
const SHAPES = [
  ['today', (body: StripeObject) => body],
  ['basil', basil],
  ['before basil', preBasil],
] as const;

const tier = (upTo: number | null, unit: string, flat: number | null = null) => ({
  up_to: upTo,
  unit_amount: unit.includes('.') ? null : Number(unit),
  unit_amount_decimal: unit,
  flat_amount: flat,
  flat_amount_decimal: flat === null ? null : String(flat),
});
const tiered = (mode: 'graduated' | 'volume', tiers: readonly ReturnType<typeof tier>[], recurring = {}) =>
  price(null, {
    billing_scheme: 'tiered',
    tiers_mode: mode,
    unit_amount: null,
    unit_amount_decimal: null,
    tiers,
    recurring,
  });
const mrrOf = async (items: readonly StripeObject[], over: Record<string, unknown> = {}) =>
  (await selling(subscription({ items, ...over }))).on(JUNE).mrr;
const off = (over: Record<string, unknown>, start = '2026-01-01', more: Record<string, unknown> = {}) =>
  discount(coupon(over), start, more);

describe('tiers with flat fees (docs.stripe.com/products-prices/pricing-models)', () => {
  // 1–10 at 1.00 + 5.00; 11–100 at 0.80 + 10.00; above at 0.50 + 20.00
  const tiers = [tier(10, '100', 500), tier(100, '80', 1_000), tier(null, '50', 2_000)];
  test.each([
    ['graduated', 0, 500],
    ['graduated', 10, 1_500],
    ['graduated', 11, 2_580],
    ['graduated', 100, 9_700],
    ['graduated', 150, 14_200],
    ['volume', 10, 1_500],
    ['volume', 11, 1_880],
    ['volume', 100, 9_000],
    ['volume', 150, 9_500],
  ] as const)('%s, %i units: %i', async (mode, quantity, cents) => {
    expect(await mrrOf([item(tiered(mode, tiers), { quantity })])).toBe(cents);
  });

  test('the same by the year: divided by twelve once', async () => {
    // 12 units: 10 × 1 + 5 + 2 × 0.80 + 10 = 26.60 a year
    const { on } = await selling(
      subscription({ items: [item(tiered('graduated', tiers, { interval: 'year' }), { quantity: 12 })] }),
    );
    expect(on(JUNE)).toMatchObject({ arr: 2_660, mrr: 222 });
  });

  test('stairs: a flat amount for each step and nothing per unit', async () => {
    const stairs = tiered('volume', [tier(10, '0', 2_500), tier(50, '0', 9_900), tier(null, '0', 19_900)]);
    expect(await mrrOf([item(stairs, { quantity: 30 })])).toBe(9_900);
    expect(await mrrOf([item(stairs, { quantity: 51 })])).toBe(19_900);
  });

  test('parts of a cent per unit', async () => {
    const api = tiered('graduated', [tier(1_000, '0.5'), tier(null, '0.25')]);
    expect(await mrrOf([item(api, { quantity: 3_000 })])).toBe(1_000);
  });
});

describe('packages', () => {
  test.each([
    ['up', 100, 5_000],
    ['up', 101, 5_500],
    ['down', 109, 5_000],
  ] as const)('ten units for 5.00, rounded %s, %i units: %i', async (round, quantity, cents) => {
    expect(await mrrOf([item(price(500, { transform_quantity: { divide_by: 10, round } }), { quantity })])).toBe(cents);
  });
});

describe('several items, several intervals', () => {
  test('3 × 20 a month + 600 a year + 2 × 9 a week + 3 a day', async () => {
    const { on } = await selling(
      subscription({
        items: [
          item(price(2_000), { quantity: 3 }),
          item(yearly(60_000)),
          item(price(900, { recurring: { interval: 'week' } }), { quantity: 2 }),
          item(price(300, { recurring: { interval: 'day' } })),
        ],
      }),
    );
    // 720 + 600 + 936 + 1,095 a year
    expect(on(JUNE)).toMatchObject({ arr: 335_100, mrr: 27_925 });
  });

  test.each([
    ['month', 2, 3_000, 1_500],
    ['month', 18, 90_000, 5_000],
    ['week', 2, 2_000, 4_333],
    ['week', 26, 60_000, 10_000],
    ['day', 90, 9_000, 3_042],
    ['year', 5, 600_000, 10_000],
  ] as const)('every %s × %i at %i: %i a month', async (interval, count, amount, cents) => {
    expect(await mrrOf([item(price(amount, { recurring: { interval, interval_count: count } }))])).toBe(cents);
  });

  test('a licensed fee and a metered part: only the fee; usage stands apart', async () => {
    const usage = price(2, { recurring: { usage_type: 'metered', meter: 'mtr_1' } });
    const { quantity: _, ...metered } = item(usage, { id: 'si_use' });
    const body = subscription({ items: [item(price(4_900)), metered as StripeObject] });
    const bill = invoice({
      on: '2026-03-01',
      subscription: body.id,
      lines: [
        line({
          amount: 1_234,
          from: '2026-02-01',
          to: '2026-03-01',
          price: usage.id,
          subscription: body.id,
          item: 'si_use',
        }),
      ],
    });
    const { on } = await account({ subscriptions: [body], prices: [usage], invoices: [bill] });
    expect(on(JUNE)).toMatchObject({ mrr: 4_900, usageRunRate: 1_234, customers: 1 });
    expect(on(JUNE, { policy: 'profitwell' }).mrr).toBe(6_134);
  });
});

describe('discounts', () => {
  describe.each(SHAPES)('in the shape of %s', (_, shape) => {
    const single = async (cents: number, over: Record<string, unknown>, interval: 'month' | 'year' = 'month') => {
      const of = interval === 'month' ? price(cents) : yearly(cents);
      const body = subscription({
        items: [item(of, { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') })],
        discounts: [off(over)],
      });
      return await selling(shape(body));
    };
    test('10 % for ever; 15 off for ever; more than the price', async () => {
      expect((await single(9_000, { percent_off: 10 })).on(JUNE).mrr).toBe(8_100);
      expect((await single(9_000, { amount_off: 1_500, currency: 'usd' })).on(JUNE).mrr).toBe(7_500);
      expect((await single(9_000, { amount_off: 9_100, currency: 'usd' })).on(JUNE)).toMatchObject({
        mrr: 0,
        customers: 0,
      });
    });

    test('three months of 25 % on a monthly price end after them', async () => {
      const { on } = await single(10_000, { percent_off: 25, duration: 'repeating', duration_in_months: 3 });
      expect([on('2026-03-31').mrr, on('2026-04-01').mrr]).toEqual([7_500, 10_000]);
    });

    test('three months of 25 % on a yearly price lower the invoice of the year, and so hold for it', async () => {
      const { on } = await single(120_000, { percent_off: 25, duration: 'repeating', duration_in_months: 3 }, 'year');
      expect([on('2026-03-31').mrr, on(JUNE).mrr, on('2027-01-02').mrr]).toEqual([7_500, 7_500, 10_000]);
      expect(on(JUNE, { policy: 'stripe' }).mrr).toBe(10_000);
    });

    test('20 % once on a yearly price, and on a monthly one', async () => {
      const year = await single(120_000, { percent_off: 20, duration: 'once' }, 'year');
      expect([year.on(JUNE).mrr, year.on('2027-01-02').mrr]).toEqual([8_000, 10_000]);
      expect((await single(10_000, { percent_off: 20, duration: 'once' })).on('2026-01-15').mrr).toBe(10_000);
    });
  });

  test('once, given in mid-term, lowers the next year and not this one', async () => {
    const of = item(yearly(120_000), {
      current_period_start: sec('2026-01-01'),
      current_period_end: sec('2027-01-01'),
    });
    const { on } = await selling(
      subscription({
        items: [of],
        discounts: [off({ amount_off: 12_000, currency: 'usd', duration: 'once' }, '2026-06-15')],
      }),
    );
    expect([on(JUNE).mrr, on('2027-02-01').mrr, on('2028-02-01').mrr]).toEqual([10_000, 9_000, 10_000]);
  });

  test('six months of 10 % over a monthly and a yearly item: each by its own term', async () => {
    const { on } = await selling(
      subscription({
        items: [
          item(price(10_000)),
          item(yearly(120_000), { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') }),
        ],
        discounts: [off({ percent_off: 10, duration: 'repeating', duration_in_months: 6 })],
      }),
    );
    expect([on(JUNE).mrr, on('2026-07-01').mrr, on('2027-01-02').mrr]).toEqual([18_000, 19_000, 20_000]);
  });

  test('stacked: 10 %, then 20.00, then half', async () => {
    const discounts = [off({ percent_off: 10 }), off({ amount_off: 2_000, currency: 'usd' }), off({ percent_off: 50 })];
    expect(await mrrOf([item(price(10_000))], { discounts })).toBe(3_500);
    expect(await mrrOf([item(price(10_000))], { discounts: discounts.toReversed() })).toBe(2_700);
  });

  test('an item’s own first, then the subscription’s', async () => {
    const own = item(price(10_000), { discounts: [off({ percent_off: 50 })] });
    expect(await mrrOf([own, item(price(2_000))], { discounts: [off({ percent_off: 10 })] })).toBe(4_500 + 1_800);
  });

  test('for one product of two, in per cent, by an amount, and by more than it costs', async () => {
    const items = () => [
      item(price(10_000, { product: 'prod_a' })),
      item(price(5_000, { product: 'prod_b' }), { quantity: 1 }),
    ];
    const only = { applies_to: { products: ['prod_b'] } };
    expect(await mrrOf(items(), { discounts: [off({ percent_off: 20, ...only })] })).toBe(14_000);
    expect(await mrrOf(items(), { discounts: [off({ amount_off: 3_000, currency: 'usd', ...only })] })).toBe(12_000);
    expect(await mrrOf(items(), { discounts: [off({ amount_off: 8_000, currency: 'usd', ...only })] })).toBe(10_000);
  });

  test('an amount off for all: split by what the items bill, each share with its interval', async () => {
    // 30 off (100 a month, 200 a year): 10 of the monthly, 20 of the yearly
    const items = [item(price(10_000)), item(yearly(20_000))];
    expect(await mrrOf(items, { discounts: [off({ amount_off: 3_000, currency: 'usd' })] })).toBe(9_000 + 1_500);
  });

  test('of the customer, on two subscriptions; one with its own', async () => {
    const { on } = await account({
      customers: [customer('cus_a', { discount: off({ percent_off: 25 }) })],
      subscriptions: [
        subscription({ items: [item(price(4_000))] }),
        subscription({ items: [item(price(10_000))], discounts: [off({ percent_off: 10 })] }),
      ],
    });
    expect(on(JUNE).mrr).toBe(3_000 + 9_000);
  });

  test('a coupon that is deleted at Stripe still counts on the subscription that has it', async () => {
    const gone = { ...coupon({ percent_off: 30 }), valid: false, deleted: true };
    expect(await mrrOf([item(price(10_000))], { discounts: [discount(gone, '2026-01-01')] })).toBe(7_000);
  });

  test('taken away in March: an expansion; given in May: a contraction', async () => {
    const body = subscription({ items: [item(price(10_000))], discounts: [off({ percent_off: 40 })] });
    const full = { ...body, discounts: [] };
    const later = { ...body, discounts: [off({ percent_off: 10 }, '2026-05-10')] };
    const { ledger } = await account({
      subscriptions: [later],
      events: [
        event('customer.subscription.created', '2026-01-01', body),
        event('customer.subscription.updated', '2026-03-10', full),
        event('customer.subscription.updated', '2026-05-10', later),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 72000', '2026-03-10 expansion 48000', '2026-05-10 contraction -12000']);
  });
});

describe('discounts that were listed together, one of them gone by now', () => {
  test('apply in the order in which they were listed then', async () => {
    const first = off({ amount_off: 2_000, currency: 'usd', duration: 'repeating', duration_in_months: 3 });
    const second = off({ percent_off: 50 }, '2026-02-10');
    const body = subscription({ items: [item(price(10_000))], discounts: [first] });
    const both = { ...body, discounts: [first, second] };
    const later = { ...body, discounts: [second] };
    const { ledger } = await account({
      subscriptions: [later],
      events: [
        event('customer.subscription.created', '2026-01-01', body),
        event('customer.subscription.updated', '2026-02-10', both),
        event('customer.subscription.updated', '2026-05-10', later),
      ],
    });
    // 80.00; (100 − 20) ÷ 2 = 40.00, and not 100 ÷ 2 − 20; then 50.00
    expect(ledger()).toEqual(['2026-01-01 new 96000', '2026-02-10 contraction -48000', '2026-04-01 expansion 12000']);
  });
});

describe('tax inside the price', () => {
  const rate = (percentage: number) => ({
    id: fresh('txr'),
    object: 'tax_rate',
    inclusive: true,
    percentage,
    effective_percentage: percentage,
  });
  const inclusive = (cents: number, over = {}) => price(cents, { tax_behavior: 'inclusive', ...over });

  test.each([
    ['20 %', 12_000, [20], {}, 10_000],
    ['7.7 %', 10_770, [7.7], {}, 10_000],
    ['two rates of 5 and 10 %', 11_500, [5, 10], {}, 10_000],
    ['20 % after a tenth off', 12_000, [20], { discounts: [off({ percent_off: 10 })] }, 9_000],
    ['20 % after 12.00 off', 12_000, [20], { discounts: [off({ amount_off: 1_200, currency: 'usd' })] }, 9_000],
  ] as const)('%s', async (_, cents, rates, over, net) => {
    expect(await mrrOf([item(inclusive(cents), { tax_rates: rates.map(rate) })], over)).toBe(net);
  });

  test('only the item that contains it; per year', async () => {
    expect(
      await mrrOf([
        item(inclusive(12_000), { tax_rates: [rate(20)] }),
        item(price(5_000)),
        item(inclusive(144_000, { recurring: { interval: 'year' } }), { tax_rates: [rate(20)] }),
      ]),
    ).toBe(10_000 + 5_000 + 10_000);
  });
});

describe('currencies of other decimals', () => {
  test.each([
    ['jpy', 1_500, 1_500],
    ['krw', 99_000, 99_000],
    ['kwd', 12_500, 12_500],
    ['eur', 990, 990],
    ['isk', 500_000, 5_000],
    ['ugx', 500_000, 5_000],
    ['huf', 399_000, 399_000],
  ])('%s: %i as Stripe writes it is %i', async (code, unitAmount, minor) => {
    const body = subscription({ currency: code, items: [item(price(unitAmount, { currency: code }))] });
    const { on } = await selling(body);
    expect(on(JUNE, { currency: code.toUpperCase() as never }).mrr).toBe(minor);
  });

  test('a percentage of yen is rounded once, to a whole yen a year', async () => {
    const body = subscription({
      currency: 'jpy',
      items: [item(price(999, { currency: 'jpy' }))],
      discounts: [off({ percent_off: 33.3 })],
    });
    // 999 × 0.667 × 12 = 7,995.996 a year
    expect((await selling(body)).on(JUNE, { currency: 'JPY' as never })).toMatchObject({ arr: 7_996, mrr: 666 });
  });
});

describe('movements of amounts', () => {
  const told = (type: string, on: string, body: StripeObject) => event(`customer.subscription.${type}`, on, body);
  const withItems = (body: StripeObject, ...items: StripeObject[]) => ({
    ...body,
    items: { object: 'list', has_more: false, data: items },
  });

  test('from 100 a month to 960 a year: a contraction of 20', async () => {
    const body = subscription({ items: [item(price(10_000), { id: 'si_1' })] });
    const next = withItems(body, item(yearly(96_000), { id: 'si_1' }));
    const { ledger } = await account({
      subscriptions: [next],
      events: [told('created', '2026-01-01', body), told('updated', '2026-04-01', next)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-01 contraction -24000']);
  });

  test('an add-on comes, seats go: one contraction of the day’s net', async () => {
    const seat = price(1_000);
    const body = subscription({ items: [item(seat, { id: 'si_1', quantity: 10 })] });
    const next = withItems(body, item(seat, { id: 'si_1', quantity: 4 }), item(price(2_500), { id: 'si_2' }));
    const { ledger } = await account({
      subscriptions: [next],
      events: [told('created', '2026-01-01', body), told('updated', '2026-04-01', next)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-01 contraction -42000']);
  });

  test('another product at the same price is no movement', async () => {
    const body = subscription({ items: [item(price(5_000, { product: 'prod_a' }), { id: 'si_1' })] });
    const next = withItems(body, item(price(5_000, { product: 'prod_b' }), { id: 'si_1' }));
    const { month, ledger } = await account({
      subscriptions: [next],
      events: [told('created', '2026-01-01', body), told('updated', '2026-04-01', next)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 60000']);
    expect(month('2026-04')).toMatchObject({
      mrr: 5_000,
      movements: { expansion: 0, contraction: 0 },
      quickRatio: null,
    });
  });

  test('more seats on a tiered price cross a tier', async () => {
    const volume = tiered('volume', [tier(10, '1000'), tier(null, '800')]);
    const body = subscription({ items: [item(volume, { id: 'si_1', quantity: 10 })] });
    const next = withItems(body, item(volume, { id: 'si_1', quantity: 12 }));
    const { ledger } = await account({
      subscriptions: [next],
      events: [told('created', '2026-01-01', body), told('updated', '2026-04-01', next)],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-01 contraction -4800']);
  });

  test('a subscription moved to another one on the same day, half an hour apart, in another plan', async () => {
    const { ledger } = await selling(
      canceled(subscription({ items: [item(price(10_000))] }), '2026-04-01T10:00:00Z'),
      subscription({ items: [item(yearly(144_000))], start: '2026-04-01T10:30:00Z' }),
    );
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-01 expansion 24000']);
  });
});
