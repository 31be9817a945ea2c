/** What discounts give away, when limited ones end, and what became of those that did. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Subscription } from '../../../../src/main/engine/domain/index.ts';
import { cliffs, discounts, explain, rebuild, series, verify } from '../../../../src/main/engine/metrics/index.ts';
import { spanReader } from '../../../../src/main/engine/metrics/ledger/discount-spans.ts';
import { plainDay } from '../../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, EUR, item, price, subscription, type Company } from '../support/company.ts';
import { on } from '../support/figures.ts';

let c: Company;
beforeEach(() => {
  c = company('2026-06-30');
  c.product('prod_main', 'Team');
});
afterEach(() => c.close());

const HALF_A_YEAR = coupon({
  id: 'SIX',
  name: 'Half a year',
  duration: 'repeating',
  durationInMonths: 6,
  percentOff: '25',
});

/** $100 a month from a day, with a discount of six months from its first day. */
function discounted(customerId: string, day: string, over: Partial<Subscription> = {}): Subscription {
  const body = subscription(at(day), {
    customerId,
    items: [item(price())],
    discounts: [discount(HALF_A_YEAR, at(day), null)],
    ...over,
  });
  c.customer(customerId, { name: customerId });
  c.see(body, at(day));
  return body;
}

function report(over: Partial<Parameters<typeof cliffs>[1]> = {}, context = c.context) {
  c.recompute(context);
  return cliffs(c.db, { months: 12, pastMonths: 24, ...over }, context);
}

describe('discount given', () => {
  test('is MRR at list prices less MRR, by day; what is discounted to nothing counts with its list price', () => {
    discounted('cus_1', '2026-03-01');
    c.see(
      subscription(at('2026-04-01'), {
        customerId: 'cus_2',
        items: [item(price({ unitAmount: '5000' }))],
        discounts: [discount(coupon({ id: 'FREE', percentOff: '100' }), at('2026-04-01'))],
      }),
      at('2026-04-01'),
    );
    expect(on(c, '2026-03-15')).toMatchObject({ mrr: 7_500, discountGiven: 2_500, discountShare: 0.25 });
    expect(on(c, '2026-04-15')).toMatchObject({ mrr: 7_500, discountGiven: 7_500, discountShare: 0.5 });
    expect(on(c, '2026-02-15')).toMatchObject({ discountGiven: 0, discountShare: null });
    const why = explain(c.db, { metric: 'discountGiven', to: plainDay('2026-04-15'), limit: 10 }, c.context);
    expect(why).toMatchObject({ total: 7_500, rowCount: 2 });
    const [line] = series(
      c.db,
      { metrics: ['discountGiven'], from: plainDay('2026-02-01'), to: plainDay('2026-04-30'), grain: 'month' },
      c.context,
    );
    expect(line?.points.map(({ value }) => value)).toEqual([0, 2_500, 7_500]);
  });

  test('by coupon, which add up to it', () => {
    discounted('cus_1', '2026-03-01');
    discounted('cus_2', '2026-04-01', {
      discounts: [discount(coupon({ id: 'PAL', name: null, amountOff: 1_000 }), at('2026-04-01'))],
    });
    c.recompute();
    expect(discounts(c.db, {}, c.context)).toMatchObject({
      listed: 20_000,
      paid: 16_500,
      given: 3_500,
      share: { value: 0.175 },
      coupons: [
        { id: 'SIX', name: 'Half a year', terms: '25% off for 6 months', customers: 1, given: 2_500 },
        { id: 'PAL', name: 'PAL', terms: '$10 off for good', customers: 1, given: 1_000 },
      ],
    });
  });
});

