/** Invoices that say something else than the subscription: listed beside it, and MRR follows what was seen. */
import { expect, test } from 'vitest';
import { account } from './account.ts';
import { event, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const plan = price(10_000, { id: 'price_plan', nickname: 'Plan' });
const bill = (of: StripeObject, from: string, to: string, quantity: number, over: object = {}) =>
  invoice({
    id: `in_${from}`,
    on: from,
    subscription: of.id,
    lines: [
      line({
        amount: 10_000 * quantity,
        quantity,
        from,
        to,
        subscription: of.id,
        item: 'si_1',
        price: plan.id,
      }),
    ],
    ...over,
  });

test('an invoice that bills more seats than the subscription has', async () => {
  const body = subscription({ items: [item(plan, { id: 'si_1', quantity: 2 })] });
  const made = await account({
    subscriptions: [body],
    prices: [plan],
    events: [event('customer.subscription.created', '2026-01-01', body)],
    invoices: [bill(body, '2026-02-01', '2026-03-01', 2), bill(body, '2026-03-01', '2026-04-01', 5)],
  });
  expect(made.disagreements()).toMatchObject([
    {
      customerName: 'Customer cus_a',
      on: '2026-03-01',
      cause: 'quantity',
      invoices: {
        annualMinor: 600_000,
        items: 'Plan × 5',
        sourceUrl: 'https://dashboard.stripe.com/invoices/in_2026-03-01',
      },
      state: { annualMinor: 240_000, items: 'Plan × 2', evidence: 'event' },
    },
  ]);
  expect(made.on('2026-03-31').mrr).toBe(20_000);
});

test('nothing, where a company lives as its invoices say: an upgrade, a pause, an end', async () => {
  const body = subscription({ items: [item(plan, { id: 'si_1', quantity: 2 })] });
  const more = { ...body, items: { object: 'list', has_more: false, data: [item(plan, { id: 'si_1', quantity: 3 })] } };
  const paused = { ...more, pause_collection: { behavior: 'void', resumes_at: null } };
  const over = { ...more, status: 'canceled', canceled_at: sec('2026-06-10'), ended_at: sec('2026-06-10') };
  const rest = {
    from: '2026-02-15',
    to: '2026-03-01',
    proration: true,
    subscription: body.id,
    item: 'si_1',
    price: plan.id,
  };
  const made = await account({
    subscriptions: [over],
    prices: [plan],
    events: [
      event('customer.subscription.created', '2026-01-01', body),
      event('customer.subscription.updated', '2026-02-15', more),
      event('customer.subscription.updated', '2026-03-20', paused),
      event('customer.subscription.updated', '2026-04-20', more),
      event('customer.subscription.deleted', '2026-06-10', over),
    ],
    invoices: [
      bill(body, '2026-02-01', '2026-03-01', 2),
      invoice({
        on: '2026-02-15',
        subscription: body.id,
        billing_reason: 'subscription_update',
        lines: [line({ amount: -10_000, quantity: 2, ...rest }), line({ amount: 15_000, quantity: 3, ...rest })],
      }),
      bill(body, '2026-03-01', '2026-04-01', 3),
      bill(body, '2026-04-01', '2026-05-01', 3, { status: 'void', attempt_count: 0 }),
      bill(body, '2026-05-01', '2026-06-01', 3),
      bill(body, '2026-06-01', '2026-07-01', 3),
    ],
  });
  expect(made.disagreements()).toEqual([]);
  expect(made.ledger()).toEqual([
    '2026-01-01 new 240000',
    '2026-02-15 expansion 120000',
    '2026-03-20 paused -360000',
    '2026-04-20 resumed 360000',
    '2026-06-10 churn -360000',
  ]);
});
