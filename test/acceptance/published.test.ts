/** Examples that vendors publish, told as Stripe's objects; each names its page. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import { charge, paidBy, refund } from './billing-objects.ts';
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
const many = (count: number, of: (n: number) => StripeObject) => Array.from({ length: count }, (_, n) => of(n));
const sold = (who: string, cents: number, start = '2026-01-01', over = {}) =>
  subscription({ customer: who, items: [item(price(cents))], start, ...over });
const repriced = (body: StripeObject, cents: number) => ({
  ...body,
  items: { object: 'list', has_more: false, data: [item(price(cents))] },
});
/** What an account with these lives shows: each a first state, and later ones with their days. */
const lives = async (...each: (readonly [StripeObject, ...(readonly [string, StripeObject])[]])[]) =>
  await account({
    subscriptions: each.map(([first, ...later]) => later.at(-1)?.[1] ?? first),
    events: each.flatMap(([first, ...later]) => [
      event('customer.subscription.created', new Date(Number(first['start_date']) * 1_000).toISOString(), first),
      ...later.map(([on, body]) => event('customer.subscription.updated', on, body)),
    ]),
  });

describe('Stripe Billing analytics (docs.stripe.com/billing/subscriptions/analytics, /glossary)', () => {
  test('ST-03: MRR 50,000 of 100 customers: ARPA 500', async () => {
    const { on } = await selling(...many(100, (n) => sold(`cus_${n}`, 50_000)));
    expect(on(JUNE)).toMatchObject({ mrr: 5_000_000, customers: 100, arpa: 50_000 });
  });

  test('ST-05: 100 trials ended, 15 converted: 15 %', async () => {
    const trial = { trial_start: sec('2026-03-01'), trial_end: sec('2026-03-15') };
    const { month } = await selling(
      ...many(100, (n) => {
        const body = sold(`cus_${n}`, 1_000, '2026-03-01', trial);
        return n < 15 ? body : canceled(body, '2026-03-15');
      }),
    );
    expect(month('2026-03')).toMatchObject({ trialConversion: 0.15, newCustomers: 15 });
  });

  test('ST-08: 10 % of the customers left each month', async () => {
    const end = (n: number) => (n < 100 ? '2026-02-15' : n < 190 ? '2026-03-15' : n < 271 ? '2026-04-15' : null);
    const { month } = await selling(
      ...many(1_000, (n) => {
        const on = end(n);
        return on === null ? sold(`cus_${n}`, 100) : canceled(sold(`cus_${n}`, 100), on);
      }),
    );
    const months = ['2026-02', '2026-03', '2026-04'].map((text) => month(text));
    expect(months.map(({ logoChurn }) => logoChurn)).toEqual([0.1, 0.1, 0.1]);
    expect(months.map(({ customers }) => customers)).toEqual([900, 810, 729]);
  });

  test('ST-09: 100 at $10, 10 leave, 5 move to $25: net retention 97.5 %', async () => {
    const { on } = await lives(
      ...many(100, (n) => sold(`cus_${n}`, 1_000, '2025-01-01')).map(
        (body, n): readonly [StripeObject, ...(readonly [string, StripeObject])[]] => {
          if (n < 10) return [body, ['2025-06-01', canceled(body, '2025-06-01')]];
          return n < 15 ? [body, ['2025-06-01', repriced(body, 2_500)]] : [body];
        },
      ),
    );
    expect(on('2026-01-31')).toMatchObject({ nrr: 0.975, grr: 0.9 });
  });

  // https://docs.stripe.com/billing/subscriptions/analytics/glossary
  test('100 subscribers at $100 a month and 50 at $600 a year: 12,500', async () => {
    const { on } = await selling(
      ...many(100, (n) => sold(`cus_${n}`, 10_000)),
      ...many(50, (n) => subscription({ customer: `cus_year_${n}`, items: [item(yearly(60_000))] })),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 1_250_000, customers: 150 });
  });

  test('ST-12, ST-14: half off for ever; $1,200 a year is 100 a month', async () => {
    const half = discount(coupon({ percent_off: 50 }), '2026-01-01');
    expect((await selling(sold('cus_a', 10_000, '2026-01-01', { discounts: [half] }))).on(JUNE).mrr).toBe(5_000);
    expect((await selling(subscription({ items: [item(yearly(120_000))] }))).on(JUNE).mrr).toBe(10_000);
  });
});

