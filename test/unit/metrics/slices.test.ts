import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  breakdown,
  bridge,
  climb,
  cohorts,
  customers,
  dimensions,
  dimensionValues,
  movements,
  removeSegment,
  restoreSegment,
  saveSegment,
  segments,
  snapshot,
} from '../../../src/main/engine/metrics/index.ts';
import type { Dimension, Slice } from '../../../src/shared/contract/slice.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import { at, company, EUR, item, price, subscription, type Company } from './support/company.ts';

let c: Company;
beforeEach(() => {
  c = company('2026-06-30');
  for (const [id, name] of [
    ['prod_a', 'Basic'],
    ['prod_b', 'Pro'],
    ['prod_s', 'Seats'],
  ] as const)
    c.product(id, name);
});
afterEach(() => c.close());

const PRICES = {
  basic: price({ id: 'price_a', productId: 'prod_a', unitAmount: '10000' }),
  pro: price({ id: 'price_b', productId: 'prod_b', unitAmount: '15000' }),
  proYear: price({ id: 'price_by', productId: 'prod_b', unitAmount: '150000', interval: 'year' }),
  seat: price({ id: 'price_s', productId: 'prod_s', unitAmount: '1000' }),
};
type Plan = keyof typeof PRICES;

/** A customer whose subscription has these prices from these days on; none: it is canceled. */
function lives(id: string, turns: Readonly<Record<string, readonly Plan[]>>, country?: string): void {
  c.customer(id, country === undefined ? {} : { country });
  const days = Object.keys(turns);
  const base = subscription(at(days[0]!), { id: `sub_${id}`, customerId: id });
  let last = base.items;
  for (const day of days) {
    const plans = turns[day]!;
    const items = plans.map((plan) => item(PRICES[plan], { id: `si_${id}_${plan}` }));
    if (items.length > 0) c.see({ ...base, items: (last = items) }, at(day));
    else c.see({ ...base, items: last, status: 'canceled', canceledAt: at(day), endedAt: at(day) }, at(day));
  }
}

const MAY = { from: plainDay('2026-05-01'), to: plainDay('2026-05-31') };
const only = (dimension: Dimension, ...values: string[]): { slice: Slice } => ({
  slice: { where: [{ dimension, values }] },
});
/** The movements of May that are not 0, annual. */
function moved(slice?: { slice: Slice }): Record<string, number> {
  const { opening: _o, closing: _c, ...rest } = bridge(c.db, { ...MAY, ...slice }, c.context).arr;
  return Object.fromEntries(Object.entries(rest).filter(([, amount]) => amount !== 0)) as Record<string, number>;
}

