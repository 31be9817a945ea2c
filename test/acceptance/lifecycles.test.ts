/** Lives with trials, pauses, late payments and returns, told by events, by dates, or by invoices alone. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  canceled,
  coupon,
  discount,
  event,
  invoice,
  item,
  line,
  preBasil,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const sold = (cents: number, start = '2026-01-01', over: Record<string, unknown> = {}) =>
  subscription({ items: [item(price(cents), { id: 'si_1' })], start, ...over });
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);
/** One subscription's life: its first state, then what it became on which day. */
const life = async (...states: readonly [StripeObject, ...(readonly [string, StripeObject])[]]) => {
  const [first, ...later] = states;
  return await account({
    subscriptions: [later.at(-1)?.[1] ?? first],
    events: [
      told('created', new Date(Number(first['start_date']) * 1_000).toISOString(), first),
      ...later.map(([on, body]) => told('updated', on, body)),
    ],
  });
};

describe('trials', () => {
  const trial = (over: Record<string, unknown> = {}) =>
    sold(10_000, '2026-03-01', {
      status: 'trialing',
      trial_start: sec('2026-03-01'),
      trial_end: sec('2026-03-15'),
      ...over,
    });

  test('extended by two weeks, then paid: new on the later day', async () => {
    const body = trial();
    const longer = { ...body, trial_end: sec('2026-03-29') };
    const { ledger, on } = await life(body, ['2026-03-10', longer], ['2026-03-29', { ...longer, status: 'active' }]);
    expect(ledger()).toEqual(['2026-03-29 new 120000']);
    expect(on('2026-03-20')).toMatchObject({ mrr: 0, trialMrr: 10_000, trials: 1 });
  });

  test('called off and taken up again before its end', async () => {
    const body = trial();
    const leaving = {
      ...body,
      cancel_at: sec('2026-03-15'),
      cancel_at_period_end: true,
      canceled_at: sec('2026-03-05'),
    };
    const { ledger, on } = await life(
      body,
      ['2026-03-05', leaving],
      ['2026-03-12', body],
      ['2026-03-15', { ...body, status: 'active' }],
    );
    expect(on('2026-03-06')).toMatchObject({ trialMrr: 10_000, committedTrialMrr: 0 });
    expect(on('2026-03-13')).toMatchObject({ trialMrr: 10_000, committedTrialMrr: 10_000 });
    expect(ledger()).toEqual(['2026-03-15 new 120000']);
  });

  test('the first payment fails: past due counts, and is new on the day the trial ended', async () => {
    const body = trial();
    const { ledger, on } = await life(
      body,
      ['2026-03-15', { ...body, status: 'past_due' }],
      ['2026-03-20', { ...body, status: 'active' }],
    );
    expect(ledger()).toEqual(['2026-03-15 new 120000']);
    expect(on('2026-03-16')).toMatchObject({ mrr: 10_000, pastDueMrr: 10_000 });
    expect(on('2026-03-21').pastDueMrr).toBe(0);
  });

  test('paused at its end for want of a card, paid three weeks later: new then', async () => {
    const body = trial();
    const { ledger, month } = await life(
      body,
      ['2026-03-15', { ...body, status: 'paused' }],
      ['2026-04-05', { ...body, status: 'active' }],
    );
    expect(ledger()).toEqual(['2026-04-05 new 120000']);
    expect(month('2026-03')).toMatchObject({ trialConversion: 0, newCustomers: 0 });
    expect(month('2026-04')).toMatchObject({ newCustomers: 1, asp: 10_000 });
  });

  test('given up on its last day', async () => {
    const body = trial();
    const { ledger, month } = await life(body, ['2026-03-15', canceled(body, '2026-03-15')]);
    expect(ledger()).toEqual([]);
    expect(month('2026-03')).toMatchObject({ trialConversion: 0, customers: 0, logoChurn: null });
  });

  test('seen on trial and then only when it is over: it paid in between', async () => {
    const body = trial();
    const { ledger } = await life(body, ['2026-03-20', canceled(body, '2026-03-20')]);
    expect(ledger()).toEqual(['2026-03-15 new 120000', '2026-03-20 churn -120000']);
  });

  describe('that ended unseen, told what to do without a payment method', () => {
    const unpaid = (missing: string, endedOn: string) =>
      canceled(trial({ trial_settings: { end_behavior: { missing_payment_method: missing } } }), endedOn);

    test('canceled at its end, some minutes late: not converted', async () => {
      const { ledger, month } = await selling(unpaid('cancel', '2026-03-15T00:40:00Z'));
      expect(ledger()).toEqual([]);
      expect(month('2026-03').trialConversion).toBe(0);
    });

    test('paused at its end and never resumed: neither new nor churned when it is canceled for good', async () => {
      const { ledger, month } = await selling(unpaid('pause', '2026-05-15'));
      expect(ledger()).toEqual([]);
      expect(month('2026-03')).toMatchObject({ trialConversion: 0, newCustomers: 0 });
      expect(month('2026-05').movements.churn).toBe(0);
    });

    test.each(['cancel', 'pause'])('%s, and an invoice bills what came after: it paid', async (missing) => {
      const body = unpaid(missing, '2026-05-15');
      const billed = line({ amount: 10_000, from: '2026-03-15', to: '2026-04-15', subscription: body.id });
      const paid = invoice({ on: '2026-03-15', lines: [billed], subscription: body.id });
      const { ledger } = await account({ subscriptions: [body], invoices: [paid] });
      expect(ledger()).toEqual(['2026-03-15 new 120000', '2026-05-15 churn -120000']);
    });

    test.each([
      ['create_invoice', '2026-03-15T00:40:00Z', 1],
      ['cancel', '2026-05-15', 1],
    ])('%s, over at %s: it went on', async (missing, endedOn, rate) => {
      const { month } = await selling(unpaid(missing, endedOn));
      expect(month('2026-03').trialConversion).toBe(rate);
    });
  });

  test('a paying customer tries a second product: expansion when it is paid', async () => {
    const base = sold(5_000);
    const more = subscription({
      items: [item(price(2_000))],
      start: '2026-03-01',
      trial_start: sec('2026-03-01'),
      trial_end: sec('2026-03-31'),
    });
    const { ledger, on } = await selling(base, more);
    expect(ledger()).toEqual(['2026-01-01 new 60000', '2026-03-31 expansion 24000']);
    expect(on('2026-03-20')).toMatchObject({ mrr: 5_000, trialMrr: 2_000, customers: 1 });
  });
});

