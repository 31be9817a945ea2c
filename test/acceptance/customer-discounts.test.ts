/** A customer's own discount over time: the customer shows the one of now alone, and the past keeps those it had. */
import { describe, expect, test } from 'vitest';
import { account, type Account } from './account.ts';
import { coupon, customer, discount, event, item, price, sec, subscription, withCoupon } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Fields = Readonly<Record<string, unknown>>;
const off = (over: Fields, start = '2026-01-01', more: Fields = {}) => discount(coupon(over), start, more);
const plain = (over: Fields = {}) => subscription({ items: [item(price(10_000))], ...over });
const having = async (given: StripeObject | null, subscriptions = [plain()], events: readonly StripeObject[] = []) =>
  await account({ customers: [customer('cus_a', { discount: given })], subscriptions, events });
const laterHas = async ({ stripe, sync }: Account, given: StripeObject | null) => {
  stripe.put('customers', customer('cus_a', { discount: given }));
  await sync('2026-11-25', { full: true });
};

describe('that a later sync no longer finds', () => {
  test('was there until then', async () => {
    const made = await having(off({ percent_off: 25 }));
    expect(made.on('2026-06-30').mrr).toBe(7_500);
    await laterHas(made, null);
    expect(made.ledger()).toEqual(['2026-01-01 new 90000', '2026-11-25 expansion 30000']);
    await made.sync('2026-11-28', { full: true });
    expect(made.ledger(), 'found once').toEqual(['2026-01-01 new 90000', '2026-11-25 expansion 30000']);
  });

  test('and is another now: until that one began', async () => {
    const made = await having(off({ percent_off: 25 }));
    await laterHas(made, off({ percent_off: 50 }, '2026-11-22'));
    expect(made.ledger()).toEqual(['2026-01-01 new 90000', '2026-11-22 contraction -30000']);
  });

  test('was over by itself before: as it was', async () => {
    const three = off({ percent_off: 25, duration: 'repeating', duration_in_months: 3 });
    const made = await having(three);
    await laterHas(made, null);
    expect(made.ledger()).toEqual(['2026-01-01 new 90000', '2026-04-01 expansion 30000']);
  });

  test('one coupon given again, which the oldest shape names by the coupon alone', async () => {
    const half = coupon({ percent_off: 50 });
    const given = (start: string) => {
      const { id: _, ...rest } = withCoupon(discount(half, start));
      return rest as StripeObject;
    };
    const made = await having(given('2026-01-01'));
    await laterHas(made, null);
    made.stripe.put('customers', customer('cus_a', { discount: given('2026-11-28') }));
    await made.sync('2026-12-01', { full: true });
    expect(made.ledger()).toEqual([
      '2026-01-01 new 60000',
      '2026-11-25 expansion 60000',
      '2026-11-28 contraction -60000',
    ]);
  });
});

describe('that events tell of', () => {
  test.each([
    ['today', (given: StripeObject) => given],
    ['older words', withCoupon],
  ] as const)('from its beginning to its end, in the words of %s', async (_, said) => {
    const given = said(off({ percent_off: 25 }, '2026-03-01'));
    const made = await having(
      null,
      [plain()],
      [
        event('customer.discount.created', '2026-03-01', given),
        event('customer.discount.deleted', '2026-05-01', given),
      ],
    );
    expect(made.quarantined()).toEqual([]);
    expect(made.ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-03-01 contraction -30000',
      '2026-05-01 expansion 30000',
    ]);
  });

  test('its end alone, between two syncs: on the day of the event', async () => {
    const given = off({ percent_off: 25 });
    const made = await having(given, [plain()], [event('customer.updated', '2026-11-19', customer('cus_a'))]);
    made.stripe.put('customers', customer('cus_a'));
    made.stripe.put('events', event('customer.discount.deleted', '2026-11-22', given));
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(['2026-01-01 new 90000', '2026-11-22 expansion 30000']);
  });

  test('one of a subscription is no discount of the customer', async () => {
    const of = off({ percent_off: 25 }, '2026-03-01');
    const body = plain({ customer: 'cus_a' });
    const told = { ...of, subscription: 'sub_other' };
    const made = await having(null, [body], [event('customer.discount.created', '2026-03-01', told)]);
    expect(made.ledger()).toEqual(['2026-01-01 new 120000']);
  });
});

describe('beside what subscriptions have', () => {
  test('begun before the subscription, for three months', async () => {
    const given = off({ percent_off: 50, duration: 'repeating', duration_in_months: 3 }, '2026-02-01', {
      end: sec('2026-05-01'),
    });
    expect((await having(given, [plain({ start: '2026-03-01' })])).ledger()).toEqual([
      '2026-03-01 new 60000',
      '2026-05-01 expansion 60000',
    ]);
  });

  test('takes the place of the subscription’s own when that is over', async () => {
    const own = off({ percent_off: 50, duration: 'repeating', duration_in_months: 3 });
    expect((await having(off({ percent_off: 20 }), [plain({ discounts: [own] })])).ledger()).toEqual([
      '2026-01-01 new 60000',
      '2026-04-01 expansion 36000',
    ]);
  });

  test('an amount in another currency does nothing', async () => {
    expect((await having(off({ amount_off: 1_000, currency: 'eur' }))).on('2026-06-30').mrr).toBe(10_000);
  });
});