describe('ChartMogul (help.chartmogul.com)', () => {
  // https://help.chartmogul.com/hc/en-us/articles/203299812
  test('CM-01: 5 × $5, then 2 × $30 more', async () => {
    const { on } = await selling(
      subscription({ items: [item(price(500), { quantity: 5 })] }),
      subscription({ items: [item(price(3_000), { quantity: 2 })], start: '2026-02-01' }),
    );
    expect([on('2026-01-31').mrr, on('2026-02-28').mrr]).toEqual([2_500, 8_500]);
  });

  // https://help.chartmogul.com/hc/en-us/articles/201244842
  test('the life of Syncalytics: 4 Gold a year, 2 Silver a month for two weeks, gone, back with 3 Gold a month', async () => {
    const gold = subscription({ items: [item(yearly(50_000), { quantity: 4 })], start: '2025-01-10' });
    const silver = subscription({ items: [item(price(3_000), { quantity: 2 })], start: '2025-01-14' });
    const back = subscription({ items: [item(price(5_000), { quantity: 3 })], start: '2026-03-05' });
    const { ledger, month } = await selling(
      { ...canceled(gold, '2026-01-10'), canceled_at: sec('2025-12-15') },
      canceled(silver, '2025-01-28'),
      back,
    );
    expect(ledger()).toEqual([
      '2025-01-10 new 200000',
      '2025-01-14 expansion 72000',
      '2025-01-28 contraction -72000',
      '2026-01-10 churn -200000',
      '2026-03-05 reactivation 180000',
    ]);
    expect(month('2025-01').movements).toMatchObject({
      new: 16_667,
      expansion: 6_000,
      contraction: -6_000,
      closing: 16_667,
    });
    expect(month('2026-03').movements).toMatchObject({ reactivation: 15_000, new: 0 });
  });

  // https://help.chartmogul.com/hc/en-us/articles/201244842-Lifecycle-of-a-customer
  test('Emperor Gaming: 4 Gold a year, 6 a week later; a quantity that the next monthly invoice bills counts from it', async () => {
    const gold = yearly(50_000);
    const of = (quantity: number) => [item(gold, { id: 'si_1', quantity })];
    const four = subscription({ items: of(4), start: '2026-01-10' });
    const six = { ...four, items: { object: 'list', has_more: false, data: of(6) } };
    const { ledger, month } = await lives([four, ['2026-01-17', six]]);
    expect(month('2026-01').movements).toMatchObject({ new: 16_667, expansion: 8_333, closing: 25_000 });
    expect(ledger()).toEqual(['2026-01-10 new 200000', '2026-01-17 expansion 100000']);
    const silver = price(3_000);
    const body = subscription({ items: [item(silver, { id: 'si_1', quantity: 3 })] });
    const bill = (from: string, to: string, quantity: number) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [
          line({ amount: 3_000 * quantity, quantity, from, to, subscription: body.id, item: 'si_1', price: silver.id }),
        ],
      });
    const later = await account({
      subscriptions: [body],
      prices: [silver],
      invoices: [bill('2026-01-01', '2026-02-01', 2), bill('2026-02-01', '2026-03-01', 3)],
    });
    expect(later.ledger()).toEqual(['2026-01-01 new 72000', '2026-02-01 expansion 36000']);
  });

  // https://help.chartmogul.com/hc/en-us/articles/203299912
  test('an expiring discount is expansion, one that is given contraction; several at once are one new business', async () => {
    const expiring = discount(coupon({ percent_off: 20, duration: 'repeating', duration_in_months: 2 }), '2026-01-01');
    const first = await selling(sold('cus_a', 5_000, '2026-01-01', { discounts: [expiring] }), sold('cus_a', 3_000));
    expect(first.ledger()).toEqual(['2026-01-01 new 84000', '2026-03-01 expansion 12000']);
    const body = sold('cus_a', 5_000);
    const given = { ...body, discounts: [discount(coupon({ amount_off: 1_000, currency: 'usd' }), '2026-04-02')] };
    expect((await lives([body, ['2026-04-02', given]])).ledger()).toEqual([
      '2026-01-01 new 60000',
      '2026-04-02 contraction -12000',
    ]);
  });

  // https://help.chartmogul.com/hc/en-us/articles/203359341
  test('CM-07, CM-08: start 100, churn 10, contraction 10, expansion 10: gross 20 %, net 10 %', async () => {
    const [a, b, c, d, ...rest] = many(10, (n) => sold(`cus_${n}`, 1_000)) as [
      StripeObject,
      StripeObject,
      StripeObject,
      StripeObject,
    ];
    const { month } = await lives(
      [a, ['2026-03-05', canceled(a, '2026-03-05')]],
      [b, ['2026-03-06', repriced(b, 500)]],
      [c, ['2026-03-06', repriced(c, 500)]],
      [d, ['2026-03-07', repriced(d, 2_000)]],
      ...(rest as StripeObject[]).map((body) => [body] as const),
    );
    expect(month('2026-03')).toMatchObject({ grossChurn: 0.2, netChurn: 0.1, quickRatio: 0.5 });
  });

  // https://help.chartmogul.com/hc/en-us/articles/203359321
  test('CM-09: 100 at the start; 11 leave, one of whom came in the month: 10 %', async () => {
    const { month } = await selling(
      ...many(100, (n) => (n < 10 ? canceled(sold(`cus_${n}`, 1_000), '2026-03-20') : sold(`cus_${n}`, 1_000))),
      canceled(sold('cus_late', 1_000, '2026-03-05'), '2026-03-25'),
    );
    expect(month('2026-03')).toMatchObject({ logoChurn: 0.1, churnedCustomers: 10, newCustomers: 1 });
    expect(month('2026-03', { policy: 'stripe' }).logoChurn).toBeCloseTo(10 / 101, 12);
  });

  // https://help.chartmogul.com/hc/en-us/articles/203359061
  test('CM-12: ARPA 100, churn 5 %: 2,000 before margin, and no lifetime value without one', async () => {
    const leaves = (n: number) => (n < 20 ? '2026-02-10' : n < 40 ? '2026-03-10' : n < 60 ? '2026-04-10' : null);
    const made = await selling(
      ...many(400, (n) => {
        const on = leaves(n);
        return on === null ? sold(`cus_${n}`, 10_000) : canceled(sold(`cus_${n}`, 10_000), on);
      }),
      ...['2026-02-11', '2026-03-11', '2026-04-11'].flatMap((on) =>
        many(20, (n) => sold(`cus_${on}_${n}`, 10_000, on)),
      ),
    );
    expect(made.month('2026-04')).toMatchObject({ arpa: 10_000, logoChurn: 0.05, ltvBeforeMargin: 200_000, ltv: null });
  });
});

