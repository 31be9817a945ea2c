/** What changed since the founder last looked: told from the ledger and the facts that came after that look. */
import { describe, expect, test } from 'vitest';
import { writeWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { recompute } from '../../../src/main/engine/metrics/index.ts';
import { look, since } from '../../../src/main/engine/since/index.ts';
import { metricsContext } from '../../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { timeZone } from '../../../src/shared/kernel/day.ts';
import { account, selling, type Account } from '../../acceptance/account.ts';
import { canceled, event, item, price, sec, subscription } from '../../acceptance/stripe-objects.ts';

const plan = price(10_000);
const plain = (over: object = {}) => subscription({ items: [item(plan, { id: 'si_1' })], ...over });
const lookAt = (made: Account, cockpit = true) => made.tell((db, { now }) => look(db, cockpit, now));
const sinceThen = (made: Account) => made.ask((db, context) => since(db, { limit: 50 }, context));

describe('a visit', () => {
  test('the first one has nothing to compare with', async () => {
    const made = await selling(plain());
    expect(sinceThen(made)).toMatchObject({ lookedAt: null, mrr: null, nothing: true });
    expect(lookAt(made)).toEqual({ began: true });
    expect(sinceThen(made), 'also while it lasts').toMatchObject({ lookedAt: null, nothing: true });
  });

  test('ends after half an hour without a sign; signs within it prolong it', async () => {
    const made = await selling(plain());
    expect(lookAt(made)).toEqual({ began: true });
    await made.sync('2026-11-20T12:29:00Z');
    expect(lookAt(made)).toEqual({ began: false });
    await made.sync('2026-11-20T12:58:00Z');
    expect(lookAt(made)).toEqual({ began: false });
    await made.sync('2026-11-20T13:29:00Z');
    expect(lookAt(made)).toEqual({ began: true });
  });

  test('compares with the visit before it as long as it lasts, however often the cockpit is looked at', async () => {
    const made = await selling(plain());
    lookAt(made);
    made.stripe.put('subscriptions', plain({ customer: 'cus_b', start: '2026-11-22' }));
    await made.sync('2026-11-23T09:00:00Z', { full: true });
    const before = sinceThen(made);
    expect(before.mrr, 'before the visit has begun as well').toMatchObject({ from: 10_000, to: 20_000 });
    lookAt(made);
    lookAt(made);
    expect(sinceThen(made)).toEqual(before);
    await made.sync('2026-11-23T09:50:00Z');
    expect(sinceThen(made), 'the next visit knows it').toMatchObject({
      mrr: { from: 20_000, to: 20_000 },
      nothing: true,
    });
  });

  test('in which the cockpit was never on the screen is no look', async () => {
    const made = await selling(plain());
    lookAt(made);
    made.stripe.put('subscriptions', plain({ customer: 'cus_b', start: '2026-11-21' }));
    await made.sync('2026-11-21', { full: true });
    expect(lookAt(made, false)).toEqual({ began: true });
    await made.sync('2026-11-22');
    expect(sinceThen(made).mrr).toMatchObject({ from: 10_000, to: 20_000, new: 10_000 });
  });
});

describe('what moved', () => {
  test('goes from then to now by kind, with the customers behind it, the largest change first', async () => {
    const small = plain({ customer: 'cus_small' });
    const made = await account({ subscriptions: [small, plain()] });
    lookAt(made);
    made.stripe.put(
      'subscriptions',
      subscription({ customer: 'cus_big', start: '2026-11-22', items: [item(price(50_000))] }),
    );
    const ended = canceled(small, '2026-11-24');
    made.stripe.put('subscriptions', ended);
    made.stripe.put('events', event('customer.subscription.deleted', '2026-11-24', ended));
    await made.sync('2026-11-25', { full: true });
    const told = sinceThen(made);
    expect(told.mrr).toMatchObject({ from: 20_000, new: 50_000, churn: -10_000, restated: 0, fx: 0, to: 60_000 });
    expect(told.customers.rows.map(({ name, change, kind, on }) => [name, change, kind, on])).toEqual([
      ['cus_big', 50_000, 'new', '2026-11-22'],
      ['Customer cus_small', -10_000, 'churn', '2026-11-24'],
    ]);
    expect(told.past.total).toBe(0);
  });

  test('a trial that pays is told as converted', async () => {
    const trial = plain({
      start: '2026-11-10',
      status: 'trialing',
      trial_start: sec('2026-11-10'),
      trial_end: sec('2026-11-22'),
    });
    const made = await selling(trial);
    lookAt(made);
    made.stripe.put('subscriptions', { ...trial, status: 'active' });
    await made.sync('2026-11-25', { full: true });
    expect(sinceThen(made).customers.rows).toMatchObject([{ change: 10_000, kind: 'new', converted: true }]);
  });

  test('what was foreseen and has come true meanwhile is told as well', async () => {
    const made = await selling(
      plain({ cancel_at: sec('2026-11-22'), canceled_at: sec('2026-11-10'), cancel_at_period_end: false }),
    );
    lookAt(made);
    await made.sync('2026-11-25');
    expect(sinceThen(made)).toMatchObject({
      mrr: { from: 10_000, churn: -10_000, to: 0 },
      calledOff: { total: 0 },
      nothing: false,
    });
  });

  test('nothing changed says so', async () => {
    const made = await selling(plain());
    lookAt(made);
    await made.sync('2026-11-25');
    expect(sinceThen(made)).toMatchObject({
      nothing: true,
      mrr: { from: 10_000, to: 10_000 },
      customers: { total: 0 },
    });
  });
});

describe('figures of earlier days that differ now', () => {
  test('stand apart from what moved since, with the reason', async () => {
    const body = plain();
    const made = await account({ subscriptions: [body, plain({ customer: 'cus_b' })] });
    lookAt(made);
    // It ended on the tenth, and nobody knew on the twentieth.
    const ended = canceled(body, '2026-11-10');
    made.stripe.put('subscriptions', ended);
    made.stripe.put('events', event('customer.subscription.deleted', '2026-11-10', ended));
    await made.sync('2026-11-25', { full: true });
    const told = sinceThen(made);
    expect(told.mrr).toMatchObject({ from: 20_000, churn: 0, restated: -10_000, to: 10_000 });
    expect(told.customers.total).toBe(0);
    expect(told.past).toMatchObject({
      total: 1,
      rows: [{ name: 'Customer cus_a', on: '2026-11-10', change: -10_000, kind: 'churn' }],
    });
    expect(told.past.rows[0]?.because).toMatch(/told of it only after the last look|otherwise than at the last look/);
    expect(told.past.rows[0]?.sourceUrl).toMatch(/^https:\/\/dashboard\.stripe\.com\//);
  });

  test('are explained by other settings where these have changed', async () => {
    const due = plain({ status: 'past_due' });
    const made = await account({ subscriptions: [due, plain({ customer: 'cus_b', start: '2026-02-01' })] });
    lookAt(made);
    await made.sync('2026-11-25');
    made.tell((db, { now }) => {
      writeWorkspace(db, { timeZone: timeZone('America/Los_Angeles') });
      recompute(db, metricsContext(readWorkspace(db), now));
    });
    const told = sinceThen(made);
    // Both began at midnight UTC: the day before, in California.
    expect(told.past.rows.map(({ because }) => because)).toEqual(
      told.past.rows.map(() => 'The time zone is America/Los_Angeles, it was UTC.'),
    );
    expect(told.past.total).toBe(2);
    expect(told.mrr).toMatchObject({ from: 20_000, restated: 0, to: 20_000 });
  });
});

test('the day of the look is the company’s own', async () => {
  const made = await account({ subscriptions: [plain()] }, { zone: 'Asia/Tokyo' });
  await made.sync('2026-11-20T16:00:00Z');
  lookAt(made);
  // In Tokyo it is the 21st already: what happens on that day is news, and nothing of it is the past.
  made.stripe.put('subscriptions', plain({ customer: 'cus_b', start: '2026-11-20T16:30:00Z' }));
  await made.sync('2026-11-22', { full: true });
  const told = sinceThen(made);
  expect(told).toMatchObject({ lookedOn: '2026-11-21', past: { total: 0 }, customers: { total: 1 } });
  expect(told.mrr).toMatchObject({ new: 10_000, restated: 0 });
});

describe('what happened besides', () => {
  test('a cancellation that was asked for, with the day on which it ends and the reason', async () => {
    const body = plain();
    const made = await selling(body);
    lookAt(made);
    const called = {
      ...body,
      cancel_at: sec('2026-12-01'),
      canceled_at: sec('2026-11-23'),
      cancel_at_period_end: true,
      cancellation_details: { reason: 'cancellation_requested', feedback: 'too_expensive', comment: null },
    };
    made.stripe.put('subscriptions', called);
    made.stripe.put('events', event('customer.subscription.updated', '2026-11-23', called));
    await made.sync('2026-11-25', { full: true });
    expect(sinceThen(made).calledOff).toMatchObject({
      total: 1,
      rows: [{ name: 'Customer cus_a', mrr: 10_000, endsOn: '2026-12-01', reason: 'too expensive' }],
    });
  });

  test('payments that failed, and those that came in after they had failed', async () => {
    const made = await selling(plain());
    lookAt(made);
    const failure = { source_id: 1, billing_customer_id: 'cus_a', invoice_id: null, currency: 'USD', failed_tries: 1 };
    made.tell((db, { now }) => {
      const rows = [
        {
          payment_id: 'pi_1',
          charge_id: 'ch_1',
          amount_minor: 10_000,
          failed_at: now + 1,
          failure_code: 'card_declined',
        },
        { payment_id: 'pi_2', charge_id: 'ch_2', amount_minor: 5_000, failed_at: 1, recovered_at: now + 2 },
        { payment_id: 'pi_3', charge_id: 'ch_3', amount_minor: 1, failed_at: 1, recovered_at: 2 },
      ];
      for (const row of rows) db.run(db.build.insertInto('failed_payment').values({ ...failure, ...row }));
    });
    await made.sync('2026-11-21');
    const { failed, recovered } = sinceThen(made);
    expect(failed).toMatchObject({
      total: 1,
      rows: [{ name: 'Customer cus_a', amount: 10_000, code: 'card_declined' }],
    });
    expect(recovered).toMatchObject({ total: 1, rows: [{ amount: 5_000, currency: 'USD' }] });
  });

  test('syncs that failed, and whether the source works again', async () => {
    const made = await selling(plain());
    lookAt(made);
    made.tell((db, { now }) =>
      db.run(
        db.build.insertInto('sync_run').values({
          source_id: 1,
          started_at: now + 60_000,
          ended_at: now + 61_000,
          outcome: 'failed',
          error_message: 'Stripe does not answer',
        }),
      ),
    );
    expect(sinceThen(made).sources).toEqual([]);
    lookAt(made);
    await made.sync('2026-11-21T09:00:00Z');
    const [source] = sinceThen(made).sources;
    expect(source).toMatchObject({ failures: 1, message: 'Stripe does not answer', works: true });
  });

  test('alerts that were raised, and those that ended by themselves; what the founder closed is known', async () => {
    const made = await selling(plain());
    lookAt(made);
    const alert = { severity: 'warning', body: '', happened_on: '2026-11-20', target: '/alerts', delivery: 'none' };
    made.tell((db, { now }) => {
      const raised_at = now + 1;
      const values = [
        { ...alert, rule: 'sync_stale', dedupe_key: 'a', title: 'Raised', raised_at, state: 'open' },
        {
          ...alert,
          rule: 'sync_stale',
          dedupe_key: 'b',
          title: 'Over',
          raised_at: 1,
          state: 'done',
          closed_at: now + 2,
          closed_by: 'engine',
        },
        {
          ...alert,
          rule: 'sync_stale',
          dedupe_key: 'c',
          title: 'Settled',
          raised_at: 1,
          state: 'done',
          closed_at: now + 2,
          closed_by: 'user',
        },
      ];
      for (const row of values) db.run(db.build.insertInto('alert').values(row));
    });
    await made.sync('2026-11-21');
    const { alertsOpened, alertsClosed } = sinceThen(made);
    expect(alertsOpened.rows.map(({ title }) => title)).toEqual(['Raised']);
    expect(alertsClosed.rows.map(({ title }) => title)).toEqual(['Over']);
  });
});
