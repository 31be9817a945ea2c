/** What became of a trial that ended long before anybody looked, where the subscription stands otherwise today. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import { event, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';

type Fields = Readonly<Record<string, unknown>>;
const plan = price(10_000, { id: 'price_plan' });
const trial = { trial_start: sec('2026-01-01'), trial_end: sec('2026-01-15') };
const present = { current_period_start: sec('2026-11-15'), current_period_end: sec('2026-12-15') };
const body = (status: string) => subscription({ items: [item(plan, { id: 'si_1', ...present })], status, ...trial });
const bill = (id: string, month: number, over: Fields = {}) => {
  const [from, to] = [month, month + 1].map((m) => `2026-${String(m).padStart(2, '0')}-15`) as [string, string];
  const lines = [line({ amount: 10_000, from, to, price: plan.id, subscription: id, item: 'si_1' })];
  return invoice({ on: from, subscription: id, lines, ...over });
};
const refused = (on: string) => ({
  status: 'open',
  attempt_count: 4,
  amount_paid: 0,
  amount_remaining: 10_000,
  status_transitions: { finalized_at: sec(on), marked_uncollectible_at: null, paid_at: null, voided_at: null },
});
const untried = {
  status: 'draft',
  attempt_count: 0,
  amount_paid: 0,
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
};

describe('with the invoices of what was paid since', () => {
  const paidTo = (id: string, last: number) => Array.from({ length: last }, (_, n) => bill(id, n + 1));

  test('unpaid now: it paid from its trial’s end until the cycle that was given up', async () => {
    const of = body('unpaid');
    const { ledger, on } = await account({
      subscriptions: [of],
      prices: [plan],
      invoices: [...paidTo(of.id, 8), bill(of.id, 9, refused('2026-09-15')), bill(of.id, 10, untried)],
    });
    expect(ledger()).toEqual(['2026-01-15 new 120000', '2026-10-15 churn -120000']);
    expect([on('2026-09-14').pastDueMrr, on('2026-09-16').pastDueMrr]).toEqual([0, 10_000]);
  });

  test('past due now: since the invoice that was refused', async () => {
    const of = body('past_due');
    const { ledger, on } = await account({
      subscriptions: [of],
      prices: [plan],
      invoices: [...paidTo(of.id, 10), bill(of.id, 11, refused('2026-11-15'))],
    });
    expect(ledger()).toEqual(['2026-01-15 new 120000']);
    expect(['2026-02-01', '2026-11-14', '2026-11-16'].map((day) => on(day).pastDueMrr)).toEqual([0, 0, 10_000]);
  });

  test('paused now: it paid as long as it was billed', async () => {
    const of = body('paused');
    const { ledger } = await account({ subscriptions: [of], prices: [plan], invoices: paidTo(of.id, 10) });
    expect(ledger()).toEqual(['2026-01-15 new 120000', '2026-11-20 paused -120000']);
  });
});

describe('without any invoice', () => {
  test.each([
    ['unpaid', ['2026-01-15 new 120000', '2026-11-15 churn -120000'], 0],
    ['past_due', ['2026-01-15 new 120000'], 0],
    // Stripe pauses at the end of a trial where there is nothing to charge.
    ['paused', [], 0],
  ])('%s now', async (status, moved, early) => {
    const { ledger, on } = await selling(body(status));
    expect(ledger()).toEqual(moved);
    expect(on('2026-02-01').pastDueMrr).toBe(early);
  });

  test('seen on trial, and next unpaid: new when the trial was over, lost when it was seen', async () => {
    const tried = body('trialing');
    const { ledger } = await account({
      subscriptions: [{ ...tried, status: 'unpaid' }],
      events: [
        event('customer.subscription.created', '2026-01-01', tried),
        event('customer.subscription.updated', '2026-02-20', { ...tried, status: 'unpaid' }),
      ],
    });
    expect(ledger()).toEqual(['2026-01-15 new 120000', '2026-02-20 churn -120000']);
  });
});