describe('ProfitWell, Baremetrics, Recurly, Zuora, Chargebee, Polar, Janz', () => {
  // https://www.paddle.com/help/profitwell-metrics
  test('PW-01: $120 a year less 10 %', async () => {
    const ten = discount(coupon({ percent_off: 10 }), '2026-01-01');
    expect((await selling(subscription({ items: [item(yearly(12_000))], discounts: [ten] }))).on(JUNE).mrr).toBe(900);
  });

  // https://help.baremetrics.com/en/articles/5380330
  test('BM-02, BM-06: $120 a year; $10 a week, also at 4.33 weeks a month', async () => {
    const { on } = await selling(
      subscription({ items: [item(yearly(12_000)), item(price(1_000, { recurring: { interval: 'week' } }))] }),
    );
    expect(on(JUNE).mrr).toBe(1_000 + 4_333);
    expect(on(JUNE, { policy: 'baremetrics' }).mrr).toBe(1_000 + 4_330);
  });

  test('10 × $10 a month; 30 days late; from a free plan and back to it', async () => {
    const late = sold('cus_late', 1_000);
    const free = sold('cus_free', 0);
    const { on, month } = await lives(
      ...many(10, (n) => sold(`cus_${n}`, 1_000)).map((body) => [body] as const),
      [late, ['2026-05-01', { ...late, status: 'past_due' }]],
      [free, ['2026-02-10', repriced(free, 2_000)], ['2026-04-10', repriced(free, 0)]],
    );
    expect([on('2026-05-15', { policy: 'baremetrics' }).mrr, on(JUNE, { policy: 'baremetrics' }).mrr]).toEqual([
      11_000, 10_000,
    ]);
    expect(month('2026-02')).toMatchObject({ newCustomers: 1, movements: { new: 2_000, expansion: 0 } });
    expect(month('2026-04')).toMatchObject({ churnedCustomers: 1, movements: { churn: -2_000, contraction: 0 } });
  });

  // https://baremetrics.com/academy/6-mistakes-companies-make-when-calculating-mrr
  test('a setup fee and three payments of $19.99 are no MRR', async () => {
    const { recurring: _, ...setup } = price(5_000);
    const fee = item({ ...setup, type: 'one_time' } as StripeObject);
    const parts = many(3, (n) => {
      const on = `2026-0${n + 2}-10`;
      return invoice({ on, lines: [line({ amount: 1_999, from: on, to: on })] });
    });
    const { on } = await account({
      subscriptions: [subscription({ items: [item(price(10_000)), fee] })],
      invoices: parts,
    });
    expect(['2026-02-28', '2026-03-31', '2026-04-30'].map((day) => on(day).mrr)).toEqual([10_000, 10_000, 10_000]);
  });

  test('BM-04: 100 % off for a payer is churn; ChartMogul’s rules call it contraction', async () => {
    const body = sold('cus_a', 10_000);
    const gift = { ...body, discounts: [discount(coupon({ percent_off: 100 }), '2026-03-10')] };
    const { month } = await lives([body, ['2026-03-10', gift]]);
    expect(month('2026-03')).toMatchObject({
      customers: 0,
      logoChurn: 1,
      movements: { churn: -10_000, contraction: 0 },
    });
    expect(month('2026-03', { policy: 'chartmogul' }).movements).toMatchObject({ churn: 0, contraction: -10_000 });
  });

  // https://support.recurly.com/hc/en-us/articles/360027350412
  test('Recurly: $100 a month opened on 29 March counts 100 on every day from then', async () => {
    const { on } = await selling(sold('cus_a', 10_000, '2026-03-29'));
    expect([on('2026-03-28').mrr, on('2026-03-29').mrr, on('2026-04-15').mrr]).toEqual([0, 10_000, 10_000]);
  });

  // https://support.chargebee.com/support/solutions/articles/251214
  test('CB-02, CB-03: 1,000 less 100 plus 200 is 110 %; plan 100 + add-on 100 − 50', async () => {
    const ten = many(10, (n) => sold(`cus_${n}`, 10_000, '2025-01-01'));
    const { on } = await lives(
      ...ten.map((body, n): readonly [StripeObject, ...(readonly [string, StripeObject])[]] => {
        if (n === 0) return [body, ['2025-05-01', canceled(body, '2025-05-01')]];
        return n === 1 ? [body, ['2025-06-01', repriced(body, 30_000)]] : [body];
      }),
    );
    expect(on('2026-01-31').nrr).toBeCloseTo(1.1, 12);
    const fifty = discount(coupon({ amount_off: 5_000, currency: 'usd' }), '2026-01-01');
    expect(
      (await selling(subscription({ items: [item(price(10_000)), item(price(10_000))], discounts: [fifty] }))).on(JUNE)
        .mrr,
    ).toBe(15_000);
  });

  // https://www.chargebee.com/docs/billing/2.0/reports-and-analytics/flexi-mrr-vs-regular-mrr
  test('Chargebee: plan 100 + 3 add-ons of 100, then 10 % off for ever: 400, then 360', async () => {
    const body = subscription({ items: [item(price(10_000)), item(price(10_000), { quantity: 3 })] });
    const given = { ...body, discounts: [discount(coupon({ percent_off: 10 }), '2026-03-15')] };
    const { month } = await lives([body, ['2026-03-15', given]]);
    expect([month('2026-02').mrr, month('2026-03').mrr]).toEqual([40_000, 36_000]);
    expect(month('2026-03').movements).toMatchObject({ contraction: -4_000, churn: 0 });
  });

  // https://www.chargebee.com/docs/2.0/reports-and-analytics/articles-and-faq/mrr-calculation-in-onetime-coupons.html
  test('Chargebee: $20 off once on plans of $800 is no downgrade by Vario’s rules', async () => {
    const once = () => discount(coupon({ amount_off: 2_000, currency: 'usd', duration: 'once' }), '2026-03-15');
    const { month } = await selling(
      ...many(25, (n) => sold(`cus_${n}`, 80_000, '2026-01-01', { discounts: [once()] })),
    );
    expect(month('2026-03')).toMatchObject({ mrr: 2_000_000, movements: { contraction: 0 } });
  });

  // https://support.recurly.com/hc/en-us/sections/18341746123412-Monthly-Recurring-Revenue-MRR
  test('Recurly: a paused subscription is 0', async () => {
    const body = sold('cus_a', 10_000);
    const paused = { ...body, pause_collection: { behavior: 'void', resumes_at: null } };
    const { month } = await lives([body, ['2026-04-01', paused]], [sold('cus_b', 5_000)]);
    expect(month('2026-04')).toMatchObject({ mrr: 5_000, movements: { paused: -10_000, churn: 0 } });
  });

  // https://knowledgecenter.zuora.com … Monthly_Recurring_Revenue
  test('Zuora: net MRR is gross less discount MRR, also of quarterly and yearly charges; usage and one-time fees are none', async () => {
    const quarter = price(30_000, { recurring: { interval_count: 3 } });
    const { quantity: _, ...usage } = item(price(50, { recurring: { usage_type: 'metered', meter: 'mtr_1' } }));
    const { recurring: __, ...once } = price(99_900);
    const { on } = await selling(
      subscription({
        items: [
          item(quarter),
          item(yearly(120_000)),
          usage as StripeObject,
          item({ ...once, type: 'one_time' } as StripeObject),
        ],
        discounts: [discount(coupon({ percent_off: 25 }), '2026-01-01')],
      }),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 15_000, arr: 180_000 });
  });

  test('ZU-02: $100 less 10 % is 90', async () => {
    const ten = discount(coupon({ percent_off: 10 }), '2026-01-01');
    expect((await selling(sold('cus_a', 10_000, '2026-01-01', { discounts: [ten] }))).on(JUNE).mrr).toBe(9_000);
  });

  // https://github.com/polarsource/polar, server/tests/metrics (values only)
  test('PO-04: $100 a month, half off for ever', async () => {
    const half = discount(coupon({ percent_off: 50 }), '2026-01-01');
    expect((await selling(sold('cus_a', 10_000, '2026-01-01', { discounts: [half] }))).on(JUNE)).toMatchObject({
      mrr: 5_000,
      arr: 60_000,
    });
  });

  test('PO-01, PO-08: 183.33, then 283.33, ARPA 91.67; 77 × $15 with $14 off once', async () => {
    const { on } = await selling(
      sold('cus_a', 10_000),
      subscription({ customer: 'cus_b', items: [item(yearly(100_000))] }),
      sold('cus_a', 10_000, '2026-02-01'),
    );
    expect(on('2026-01-31')).toMatchObject({ mrr: 18_333, arpa: 9_167 });
    expect(on('2026-02-28').mrr).toBe(28_333);
    const once = () => discount(coupon({ amount_off: 1_400, currency: 'usd', duration: 'once' }), '2026-01-01');
    const buyers = await selling(...many(77, (n) => sold(`cus_${n}`, 1_500, '2026-01-01', { discounts: [once()] })));
    expect(buyers.on('2026-01-31').mrr).toBe(115_500);
  });

  // https://christophjanz.blogspot.com/2013/04/a-kpi-dashboard-for-early-stage-saas.html
  test('JZ-01: 3,000 + 1,980 new + 245 expansion − 98 lost', async () => {
    const base = sold('cus_base', 290_200);
    const gone = sold('cus_gone', 9_800);
    const made = await lives(
      [base, ['2026-02-10', repriced(base, 314_700)]],
      [gone, ['2026-02-20', canceled(gone, '2026-02-20')]],
      [sold('cus_new', 198_000, '2026-02-03')],
    );
    expect(made.month('2026-02').movements).toMatchObject({
      opening: 300_000,
      new: 198_000,
      expansion: 24_500,
      churn: -9_800,
      closing: 512_700,
    });
  });
});