describe('what moves between plans is no churn and no new business', () => {
  test('an upgrade leaves one plan for the other; what the customer grew by is the expansion', () => {
    lives('up', { '2026-01-01': ['basic'], '2026-05-10': ['pro'] });
    c.recompute();
    expect(moved()).toEqual({ expansion: 60_000 });
    expect(moved(only('plan', 'Basic'))).toEqual({ movedOut: -120_000 });
    expect(moved(only('plan', 'Pro'))).toEqual({ expansion: 60_000, movedIn: 120_000 });
    expect(moved(only('plan', 'Basic', 'Pro'))).toEqual({ expansion: 60_000 });
  });

  test('a change to yearly billing at ten months’ price moves intervals, and contracts by the discount', () => {
    lives('yearly', { '2026-01-01': ['pro'], '2026-05-10': ['proYear'] });
    c.recompute();
    expect(moved(only('interval', 'month'))).toEqual({ contraction: -30_000, movedOut: -150_000 });
    expect(moved(only('interval', 'year'))).toEqual({ movedIn: 150_000 });
    expect(moved(only('plan', 'Pro'))).toEqual({ contraction: -30_000 });
  });

  test('a change to a plan of the same price moves all of it, under any policy, row by row', () => {
    const even = price({ id: 'price_even', productId: 'prod_s', unitAmount: '10000' });
    const base = subscription(at('2026-01-01'), { id: 'sub_even', customerId: 'even' });
    c.see({ ...base, items: [item(PRICES.basic, { id: 'si_even' })] }, at('2026-01-01'));
    c.see({ ...base, items: [item(even, { id: 'si_even' })] }, at('2026-05-10'));
    c.recompute();
    for (const policy of ['vario', 'stripe']) {
      const asked = { ...MAY, policy, ...only('plan', 'Basic') };
      expect(bridge(c.db, asked, c.context).arr).toMatchObject({ movedOut: -120_000, contraction: 0 });
      const { rows } = movements(c.db, { ...asked, limit: 10 }, c.context);
      expect(rows.map(({ kind, annualMinor }) => [policy, kind, annualMinor])).toEqual([
        [policy, 'movedOut', -120_000],
      ]);
    }
  });

  test('a plan bought on top is an expansion where it is bought, and no move', () => {
    lives('more', { '2026-01-01': ['basic'], '2026-05-10': ['basic', 'seat'] });
    c.recompute();
    expect(moved(only('plan', 'Seats'))).toEqual({ expansion: 12_000 });
    expect(moved(only('plan', 'Basic'))).toEqual({});
  });

  test('leaving and coming are churn and new in every plan that was had', () => {
    lives('gone', { '2026-01-01': ['pro', 'seat'], '2026-05-10': [] });
    lives('came', { '2026-05-20': ['basic', 'seat'] });
    c.recompute();
    expect(moved(only('plan', 'Seats'))).toEqual({ churn: -12_000, new: 12_000 });
    expect(moved(only('plan', 'Pro'))).toEqual({ churn: -180_000 });
  });

  test('retention follows whoever had the plan: an upgrade is growth, not a loss', () => {
    lives('up', { '2025-01-01': ['basic'], '2026-05-10': ['pro'] });
    lives('gone', { '2025-01-01': ['basic'], '2026-05-10': [] });
    c.recompute();
    const shot = snapshot(c.db, { month: '2026-05' as never, ...only('plan', 'Basic') }, c.context);
    expect(shot).toMatchObject({ customers: 0, churnedCustomers: 1, logoChurn: 0.5, nrr: 0.75, grr: 0.5 });
  });
});

describe('all but a part', () => {
  const allBut = (dimension: Dimension, ...values: string[]): { slice: Slice } => ({
    slice: { where: [{ dimension, values, not: true }] },
  });
  const arrOf = (slice?: { slice: Slice }) =>
    snapshot(c.db, { month: '2026-05' as never, ...slice }, c.context).arr ?? 0;

  beforeEach(() => {
    lives('both', { '2026-01-01': ['basic', 'seat'] }, 'DE');
    lives('one', { '2026-01-01': ['pro'] }, 'FR');
    c.recompute();
  });

  test.each([
    ['plan', 'Basic'],
    ['country', 'DE'],
    ['currency', 'USD'],
  ] as const)('by %s is the whole less that part', (dimension, value) => {
    expect(arrOf(only(dimension, value)) + arrOf(allBut(dimension, value))).toBe(arrOf());
    expect(arrOf(only(dimension, value))).toBeGreaterThan(0);
  });

  test('of a price keeps what else the customer pays for; of a customer leaves the customer out', () => {
    expect(arrOf(allBut('plan', 'Basic'))).toBe(arrOf(only('plan', 'Seats')) + arrOf(only('plan', 'Pro')));
    expect(arrOf(allBut('country', 'DE'))).toBe(arrOf(only('plan', 'Pro')));
    expect(arrOf(allBut('country', 'DE', 'FR'))).toBe(0);
  });

  test('has a rate of climb, and no milestone', () => {
    lives('new', { '2026-05-20': ['seat'] }, 'FR');
    c.recompute();
    const of = (slice?: { slice: Slice }) => climb(c.db, { asOf: plainDay('2026-05-31'), ...slice }, c.context);
    expect(of(allBut('plan', 'Seats')).perWeek).toBe(0);
    expect(of(only('plan', 'Seats')).perWeek).toBe(of().perWeek);
    expect(of(only('plan', 'Seats')).perWeek).toBeGreaterThan(0);
    expect(of().milestone).not.toBeNull();
    expect(of(only('plan', 'Seats')).milestone).toBeNull();
  });
});

