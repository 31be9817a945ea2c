/** Every switch of a policy alone, the named policies side by side, and the bridge between them. */
import { describe, expect, test } from 'vitest';
import { policyBridge } from '../../src/main/engine/metrics/index.ts';
import type { PolicyInput } from '../../src/shared/contract/policy.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, selling, type Account } from './account.ts';
import {
  canceled,
  coupon,
  discount,
  event,
  invoice,
  item,
  line,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
const NAMES = ['vario', 'stripe', 'chartmogul', 'profitwell', 'baremetrics'] as const;
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);
const own = (switches: Record<string, unknown>): PolicyInput => ({ base: 'vario', ...switches }) as PolicyInput;
const mrr = ({ on }: Account, policy: PolicyInput, day = JUNE) => on(day, { policy }).mrr;

describe('week and day', () => {
  const weekly = () => subscription({ items: [item(price(1_000, { recurring: { interval: 'week' } }))] });
  const daily = () => subscription({ items: [item(price(100, { recurring: { interval: 'day' } }))] });

  test.each([
    ['52/12', 4_333],
    ['4.33', 4_330],
    ['4.345', 4_345],
    ['4', 4_000],
  ])('%s weeks a month: %i', async (week, cents) => {
    expect(mrr(await selling(weekly()), own({ week }))).toBe(cents);
  });

  test.each([
    ['365/12', 3_042],
    ['30', 3_000],
    ['30.437', 3_044],
  ])('%s days a month: %i', async (day, cents) => {
    expect(mrr(await selling(daily()), own({ day }))).toBe(cents);
  });

  test('every second week, every ninety days', async () => {
    const made = await selling(
      subscription({
        items: [
          item(price(2_000, { recurring: { interval: 'week', interval_count: 2 } })),
          item(price(9_000, { recurring: { interval: 'day', interval_count: 90 } })),
        ],
      }),
    );
    expect(mrr(made, own({ week: '4.33', day: '30' }))).toBe(4_330 + 3_000);
  });
});

