/**
 * Every figure of every dimension: a company of two halves that have no plan, product, price, interval, currency,
 * country, channel, metadata or segment in common. Each half, cut out of the whole, must have the figures of a company
 * that is that half alone, on a day, over months and as lines; only what costs are needed for is not known of it.
 */
import { expect, test } from 'vitest';
import { cohorts, saveSegment, series, survival, trialCohorts } from '../../src/main/engine/metrics/index.ts';
import { SERIES_METRICS } from '../../src/shared/contract/metrics.ts';
import type { Dimension, Slice } from '../../src/shared/contract/slice.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, type Account } from './account.ts';
import { charge, dispute, note, paidBy, refund } from './billing-objects.ts';
import {
  canceled,
  coupon,
  customer,
  discount,
  event,
  invoice,
  item,
  line,
  price,
  sec,
  subscription,
} from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

interface Half {
  readonly key: 'a' | 'b';
  readonly currency: string;
  readonly interval: 'month' | 'year';
  readonly unit: number;
  readonly country: string;
}
const A: Half = { key: 'a', currency: 'usd', interval: 'month', unit: 10_000, country: 'US' };
const B: Half = { key: 'b', currency: 'eur', interval: 'year', unit: 96_000, country: 'DE' };

/** Periods of usage, and the days on which they are billed. */
const USED = [
  ['2025-11-02', '2025-12-02'],
  ['2025-12-02', '2026-01-02'],
  ['2026-01-02', '2026-02-02'],
  ['2026-02-02', '2026-03-02'],
] as const;