describe('a breakdown', () => {
  beforeEach(() => {
    lives('up', { '2026-01-01': ['basic'], '2026-05-10': ['pro'] }, 'DE');
    lives('stays', { '2026-01-01': ['basic', 'seat'] }, 'FR');
    lives('came', { '2026-05-20': ['pro'] });
    c.recompute();
  });

  test('lists every value with its share, adds up, and names what has none', () => {
    const plans = breakdown(c.db, { ...MAY, by: 'plan', offset: 0, limit: 50 }, c.context);
    expect(plans.rows.map(({ label, arr, customers: n }) => [label, arr, n])).toEqual([
      ['Pro', 360_000, 2],
      ['Basic', 120_000, 1],
      ['Seats', 12_000, 1],
    ]);
    expect(plans.total).toMatchObject({ arr: 492_000, customers: 3, share: 1 });
    const countries = breakdown(c.db, { ...MAY, by: 'country', offset: 0, limit: 50 }, c.context);
    expect(countries.rows.map(({ value, label }) => [value, label])).toEqual([
      ['DE', 'DE'],
      ['', 'Country not known'],
      ['FR', 'FR'],
    ]);
  });

  test('pages: the rest stands as one row, and the total does not change', () => {
    const page = breakdown(c.db, { ...MAY, by: 'plan', offset: 1, limit: 1 }, c.context);
    expect(page.rows.map(({ value, label }) => [value, label])).toEqual([
      ['Basic', 'Basic'],
      [null, '2 others'],
    ]);
    expect(page).toMatchObject({ values: 3, total: { arr: 492_000 } });
    expect(page.rows.reduce((sum, { arr }) => sum + arr, 0)).toBe(492_000);
  });

  test('of a slice: plans of one country', () => {
    const french = breakdown(c.db, { ...MAY, by: 'plan', offset: 0, limit: 9, ...only('country', 'fr') }, c.context);
    expect(french.rows.map(({ label }) => label)).toEqual(['Basic', 'Seats']);
  });

  test('ten thousand metadata values: the largest by name, the rest as one', () => {
    const put = c.db.prepareWrite<[string, string]>(`UPDATE billing_customer SET metadata = ? WHERE id = ?`);
    c.db.transaction(() => {
      for (let n = 0; n < 10_000; n++) {
        lives(`many_${n}`, { '2026-02-01': ['seat'] });
        put.run(JSON.stringify({ account: `account ${n}` }), `many_${n}`);
      }
    });
    c.recompute();
    const parts = breakdown(c.db, { ...MAY, by: 'metadata:account', offset: 0, limit: 20 }, c.context);
    expect(parts.values).toBe(10_001);
    expect(parts.rows).toHaveLength(21);
    expect(parts.rows.at(-1)).toMatchObject({ value: null, label: '9981 others' });
    expect(parts.rows.reduce((sum, { arr }) => sum + arr, 0)).toBe(parts.total.arr);
    const found = breakdown(
      c.db,
      { ...MAY, by: 'metadata:account', offset: 0, limit: 20, search: 'account 999' },
      c.context,
    );
    expect(found.values).toBe(11);
    expect(dimensions(c.db).map(({ dimension }) => dimension)).toContain('metadata:account');
  }, 180_000);

  test('values to choose from, those with most customers first', () => {
    const { values, total } = dimensionValues(c.db, { dimension: 'plan', limit: 2 }, c.context);
    expect({ total, values: values.map(({ label, customers: n }) => [label, n]) }).toEqual({
      total: 3,
      values: [
        ['Pro', 2],
        ['Basic', 1],
      ],
    });
  });
});