describe('more of Stripe, Chargebee and Recurly', () => {
  type Life = readonly [StripeObject, ...(readonly [string, StripeObject])[]];
  const endedFor = (body: StripeObject, on: string, reason: string | null) => ({
    ...canceled(body, on),
    cancellation_details: { comment: null, feedback: null, reason },
  });

  // https://docs.stripe.com/billing/subscriptions/analytics/glossary (it prints 800 ÷ 12; its inputs are 600 a year)
  test('100 at $100 a month and 50 at $600 a year are 12,500', async () => {
    const { on } = await selling(
      ...many(100, (n) => sold(`cus_a${n}`, 10_000)),
      ...many(50, (n) => subscription({ customer: `cus_b${n}`, items: [item(yearly(60_000))] })),
    );
    expect(on(JUNE)).toMatchObject({ mrr: 1_250_000, customers: 150 });
  });

  // https://www.chargebee.com/docs/2.0/charts.html: without a reason a cancellation is voluntary
  test('15 at $10 leave of their own will, 10 because a payment failed: 150 and 100', async () => {
    const { month } = await selling(
      ...many(25, (n) => {
        const reason = n < 10 ? 'payment_failed' : n < 20 ? 'cancellation_requested' : null;
        return endedFor(sold(`cus_${n}`, 1_000), '2026-03-10', reason);
      }),
      sold('cus_stays', 1_000),
    );
    expect(month('2026-03')).toMatchObject({
      voluntaryChurnMrr: -15_000,
      voluntaryChurnCustomers: 15,
      involuntaryChurnMrr: -10_000,
      involuntaryChurnCustomers: 10,
      freeChurnMrr: 0,
      churnedCustomers: 25,
      movements: { churn: -25_000 },
    });
  });

  // https://support.chargebee.com/support/solutions/articles/264186
  test('from $100 to $70 a month: no customer is lost, 30 of revenue is', async () => {
    const body = sold('cus_a', 10_000);
    const { month } = await lives([body, ['2026-03-10', repriced(body, 7_000)]]);
    expect(month('2026-03')).toMatchObject({
      logoChurn: 0,
      churnedCustomers: 0,
      grossChurn: 0.3,
      movements: { contraction: -3_000, churn: 0 },
    });
  });

  // https://www.chargebee.com/docs/2.0/recurring-revenue.html
  test('5,000 then 6,000 of the same customers: gross retention 100 %, net 120 %', async () => {
    const ten = many(10, (n) => sold(`cus_${n}`, 50_000, '2025-01-01'));
    const { on } = await lives(
      ...ten.map((body, n): Life => (n < 2 ? [body, ['2025-06-01', repriced(body, 100_000)]] : [body])),
    );
    expect(on('2026-01-31')).toMatchObject({ nrr: 1.2, grr: 1 });
  });

  // https://www.chargebee.com/docs/billing/2.0/kb/reports-and-analytics/what-happens-when-there-is-a-planquantity-change-for-historical-subscriptions-does-revenuestory-capture-it-as-an-upgrade
  test('three overlapping yearly invoices of 600, 720 and 840: 50 in January, 60 in February, 70 from March', async () => {
    const plans = [60_000, 72_000, 84_000].map((cents) => yearly(cents));
    const body = subscription({
      items: [
        item(plans[2] ?? yearly(0), {
          id: 'si_1',
          current_period_start: sec('2025-03-01'),
          current_period_end: sec('2026-03-01'),
        }),
      ],
      start: '2025-01-01',
    });
    const bills = plans.map((plan, index) =>
      invoice({
        on: `2025-0${index + 1}-01`,
        subscription: body.id,
        billing_reason: index === 0 ? 'subscription_create' : 'subscription_update',
        lines: [
          line({
            amount: Number(plan['unit_amount']),
            from: `2025-0${index + 1}-01`,
            to: `2026-0${index + 1}-01`,
            subscription: body.id,
            item: 'si_1',
            price: plan.id,
          }),
        ],
      }),
    );
    const { on } = await account({ subscriptions: [body], prices: plans, invoices: bills });
    expect(['2025-01-31', '2025-02-15', '2025-03-15', '2025-12-31'].map((day) => on(day).mrr)).toEqual([
      5_000, 6_000, 7_000, 7_000,
    ]);
  });

  // https://support.recurly.com/hc/en-us/articles/360027455352 and …/360027350412
  test('a failed invoice takes nothing out of MRR; $1 a day is 30 where a month has 30 days', async () => {
    const { on } = await selling(
      sold('cus_a', 10_000, '2026-01-01', { status: 'past_due' }),
      subscription({ customer: 'cus_b', items: [item(price(100, { recurring: { interval: 'day' } }))] }),
    );
    expect(on('2026-11-20')).toMatchObject({ mrr: 10_000 + 3_042, pastDueMrr: 10_000 });
    expect(on('2026-11-20', { policy: { base: 'vario', day: '30' } as never }).mrr).toBe(13_000);
  });

  // https://mowt.pages.dev/tools/mrr-calculator
  test('50 + 8 new + 4 expansion + 1 back − 2 contraction − 3 churn is 58, and a quick ratio of 2.6', async () => {
    const [grown, shrunk, gone] = [sold('cus_a', 1_500_000), sold('cus_b', 1_000_000), sold('cus_c', 300_000)];
    const { month } = await lives(
      [grown, ['2026-03-05', repriced(grown, 1_900_000)]],
      [shrunk, ['2026-03-06', repriced(shrunk, 800_000)]],
      [gone, ['2026-03-07', canceled(gone, '2026-03-07')]],
      [sold('cus_d', 2_200_000)],
      [canceled(sold('cus_e', 100_000), '2026-02-01')],
      [sold('cus_e', 100_000, '2026-03-09')],
      [sold('cus_f', 800_000, '2026-03-12')],
    );
    expect(month('2026-03')).toMatchObject({
      quickRatio: 2.6,
      movements: {
        opening: 5_000_000,
        new: 800_000,
        expansion: 400_000,
        reactivation: 100_000,
        contraction: -200_000,
        churn: -300_000,
        closing: 5_800_000,
      },
    });
  });
});