describe('discounts', () => {
  const given = (over: Record<string, unknown>) => discount(coupon({ percent_off: 50, ...over }), '2026-01-01');
  const monthly = (over: Record<string, unknown>) =>
    subscription({ items: [item(price(10_000))], discounts: [given(over)] });
  const RULES = ['limited', 'all', 'recurring', 'forever', 'none'] as const;
  const byRule = async (body: StripeObject, day: string) => {
    const made = await selling(body);
    return Object.fromEntries(RULES.map((discounts) => [discounts, mrr(made, own({ discounts }), day)]));
  };

  test('for ever: all count it but «none»', async () => {
    expect(await byRule(monthly({ duration: 'forever' }), JUNE)).toEqual({
      limited: 5_000,
      all: 5_000,
      recurring: 5_000,
      forever: 5_000,
      none: 10_000,
    });
  });

  test('for three months, in them and after them', async () => {
    const body = monthly({ duration: 'repeating', duration_in_months: 3 });
    const half = { limited: 5_000, all: 5_000, recurring: 5_000, forever: 10_000, none: 10_000 };
    expect(await byRule(body, '2026-02-15')).toEqual(half);
    const full = { limited: 10_000, all: 10_000, recurring: 10_000, forever: 10_000, none: 10_000 };
    expect(await byRule(body, '2026-05-15')).toEqual(full);
  });

  test('once: in its month under «all», never under the others', async () => {
    const body = monthly({ duration: 'once' });
    expect(await byRule(body, '2026-01-15')).toMatchObject({ limited: 10_000, all: 5_000, recurring: 10_000 });
    expect(await byRule(body, '2026-02-15')).toMatchObject({ limited: 10_000, all: 10_000 });
  });

  test('on a year: once and three months', async () => {
    const year = (over: Record<string, unknown>) =>
      subscription({
        items: [
          item(yearly(120_000), { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') }),
        ],
        discounts: [given(over)],
      });
    expect(await byRule(year({ duration: 'once' }), JUNE)).toEqual({
      limited: 5_000,
      all: 5_000,
      recurring: 10_000,
      forever: 10_000,
      none: 10_000,
    });
    expect(await byRule(year({ duration: 'repeating', duration_in_months: 3 }), JUNE)).toMatchObject({
      limited: 5_000,
      recurring: 10_000,
    });
  });
});

describe('past due, pauses, scheduled ends', () => {
  test('past due counts so many days', async () => {
    const body = subscription({ items: [item(price(10_000))] });
    const late = { ...body, status: 'past_due' };
    const made = await account({
      subscriptions: [late],
      events: [told('created', '2026-01-01', body), told('updated', '2026-05-01', late)],
    });
    const on = (pastDueDays: unknown, day: string) => mrr(made, own({ pastDueDays }), day);
    expect([on(10, '2026-05-10'), on(10, '2026-05-11'), on(0, '2026-05-01')]).toEqual([10_000, 0, 0]);
    expect([on('always', JUNE), on('until unpaid', JUNE), on(30, JUNE)]).toEqual([10_000, 10_000, 0]);
  });

  test('a pause is nothing, or goes on counting', async () => {
    const body = subscription({ items: [item(price(10_000))] });
    const paused = { ...body, pause_collection: { behavior: 'mark_uncollectible', resumes_at: null } };
    const made = await account({
      subscriptions: [paused],
      events: [told('created', '2026-01-01', body), told('updated', '2026-05-01', paused)],
    });
    expect([mrr(made, own({ pause: 'zero' })), mrr(made, own({ pause: 'keep' }))]).toEqual([0, 10_000]);
  });

  test('a scheduled end: at its day, when it is scheduled, or when paid service is over', async () => {
    const period = { current_period_start: sec('2026-06-01'), current_period_end: sec('2026-07-01') };
    const leaving = subscription({
      items: [item(price(10_000), period)],
      cancel_at_period_end: true,
      cancel_at: sec('2026-07-01'),
      canceled_at: sec('2026-06-10'),
    });
    const atOnce = canceled(subscription({ customer: 'cus_b', items: [item(price(5_000), period)] }), '2026-06-10');
    const made = await selling(leaving, atOnce);
    const on = (scheduledCancellation: string, day: string) => mrr(made, own({ scheduledCancellation }), day);
    expect([on('at period end', JUNE), on('at period end', '2026-07-01')]).toEqual([10_000, 0]);
    expect([on('at scheduling', '2026-06-09'), on('at scheduling', '2026-06-10')]).toEqual([15_000, 0]);
    expect([on('at end of paid service', JUNE), on('at end of paid service', '2026-07-01')]).toEqual([15_000, 0]);
  });
});

describe('names of movements', () => {
  const back = (days: number) => {
    const on = new Date(Date.UTC(2026, 2, 10 + days)).toISOString().slice(0, 10);
    return [
      canceled(subscription({ items: [item(price(10_000))] }), '2026-03-10'),
      subscription({ items: [item(price(12_000))], start: on }),
    ] as const;
  };

  test('a return within the gap was no loss', async () => {
    const { month } = await selling(...back(12));
    const within = month('2026-03', { policy: own({ reactivationGapDays: 30 }) });
    expect(within.movements).toMatchObject({ churn: 0, contraction: -10_000, expansion: 12_000, reactivation: 0 });
    expect(month('2026-03').movements).toMatchObject({ churn: -10_000, reactivation: 12_000, contraction: 0 });
  });

  test('one after it was', async () => {
    const { month } = await selling(...back(40));
    const policy = own({ reactivationGapDays: 30 });
    expect(month('2026-03', { policy }).movements).toMatchObject({ churn: -10_000 });
    expect(month('2026-04', { policy }).movements).toMatchObject({ reactivation: 12_000, expansion: 0 });
  });

  test('without netting, a change of subscriptions on one day is a loss and a return', async () => {
    const { month } = await selling(
      canceled(subscription({ items: [item(price(10_000))] }), '2026-03-10T09:00:00Z'),
      subscription({ items: [item(price(12_000))], start: '2026-03-10T10:00:00Z' }),
    );
    expect(month('2026-03').movements).toMatchObject({ expansion: 2_000, churn: 0 });
    expect(month('2026-03', { policy: own({ netting: 'none' }) }).movements).toMatchObject({
      churn: -10_000,
      reactivation: 12_000,
      expansion: 0,
    });
  });

  test('a free customer stays, and is not counted as paying', async () => {
    const body = subscription({ items: [item(price(10_000))] });
    const free = { ...body, items: { object: 'list', has_more: false, data: [item(price(0))] } };
    const { month } = await account({
      subscriptions: [free],
      events: [told('created', '2026-01-01', body), told('updated', '2026-03-10', free)],
    });
    expect(month('2026-03', { policy: own({ freeCustomers: 'stay' }) })).toMatchObject({
      movements: { churn: 0, contraction: -10_000 },
      customers: 0,
    });
    expect(month('2026-03', { policy: own({ freeCustomers: 'not customers' }) }).movements.churn).toBe(-10_000);
  });

  test('logo churn over those of the start, and over those and the new ones', async () => {
    const at = (who: string, start = '2026-01-01') =>
      subscription({ customer: who, items: [item(price(1_000))], start });
    const { month } = await selling(
      ...Array.from({ length: 8 }, (_, n) => at(`cus_${n}`)),
      canceled(at('cus_x'), '2026-03-10'),
      canceled(at('cus_y'), '2026-03-11'),
      ...Array.from({ length: 6 }, (_, n) => at(`cus_new_${n}`, '2026-03-05')),
    );
    expect(month('2026-03', { policy: own({ logoChurnBase: 'start' }) }).logoChurn).toBe(0.2);
    expect(month('2026-03', { policy: own({ logoChurnBase: 'start + new' }) }).logoChurn).toBe(0.125);
  });
});

describe('the bridge', () => {
  /** One customer for each difference: a weekly price, a coupon used once on a year, usage, lateness, a pause. */
  async function differing(): Promise<Account> {
    const weekly = subscription({
      customer: 'cus_week',
      items: [item(price(1_000, { recurring: { interval: 'week' } }))],
    });
    const once = subscription({
      customer: 'cus_once',
      items: [
        item(yearly(120_000), { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') }),
      ],
      discounts: [discount(coupon({ percent_off: 25, duration: 'once' }), '2026-01-01')],
    });
    const usage = price(1, { recurring: { usage_type: 'metered', meter: 'mtr_1' } });
    const { quantity: _, ...metered } = item(usage, { id: 'si_use' });
    const counted = subscription({ customer: 'cus_use', items: [metered as StripeObject] });
    const bill = invoice({
      on: '2026-05-01',
      customer: 'cus_use',
      subscription: counted.id,
      lines: [
        line({
          amount: 700,
          from: '2026-04-01',
          to: '2026-05-01',
          price: usage.id,
          subscription: counted.id,
          item: 'si_use',
        }),
      ],
    });
    const late = subscription({ customer: 'cus_late', items: [item(price(3_000))] });
    const rests = subscription({ customer: 'cus_rest', items: [item(price(2_000))] });
    const lateNow = { ...late, status: 'past_due' };
    const resting = { ...rests, pause_collection: { behavior: 'void', resumes_at: null } };
    return await account({
      subscriptions: [weekly, once, counted, lateNow, resting],
      prices: [usage],
      invoices: [bill],
      events: [
        told('created', '2026-01-01', late),
        told('updated', '2026-05-01', lateNow),
        told('created', '2026-01-01', rests),
        told('updated', '2026-05-01', resting),
      ],
    });
  }

  test('the five policies over the same company', async () => {
    const made = await differing();
    // weekly 4,333 or 4,330; the year 7,500 or 10,000; usage 700; late 3,000; paused 2,000
    expect(Object.fromEntries(NAMES.map((name) => [name, mrr(made, name)]))).toEqual({
      vario: 4_333 + 7_500 + 3_000,
      stripe: 4_333 + 10_000 + 3_000 + 2_000,
      chartmogul: 4_333 + 7_500 + 3_000 + 2_000,
      profitwell: 4_333 + 7_500 + 700 + 3_000,
      baremetrics: 4_330 + 7_500,
    });
  });

  test('from Vario’s rules to each: the line of each rule, and who is behind it', async () => {
    const made = await differing();
    const lines = (to: PolicyInput, from: PolicyInput = 'vario') => {
      const bridge = made.ask((db, context) => policyBridge(db, { from, to, asOf: plainDay(JUNE) }, context));
      expect(bridge.rules.reduce<number>((sum, rule) => sum + rule.mrr, bridge.from.mrr)).toBe(bridge.to.mrr);
      return bridge.rules.map((rule) => [rule.rule, rule.mrr, rule.customers.map(({ name }) => name).join()]);
    };
    expect(lines('stripe')).toEqual([
      ['discounts', 2_500, 'Customer cus_once'],
      ['pause', 2_000, 'Customer cus_rest'],
    ]);
    expect(lines('chartmogul')).toEqual([['pause', 2_000, 'Customer cus_rest']]);
    expect(lines('profitwell')).toEqual([['metered', 700, 'Customer cus_use']]);
    expect(lines('baremetrics')).toEqual([
      ['week', -3, 'Customer cus_week'],
      ['pastDueDays', -3_000, 'Customer cus_late'],
    ]);
    expect(lines('vario', 'stripe')).toEqual([
      ['discounts', -2_500, 'Customer cus_once'],
      ['pause', -2_000, 'Customer cus_rest'],
    ]);
    expect(lines(own({ day: '30' }))).toEqual([]);
  });
});
