/** What changes between two looks at an account that tells no events: seen by the second look, and the past stays. */
import { describe, expect, test } from 'vitest';
import { merge } from '../../src/main/engine/identity/index.ts';
import { recompute } from '../../src/main/engine/metrics/index.ts';
import { account, type Account } from './account.ts';
import { canceled, coupon, discount, invoice, item, line, price, sec, subscription, yearly } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Fields = Readonly<Record<string, unknown>>;
const plan = price(10_000, { id: 'price_plan' });
const large = price(25_000, { id: 'price_large' });
const one = (over: Fields = {}) => subscription({ items: [item(plan, { id: 'si_1' })], ...over });
const having = (body: StripeObject, ...items: StripeObject[]) => ({
  ...body,
  items: { object: 'list', has_more: false, data: items },
});
const seenThen = async (first: StripeObject, second: StripeObject, lists: Record<string, StripeObject[]> = {}) => {
  const made = await account({ subscriptions: [first], prices: [plan, large], ...lists });
  made.stripe.put('subscriptions', second);
  await made.sync('2026-11-25', { full: true });
  return made;
};
const BEFORE = '2026-01-01 new 120000';

describe('one subscription', () => {
  const body = one();
  test.each<[string, (of: StripeObject) => StripeObject, string[]]>([
    ['a larger plan', (of) => having(of, item(large, { id: 'si_1' })), ['2026-11-25 expansion 180000']],
    ['three seats', (of) => having(of, item(plan, { id: 'si_1', quantity: 3 })), ['2026-11-25 expansion 240000']],
    [
      'one more item',
      (of) => having(of, item(plan, { id: 'si_1' }), item(yearly(12_000))),
      ['2026-11-25 expansion 12000'],
    ],
    ['another item at the same price', (of) => having(of, item(plan, { id: 'si_2' })), []],
    ['a free plan', (of) => having(of, item(price(0), { id: 'si_1' })), ['2026-11-25 churn -120000']],
    [
      'paused',
      (of) => ({ ...of, pause_collection: { behavior: 'void', resumes_at: null } }),
      ['2026-11-25 paused -120000'],
    ],
    [
      'paused until a day',
      (of) => ({ ...of, pause_collection: { behavior: 'void', resumes_at: sec('2026-12-24') } }),
      ['2026-11-25 paused -120000', '2026-12-24 resumed 120000'],
    ],
    ['unpaid', (of) => ({ ...of, status: 'unpaid' }), ['2026-11-25 churn -120000']],
    ['past due', (of) => ({ ...of, status: 'past_due' }), []],
    ['canceled some days ago', (of) => canceled(of, '2026-11-22'), ['2026-11-22 churn -120000']],
    [
      'leaving',
      (of) => ({ ...of, cancel_at: sec('2026-12-01'), canceled_at: sec('2026-11-22') }),
      ['2026-12-01 churn -120000'],
    ],
    [
      'a discount of before the look',
      (of) => ({ ...of, discounts: [discount(coupon({ percent_off: 50 }), '2026-11-22')] }),
      ['2026-11-22 contraction -60000'],
    ],
    [
      'on trial anew',
      (of) => ({ ...of, status: 'trialing', trial_start: sec('2026-11-22'), trial_end: sec('2026-12-22') }),
      ['2026-11-22 churn -120000', '2026-12-22 reactivation 120000'],
    ],
  ])('%s', async (_, becomes, moved) => {
    const { ledger } = await seenThen(body, becomes(body));
    expect(ledger()).toEqual([BEFORE, ...moved]);
  });

  test('a discount that is gone: full price from the look on', async () => {
    const half = { ...body, discounts: [discount(coupon({ percent_off: 50 }), '2026-01-01')] };
    expect((await seenThen(half, body)).ledger()).toEqual(['2026-01-01 new 60000', '2026-11-25 expansion 60000']);
  });

  test('a trial that became a payer, one that was left, one that goes on', async () => {
    const trial = {
      status: 'trialing',
      start: '2026-11-10',
      trial_start: sec('2026-11-10'),
      trial_end: sec('2026-11-24'),
    };
    const tried = one(trial);
    expect((await seenThen(tried, { ...tried, status: 'active' })).ledger()).toEqual(['2026-11-24 new 120000']);
    expect((await seenThen(tried, canceled(tried, '2026-11-23'))).ledger()).toEqual([]);
    const longer = { ...tried, trial_end: sec('2026-12-10') };
    expect((await seenThen(tried, longer)).ledger()).toEqual(['2026-12-10 new 120000']);
  });

  test('a larger plan, dated by the invoice that bills it', async () => {
    const rest = { from: '2026-11-22', to: '2026-12-01', proration: true, subscription: body.id, item: 'si_1' };
    const made = await account({ subscriptions: [body], prices: [plan, large] });
    made.stripe.put('subscriptions', having(body, item(large, { id: 'si_1' })));
    made.stripe.put(
      'invoices',
      invoice({
        on: '2026-11-22',
        subscription: body.id,
        billing_reason: 'subscription_update',
        lines: [line({ amount: -3_000, price: plan.id, ...rest }), line({ amount: 7_500, price: large.id, ...rest })],
      }),
    );
    await made.sync('2026-11-25', { full: true });
    expect(made.ledger()).toEqual([BEFORE, '2026-11-22 expansion 180000']);
  });
});

describe('customers that are merged', () => {
  const merged = ({ tell }: Account, from: string, into: string) =>
    tell((db, context) => {
      const idOf = (id: string) =>
        db.first(db.build.selectFrom('billing_customer').select('customer_id').where('id', '=', id))?.customer_id ?? 0;
      merge(db, context.now, [idOf(from)], idOf(into));
      recompute(db, context);
    });

  test('a loss and a new customer of one day become an expansion, and MRR stays', async () => {
    const made = await account({
      subscriptions: [
        canceled(one({ customer: 'cus_old' }), '2026-03-10T09:00:00Z'),
        subscription({ customer: 'cus_new', items: [item(large)], start: '2026-03-10T10:00:00Z' }),
      ],
      prices: [plan, large],
    });
    expect(made.ledger().toSorted()).toEqual([BEFORE, '2026-03-10 churn -120000', '2026-03-10 new 300000']);
    merged(made, 'cus_old', 'cus_new');
    expect(made.ledger()).toEqual([BEFORE, '2026-03-10 expansion 180000']);
    expect(made.month('2026-03')).toMatchObject({
      mrr: 25_000,
      customers: 1,
      newCustomers: 0,
      churnedCustomers: 0,
      logoChurn: 0,
    });
    await made.sync('2026-11-25', { full: true });
    expect(made.ledger(), 'synced again').toEqual([BEFORE, '2026-03-10 expansion 180000']);
  });
});
