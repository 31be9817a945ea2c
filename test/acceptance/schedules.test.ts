/** Subscription schedules: what is planned comes without another sync, and what is planned to end is not committed. */
import { describe, expect, test } from 'vitest';
import { account } from './account.ts';
import { coupon, discount, event, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Fields = Readonly<Record<string, unknown>>;

const basic = price(10_000, { id: 'price_basic' });
const pro = price(30_000, { id: 'price_pro', product: 'prod_pro' });
const period = { current_period_start: sec('2026-11-01'), current_period_end: sec('2026-12-01') };

function phase(from: string, to: string, of: StripeObject, over: Fields = {}): Fields {
  const { quantity = 1, itemDiscounts = [], ...rest } = over;
  return {
    add_invoice_items: [],
    currency: 'usd',
    default_tax_rates: [],
    discounts: [],
    end_date: sec(to),
    items: [{ discounts: itemDiscounts, metadata: {}, plan: of.id, price: of.id, quantity, tax_rates: [] }],
    proration_behavior: 'none',
    start_date: sec(from),
    trial_end: null,
    ...rest,
  };
}

function schedule(phases: readonly Fields[], over: Fields = {}): StripeObject {
  return {
    id: 'sub_sched_1',
    object: 'subscription_schedule',
    created: sec('2026-01-01'),
    current_phase: null,
    customer: 'cus_a',
    end_behavior: 'release',
    phases,
    status: 'active',
    subscription: 'sub_planned',
    ...over,
  };
}

const planned = (over: Fields = {}) =>
  subscription({
    id: 'sub_planned',
    items: [item(basic, { id: 'si_1', ...period })],
    schedule: 'sub_sched_1',
    ...over,
  });

const setUp = async (plan: StripeObject, over: Fields = {}, lists: Readonly<Record<string, StripeObject[]>> = {}) =>
  await account({ subscriptions: [planned(over)], prices: [basic, pro], subscription_schedules: [plan], ...lists });

describe('phases to come', () => {
  const toPro = () => schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)]);

  test('another price from a later day: today’s MRR stays, that day’s is the new one', async () => {
    const made = await setUp(toPro());
    expect(made.quarantined()).toEqual([]);
    expect(made.on('2026-11-20')).toMatchObject({ mrr: 10_000, cmrr: 10_000 });
    expect(made.on('2026-12-14').mrr).toBe(10_000);
    expect(made.month('2026-12')).toMatchObject({
      mrr: 30_000,
      cmrr: 30_000,
      movements: { expansion: 20_000, churn: 0 },
    });
    expect(made.on('2028-01-31').mrr).toBe(30_000);
  });

  test('several phases, other quantities, an added item, and a price that no list shows', async () => {
    const steps = schedule([
      phase('2026-01-01', '2027-01-01', basic),
      phase('2027-01-01', '2027-02-01', basic, { quantity: 3 }),
      {
        ...phase('2027-02-01', '2027-03-01', basic, { quantity: 3 }),
        items: [
          { price: basic.id, quantity: 3, discounts: [] },
          { price: 'price_pro', quantity: 1, discounts: [] },
        ],
      },
      phase('2027-03-01', '2027-04-01', { id: 'price_nowhere' }),
    ]);
    const { ledger, on } = await setUp(steps);
    expect(ledger()).toEqual([
      '2026-01-01 new 120000',
      '2027-01-01 expansion 240000',
      '2027-02-01 expansion 360000',
      '2027-03-01 churn -720000',
    ]);
    expect(on('2027-03-02')).toMatchObject({ mrr: 0, unvalued: [{ what: 'price', subscriptionId: 'sub_planned' }] });
  });

  test('end_behavior cancel: committed MRR is without it, MRR until the last phase ends', async () => {
    const { on, month } = await setUp(schedule([phase('2026-01-01', '2027-01-01', basic)], { end_behavior: 'cancel' }));
    expect(on('2026-11-20')).toMatchObject({ mrr: 10_000, cmrr: 0 });
    expect(month('2027-01')).toMatchObject({ mrr: 0, movements: { churn: -10_000 } });
  });

  test.each(['released', 'canceled', 'completed'])('a schedule that was %s plans nothing', async (status) => {
    const { on } = await setUp({ ...toPro(), status });
    expect(on('2027-06-30').mrr).toBe(10_000);
  });

  test('a schedule that has not begun has no subscription: nothing of it is MRR or committed MRR yet', async () => {
    const later = schedule([phase('2027-01-01', '2028-01-01', pro)], {
      id: 'sub_sched_2',
      status: 'not_started',
      subscription: null,
    });
    const made = await setUp(toPro(), {}, { subscription_schedules: [toPro(), later] });
    expect(made.quarantined()).toEqual([]);
    expect(made.on('2026-11-20')).toMatchObject({ mrr: 10_000, cmrr: 10_000 });
    expect(made.on('2027-01-31')).toMatchObject({ mrr: 30_000, cmrr: 30_000 });
  });

  test('a cancellation before a phase is the end of it', async () => {
    const { on } = await setUp(toPro(), { cancel_at: sec('2026-12-01'), canceled_at: sec('2026-11-10') });
    expect(on('2026-12-20').mrr).toBe(0);
  });

  test('a phase with a trial, then paid', async () => {
    const { on } = await setUp(
      schedule([
        phase('2026-01-01', '2026-12-01', basic),
        phase('2026-12-01', '2027-01-01', pro, { trial_end: sec('2027-01-01') }),
        phase('2027-01-01', '2028-01-01', pro),
      ]),
    );
    expect(on('2026-12-10')).toMatchObject({ mrr: 0, trialMrr: 30_000 });
    expect(on('2027-01-01')).toMatchObject({ mrr: 30_000, trialMrr: 0 });
  });

  test('a trial of today that ends with its phase', async () => {
    const trial = { status: 'trialing', trial_start: sec('2026-11-10'), trial_end: sec('2026-11-24') };
    const { ledger } = await setUp(
      schedule([
        phase('2026-11-10', '2026-11-24', basic, { trial_end: sec('2026-11-24') }),
        phase('2026-11-24', '2027-11-24', pro),
      ]),
      { start: '2026-11-10', ...trial },
    );
    expect(ledger()).toEqual(['2026-11-24 new 360000']);
  });

  test('a pause that the schedule plans, with and without its end; a phase that begins within it waits', async () => {
    const until = (resume: { resume_at: number } | null) => ({
      pause_schedules: [{ key: 'p', pause: { pause_at: sec('2026-12-01'), settings: null }, resume }],
    });
    const one = [phase('2026-01-01', '2028-01-01', basic)];
    const away = await setUp(schedule(one, until({ resume_at: sec('2027-02-01') })));
    expect(away.ledger()).toEqual(['2026-01-01 new 120000', '2026-12-01 paused -120000', '2027-02-01 resumed 120000']);
    expect((await setUp(schedule(one, until(null)))).on('2028-06-30').mrr).toBe(0);
    const within = [phase('2026-01-01', '2027-01-01', basic), phase('2027-01-01', '2028-01-01', pro)];
    const changed = await setUp(schedule(within, until({ resume_at: sec('2027-02-01') })));
    expect([changed.on('2027-01-15').mrr, changed.on('2027-02-01').mrr]).toEqual([0, 30_000]);
  });

  test('a pause outlasts the phase unless it ends before', async () => {
    const pause = (until: string) => ({ pause_collection: { behavior: 'void', resumes_at: sec(until) } });
    expect((await setUp(toPro(), pause('2027-02-01'))).on('2026-12-20').mrr).toBe(0);
    expect((await setUp(toPro(), pause('2027-02-01'))).on('2027-02-01').mrr).toBe(30_000);
    expect((await setUp(toPro(), pause('2026-12-01'))).on('2026-12-05').mrr).toBe(10_000);
  });
});