describe('cliffs to come', () => {
  test('the day a limited discount ends: the price now and then, the uplift and what is at risk', () => {
    discounted('cus_1', '2026-03-01');
    const { upcoming, calendar, coupons } = report();
    expect(upcoming).toMatchObject({ cliffs: 1, customers: 1, atRisk: 7_500, uplift: 2_500 });
    expect(upcoming.rows[0]).toMatchObject({
      on: '2026-09-01',
      customerName: 'cus_1',
      plan: 'Team',
      coupons: [{ id: 'SIX', name: 'Half a year' }],
      why: '25% off for 6 months, since Mar 1, 2026',
      before: 7_500,
      after: 10_000,
      uplift: 2_500,
      outcome: null,
    });
    expect(calendar.map(({ month, cliffs: count }) => [month, count]).filter(([, count]) => count !== 0)).toEqual([
      ['2026-09', 1],
    ]);
    expect(calendar).toHaveLength(13);
    expect(coupons).toEqual([{ id: 'SIX', name: 'Half a year', upcoming: 1, past: 0 }]);
  });

  test('lasting discounts, trials and subscriptions that end before have none', () => {
    discounted('cus_1', '2026-03-01', { discounts: [discount(coupon({ percentOff: '50' }), at('2026-03-01'))] });
    discounted('cus_2', '2026-03-01', { cancelAt: at('2026-08-01'), canceledAt: at('2026-06-01') });
    discounted('cus_3', '2026-06-20', { status: 'trialing', trialStart: at('2026-06-20'), trialEnd: at('2027-02-20') });
    expect(report().upcoming).toMatchObject({ cliffs: 0, atRisk: 0, uplift: 0 });
  });

  test('of two discounts only the one that ends, in full where it paid for everything', () => {
    discounted('cus_1', '2026-03-01', {
      discounts: [
        discount(coupon({ percentOff: '50' }), at('2026-03-01')),
        discount(HALF_A_YEAR, at('2026-03-01'), null),
      ],
    });
    discounted('cus_2', '2026-03-01', {
      discounts: [
        discount(coupon({ duration: 'repeating', durationInMonths: 5, percentOff: '100' }), at('2026-03-01')),
      ],
    });
    expect(report().upcoming.rows).toMatchObject([
      { on: '2026-08-01', before: 0, after: 10_000 },
      { on: '2026-09-01', before: 3_750, after: 5_000 },
    ]);
  });

  test('a yearly price keeps its discount for the term that it lowered', () => {
    const yearly = price({ interval: 'year', unitAmount: '120000' });
    const term = { currentPeriodStart: at('2026-03-01'), currentPeriodEnd: at('2027-03-01') };
    discounted('cus_1', '2026-03-01', { items: [item(yearly, term)] });
    // Six months end in September; the year that was billed with the discount ends in March.
    expect(report().upcoming.rows).toMatchObject([{ on: '2027-03-01', before: 7_500, after: 10_000 }]);
  });

  test('a filter by coupon keeps the others out of every sum', () => {
    discounted('cus_1', '2026-03-01');
    const other = coupon({ id: 'TEN', duration: 'repeating', durationInMonths: 5, percentOff: '10' });
    discounted('cus_2', '2026-03-01', { discounts: [discount(other, at('2026-03-01'))] });
    expect(report().upcoming).toMatchObject({ cliffs: 2, uplift: 3_500 });
    const filtered = report({ coupon: 'TEN' });
    expect(filtered.upcoming).toMatchObject({ cliffs: 1, uplift: 1_000, atRisk: 9_000 });
    expect(filtered.coupons).toHaveLength(2);
  });

  test('in another currency at today’s rate; without one it is named and in no sum', () => {
    const euros = { items: [item(price({ currency: EUR }))], currency: EUR };
    discounted('cus_1', '2026-03-01', euros);
    expect(report()).toMatchObject({ upcoming: { cliffs: 1, atRisk: 0 }, withoutRate: ['EUR'] });
    expect(report().upcoming.rows[0]).toMatchObject({ before: null, uplift: null });
    c.rate('2026-06-29', 'USD', '1.20');
    expect(report()).toMatchObject({ upcoming: { atRisk: 9_000, uplift: 3_000 }, withoutRate: [] });
  });
});