describe('pauses', () => {
  const paused = (body: StripeObject, resumes: string | null = null, behavior = 'void') => ({
    ...body,
    pause_collection: { behavior, resumes_at: resumes === null ? null : sec(resumes) },
  });

  test('collection paused and taken up by hand', async () => {
    const body = sold(10_000);
    const { ledger, month } = await life(body, ['2026-04-10', paused(body)], ['2026-06-10', body]);
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-10 paused -120000', '2026-06-10 resumed 120000']);
    expect(month('2026-04')).toMatchObject({
      movements: { churn: 0, paused: -10_000 },
      grossChurn: 1,
      logoChurn: 1,
      customers: 0,
    });
    expect(month('2026-06').movements).toMatchObject({ resumed: 10_000, reactivation: 0, new: 0 });
  });

  test('one of two subscriptions: the customer stays, gross churn counts what is paused', async () => {
    const a = sold(10_000);
    const b = subscription({ items: [item(price(5_000))] });
    const { month } = await account({
      subscriptions: [a, paused(b)],
      events: [told('created', '2026-01-01', b), told('updated', '2026-04-10', paused(b))],
    });
    expect(month('2026-04')).toMatchObject({
      mrr: 10_000,
      customers: 1,
      logoChurn: 0,
      movements: { opening: 15_000, paused: -5_000, contraction: 0, closing: 10_000 },
    });
    expect(month('2026-04').grossChurn).toBeCloseTo(1 / 3, 12);
  });

  test('paused, then canceled: the loss is the pause’s, on its day', async () => {
    const body = sold(10_000);
    const { ledger } = await life(
      body,
      ['2026-04-10', paused(body)],
      ['2026-05-10', canceled(paused(body), '2026-05-10')],
    );
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-10 paused -120000']);
  });

  test('a second pause after the first was due to end: it had resumed', async () => {
    const body = sold(10_000);
    const { ledger } = await life(body, ['2026-04-10', paused(body, '2026-04-20')], ['2026-05-10', paused(body)]);
    expect(ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-04-10 paused -120000',
      '2026-04-20 resumed 120000',
      '2026-05-10 paused -120000',
    ]);
  });

  test('the status «paused», and its end', async () => {
    const body = sold(10_000);
    const { ledger } = await life(body, ['2026-04-10', { ...body, status: 'paused' }], ['2026-05-01', body]);
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-10 paused -120000', '2026-05-01 resumed 120000']);
  });

  test('resumed into a smaller plan', async () => {
    const body = sold(10_000);
    const small = { ...sold(6_000), id: body.id };
    const { ledger } = await life(body, ['2026-04-10', paused(body)], ['2026-06-10', small]);
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-04-10 paused -120000', '2026-06-10 resumed 72000']);
  });
});