describe('discounts of phases', () => {
  const half = coupon({ id: 'half', percent_off: 50 });

  test('a coupon by its id or by a promotion code, on the phase or on an item', async () => {
    const code = {
      id: 'promo_1',
      object: 'promotion_code',
      active: true,
      code: 'HALF',
      created: 1,
      promotion: { coupon: 'half' },
      times_redeemed: 0,
    };
    const named = [
      { discounts: [{ coupon: 'half', discount: null, promotion_code: null }] },
      { discounts: [{ coupon: null, discount: null, promotion_code: 'promo_1' }] },
      { itemDiscounts: [{ coupon: 'half', discount: null, promotion_code: null }] },
    ];
    for (const over of named) {
      const { on } = await setUp(
        schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro, over)]),
        {},
        { coupons: [half], promotion_codes: [code] },
      );
      expect([on('2026-12-01').mrr, on('2026-12-20').mrr]).toEqual([10_000, 15_000]);
    }
  });

  test('today’s discount goes on where the phase names it, and ends where it does not', async () => {
    const given = discount(half, '2026-01-01');
    const naming = (discounts: readonly Fields[]) =>
      setUp(
        schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro, { discounts })]),
        { discounts: [given] },
        { coupons: [half] },
      );
    const kept = await naming([{ coupon: null, discount: given.id, promotion_code: null }]);
    expect([kept.on('2026-12-01').mrr, kept.on('2026-12-20').mrr]).toEqual([5_000, 15_000]);
    const gone = await naming([]);
    expect([gone.on('2026-12-01').mrr, gone.on('2026-12-20').mrr]).toEqual([5_000, 30_000]);
  });
});

