/** What lists beside figures show of a part of the company, from Stripe's objects. */
import { describe, expect, test } from 'vitest';
import { discounts, openQuotes, plannedChanges, returned } from '../../src/main/engine/metrics/index.ts';
import type { Dimension } from '../../src/shared/contract/slice.ts';
import { account } from './account.ts';
import { canceled, coupon, customer, discount, item, price, sec, subscription, yearly } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const basic = price(3_000, { id: 'price_basic', product: 'prod_basic' });
const pro = yearly(120_000, { id: 'price_pro', product: 'prod_pro' });
const euros = price(4_000, { id: 'price_eur', product: 'prod_basic', currency: 'eur' });
const products = ['Basic', 'Pro'].map((name) => ({
  id: `prod_${name.toLowerCase()}`,
  object: 'product',
  active: true,
  name,
  created: sec('2025-01-01'),
  metadata: {},
}));

const who = (id: string, country: string, channel: string) =>
  customer(id, { address: { country }, metadata: { channel, tier: id.slice(4) } });

const part = (dimension: Dimension, ...values: string[]) => ({ where: [{ dimension, values }] });
const without = (dimension: Dimension, ...values: string[]) => ({ where: [{ dimension, values, not: true }] });

describe('customers who came back', () => {
  /** `cus_a` (US, ads) began with Basic and came back with Pro, `cus_b` (DE, organic) began with Pro and came back with Basic. */
  const lives = async () =>
    await account({
      customers: [who('cus_a', 'US', 'ads'), who('cus_b', 'DE', 'organic')],
      products,
      prices: [basic, pro],
      subscriptions: [
        canceled(subscription({ items: [item(basic)] }), '2026-02-01'),
        subscription({ items: [item(pro)], start: '2026-04-01' }),
        canceled(subscription({ customer: 'cus_b', items: [item(pro)] }), '2026-03-01'),
        subscription({ customer: 'cus_b', items: [item(basic)], start: '2026-05-01' }),
      ],
    });

  test.each([
    ['everybody', undefined, ['cus_b', 'cus_a']],
    ['a country', part('country', 'DE'), ['cus_b']],
    ['all but a country', without('country', 'DE'), ['cus_a']],
    ['a channel', part('channel', 'ads'), ['cus_a']],
    ['a metadata key', part('metadata:tier', 'b'), ['cus_b']],
    ['a plan: who began with it, as lifetimes count them', part('plan', 'Pro'), ['cus_b']],
    ['an interval likewise', part('interval', 'month'), ['cus_a']],
  ] as const)('of %s', async (_, slice, expected) => {
    const { ask } = await lives();
    const found = ask((db, context) => returned(db, { slice: slice as never, offset: 0, limit: 10 }, context));
    expect(found.rows.map(({ name }) => name.replace('Customer ', ''))).toEqual(expected);
    expect(found.total).toBe(expected.length);
  });

  test('what they paid and pay is all of it, also of a plan that they left', async () => {
    const { ask } = await lives();
    const { rows } = ask((db, context) => returned(db, { slice: part('plan', 'Pro'), offset: 0, limit: 10 }, context));
    expect(rows).toMatchObject([
      { leftOn: '2026-03-01', returnedOn: '2026-05-01', away: 61, before: 10_000, now: 3_000 },
    ]);
  });

  test('of a group of a split, as the curve beside them', async () => {
    const { ask } = await lives();
    const { rows } = ask((db, context) => returned(db, { by: 'country', group: 'US', offset: 0, limit: 10 }, context));
    expect(rows.map(({ name }) => name)).toEqual(['Customer cus_a']);
  });
});