describe('segments', () => {
  beforeEach(() => {
    lives('large', { '2025-01-01': ['pro', 'basic'] }, 'DE');
    lives('small', { '2026-03-01': ['seat'] }, 'DE');
    lives('gone', { '2025-02-01': ['pro'], '2026-05-10': [] }, 'FR');
    c.recompute();
  });
  const names = (input: Partial<Parameters<typeof customers>[1]>) =>
    customers(c.db, { sort: 'name', direction: 'asc', offset: 0, limit: 50, ...input }, c.context).rows.map(
      ({ name }) => name,
    );

  test.each([
    ['amount', { mrr: { min: minor(10_000) } }, ['large']],
    ['state', { states: ['churned' as const] }, ['gone']],
    ['first paid', { firstPaid: { to: plainDay('2025-12-31') } }, ['gone', 'large']],
    ['churned', { churned: { from: plainDay('2026-05-01') } }, ['gone']],
    ['plan it pays for', { where: [{ dimension: 'plan' as const, values: ['basic'] }] }, ['large']],
    ['not in a country', { where: [{ dimension: 'country' as const, values: ['DE'], not: true }] }, ['gone']],
    ['text', { search: 'LAR' }, ['large']],
  ])('a filter by %s', (_, filter, expected) => {
    expect(names({ filter })).toEqual(expected);
  });

  test('are a dimension like others, and outlive the values they are made of', () => {
    const saved = saveSegment(
      c.db,
      { name: 'German', filter: { where: [{ dimension: 'country', values: ['DE'] }] } },
      c.context.now,
    );
    expect(segments(c.db, c.context)).toMatchObject([{ name: 'German', customers: 2 }]);
    expect(names({ segment: 'german' })).toEqual(['large', 'small']);
    expect(snapshot(c.db, only('segment', String(saved.segmentId)), c.context).arr).toBe(312_000);
    const parts = breakdown(c.db, { ...MAY, by: 'segment', offset: 0, limit: 9 }, c.context);
    expect(parts.rows).toMatchObject([{ label: 'German', arr: 312_000, customers: 2 }]);
    c.db.prepareWrite(`UPDATE customer SET country = 'AT'`).run();
    c.customer('new', { discounts: [] });
    c.recompute();
    expect(segments(c.db, c.context)).toMatchObject([{ name: 'German', customers: 0 }]);
  });

  test('a name is taken once, in any case; one taken away can come back while it is free', () => {
    const filter = { states: ['paying' as const] };
    const first = saveSegment(c.db, { name: 'Payers', filter }, c.context.now);
    expect(() => saveSegment(c.db, { name: 'PAYERS', filter }, c.context.now)).toThrow(/“Payers” exists already/);
    expect(() => saveSegment(c.db, { name: 'All', filter: {} }, c.context.now)).toThrow(/no condition/);
    removeSegment(c.db, first.segmentId, c.context.now);
    expect(segments(c.db, c.context)).toEqual([]);
    const second = saveSegment(c.db, { name: 'payers', filter }, c.context.now);
    expect(() => restoreSegment(c.db, first.segmentId)).toThrow(/exists already/);
    removeSegment(c.db, second.segmentId, c.context.now);
    expect(restoreSegment(c.db, first.segmentId).name).toBe('Payers');
  });

  test('a filter that is changed counts at once', () => {
    const { segmentId } = saveSegment(c.db, { name: 'S', filter: { states: ['churned'] } }, c.context.now);
    expect(names({ segment: 'S' })).toEqual(['gone']);
    saveSegment(c.db, { segmentId, filter: { states: ['paying'] } }, c.context.now);
    expect(names({ segment: 'S' })).toEqual(['large', 'small']);
  });
});