describe('late payments', () => {
  test('past due, unpaid, paid after all', async () => {
    const body = sold(10_000);
    const { ledger, on } = await life(
      body,
      ['2026-03-01', { ...body, status: 'past_due' }],
      ['2026-03-22', { ...body, status: 'unpaid' }],
      ['2026-04-02', body],
    );
    expect(ledger()).toEqual(['2026-01-01 new 120000', '2026-03-22 churn -120000', '2026-04-02 reactivation 120000']);
    expect(on('2026-03-10')).toMatchObject({ mrr: 10_000, pastDueMrr: 10_000, customers: 1 });
  });

  test('past due and recovered before it was given up: no movement', async () => {
    const body = sold(10_000);
    const { ledger } = await life(body, ['2026-03-01', { ...body, status: 'past_due' }], ['2026-03-09', body]);
    expect(ledger()).toEqual(['2026-01-01 new 120000']);
  });

  test('incomplete, paid the next day', async () => {
    const body = sold(10_000, '2026-03-01', { status: 'incomplete' });
    const { ledger } = await life(body, ['2026-03-02T08:00:00Z', { ...body, status: 'active' }]);
    expect(ledger()).toEqual(['2026-03-02 new 120000']);
  });

  test.each([
    ['past_due', 10_000, 10_000],
    ['unpaid', 0, 0],
  ] as const)(
    '%s when it is first seen, and neither events nor invoices: since the present period began',
    async (status, mrr, late) => {
      const period = { current_period_start: sec('2026-11-05'), current_period_end: sec('2026-12-05') };
      const { on } = await selling(subscription({ items: [item(price(10_000), period)], start: '2026-03-05', status }));
      expect(on('2026-11-04')).toMatchObject({ mrr: 10_000, pastDueMrr: 0 });
      expect(on('2026-11-05')).toMatchObject({ mrr, pastDueMrr: late });
      expect(on('2026-11-20')).toMatchObject({ mrr, pastDueMrr: late });
    },
  );

  test('only invoices tell: two late months, the second one past due to this day', async () => {
    const plan = price(9_000);
    const body = subscription({ items: [item(plan, { id: 'si_1' })], status: 'past_due', start: '2026-09-01' });
    const bill = (from: string, to: string, over: Record<string, unknown>) =>
      invoice({
        on: from,
        subscription: body.id,
        lines: [line({ amount: 9_000, from, to, price: plan.id, subscription: body.id, item: 'si_1' })],
        ...over,
      });
    const { on, ledger } = await account({
      subscriptions: [body],
      prices: [plan],
      invoices: [
        bill('2026-09-01', '2026-10-01', {}),
        bill('2026-10-01', '2026-11-01', {
          attempt_count: 2,
          status_transitions: {
            finalized_at: sec('2026-10-01'),
            paid_at: sec('2026-10-06'),
            marked_uncollectible_at: null,
            voided_at: null,
          },
        }),
        bill('2026-11-01', '2026-12-01', {
          status: 'open',
          attempt_count: 3,
          amount_paid: 0,
          amount_remaining: 9_000,
          status_transitions: {
            finalized_at: sec('2026-11-01'),
            paid_at: null,
            marked_uncollectible_at: null,
            voided_at: null,
          },
        }),
      ],
    });
    expect(['2026-09-15', '2026-10-03', '2026-10-20', '2026-11-10'].map((day) => on(day).pastDueMrr)).toEqual([
      0, 9_000, 0, 9_000,
    ]);
    expect(ledger()).toEqual(['2026-09-01 new 108000']);
  });
});

