/** The customers' table and one customer's story. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customer, customers, customerTimeline, findCustomers } from '../../../src/main/engine/metrics/index.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { failureOf } from '../../support/store.ts';
import { at, company, coupon, discount, item, price, subscription, type Company } from './support/company.ts';

let c: Company;
const list = (over: Partial<Parameters<typeof customers>[1]> = {}) =>
  customers(c.db, { sort: 'mrr', direction: 'desc', offset: 0, limit: 10, ...over }, c.context);
const idOf = (name: string) => list({ search: name }).rows[0]!.customerId;

beforeAll(() => {
  c = company('2026-06-30');
  c.product('prod_main', 'Kite');
  const sell = (customerId: string, over = {}) => {
    const body = subscription(at('2026-01-10'), { customerId, items: [item(price())], ...over });
    c.see(body, at('2026-01-10'));
    return body;
  };
  sell('small', { discounts: [discount(coupon({ percentOff: '50', name: 'Half' }), at('2026-01-10'))] });
  const big = sell('big_100%');
  c.see({ ...big, items: [{ ...big.items[0]!, quantity: '4' }] }, at('2026-03-10'));
  const gone = sell('gone');
  c.see({ ...gone, status: 'canceled', canceledAt: at('2026-04-10'), endedAt: at('2026-04-10') }, at('2026-04-10'));
  const leaving = sell('leaving');
  c.see({ ...leaving, cancelAt: at('2026-08-10'), canceledAt: at('2026-05-10') }, at('2026-05-10'));
  sell('gift', { discounts: [discount(coupon({ percentOff: '100' }), at('2026-01-10'))] });
  sell('trying', { status: 'trialing', trialStart: at('2026-06-20'), trialEnd: at('2026-07-20') });
  c.customer('nobody');
  c.charge('gone', 10_000, at('2026-01-10'));
  c.charge('gone', 10_000, at('2026-02-10'));
  c.recompute();
});
afterAll(() => c.close());

test('lists what each pays and where each stands, largest first, empty last', () => {
  const { rows, total, currency } = list();
  expect([total, currency]).toEqual([7, 'USD']);
  expect(rows.slice(0, 3).map(({ name, state, mrr }) => [name, state, mrr])).toEqual([
    ['big_100%', 'paying', 40_000],
    ['leaving', 'cancelling', 10_000],
    ['small', 'paying', 5_000],
  ]);
  const states = new Map(rows.map(({ name, state }) => [name, state]));
  expect([states.get('gone'), states.get('gift'), states.get('trying'), states.get('nobody')]).toEqual([
    'churned',
    'free',
    'trialing',
    'lead',
  ]);
  expect(rows.find(({ name }) => name === 'gone')).toMatchObject({
    mrr: 0,
    customerSince: '2026-01-10',
    churnedOn: '2026-04-10',
  });
});

test('finds whom a few letters mean, the likeliest first, with a slip as well', () => {
  const names = (query: string) => findCustomers(c.db, { query, limit: 3 }, c.context).rows.map(({ name }) => name);
  expect(names('g')).toEqual(expect.arrayContaining(['gone', 'gift']));
  expect(names('LEAV')).toEqual(['leaving']);
  expect(names('leavign')).toEqual(['leaving']);
  expect(names('smaal')).toEqual(['small']);
  expect(names('100 big')).toEqual(['big_100%']);
  expect(names('')).toEqual([]);
  expect(names('zzzz')).toEqual([]);
});

test('lists the customers of a part of the company, or all others', () => {
  const everybody = list().total;
  const of = (not?: true) =>
    list({ slice: { where: [{ dimension: 'currency', values: ['USD'], ...(not && { not }) }] } }).total;
  expect(of()).toBeGreaterThan(0);
  expect(of() + of(true)).toBe(everybody);
});

test('pages, filters and searches; signs of the pattern language are plain text', () => {
  expect(list({ limit: 2 }).rows.map(({ name }) => name)).toEqual(['big_100%', 'leaving']);
  expect(list({ limit: 2, offset: 2 }).rows[0]?.name).toBe('small');
  expect(list({ state: 'churned' })).toMatchObject({ total: 1, rows: [{ name: 'gone' }] });
  expect(list({ search: '100%' })).toMatchObject({ total: 1 });
  expect(list({ search: '%' })).toMatchObject({ total: 1 });
  expect(list({ search: 'G', sort: 'name', direction: 'asc' }).rows.map(({ name }) => name)).toEqual([
    'big_100%',
    'gift',
    'gone',
    'leaving',
    'trying',
  ]);
});

test('one customer: history, subscriptions, cash, share', () => {
  expect(customer(c.db, { customerId: idOf('big') }, c.context)).toMatchObject({
    customer: { plan: 'Kite', mrr: 40_000 },
    shareOfMrr: 40_000 / 55_000,
    mrrHistory: [
      { on: '2026-01-10', mrr: 10_000 },
      { on: '2026-03-10', mrr: 40_000 },
    ],
    subscriptions: [{ status: 'active', plan: 'Kite', mrr: 40_000, startedOn: '2026-01-10', endsOn: null }],
    sources: [{ sourceName: 'Stripe', id: 'big_100%' }],
  });
  expect(customer(c.db, { customerId: idOf('leaving') }, c.context).subscriptions).toMatchObject([
    { endsOn: '2026-08-10' },
  ]);
  expect(customer(c.db, { customerId: idOf('small') }, c.context).subscriptions).toMatchObject([
    { discounts: ['Half'] },
  ]);
  expect(customer(c.db, { customerId: idOf('gone') }, c.context).lifetimeCash).toBe(20_000);
  expect(failureOf(() => customer(c.db, { customerId: 999 as CustomerId }, c.context)).code).toBe('not_found');
});

test('one timeline over billing and the ledger, newest first, in pages', () => {
  const customerId = idOf('gone');
  const { entries, more } = customerTimeline(c.db, { customerId, limit: 3 }, c.context);
  expect(more).toBe(true);
  expect(entries.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['movement Churn', 'payment Payment']);
  expect(entries[0]).toMatchObject({ amountMinor: -10_000, detail: 'Kite, canceled', tone: 'loss' });
  const older = customerTimeline(c.db, { customerId, limit: 3, before: entries.at(-1)!.at }, c.context);
  expect(older.entries.map(({ kind }) => kind)).toEqual(['payment', 'movement', 'customer']);
  expect(older.more).toBe(false);
});

test('a year at this rate is the annual sum itself, not twelve rounded months', () => {
  const yearly = company('2026-06-30');
  try {
    const body = { customerId: 'yearly', items: [item(price({ unitAmount: '10000', interval: 'year' }))] };
    yearly.see(subscription(at('2026-01-10'), body), at('2026-01-10'));
    yearly.recompute();
    const { customer: row, arr } = customer(yearly.db, { customerId: 1 as CustomerId }, yearly.context);
    expect([row.mrr, arr]).toEqual([833, 10_000]);
  } finally {
    yearly.close();
  }
});
