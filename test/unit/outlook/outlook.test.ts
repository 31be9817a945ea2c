/** What is ahead, who is about to leave, what to do today, and what becomes of trials: read off accounts. */
import { describe, expect, test } from 'vitest';
import { writeWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { trialCohorts, trialFunnel } from '../../../src/main/engine/metrics/index.ts';
import { ahead, leaving, nextActions } from '../../../src/main/engine/outlook/index.ts';
import { account, selling, type Account } from '../../acceptance/account.ts';
import {
  canceled,
  coupon,
  discount,
  event,
  item,
  price,
  sec,
  subscription,
  yearly,
} from '../../acceptance/stripe-objects.ts';

const plan = price(10_000);
const plain = (over: object = {}) => subscription({ items: [item(plan, { id: 'si_1' })], ...over });
const aheadOf = (made: Account, days = 30) => made.ask((db, context) => ahead(db, { days, limit: 50 }, context));
const leavingOf = (made: Account) => made.ask((db, context) => leaving(db, { limit: 50 }, context));
const actionsOf = (made: Account) => made.ask((db, context) => nextActions(db, { limit: 50 }, context)).rows;

describe('what is ahead', () => {
  test('ends, ends of discounts and trials, and renewals of long terms, the next first', async () => {
    const half = coupon({ percent_off: 50, duration: 'repeating', duration_in_months: 11 });
    const trial = {
      customer: 'cus_trial',
      start: '2026-11-15',
      status: 'trialing',
      trial_start: sec('2026-11-15'),
      trial_end: sec('2026-11-29'),
    };
    const made = await selling(
      plain({ customer: 'cus_ends', cancel_at: sec('2026-12-05'), canceled_at: sec('2026-11-10') }),
      plain({
        customer: 'cus_coupon',
        discounts: [discount(half, '2026-01-01', { end: sec('2026-12-01') })],
      }),
      plain(trial),
      subscription({
        customer: 'cus_year',
        start: '2025-12-10',
        items: [
          item(yearly(120_000), {
            current_period_start: sec('2025-12-10'),
            current_period_end: sec('2026-12-10'),
          }),
        ],
      }),
    );
    const told = aheadOf(made);
    expect(told).toMatchObject({ from: '2026-11-21', to: '2026-12-20', total: 4 });
    expect(told.rows.map(({ on, kind, mrr }) => [on, kind, mrr])).toEqual([
      ['2026-11-29', 'trial_end', 10_000],
      ['2026-12-01', 'discount_end', 5_000],
      ['2026-12-05', 'cancellation', -10_000],
      ['2026-12-10', 'renewal', 10_000],
    ]);
    expect(told.planned, 'what is certain: neither the trial nor the renewal').toBe(-5_000);
    expect(aheadOf(made, 10).total).toBe(1);
  });

  test('a trial that was called off is not ahead, nor a renewal of what ends', async () => {
    const made = await selling(
      plain({
        customer: 'cus_trial',
        start: '2026-11-15',
        status: 'trialing',
        trial_start: sec('2026-11-15'),
        trial_end: sec('2026-11-29'),
        cancel_at: sec('2026-11-29'),
        canceled_at: sec('2026-11-16'),
      }),
    );
    expect(aheadOf(made)).toMatchObject({ total: 0, planned: 0 });
  });
});

describe('who is about to leave', () => {
  test('called off or past due, most MRR at risk first, as a share of all', async () => {
    const made = await selling(
      plain(),
      plain({ customer: 'cus_ends', cancel_at: sec('2026-12-05'), canceled_at: sec('2026-11-10') }),
      subscription({ customer: 'cus_owes', status: 'past_due', items: [item(price(20_000))] }),
    );
    const told = leavingOf(made);
    expect(told).toMatchObject({
      atRisk: 30_000,
      share: { value: 0.75 },
      calledOff: { customers: 1, mrr: 10_000 },
      pastDue: { customers: 1, mrr: 20_000 },
      total: 2,
    });
    expect(told.rows.map(({ sign, mrr, on }) => [sign, mrr, on])).toEqual([
      ['past_due', 20_000, null],
      ['called_off', 10_000, '2026-12-05'],
    ]);
  });

  test('one who called off and owes counts once', async () => {
    const made = await selling(
      plain({ status: 'past_due', cancel_at: sec('2026-12-05'), canceled_at: sec('2026-11-10') }),
    );
    expect(leavingOf(made)).toMatchObject({ atRisk: 10_000, total: 1, calledOff: { customers: 1 } });
  });

  test('nobody: nothing at risk, and no share of nothing', async () => {
    expect(leavingOf(await selling(plain()))).toMatchObject({ atRisk: 0, total: 0, share: { value: 0 } });
    const none = await selling(canceled(plain(), '2026-03-01'));
    expect(leavingOf(none).share).toEqual({ value: null, reason: 'There is no MRR today' });
  });
});

describe('what to do today', () => {
  test('months to close, and nothing else where all is well', async () => {
    const actions = actionsOf(await selling(plain({ start: '2026-10-02' })));
    expect(actions).toMatchObject([
      { kind: 'month_to_close', subject: 'Oct 2026', target: '/reconciliation?tab=months' },
    ]);
  });

  test('a customer who owes a large share comes first, and leads to them', async () => {
    const owing = subscription({ customer: 'cus_owes', status: 'past_due', items: [item(price(90_000))] });
    const [first] = actionsOf(await selling(plain(), owing));
    expect(first).toMatchObject({ kind: 'past_due', severity: 'critical', ofCustomer: true, amount: 90_000 });
    expect(first?.target).toMatch(/^\/customers\/\d+$/);
    expect(first?.detail).toContain('90.0% of MRR');
  });

  test('one whose share is under the threshold of the alert is left to the list of who may leave', async () => {
    const owing = subscription({ customer: 'cus_owes', status: 'past_due', items: [item(price(50))] });
    expect(actionsOf(await selling(plain(), owing)).map(({ kind }) => kind)).not.toContain('past_due');
  });

  test('a source that fails, by its key or otherwise', async () => {
    const made = await selling(plain());
    const fail = (code: string) =>
      made.tell((db, { now }) => {
        db.run(db.build.updateTable('source').set({ state: 'failing' }).where('source_id', '=', 1));
        db.run(
          db.build.insertInto('sync_run').values({
            source_id: 1,
            started_at: now + 1,
            ended_at: now + 2,
            outcome: 'failed',
            error_code: code,
            error_message: 'No answer',
          }),
        );
      });
    fail('unavailable');
    expect(actionsOf(made)[0]).toMatchObject({ kind: 'source_failing', severity: 'critical', detail: 'No answer' });
    made.tell((db) => db.run(db.build.deleteFrom('sync_run').where('error_code', '=', 'unavailable')));
    fail('auth_failed');
    expect(actionsOf(made)[0]).toMatchObject({ kind: 'sign_in_again', target: '/sources' });
  });

  test('a target that is missed says by how much, and one that is met says nothing', async () => {
    const made = await selling(plain(), plain({ customer: 'cus_new', start: '2026-11-10' }));
    made.tell((db) => writeWorkspace(db, { growthTarget: 1.5 }));
    expect(actionsOf(made).find(({ kind }) => kind === 'target_missed')).toMatchObject({
      severity: 'warning',
      amount: 5_000,
      detail: 'MRR grew by 100.0% in 30 days; the target is 150.0% a month.',
    });
    made.tell((db) => writeWorkspace(db, { growthTarget: 0.9 }));
    expect(actionsOf(made).map(({ kind }) => kind)).not.toContain('target_missed');
  });

  test('records that were set aside', async () => {
    const broken = { ...plain(), currency: 'seashells' };
    const made = await account({ subscriptions: [plain({ customer: 'cus_b' }), broken] });
    expect(actionsOf(made).find(({ kind }) => kind === 'quarantine')).toMatchObject({
      subject: '1 record',
      target: '/reconciliation?tab=quarantine',
    });
  });
});

test('trials of the last 90 days agree with the cohorts of trials', async () => {
  const trial = (customer: string, start: string, end: string, over: object) =>
    plain({ customer, start, trial_start: sec(start), trial_end: sec(end), ...over });
  const lost = canceled(trial('cus_lost', '2026-09-10', '2026-09-24', { status: 'canceled' }), '2026-09-24');
  const made = await account({
    subscriptions: [
      trial('cus_pays', '2026-09-05', '2026-09-19', { status: 'active' }),
      lost,
      trial('cus_runs', '2026-11-15', '2026-11-29', { status: 'trialing' }),
      trial('cus_old', '2026-01-05', '2026-01-19', { status: 'active' }),
    ],
    events: [event('customer.subscription.deleted', '2026-09-24', lost)],
  });
  const told = made.ask((db, context) => trialFunnel(db, {}, context));
  expect(told).toMatchObject({
    from: '2026-08-23',
    started: 3,
    converted: 1,
    lost: 1,
    open: 1,
    running: 1,
    mrr: 10_000,
  });
  expect(told.rate.value).toBe(0.5);
  const cohorts = made.ask((db, context) => trialCohorts(db, { unit: 'month' }, context)).rows;
  const late = cohorts.filter(({ cohort }) => cohort >= '2026-09');
  expect(late.reduce((sum, { converted }) => sum + converted, 0)).toBe(told.converted);
  expect(late.reduce((sum, { open }) => sum + open, 0)).toBe(told.open);
});

describe('of a part of the company', () => {
  const large = price(20_000, { id: 'price_large' });
  const part = { where: [{ dimension: 'price' as const, values: ['price_large'] }] };

  async function twoPrices() {
    const atLarge = (over: object) =>
      subscription({ items: [item(large, { id: `si_${JSON.stringify(over).length}` })], ...over });
    const trial = {
      start: '2026-11-15',
      status: 'trialing',
      trial_start: sec('2026-11-15'),
      trial_end: sec('2026-11-29'),
    };
    return selling(
      plain({ customer: 'cus_small', cancel_at: sec('2026-12-05'), canceled_at: sec('2026-11-10') }),
      atLarge({ customer: 'cus_large', cancel_at: sec('2026-12-06'), canceled_at: sec('2026-11-10') }),
      atLarge({ customer: 'cus_stays' }),
      atLarge({ customer: 'cus_trial', ...trial }),
      plain({ customer: 'cus_trial_small', ...trial }),
    );
  }

  test('ahead and leaving tell of its customers alone, and trials of those at its prices', async () => {
    const made = await twoPrices();
    const told = made.ask((db, context) => ({
      ahead: ahead(db, { days: 30, limit: 50, slice: part }, context),
      leaving: leaving(db, { limit: 50, slice: part }, context),
      trials: trialFunnel(db, { slice: part }, context),
      all: trialFunnel(db, {}, context),
    }));
    expect(told.ahead.rows.map(({ on, kind }) => [on, kind])).toContainEqual(['2026-12-06', 'cancellation']);
    expect(told.ahead.rows.map(({ on }) => on)).not.toContain('2026-12-05');
    expect(told.leaving).toMatchObject({ total: 1, calledOff: { customers: 1 } });
    expect(told.leaving.share.value).toBeCloseTo(0.5, 5);
    expect([told.trials.started, told.trials.running, told.all.started]).toEqual([1, 1, 2]);
  });

  test('a value that nobody has is refused, with those there are', async () => {
    const made = await twoPrices();
    const none = { where: [{ dimension: 'price' as const, values: ['price_none'] }] };
    expect(() => made.ask((db, context) => leaving(db, { limit: 5, slice: none }, context))).toThrow(
      /There is no price/,
    );
  });
});