/** A half: one who stays and grows, one who leaves, one who comes back and is past due, one who is to end and uses meters, trials; bills, payments, a refund, a dispute, a failed payment. */
function objectsOf({ key, currency, interval, unit, country }: Half): Record<string, readonly StripeObject[]> {
  const priced = (amount: number, id: string) =>
    price(amount, { id: `price_${key}${id}`, product: `prod_${key}`, currency, recurring: { interval } });
  const [small, large] = [priced(unit, '1'), priced(unit * 2, '1x')];
  const meter = price(10, {
    id: `price_${key}use`,
    product: `prod_${key}`,
    currency,
    recurring: { interval, usage_type: 'metered', meter: `mtr_${key}` },
  });
  const { quantity: _, ...metered } = item(meter, { id: `si_${key}use` });
  const ending = { cancel_at_period_end: true, cancel_at: sec('2026-12-02'), canceled_at: sec('2026-04-10') };
  const who = (n: number) => `cus_${key}${n}`;
  const of = (n: number, start: string, over: Record<string, unknown> = {}) =>
    subscription({ customer: who(n), currency, items: [item(small, { id: `si_${key}${n}` })], start, ...over });
  const grows = { ...of(1, '2025-02-01'), id: `sub_${key}1` };
  const grown = { ...grows, items: { object: 'list', has_more: false, data: [item(large, { id: `si_${key}1` })] } };
  const half = discount(coupon({ id: `half_${key}`, percent_off: 50 }), '2026-01-01', { customer: who(4) });
  const bill = invoice({
    id: `in_${key}`,
    on: '2026-04-05',
    customer: who(1),
    currency,
    subscription: grows.id,
    lines: [
      line({
        amount: unit,
        from: '2026-04-05',
        to: '2026-05-05',
        currency,
        subscription: grows.id,
        item: `si_${key}1`,
        price: large.id,
        pricing: { type: 'price_details', price_details: { price: large.id, product: `prod_${key}` } },
      }),
    ],
  });
  const pay = (id: string, over: Record<string, unknown> = {}) =>
    charge(unit, {
      id: `ch_${key}${id}`,
      currency,
      customer: who(1),
      payment_intent: `pi_${key}`,
      created: sec('2026-04-05'),
      ...over,
    });
  return {
    customers: [1, 2, 3, 4, 5].map((n) =>
      customer(who(n), {
        address: { country },
        currency,
        created: sec('2026-03-20'),
        metadata: { channel: `channel ${key}`, tier: `tier ${key}` },
      }),
    ),
    products: [
      {
        id: `prod_${key}`,
        object: 'product',
        active: true,
        name: `Plan ${key}`,
        created: sec('2025-01-01'),
        metadata: {},
      },
    ],
    prices: [small, large, meter],
    subscriptions: [
      grown,
      {
        ...canceled(of(2, '2025-03-01'), '2026-04-10'),
        cancellation_details: { comment: null, feedback: null, reason: 'payment_failed' },
      },
      canceled(of(3, '2025-05-01'), '2025-12-01'),
      of(3, '2026-04-20', { status: 'past_due' }),
      { ...of(4, '2026-04-02', { discounts: [half], ...ending }), id: `sub_${key}4` },
      subscription({
        id: `sub_${key}use`,
        customer: who(4),
        currency,
        items: [metered as StripeObject],
        start: '2025-01-02',
      }),
      of(5, '2026-04-01', { trial_start: sec('2026-04-01'), trial_end: sec('2026-04-15') }),
      of(5, '2026-04-25', { status: 'trialing', trial_start: sec('2026-04-25'), trial_end: sec('2026-12-25') }),
    ],
    events: [
      event('customer.subscription.created', '2025-02-01', grows),
      event('customer.subscription.updated', '2026-04-12', grown),
    ],
    invoices: [
      bill,
      ...USED.map(([from, on], index) =>
        invoice({
          id: `in_${key}use${index}`,
          on,
          customer: who(4),
          currency,
          subscription: `sub_${key}use`,
          lines: [
            line({
              amount: 1_000 * (index + 1),
              from,
              to: on,
              currency,
              subscription: `sub_${key}use`,
              item: `si_${key}use`,
              price: meter.id,
              pricing: { type: 'price_details', price_details: { price: meter.id, product: `prod_${key}` } },
            }),
          ],
        }),
      ),
    ],
    invoice_payments: [
      { ...paidBy(bill), id: `inpay_${key}`, payment: { type: 'payment_intent', payment_intent: `pi_${key}` } },
    ],
    charges: [
      pay('_failed', {
        status: 'failed',
        amount_captured: 0,
        captured: false,
        paid: false,
        failure_code: 'card_declined',
      }),
      pay('', { created: sec('2026-04-07') }),
    ],
    refunds: [
      refund(unit / 10, '2026-04-15', { id: `re_${key}`, charge: `ch_${key}`, payment_intent: `pi_${key}`, currency }),
    ],
    disputes: [
      dispute(unit / 5, '2026-04-18', 'lost', {
        id: `dp_${key}`,
        charge: `ch_${key}`,
        payment_intent: `pi_${key}`,
        currency,
      }),
    ],
    credit_notes: [
      note(unit / 20, '2026-04-20', { id: `cn_${key}`, invoice: `in_${key}`, customer: who(1), currency }),
    ],
    balance_transactions: [
      {
        id: `txn_${key}`,
        object: 'balance_transaction',
        amount: unit,
        available_on: sec('2026-04-09'),
        created: sec('2026-04-07'),
        currency,
        fee: unit / 50,
        net: unit - unit / 50,
        reporting_category: 'charge',
        source: `ch_${key}`,
        type: 'charge',
      },
    ],
  };
}

const RATES = Object.fromEntries(
  [
    '2025-01-31',
    '2025-04-30',
    '2026-03-31',
    '2026-04-03',
    '2026-04-09',
    '2026-04-14',
    '2026-04-20',
    '2026-04-25',
    '2026-04-30',
    '2026-11-19',
  ].map((day, index) => [day, { USD: 1.1 + index / 100 }]),
);

async function company(...halves: readonly Half[]): Promise<Account> {
  const lists: Record<string, StripeObject[]> = {};
  for (const half of halves)
    for (const [name, objects] of Object.entries(objectsOf(half))) (lists[name] ??= []).push(...objects);
  const made = await account(lists);
  expect(made.quarantined()).toEqual([]);
  await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(RATES) }));
  return made;
}