describe('Stripe revenue recognition (docs.stripe.com/revenue-recognition/examples)', () => {
  const billed = (amount: number, from: string, to: string, over = {}) =>
    invoice({
      on: from,
      subscription: 'sub_1',
      lines: [line({ amount, from, to, subscription: 'sub_1', item: 'si_1' })],
      ...over,
    });
  const columns = async (lists: Record<string, readonly StripeObject[]>, from: string, to: string) =>
    (await account(lists)).revenue(from, to).months;

  test('RR-01: 31 a month from 15 January', async () => {
    expect(
      await columns({ invoices: [billed(3_100, '2026-01-15', '2026-02-15')] }, '2026-01', '2026-02'),
    ).toMatchObject([
      { opening: 0, billed: 3_100, recognised: 1_700, closing: 1_400 },
      { opening: 1_400, billed: 0, recognised: 1_400, closing: 0 },
    ]);
  });

  test('RR-02: 365 a year from 1 January', async () => {
    const months = await columns({ invoices: [billed(36_500, '2026-01-01', '2027-01-01')] }, '2026-01', '2026-03');
    expect(months.map(({ recognised, closing }) => [recognised, closing])).toEqual([
      [3_100, 33_400],
      [2_800, 30_600],
      [3_100, 27_500],
    ]);
  });

  test('RR-07: 90 a month, 120 from 21 April, a month of thirty days: 100 in April, 120 in May', async () => {
    const rest = { from: '2026-04-21', to: '2026-05-01' };
    const change = invoice({
      on: '2026-04-21',
      lines: [line({ amount: -3_000, ...rest, proration: true }), line({ amount: 4_000, ...rest, proration: true })],
    });
    const invoices = [billed(9_000, '2026-04-01', '2026-05-01'), change, billed(12_000, '2026-05-01', '2026-06-01')];
    expect(await columns({ invoices }, '2026-04', '2026-05')).toMatchObject([
      { billed: 10_000, recognised: 10_000, closing: 0 },
      { billed: 12_000, recognised: 12_000, closing: 0 },
    ]);
  });

  const quarter = billed(9_000, '2026-01-01', '2026-04-01', { id: 'in_1' });
  const { parent: _parent, ...rest } = quarter;
  test.each([
    ['by an invoice payment', { invoices: [quarter], invoice_payments: [paidBy(quarter)], charges: [charge(9_000)] }],
    [
      'by the invoice’s charge, before basil',
      {
        invoices: [{ ...rest, subscription: 'sub_1', charge: 'ch_1', payment_intent: 'pi_1' }],
        charges: [charge(9_000)],
      },
    ],
    [
      'by the charge’s invoice, before basil',
      { invoices: [{ ...rest, subscription: 'sub_1' }], charges: [charge(9_000, { invoice: 'in_1' })] },
    ],
  ] as const)('RR-09: 90 for three months, refunded on 1 February, known %s', async (_, lists) => {
    const months = await columns({ ...lists, refunds: [refund(9_000, '2026-02-01')] } as never, '2026-01', '2026-03');
    expect(months).toMatchObject([
      { billed: 9_000, recognised: 3_100, refunds: 0, closing: 5_900 },
      { recognised: 0, refunds: 3_100, closing: 0 },
      { recognised: 0, refunds: 0, closing: 0 },
    ]);
  });

  test('tax on top is no revenue', async () => {
    const taxed = billed(9_000, '2026-01-01', '2026-04-01', {
      total: 10_710,
      total_taxes: [{ amount: 1_710, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
    });
    expect((await columns({ invoices: [taxed] }, '2026-01', '2026-01'))[0]).toMatchObject({
      billed: 9_000,
      recognised: 3_100,
    });
  });

  test('voided on 1 February', async () => {
    const voided = {
      ...quarter,
      status: 'void',
      status_transitions: {
        finalized_at: sec('2026-01-01'),
        marked_uncollectible_at: null,
        paid_at: null,
        voided_at: sec('2026-02-01'),
      },
    };
    expect(await columns({ invoices: [voided] }, '2026-01', '2026-02')).toMatchObject([
      { recognised: 3_100, voids: 0, closing: 5_900 },
      { recognised: 0, voids: 3_100, closing: 0 },
    ]);
  });

  test('written off on 1 February', async () => {
    const off = {
      ...quarter,
      status: 'uncollectible',
      amount_paid: 0,
      amount_remaining: 9_000,
      status_transitions: {
        finalized_at: sec('2026-01-01'),
        marked_uncollectible_at: sec('2026-02-01'),
        paid_at: null,
        voided_at: null,
      },
    };
    const [january, february] = await columns({ invoices: [off] }, '2026-01', '2026-02');
    expect(january).toMatchObject({ recognised: 3_100, badDebt: 0 });
    expect(february).toMatchObject({ recognised: 0, badDebt: 3_100, closing: 0 });
  });

  test('a draft is nothing', async () => {
    const draft = {
      ...quarter,
      status: 'draft',
      status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    };
    expect((await columns({ invoices: [draft] }, '2026-01', '2026-01'))[0]).toMatchObject({
      billed: 0,
      recognised: 0,
      closing: 0,
    });
  });

  test('a discount on the line lowers what is earned', async () => {
    const lines = [
      line({
        amount: 10_000,
        from: '2026-01-01',
        to: '2026-02-01',
        subscription: 'sub_1',
        discount_amounts: [{ amount: 6_900, discount: 'di_1' }],
      }),
    ];
    const cut = invoice({
      on: '2026-01-01',
      subscription: 'sub_1',
      lines,
      subtotal: 10_000,
      total: 3_100,
      amount_due: 3_100,
      amount_paid: 3_100,
      total_discount_amounts: [{ amount: 6_900, discount: 'di_1' }],
    });
    expect((await columns({ invoices: [cut] }, '2026-01', '2026-01'))[0]).toMatchObject({
      billed: 3_100,
      recognised: 3_100,
    });
  });

  test('a credit note for the whole on 1 February', async () => {
    const note = {
      id: 'cn_1',
      object: 'credit_note',
      amount: 9_000,
      created: sec('2026-02-01'),
      currency: 'usd',
      customer: 'cus_a',
      invoice: 'in_1',
      number: 'CN-1',
      out_of_band_amount: null,
      pre_payment_amount: 9_000,
      post_payment_amount: 0,
      reason: null,
      refunds: [],
      status: 'issued',
      subtotal: 9_000,
      subtotal_excluding_tax: 9_000,
      total: 9_000,
      total_excluding_tax: 9_000,
      total_taxes: [],
      type: 'pre_payment',
      voided_at: null,
      lines: { object: 'list', has_more: false, data: [] },
    };
    const open = {
      ...quarter,
      status: 'open',
      amount_paid: 0,
      amount_remaining: 9_000,
      status_transitions: {
        finalized_at: sec('2026-01-01'),
        marked_uncollectible_at: null,
        paid_at: null,
        voided_at: null,
      },
    };
    expect(await columns({ invoices: [open], credit_notes: [note] }, '2026-01', '2026-02')).toMatchObject([
      { recognised: 3_100, creditNotes: 0, closing: 5_900 },
      { recognised: 0, creditNotes: 3_100, closing: 0 },
    ]);
  });
});