describe('phases that are over', () => {
  const since = () => schedule([phase('2026-01-01', '2026-06-01', pro), phase('2026-06-01', '2027-01-01', basic)]);

  test('tell what the subscription was where no event and no invoice does', async () => {
    const { ledger } = await setUp(since());
    expect(ledger()).toEqual(['2026-01-01 new 360000', '2026-06-01 contraction -240000']);
  });

  test('one that began in the middle of the subscription’s life: as it was then, before it too', async () => {
    const later = schedule([phase('2026-03-01', '2026-06-01', pro), phase('2026-06-01', '2027-01-01', basic)]);
    expect((await setUp(later)).ledger()).toEqual(['2026-01-01 new 360000', '2026-06-01 contraction -240000']);
  });

  test('do not contradict invoices', async () => {
    const bill = (from: string, to: string) =>
      invoice({
        on: from,
        subscription: 'sub_planned',
        lines: [line({ amount: 10_000, from, to, price: basic.id, subscription: 'sub_planned', item: 'si_1' })],
      });
    const { ledger } = await setUp(since(), {}, { invoices: [bill('2026-01-01', '2026-02-01')] });
    expect(ledger()).toEqual(['2026-01-01 new 120000']);
  });
});

describe('phases in older words', () => {
  const half = coupon({ id: 'half', percent_off: 50 });
  const { items: _, discounts: __, ...bare } = phase('2026-12-15', '2027-12-15', pro);
  test.each([
    ['one coupon by its id', { items: [{ price: pro.id, plan: pro.id, quantity: 1 }], coupon: 'half' }, 15_000],
    ['one coupon, whole', { items: [{ price: pro.id, plan: pro.id, quantity: 1 }], coupon: half }, 15_000],
    ['items that name a plan', { items: [{ plan: pro.id, quantity: 2 }], coupon: null }, 60_000],
    ['“plans” for items', { plans: [{ plan: pro.id, quantity: 2 }] }, 60_000],
  ])('%s', async (___, words, cents) => {
    const made = await setUp(
      schedule([phase('2026-01-01', '2026-12-15', basic), { ...bare, ...words }]),
      {},
      { coupons: [half] },
    );
    expect(made.quarantined()).toEqual([]);
    expect([made.on('2026-12-01').mrr, made.on('2026-12-20').mrr]).toEqual([10_000, cents]);
  });

  test.each([
    ['release', 30_000],
    ['none', 30_000],
    ['renew', 30_000],
    ['cancel', 0],
  ])('end_behavior %s: %i after the last phase', async (end_behavior, cents) => {
    const phases = [phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)];
    expect((await setUp(schedule(phases, { end_behavior }))).on('2028-01-10').mrr).toBe(cents);
  });
});

describe('plans that change', () => {
  test('a changed schedule is read with its subscription when an event tells of it', async () => {
    const first = schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)]);
    const made = await setUp(first, {}, { events: [event('customer.subscription.created', '2026-01-01', planned())] });
    expect(made.on('2026-12-20').mrr).toBe(30_000);
    const later = schedule([phase('2026-01-01', '2027-06-15', basic), phase('2027-06-15', '2028-06-15', pro)]);
    made.stripe.put('subscription_schedules', later);
    made.stripe.put('events', event('subscription_schedule.updated', '2026-11-22', later));
    await made.sync('2026-11-25');
    expect([made.on('2026-12-20').mrr, made.on('2027-06-20').mrr]).toEqual([10_000, 30_000]);
  });

  test('when the phase has begun, what is seen agrees with what was planned', async () => {
    const plan = schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)]);
    const made = await setUp(plan, {}, { events: [event('customer.subscription.created', '2026-01-01', planned())] });
    const before = made.ledger();
    const begun = planned({ items: [item(pro, { id: 'si_2', ...period })] });
    made.stripe.put('subscriptions', begun);
    made.stripe.put('events', event('customer.subscription.updated', '2026-12-15', begun));
    await made.sync('2026-12-16');
    expect(made.ledger()).toEqual(before);
  });

  test('an event about something else leaves the plan and the planned end', async () => {
    const phases = [phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)];
    const made = await setUp(
      schedule(phases, { end_behavior: 'cancel' }),
      {},
      { events: [event('customer.subscription.created', '2026-01-01', planned())] },
    );
    const before = made.ledger();
    made.stripe.put(
      'events',
      event('customer.subscription.updated', '2026-11-22', planned(), { latest_invoice: null }),
    );
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(before);
    expect(before).toEqual(['2026-01-01 new 120000', '2026-12-15 expansion 240000', '2027-12-15 churn -360000']);
    expect(made.on('2026-11-25')).toMatchObject({ mrr: 10_000, cmrr: 0 });
  });

  test('where schedules may not be read, subscriptions count as they stand', async () => {
    const plan = schedule([phase('2026-01-01', '2026-12-15', basic), phase('2026-12-15', '2027-12-15', pro)]);
    const made = await account(
      { subscriptions: [planned()], prices: [basic, pro], subscription_schedules: [plan] },
      { status: (path) => (path.startsWith('/v1/subscription_schedules') ? 403 : null) },
    );
    expect([made.on('2026-11-20').mrr, made.on('2026-12-20').mrr]).toEqual([10_000, 10_000]);
  });
});