describe('what there is not', () => {
  test('is refused with what there is', () => {
    lives('one', { '2026-01-01': ['pro'] }, 'DE');
    c.recompute();
    const ask = (dimension: Dimension, value: string) => () => snapshot(c.db, only(dimension, value), c.context);
    expect(ask('plan', 'prp')).toThrow('There is no plan “prp”; known: Pro');
    expect(ask('country', 'XX')).toThrow('There is no country “XX”; known: DE');
    expect(ask('metadata:tier', 'gold')).toThrow(
      'There is no value of the metadata key tier “gold”; none is known yet',
    );
    expect(ask('segment', 'Big')).toThrow('There is no segment “Big”; none is known yet');
  });

  test('a plan that was only tried out is known, and has its trials', () => {
    const base = subscription(at('2026-06-20'), { id: 'sub_try', customerId: 'try', status: 'trialing' });
    c.see({ ...base, trialEnd: at('2026-07-04'), items: [item(PRICES.pro, { id: 'si_try' })] }, at('2026-06-20'));
    c.recompute();
    const shot = snapshot(c.db, only('plan', 'Pro'), c.context);
    expect(shot).toMatchObject({ mrr: 0, customers: 0, trials: 1, trialMrr: 15_000 });
    expect(snapshot(c.db, only('currency', 'USD'), c.context).trials).toBe(1);
  });

  test('figures that are the company’s alone say so', () => {
    lives('one', { '2026-01-01': ['pro'] });
    c.recompute();
    const shot = snapshot(c.db, only('plan', 'Pro'), c.context);
    expect(shot).toMatchObject({ netRevenue: 0, cac: null, netBurn: null });
    expect(shot.reasons['netBurn']).toMatch(/whole company only/);
  });
});

test('constant currency values everything at one day’s rates; without one it says so', () => {
  const euro = price({ id: 'price_e', productId: 'prod_b', unitAmount: '10000', currency: EUR });
  c.rate('2026-04-30', 'USD', '1.10');
  c.rate('2026-05-15', 'USD', '1.20');
  c.rate('2026-05-31', 'USD', '1.25');
  for (const [id, day] of [
    ['old', '2026-01-01'],
    ['new', '2026-05-15'],
  ] as const)
    c.see(subscription(at(day), { id: `sub_${id}`, customerId: id, currency: EUR, items: [item(euro)] }), at(day));
  c.recompute();
  const ask = (constantCurrency?: { at?: ReturnType<typeof plainDay> }) =>
    bridge(c.db, { ...MAY, ...(constantCurrency && { constantCurrency }) }, c.context);
  expect(ask().arr).toMatchObject({ opening: 132_000, new: 144_000, fx: 24_000, closing: 300_000 });
  expect(ask({})).toMatchObject({
    ratesOn: '2026-04-30',
    arr: { opening: 132_000, new: 132_000, fx: 0, closing: 264_000 },
  });
  expect(ask({ at: plainDay('2026-05-31') }).arr).toMatchObject({ opening: 150_000, new: 150_000, fx: 0 });
  const none = snapshot(
    c.db,
    { month: '2026-05' as never, constantCurrency: { at: plainDay('2020-01-01') } },
    c.context,
  );
  expect(none.mrr).toBeNull();
  expect(none.reasons['mrr']).toMatch(/No rate from EUR to USD on 2020-01-01/);
});

test('cohorts of a slice: whoever began with the plan, followed with all they pay', () => {
  lives('up', { '2026-01-05': ['basic'], '2026-03-10': ['pro'] });
  lives('pro', { '2026-01-05': ['pro'] });
  c.recompute();
  const matrix = (slice?: { slice: Slice }) =>
    cohorts(c.db, { kind: 'net', unit: 'month', ...slice }, c.context).rows.map(({ size, values }) => [
      size,
      values.slice(0, 3),
    ]);
  expect(matrix(only('plan', 'Basic'))).toEqual([[1, [1, 1, 1.5]]]);
  expect(matrix(only('plan', 'Pro'))).toEqual([[1, [1, 1, 1]]]);
  expect(matrix()).toEqual([[2, [1, 1, 1.2]]]);
});