const where = (dimension: Dimension, value: string): Slice => ({ where: [{ dimension, values: [value] }] });
/** What cuts a half out, by dimension. */
const cuts = ({ key, currency, interval, country }: Half): Record<string, Slice> => ({
  plan: where('plan', `Plan ${key}`),
  product: where('product', `prod_${key}`),
  price: { where: [{ dimension: 'price', values: [`price_${key}1`, `price_${key}1x`, `price_${key}use`] }] },
  interval: where('interval', interval),
  currency: where('currency', currency.toUpperCase()),
  country: where('country', country),
  channel: where('channel', `channel ${key}`),
  metadata: where('metadata:tier', `tier ${key}`),
  segment: where('segment', `half ${key}`),
  'all but the other country': { where: [{ dimension: 'country', values: [key === 'a' ? 'DE' : 'US'], not: true }] },
});

/** Known of the whole company only, or not a figure. */
const NOT_COMPARED = new Set(['reasons', 'unvalued', 'cacByChannel', 'costMonth']);

function figuresOf(made: Account, slice?: Slice) {
  const shown = (snapshot: ReturnType<Account['on']>) =>
    Object.fromEntries(
      Object.entries(snapshot).map(([name, value]) => {
        if (NOT_COMPARED.has(name)) return [name, null];
        if (name !== 'movements') return [name, value];
        const { movedIn, movedOut, ...own } = value as Record<string, number>;
        // A half keeps to itself: nothing moves over its border.
        expect([movedIn ?? 0, movedOut ?? 0]).toEqual([0, 0]);
        return [name, own];
      }),
    );
  const input = slice === undefined ? {} : { slice };
  const lines = [0, 12, 24, 36, 48].flatMap((from) => {
    const metrics = SERIES_METRICS.slice(from, from + 12);
    return metrics.length === 0
      ? []
      : made.ask((db, context) =>
          series(
            db,
            { metrics, from: plainDay('2026-03-01'), to: plainDay('2026-05-31'), grain: 'month', ...input },
            context,
          ),
        );
  });
  return {
    day: shown(made.on('2026-04-20', input)),
    month: shown(made.month('2026-04', input)),
    before: shown(made.month('2025-12', input)),
    today: shown(made.on('2026-11-20', input)),
    lines: lines.map(({ metric, points }) => [metric, ...points.map(({ value }) => value)]),
    cohorts: made.ask((db, context) => cohorts(db, { kind: 'net', unit: 'month', ...input }, context)).rows,
    lifetimes: made.ask((db, context) => survival(db, input, context)).steps,
    trials: made.ask((db, context) => trialCohorts(db, { unit: 'month', ...input }, context)).rows,
  };
}

test.each([A, B])('the half $key, cut out by any dimension, is the company that it is alone', async (half) => {
  const expected = figuresOf(await company(half));
  expect(expected.month).toMatchObject({ customers: 4, churnedCustomers: 1, disputesLost: 1, failedPayments: 1 });
  for (const name of [
    'mrr',
    'nrr',
    'quickRatio',
    'netRevenue',
    'refunds',
    'fees',
    'discountGiven',
    'timeToFirstPayment',
  ])
    expect(expected.month[name], name).toBeGreaterThan(0);
  for (const name of ['pastDueMrr', 'usageRunRate', 'trialMrr', 'cmrr'])
    expect(expected.today[name], name).toBeGreaterThan(0);
  expect(expected.today['cmrr']).toBeLessThan(Number(expected.today['mrr']));
  const whole = await company(A, B);
  whole.tell((db, { now }) =>
    saveSegment(
      db,
      { name: `half ${half.key}`, filter: { where: [{ dimension: 'country', values: [half.country] }] } },
      now,
    ),
  );
  for (const [name, slice] of Object.entries(cuts(half)))
    expect.soft(figuresOf(whole, slice), `cut out by ${name}`).toEqual(expected);
});