describe('cliffs that came', () => {
  test('who pays the new price 60 days later is kept; others contracted or churned; the rate says of how many', () => {
    const bodies = ['kept', 'smaller', 'gone'].map((customerId) => discounted(customerId, '2025-09-01'));
    const [, smaller, gone] = bodies;
    if (smaller) c.see({ ...smaller, items: [item(price({ unitAmount: '6000' }))] }, at('2026-03-20'));
    if (gone)
      c.see({ ...gone, status: 'canceled', endedAt: at('2026-04-01'), canceledAt: at('2026-04-01') }, at('2026-04-01'));
    const { past } = report();
    expect(
      past.rows.map(({ customerName, outcome, realised }) => `${customerName} ${outcome} ${realised}`).toSorted(),
    ).toEqual(['gone churned -7500', 'kept kept 2500', 'smaller contracted -1500']);
    expect(past).toMatchObject({ decided: 3, kept: 1, contracted: 1, churned: 1, open: 0, uplift: 7_500 });
    expect(past).toMatchObject({
      realised: -6_500,
      keptRate: { value: 1 / 3 },
      realisedRate: { value: -6_500 / 7_500 },
    });
  });

  test('a move to another subscription is no churn, and what is not 60 days old is open', () => {
    const old = discounted('mover', '2025-09-01');
    c.see({ ...old, status: 'canceled', endedAt: at('2026-03-10') }, at('2026-03-10'));
    c.see(subscription(at('2026-03-10'), { customerId: 'mover', items: [item(price())] }), at('2026-03-10'));
    discounted('fresh', '2025-12-15');
    const { past } = report();
    expect(past.rows.map(({ customerName, outcome }) => [customerName, outcome])).toEqual([
      ['fresh', 'open'],
      ['mover', 'kept'],
    ]);
    expect(past).toMatchObject({ decided: 1, open: 1, keptRate: { value: 1 } });
  });

  test('none decided is no rate', () => {
    expect(report().past).toMatchObject({ decided: 0, keptRate: { value: null }, realisedRate: { value: null } });
  });
});

test('what is kept step by step is what the states give when they are read anew', () => {
  const first = discounted('cus_1', '2025-09-01');
  discounted('cus_2', '2026-01-15');
  c.recompute();
  c.see({ ...first, items: [item(price({ unitAmount: '20000' }))] }, at('2026-01-10'));
  discounted('cus_3', '2026-02-01', { discounts: [] });
  c.recompute();
  c.see({ ...first, discounts: [], status: 'canceled', endedAt: at('2026-02-20') }, at('2026-02-20'));
  c.recompute();
  const stored = () =>
    c.db
      .prepare<[], Record<string, unknown>>(`SELECT * FROM discount_span ORDER BY customer_id, effective_at`)
      .all()
      .map((row) => Object.values(row));
  const customers = c.db.prepare<[], { id: number }>(`SELECT customer_id AS id FROM customer ORDER BY 1`).all();
  const anew = customers.flatMap(({ id }) => spanReader(c.db)(id).map((span) => [id, ...span]));
  expect(stored().length).toBeGreaterThan(2);
  expect(stored()).toEqual(anew);
  const before = stored();
  rebuild(c.db, c.context);
  expect(stored()).toEqual(before);
  const sums = c.db
    .prepare<[], { delta: number; given: number }>(
      `SELECT (SELECT sum(delta) FROM discount_rollup WHERE changed_on <= '2026-02-10') AS delta,
              (SELECT sum(listed_minor - annual_minor) FROM discount_span WHERE from_on <= '2026-02-10' AND until_on > '2026-02-10') AS given`,
    )
    .first();
  expect(sums?.delta).toBe(sums?.given);
  expect(verify(c.db, c.context).differences).toEqual([]);
  c.db.prepareWrite(`UPDATE discount_span SET listed_minor = listed_minor + 1`).run();
  expect(verify(c.db, c.context).differences.map(({ where }) => where)).toContain('discount_span');
});

test('the snapshot says how much hangs on few customers, and that a run rate is no contract', () => {
  for (let index = 0; index < 4; index++)
    c.see(subscription(at('2026-01-01'), { customerId: `cus_${index}`, items: [item(price())] }), at('2026-01-01'));
  const june = on(c, '2026-06-30');
  expect(june.concentration).toEqual({ top1: 0.25, top5: 1, top10: 1, top20: 1, hhi: 0.25 });
  expect(june.contractedArr).toBeNull();
  expect(june.reasons['contractedArr']).toMatch(/No contracts/);
});