describe('leaving and coming back', () => {
  test('back within the month: both movements, and nobody was lost', async () => {
    const { month } = await selling(canceled(sold(10_000), '2026-03-05'), sold(8_000, '2026-03-20'));
    expect(month('2026-03')).toMatchObject({
      customers: 1,
      churnedCustomers: 0,
      logoChurn: 0,
      movements: { opening: 10_000, churn: -10_000, reactivation: 8_000, closing: 8_000 },
      quickRatio: 0.8,
    });
  });

  test('back on the same day for less: a contraction', async () => {
    const { month } = await selling(
      canceled(sold(10_000), '2026-03-05T09:00:00Z'),
      sold(8_000, '2026-03-05T17:00:00Z'),
    );
    expect(month('2026-03').movements).toMatchObject({ churn: 0, reactivation: 0, contraction: -2_000 });
  });

  test('twice lost, twice back', async () => {
    const { ledger } = await selling(
      canceled(sold(1_000, '2025-01-10'), '2025-03-10'),
      canceled(sold(2_000, '2025-05-10'), '2025-07-10'),
      sold(3_000, '2026-01-10'),
    );
    expect(ledger()).toEqual([
      '2025-01-10 new 12000',
      '2025-03-10 churn -12000',
      '2025-05-10 reactivation 24000',
      '2025-07-10 churn -24000',
      '2026-01-10 reactivation 36000',
    ]);
  });

  test('free, then paid, then free, then paid', async () => {
    const of = (cents: number, id: string) => ({ ...sold(cents), id });
    const free = of(0, 'sub_freemium');
    const { ledger, month } = await life(
      free,
      ['2026-02-10', of(5_000, 'sub_freemium')],
      ['2026-04-10', free],
      ['2026-06-10', of(7_000, 'sub_freemium')],
    );
    expect(ledger()).toEqual(['2026-02-10 new 60000', '2026-04-10 churn -60000', '2026-06-10 reactivation 84000']);
    expect(month('2026-01').customers).toBe(0);
  });

  test('a coupon of 100 % for three months, from the first day: new when it ends', async () => {
    const gift = discount(coupon({ percent_off: 100, duration: 'repeating', duration_in_months: 3 }), '2026-01-01');
    const { ledger, on } = await selling(sold(10_000, '2026-01-01', { discounts: [gift] }));
    expect(ledger()).toEqual(['2026-04-01 new 120000']);
    expect(on('2026-02-01')).toMatchObject({ mrr: 0, customers: 0 });
  });
});

describe('the scheduled end', () => {
  const period = { current_period_start: sec('2026-11-01'), current_period_end: sec('2026-12-01') };
  const paid = () => item(price(10_000), { id: 'si_1', ...period });

  test('in the shape before basil, where the period stands on the subscription', async () => {
    const body = subscription({
      items: [paid()],
      cancel_at_period_end: true,
      cancel_at: null,
      canceled_at: sec('2026-11-08'),
    });
    const { on } = await selling(preBasil(body));
    expect([on('2026-11-07').cmrr, on('2026-11-08').cmrr, on('2026-11-30').mrr, on('2026-12-01').mrr]).toEqual([
      10_000, 0, 10_000, 0,
    ]);
  });

  test('withdrawn: committed MRR is back, MRR never moved', async () => {
    const body = subscription({ items: [paid()] });
    const leaving = {
      ...body,
      cancel_at_period_end: true,
      cancel_at: sec('2026-12-01'),
      canceled_at: sec('2026-11-05'),
    };
    const { on, ledger } = await life(body, ['2026-11-05', leaving], ['2026-11-10', body]);
    expect(['2026-11-04', '2026-11-06', '2026-11-11', '2026-12-15'].map((day) => on(day).cmrr)).toEqual([
      10_000, 0, 10_000, 10_000,
    ]);
    expect(ledger()).toEqual(['2026-01-01 new 120000']);
  });

  test('on a day of its own, months ahead', async () => {
    const { on, month } = await selling(
      subscription({ items: [paid()], cancel_at: sec('2027-03-15'), canceled_at: sec('2026-11-05') }),
      subscription({ customer: 'cus_b', items: [item(price(5_000))] }),
    );
    expect(on('2026-11-20')).toMatchObject({ mrr: 15_000, cmrr: 5_000 });
    expect(month('2027-03').movements).toMatchObject({ churn: -10_000, closing: 5_000 });
    expect(month('2027-03').logoChurn).toBe(0.5);
  });

  test('a year paid in advance, canceled after two months: ten more of MRR', async () => {
    const year = item(yearly(120_000), {
      current_period_start: sec('2026-01-01'),
      current_period_end: sec('2027-01-01'),
    });
    const { on } = await selling(
      subscription({
        items: [year],
        cancel_at_period_end: true,
        cancel_at: sec('2027-01-01'),
        canceled_at: sec('2026-03-01'),
      }),
    );
    expect(on('2026-12-31')).toMatchObject({ mrr: 10_000, cmrr: 0 });
    expect(on('2027-01-01')).toMatchObject({ mrr: 0, customers: 0 });
    expect(on('2026-02-28').cmrr).toBe(10_000);
  });
});

