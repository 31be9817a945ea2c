/** Prices in many currencies, and what subscriptions may carry beside their items. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  canceled,
  coupon,
  customer,
  discount,
  event,
  invoice,
  item,
  line,
  planOf,
  preBasil,
  price,
  sec,
  subscription,
  withCoupon,
  yearly,
} from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
type Fields = Readonly<Record<string, unknown>>;
const mrrIn = async (currency: string, items: readonly StripeObject[], over: Fields = {}) =>
  (await selling(subscription({ currency, items, ...over }))).on(JUNE, { currency: currency.toUpperCase() as never });

describe('decimals of currencies (docs.stripe.com/currencies)', () => {
  test.each([
    ['usd', 1_999, 1_999],
    ['jpy', 1_999, 1_999],
    ['krw', 50_000, 50_000],
    ['kwd', 12_340, 12_340],
    ['bhd', 1_230, 1_230],
    // Stripe's unit is a hundredth of the currency, which has no hundredths.
    ['isk', 150_000, 1_500],
    ['ugx', 500_000, 5_000],
    // Charged with two decimals, though paid out without.
    ['huf', 123_456, 123_456],
    ['twd', 30_050, 30_050],
    // ISO 4217 counts fifths of an ariary as two decimals; Stripe counts ariary.
    ['mga', 9_000, 900_000],
  ] as const)('%s: %i of Stripe’s units a month', async (code, unitAmount, minor) => {
    const { mrr, unvalued } = await mrrIn(code, [item(price(unitAmount, { currency: code }))]);
    expect({ mrr, unvalued }).toEqual({ mrr: minor, unvalued: [] });
  });

  test('a yearly price of three decimals is rounded once, to the fils', async () => {
    expect((await mrrIn('kwd', [item(yearly(100_000, { currency: 'kwd' }))])).mrr).toBe(8_333);
  });

  test('a percentage of yen leaves whole yen a year', async () => {
    const third = discount(coupon({ percent_off: 33.3 }), '2026-01-01');
    expect((await mrrIn('jpy', [item(price(1_000, { currency: 'jpy' }))], { discounts: [third] })).mrr).toBe(667);
  });

  test('hundredths of a króna, which were charged until 2023, are rounded and no misfit', async () => {
    const body = subscription({ currency: 'isk', items: [item(price(150_000, { currency: 'isk' }), { id: 'si_1' })] });
    const bill = invoice({
      on: '2026-01-01',
      subscription: body.id,
      currency: 'isk',
      lines: [line({ amount: 150_050, from: '2026-01-01', to: '2026-02-01', subscription: body.id, item: 'si_1' })],
    });
    const made = await account({ subscriptions: [body], invoices: [bill] });
    expect(made.quarantined()).toEqual([]);
    expect(made.month('2026-01', { currency: 'ISK' as never }).netRevenue).toBe(1_501);
  });

  test.each(['hrk', 'ltl', 'lvl', 'eek', 'skk', 'byr', 'mro', 'std', 'sll', 'vef', 'zmk', 'cuc'])(
    'a subscription of former days in %s is read, valued and not quarantined',
    async (code) => {
      const old = price(2_000, { currency: code });
      const body = canceled(subscription({ currency: code, items: [item(old, { id: 'si_1' })] }), '2026-03-01');
      const bill = invoice({
        on: '2026-01-01',
        subscription: body.id,
        currency: code,
        lines: [line({ amount: 2_000, from: '2026-01-01', to: '2026-02-01', subscription: body.id, item: 'si_1' })],
      });
      const made = await account({ subscriptions: [body], invoices: [bill], prices: [old] });
      expect(made.quarantined()).toEqual([]);
      expect(made.on('2026-02-01', { currency: code.toUpperCase() as never }).mrr).toBe(2_000);
    },
  );
});

test('a kuna subscription that ended after the kuna: valued to its end, and its rates spoil no others', async () => {
  const sold = (currency: string, over: Fields = {}) =>
    subscription({
      currency,
      items: [item(price(753_450, { currency }))],
      start: '2022-12-01',
      customer: `cus_${currency}`,
      ...over,
    });
  const made = await account({
    subscriptions: [canceled(sold('hrk'), '2023-03-10'), sold('sek')],
  });
  const quotes = {
    '2022-12-01': { HRK: 7.5, SEK: 10, USD: 1.1 },
    '2023-03-09': { SEK: 10, USD: 1.1 },
    '2023-03-31': { SEK: 10, USD: 1.1 },
  };
  const apiBase = await frankfurter(quotes, { lists: false });
  await made.syncRates(await made.connect('frankfurter', { apiBase }));
  const euros = { currency: 'EUR' as never };
  expect(made.on('2023-03-09', euros).mrr).toBe(100_000 + 75_345);
  expect(made.month('2023-03', euros)).toMatchObject({ mrr: 75_345, movements: { churn: -100_000 } });
});

describe('prices in several currencies (currency_options)', () => {
  const euros = { eur: { unit_amount: 8_000, unit_amount_decimal: '8000', tax_behavior: 'exclusive', tiers: null } };

  test('a subscription in another currency than its price’s own bills that currency’s amount', async () => {
    const whole = price(10_000, { currency_options: euros });
    const { currency_options: _, ...bare } = whole;
    expect((await mrrIn('eur', [item(whole, { quantity: 2 })])).mrr, 'options in the subscription').toBe(16_000);
    const made = await account({
      subscriptions: [subscription({ currency: 'eur', items: [item(bare, { quantity: 2 })] })],
      prices: [whole],
    });
    expect(made.on(JUNE, { currency: 'EUR' as never })).toMatchObject({ mrr: 16_000, unvalued: [] });
  });

  test('below a cent, in yen, and with discounts of that currency', async () => {
    const many = price(10, {
      currency_options: {
        eur: { unit_amount: null, unit_amount_decimal: '0.85' },
        jpy: { unit_amount: 15, unit_amount_decimal: '15' },
      },
    });
    expect((await mrrIn('eur', [item(many, { quantity: 333 })])).mrr).toBe(283);
    const off = discount(coupon({ amount_off: 500, currency: 'jpy' }), '2026-01-01');
    expect((await mrrIn('jpy', [item(many, { quantity: 100 })], { discounts: [off] })).mrr).toBe(1_000);
  });

  const tiers = (unit: number, flat: number) => [
    { up_to: 5, unit_amount: unit, unit_amount_decimal: String(unit), flat_amount: flat, flat_amount_decimal: null },
    { up_to: null, unit_amount: unit / 2, unit_amount_decimal: null, flat_amount: null, flat_amount_decimal: null },
  ];

  test('tiers of another currency, from the single price where no list shows them', async () => {
    const shape = { billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount: null, unit_amount_decimal: null };
    const whole = price(null, {
      ...shape,
      tiers: tiers(1_000, 300),
      currency_options: { eur: { unit_amount: null, unit_amount_decimal: null, tiers: tiers(900, 200) } },
    });
    const { tiers: _, currency_options: __, ...bare } = whole;
    const made = await account({
      subscriptions: [subscription({ currency: 'eur', items: [item(bare, { quantity: 7 })] })],
      prices: [whole],
    });
    // 200 flat, five at 900, two at 450.
    expect(made.on(JUNE, { currency: 'EUR' as never })).toMatchObject({ mrr: 5_600, unvalued: [] });
  });

  test('in a currency that the price does not name: listed with its amount, and in no sum', async () => {
    const { on } = await selling(
      subscription({ currency: 'gbp', items: [item(price(10_000, { currency_options: euros }))] }),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 0, unvalued: [{ what: 'currency', annualMinor: 120_000 }] });
  });

  test('the past of such a subscription, from invoices that name the price by its id', async () => {
    const [cheap, dear] = [5_000, 10_000].map((usd) =>
      price(usd, { currency_options: { eur: { unit_amount: usd - 2_000, unit_amount_decimal: String(usd - 2_000) } } }),
    ) as [StripeObject, StripeObject];
    const body = subscription({ currency: 'eur', items: [item(dear, { id: 'si_1' })] });
    const bill = (amount: number, from: string, to: string, of: StripeObject) =>
      invoice({
        on: from,
        currency: 'eur',
        subscription: body.id,
        lines: [line({ amount, from, to, subscription: body.id, item: 'si_1', price: of.id, quantity: 1 })],
      });
    const { on } = await account({
      subscriptions: [body],
      prices: [cheap, dear],
      invoices: [bill(3_000, '2026-01-01', '2026-02-01', cheap), bill(8_000, '2026-02-01', '2026-03-01', dear)],
    });
    expect([on('2026-01-15', { currency: 'EUR' as never }).mrr, on(JUNE, { currency: 'EUR' as never }).mrr]).toEqual([
      3_000, 8_000,
    ]);
  });
});

test('tiers whose last one says “inf” and not null', async () => {
  const tiers = [
    { up_to: 10, unit_amount: 500, flat_amount: 0 },
    { up_to: 'inf', unit_amount: 400, flat_amount: 1_000 },
  ];
  const tiered = price(null, { billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount_decimal: null, tiers });
  expect((await mrrIn('usd', [item(tiered, { quantity: 12 })])).mrr).toBe(5_000 + 800 + 1_000);
});

describe('what a subscription carries beside its items', () => {
  const plain = price(10_000);
  const monthly = { current_period_start: sec('2026-11-01'), current_period_end: sec('2026-12-01') };

  test.each([{ type: 'flexible', flexible: { proration_discounts: 'included' } }, { type: 'classic' }])(
    'billing_mode %o makes no difference to what recurs',
    async (billingMode) => {
      const mixed = [item(price(1_000), monthly), item(yearly(12_000), { current_period_start: sec('2026-03-01') })];
      const { on } = await selling(subscription({ items: mixed, billing_mode: billingMode }));
      expect(on(JUNE).mrr).toBe(2_000);
    },
  );

  test('items on trials of their own begin to count one by one', async () => {
    const { on } = await selling(
      subscription({
        items: [
          item(price(3_000), monthly),
          item(plain, { ...monthly, current_trial: { end_date: sec('2026-11-25') } }),
          item(price(500), { ...monthly, current_trial: { end_date: sec('2026-12-10') } }),
        ],
      }),
    );
    expect(on('2026-11-24')).toMatchObject({ mrr: 3_000, trialMrr: 10_500 });
    expect(on('2026-11-25')).toMatchObject({ mrr: 13_000, trialMrr: 500 });
    expect(on('2026-12-10')).toMatchObject({ mrr: 13_500, trialMrr: 0 });
  });

  test('an amount off falls on what is billed, not on an item that is on trial', async () => {
    const off = discount(coupon({ amount_off: 2_000, currency: 'usd' }), '2026-01-01');
    const { on } = await selling(
      subscription({
        items: [
          item(price(10_000), monthly),
          item(price(10_000), { ...monthly, current_trial: { end_date: sec('2026-11-25') } }),
        ],
        discounts: [off],
      }),
    );
    expect(on('2026-11-24')).toMatchObject({ mrr: 8_000, trialMrr: 9_000 });
    expect(on('2026-11-25')).toMatchObject({ mrr: 18_000, trialMrr: 0 });
  });

  test('a pending update is not there until it is paid', async () => {
    const small = price(9_000);
    const body = subscription({
      items: [item(small, { id: 'si_1', ...monthly })],
      pending_update: {
        billing_cycle_anchor: null,
        expires_at: sec('2026-11-20T20:00:00Z'),
        subscription_items: [item(plain, { id: 'si_1' })],
        trial_end: null,
        trial_from_plan: false,
      },
      latest_invoice: 'in_pending',
    });
    const of = { subscription: body.id, item: 'si_1' };
    const rest = { from: '2026-11-19', to: '2026-12-01', proration: true, ...of };
    const asked = invoice({
      id: 'in_pending',
      on: '2026-11-19',
      subscription: body.id,
      status: 'open',
      billing_reason: 'subscription_update',
      lines: [line({ amount: -3_000, price: small.id, ...rest }), line({ amount: 3_667, price: plain.id, ...rest })],
    });
    const cycle = invoice({
      on: '2026-01-01',
      subscription: body.id,
      lines: [line({ amount: 9_000, from: '2026-01-01', to: '2026-02-01', price: small.id, ...of })],
    });
    const made = await account({ subscriptions: [body], invoices: [cycle, asked], prices: [small, plain] });
    expect(made.ledger()).toEqual(['2026-01-01 new 108000']);
  });

  test('an update that was never paid, and whose invoice is void, left no trace in the past', async () => {
    const small = price(9_000);
    const body = subscription({ items: [item(small, { id: 'si_1', ...monthly })], start: '2026-04-01' });
    const of = { subscription: body.id, item: 'si_1' };
    const rest = { from: '2026-04-21', to: '2026-05-01', proration: true, ...of };
    const cycle = (from: string, to: string) =>
      invoice({ on: from, subscription: body.id, lines: [line({ amount: 9_000, from, to, price: small.id, ...of })] });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [small, plain],
      invoices: [
        cycle('2026-04-01', '2026-05-01'),
        invoice({
          on: '2026-04-21',
          subscription: body.id,
          status: 'void',
          billing_reason: 'subscription_update',
          lines: [
            line({ amount: -3_000, price: small.id, ...rest }),
            line({ amount: 3_333, price: plain.id, ...rest }),
          ],
        }),
        cycle('2026-05-01', '2026-06-01'),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 108000']);
  });

  test('a start put back before the making, billed by a proration: from the start on', async () => {
    const body = {
      ...subscription({ items: [item(plain, { id: 'si_1' })], start: '2026-05-10' }),
      start_date: sec('2026-03-01'),
    };
    const of = { subscription: body.id, item: 'si_1', price: plain.id };
    const bill = invoice({
      on: '2026-05-10',
      subscription: body.id,
      billing_reason: 'subscription_create',
      lines: [
        line({ amount: 22_903, from: '2026-03-01', to: '2026-05-10', proration: true, ...of }),
        line({ amount: 10_000, from: '2026-05-10', to: '2026-06-10', ...of }),
      ],
    });
    const { ledger } = await account({ subscriptions: [body], invoices: [bill], prices: [plain] });
    expect(ledger()).toEqual(['2026-03-01 new 120000']);
  });

  test('a billing anchor moved in mid-period, with its credit, changes nothing', async () => {
    const body = subscription({
      items: [
        item(plain, { id: 'si_1', current_period_start: sec('2026-04-15'), current_period_end: sec('2026-05-15') }),
      ],
      start: '2026-04-01',
    });
    const of = { subscription: body.id, item: 'si_1', price: plain.id };
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plain],
      invoices: [
        invoice({
          on: '2026-04-01',
          subscription: body.id,
          lines: [line({ amount: 10_000, from: '2026-04-01', to: '2026-05-01', ...of })],
        }),
        invoice({
          on: '2026-04-15',
          subscription: body.id,
          billing_reason: 'subscription_update',
          lines: [
            line({ amount: -5_333, from: '2026-04-15', to: '2026-05-01', proration: true, ...of }),
            line({ amount: 10_000, from: '2026-04-15', to: '2026-05-15', ...of }),
          ],
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 120000']);
  });

  test('a first period cut short by the billing anchor counts in full', async () => {
    const body = subscription({ items: [item(plain, { id: 'si_1' })], start: '2026-04-20' });
    const of = { subscription: body.id, item: 'si_1', price: plain.id };
    const bill = (amount: number, from: string, to: string) =>
      invoice({ on: from, subscription: body.id, lines: [line({ amount, from, to, ...of })] });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [plain],
      invoices: [bill(3_667, '2026-04-20', '2026-05-01'), bill(10_000, '2026-05-01', '2026-06-01')],
    });
    expect(ledger()).toEqual(['2026-04-20 new 120000']);
  });

  test('a migration between products within a day is one expansion, and no churn', async () => {
    const other = price(14_000, { product: 'prod_other' });
    const body = subscription({ items: [item(plain, { id: 'si_1' })] });
    const moved = { ...body, items: { object: 'list', has_more: false, data: [item(other, { id: 'si_2' })] } };
    const { ledger } = await account({
      subscriptions: [moved],
      events: [
        event('customer.subscription.created', '2026-01-01', body),
        event('customer.subscription.updated', '2026-03-10T09:00:00Z', moved),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-10 expansion 48000']);
  });

  test('paused for want of a card at the trial’s end, then resumed', async () => {
    const trial = { start: '2026-03-01', trial_start: sec('2026-03-01'), trial_end: sec('2026-03-15') };
    const body = subscription({ items: [item(plain)], ...trial, status: 'trialing' });
    const { ledger } = await account({
      subscriptions: [{ ...body, status: 'active' }],
      events: [
        event('customer.subscription.created', '2026-03-01', body),
        event('customer.subscription.paused', '2026-03-15', { ...body, status: 'paused' }),
        event('customer.subscription.resumed', '2026-04-02', { ...body, status: 'active' }),
      ],
    });
    expect(ledger()).toEqual(['2026-04-02 new 120000']);
  });
});

describe('discounts in all their shapes', () => {
  const plain = price(10_000);
  const half = (start = '2026-01-01', over: Fields = {}) => discount(coupon({ percent_off: 50 }), start, over);

  test('of customer, subscription and item at once: the item’s, then the subscription’s; the customer’s is replaced', async () => {
    const made = await account({
      customers: [customer('cus_a', { discount: half() })],
      subscriptions: [
        subscription({
          items: [item(plain, { discounts: [discount(coupon({ amount_off: 2_000, currency: 'usd' }), '2026-01-01')] })],
          discounts: [discount(coupon({ percent_off: 10 }), '2026-01-01')],
        }),
      ],
    });
    expect(made.on(JUNE).mrr).toBe(7_200);
  });

  test('by a promotion code, in the newer and in the older shape', async () => {
    const code = { promotion_code: 'promo_1' };
    const newer = half('2026-01-01', code);
    for (const given of [newer, withCoupon(newer)])
      expect((await selling(subscription({ items: [item(plain)], discounts: [given] }))).on(JUNE).mrr).toBe(5_000);
  });

  test('limited to a product, of which the list alone knows', async () => {
    const whole = coupon({ percent_off: 50, applies_to: { products: ['prod_other'] } });
    const { applies_to: _, ...bare } = whole;
    const made = await account({
      subscriptions: [
        subscription({
          items: [item(plain), item(price(4_000, { product: 'prod_other' }))],
          discounts: [discount(bare as StripeObject, '2026-01-01')],
        }),
      ],
      coupons: [whole],
    });
    expect(made.on(JUNE).mrr).toBe(12_000);
  });

  test('an amount off in several currencies takes off that of the subscription’s', async () => {
    const whole = coupon({ amount_off: 2_000, currency: 'usd', currency_options: { eur: { amount_off: 1_500 } } });
    const { currency_options: _, ...bare } = whole;
    const euros = item(price(10_000, { currency: 'eur' }));
    const given = (of: StripeObject) => ({ discounts: [discount(of, '2026-01-01')] });
    expect((await mrrIn('eur', [euros], given(whole))).mrr, 'in the discount').toBe(8_500);
    const made = await account({
      subscriptions: [subscription({ currency: 'eur', items: [euros], ...given(bare as StripeObject) })],
      coupons: [whole],
    });
    expect(made.on(JUNE, { currency: 'EUR' as never }).mrr, 'in the list of coupons only').toBe(8_500);
    expect((await mrrIn('gbp', [item(price(10_000, { currency: 'gbp' }))], given(whole))).mrr).toBe(10_000);
  });

  test('in plans of the oldest shape, tiers and packages alike', async () => {
    const packs = { ...planOf(price(1_000)), transform_usage: { divide_by: 5, round: 'up' } };
    const old = preBasil(subscription({ items: [item(price(1_000), { quantity: 11 })] }));
    const items = old['items'] as { data: StripeObject[] };
    const data = items.data.map(({ price: __, ...rest }) => ({ ...rest, plan: packs }));
    expect((await selling({ ...old, items: { ...items, data } } as StripeObject)).on(JUNE).mrr).toBe(3_000);
  });
});

describe('invoices that are sent, and not charged', () => {
  const plan = price(10_000);
  const of = subscription({
    items: [item(plan, { id: 'si_1' })],
    collection_method: 'send_invoice',
    days_until_due: 30,
  });
  const sent = (from: string, to: string, due: string, paid: string | null) =>
    invoice({
      on: from,
      subscription: of.id,
      collection_method: 'send_invoice',
      attempt_count: 0,
      due_date: sec(due),
      status: paid === null ? 'open' : 'paid',
      lines: [line({ amount: 10_000, from, to, subscription: of.id, item: 'si_1', price: plan.id })],
      status_transitions: {
        finalized_at: sec(from),
        marked_uncollectible_at: null,
        paid_at: paid === null ? null : sec(paid),
        voided_at: null,
      },
    });

  test('are past due from when they are due until they are paid, and not before', async () => {
    const { on } = await account({
      subscriptions: [of],
      prices: [plan],
      invoices: [
        sent('2026-01-01', '2026-02-01', '2026-01-31', '2026-02-10'),
        sent('2026-02-01', '2026-03-01', '2026-03-03', '2026-02-20'),
        sent('2026-03-01', '2026-04-01', '2026-03-31', null),
        sent('2026-04-01', '2026-05-01', '2026-05-01', '2026-04-20'),
      ],
    });
    const days = ['2026-01-20', '2026-02-01', '2026-02-10', '2026-03-10', '2026-04-01', '2026-04-20', '2026-06-30'];
    expect(days.map((day) => on(day).pastDueMrr)).toEqual([0, 10_000, 0, 0, 10_000, 0, 0]);
    expect(on('2026-04-01').mrr).toBe(10_000);
  });
});