describe('open quotes', () => {
  const quote = (id: string, of: string | null, amount: number, over: Record<string, unknown> = {}): StripeObject => ({
    id,
    object: 'quote',
    amount_total: amount,
    computed: {
      recurring: { amount_total: amount, interval: 'month', interval_count: 1, total_details: { amount_tax: 0 } },
    },
    created: sec('2026-11-01'),
    currency: 'usd',
    customer: of,
    expires_at: sec('2026-12-31'),
    invoice: null,
    number: null,
    status: 'open',
    status_transitions: { accepted_at: null, canceled_at: null, finalized_at: sec('2026-11-01') },
    subscription: null,
    total_details: { amount_tax: 0 },
    ...over,
  });
  const offers = async () =>
    await account({
      customers: [who('cus_a', 'US', 'ads'), who('cus_b', 'DE', 'organic'), who('cus_c', 'DE', 'ads')],
      products,
      prices: [basic, pro, euros],
      subscriptions: [
        subscription({ items: [item(basic)] }),
        subscription({ customer: 'cus_b', currency: 'eur', items: [item(euros)] }),
      ],
      quotes: [
        quote('qt_a', 'cus_a', 10_000),
        quote('qt_b', 'cus_b', 20_000),
        quote('qt_c', 'cus_c', 40_000),
        quote('qt_draft', 'cus_a', 80_000, { status: 'draft' }),
        quote('qt_year', 'cus_a', 120_000, {
          computed: {
            recurring: { amount_total: 120_000, interval: 'year', interval_count: 1, total_details: null },
          },
        }),
        quote('qt_nobody', null, 1_000, { status: 'draft' }),
      ],
    });

  test.each([
    ['everybody', undefined, ['qt_a', 'qt_b', 'qt_c', 'qt_draft', 'qt_nobody', 'qt_year'], 80_000],
    ['a country, also of those who do not pay yet', part('country', 'DE'), ['qt_b', 'qt_c'], 60_000],
    ['all but a country', without('country', 'DE'), ['qt_a', 'qt_draft', 'qt_year'], 20_000],
    ['a channel', part('channel', 'ads'), ['qt_a', 'qt_c', 'qt_draft', 'qt_year'], 60_000],
    ['a metadata key', part('metadata:tier', 'b'), ['qt_b'], 20_000],
    ['those who pay for a plan today', part('plan', 'Basic'), ['qt_a', 'qt_b', 'qt_draft', 'qt_year'], 40_000],
    [
      'a currency: that of the quote',
      part('currency', 'USD'),
      ['qt_a', 'qt_b', 'qt_c', 'qt_draft', 'qt_nobody', 'qt_year'],
      80_000,
    ],
    ['a currency that none is in', part('currency', 'EUR'), [], 0],
    [
      'all but a currency',
      without('currency', 'EUR'),
      ['qt_a', 'qt_b', 'qt_c', 'qt_draft', 'qt_nobody', 'qt_year'],
      80_000,
    ],
  ] as const)('of %s', async (_, slice, ids, monthly) => {
    const { ask } = await offers();
    const found = ask((db, context) => openQuotes(db, { slice: slice as never }, context));
    expect(found.rows.map(({ quoteId }) => quoteId).toSorted()).toEqual(ids);
    expect(found.monthly).toBe(monthly);
  });

  test('both of two conditions', async () => {
    const { ask } = await offers();
    const slice = { where: [...part('country', 'DE').where, ...part('channel', 'ads').where] };
    expect(ask((db, context) => openQuotes(db, { slice }, context)).rows.map(({ quoteId }) => quoteId)).toEqual([
      'qt_c',
    ]);
  });
});

describe('planned changes', () => {
  test('of a part of the company', async () => {
    const ends = { cancel_at: sec('2026-12-01'), canceled_at: sec('2026-11-10') };
    const { ask } = await account({
      customers: [who('cus_a', 'US', 'ads'), who('cus_b', 'DE', 'organic')],
      products,
      prices: [basic, pro],
      subscriptions: [
        subscription({ items: [item(basic)], ...ends }),
        subscription({ customer: 'cus_b', items: [item(pro)], ...ends }),
      ],
    });
    const of = (slice?: ReturnType<typeof part>) =>
      ask((db, context) => plannedChanges(db, { limit: 10, slice }, context)).rows.map(
        ({ customerName }) => customerName,
      );
    expect(of()).toEqual(['Customer cus_a', 'Customer cus_b']);
    expect(of(part('country', 'DE'))).toEqual(['Customer cus_b']);
    expect(of(part('plan', 'Basic'))).toEqual(['Customer cus_a']);
  });
});

describe('what discounts give away', () => {
  // Half off all that cus_a pays (Basic 30, Pro 100 a month), and $12 a month off Basic of cus_b.
  const company = async () => {
    const half = coupon({ id: 'half', name: 'Half', percent_off: 50 });
    const twelve = coupon({ id: 'twelve', name: 'Twelve', amount_off: 1_200, currency: 'usd' });
    return await account({
      customers: [who('cus_a', 'US', 'ads'), who('cus_b', 'DE', 'organic')],
      products,
      prices: [basic, pro],
      subscriptions: [
        subscription({ items: [item(basic), item(pro)], discounts: [discount(half, '2026-01-01')] }),
        subscription({ customer: 'cus_b', items: [item(basic)], discounts: [discount(twelve, '2026-01-01')] }),
      ],
    });
  };

  test.each([
    ['everybody', undefined, 7_700, 8_300, { Half: 6_500, Twelve: 1_200 }],
    ['a country', part('country', 'DE'), 1_200, 1_800, { Twelve: 1_200 }],
    ['all but a channel', without('channel', 'organic'), 6_500, 6_500, { Half: 6_500 }],
    ['a plan: what is taken off it', part('plan', 'Basic'), 2_700, 3_300, { Half: 1_500, Twelve: 1_200 }],
    ['another plan', part('plan', 'Pro'), 5_000, 5_000, { Half: 5_000 }],
    ['an interval', part('interval', 'month'), 2_700, 3_300, { Half: 1_500, Twelve: 1_200 }],
    ['a metadata key', part('metadata:tier', 'a'), 6_500, 6_500, { Half: 6_500 }],
  ] as const)('of %s', async (_, slice, given, paid, coupons) => {
    const { ask, on } = await company();
    const found = ask((db, context) => discounts(db, { slice: slice as never }, context));
    expect(found).toMatchObject({ given, paid, listed: given + paid, share: { value: given / (given + paid) } });
    expect(Object.fromEntries(found.coupons.map(({ name, given: off }) => [name, off]))).toEqual(coupons);
    expect(on('2026-11-20', { slice: slice as never })).toMatchObject({ discountGiven: given });
  });
});