describe('several customers at once', () => {
  test('each kind of movement in one month adds up to the closing', async () => {
    const start = (who: string, cents: number, from = '2026-01-01') => sold(cents, from, { customer: who });
    const change = (body: StripeObject, cents: number) => ({
      ...body,
      items: { object: 'list', has_more: false, data: [item(price(cents), { id: 'si_1' })] },
    });
    const [up, down, gone, rests] = ['cus_up', 'cus_down', 'cus_gone', 'cus_rests'].map((who) =>
      start(who, 10_000),
    ) as [StripeObject, StripeObject, StripeObject, StripeObject];
    const resting = { ...rests, pause_collection: { behavior: 'void', resumes_at: null } };
    const made = await account({
      subscriptions: [
        change(up, 13_000),
        change(down, 6_000),
        canceled(gone, '2026-04-12'),
        resting,
        start('cus_new', 8_000, '2026-04-20'),
        canceled(start('cus_back', 4_000), '2026-02-01'),
        start('cus_back', 9_000, '2026-04-25'),
      ],
      events: [
        told('created', '2026-01-01', up),
        told('updated', '2026-04-05', change(up, 13_000)),
        told('created', '2026-01-01', down),
        told('updated', '2026-04-06', change(down, 6_000)),
        told('created', '2026-01-01', rests),
        told('updated', '2026-04-07', resting),
      ],
    });
    expect(made.month('2026-04')).toMatchObject({
      movements: {
        opening: 40_000,
        new: 8_000,
        expansion: 3_000,
        contraction: -4_000,
        churn: -10_000,
        reactivation: 9_000,
        paused: -10_000,
        resumed: 0,
        fx: 0,
        closing: 36_000,
      },
      customers: 4,
      newCustomers: 1,
      churnedCustomers: 2,
      logoChurn: 0.5,
      grossChurn: 0.6,
      netChurn: 0.3,
      asp: 8_000,
    });
    // (8,000 + 3,000 + 9,000) ÷ (4,000 + 10,000 + 10,000)
    expect(made.month('2026-04').quickRatio).toBeCloseTo(20 / 24, 12);
  });

  test('a company’s days: clocks go forward in between', async () => {
    const made = await account(
      {
        subscriptions: [
          sold(10_000, '2026-03-29T00:30:00Z'),
          sold(5_000, '2026-03-29T22:30:00Z', { customer: 'cus_b' }),
        ],
      },
      { zone: 'Europe/Berlin' },
    );
    // 01:30 on the day of the change; 00:30 on the day after it.
    expect(made.ledger()).toEqual(['2026-03-29 new 120000', '2026-03-30 new 60000']);
    const apia = await account({ subscriptions: [sold(10_000, '2026-03-29T11:30:00Z')] }, { zone: 'Pacific/Apia' });
    expect(apia.ledger()).toEqual(['2026-03-30 new 120000']);
  });
});
