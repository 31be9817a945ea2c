/** What is not there any more, or only in part: subscriptions, customers, lines of invoices. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import { canceled, event, invoice, item, line, price, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

const plan = price(10_000);
const plain = (over: object = {}) => subscription({ items: [item(plan, { id: 'si_1' })], ...over });

describe('a subscription that Stripe no longer knows', () => {
  test('on no list and not by its name: ended on the day on which that was found', async () => {
    const body = plain();
    const made = await account({ subscriptions: [body, plain({ customer: 'cus_b' })] });
    made.stripe.lists.set(
      'subscriptions',
      (made.stripe.lists.get('subscriptions') ?? []).filter(({ id }) => id !== body.id),
    );
    await made.sync('2026-11-25', { full: true });
    expect(made.on('2026-11-24').mrr).toBe(20_000);
    expect(made.on('2026-11-25')).toMatchObject({ mrr: 10_000, customers: 1 });
    expect(made.ledger().at(-1)).toBe('2026-11-25 churn -120000');
    await made.sync('2026-11-28', { full: true });
    expect(made.ledger().at(-1), 'found once').toBe('2026-11-25 churn -120000');
  });

  test('on no list, but there by its name: goes on', async () => {
    const body = plain();
    const made = await account({ subscriptions: [body] }, { status: () => null });
    const { lists } = made.stripe;
    // Listed by `created` it is outside every range.
    lists.set('subscriptions', [{ ...body, created: 4_000_000_000 }]);
    await made.sync('2026-11-25', { full: true });
    expect(made.on('2026-11-25').mrr).toBe(10_000);
  });

  test('that is there again counts again from that day', async () => {
    const body = plain();
    const made = await account({ subscriptions: [body] });
    made.stripe.lists.set('subscriptions', []);
    await made.sync('2026-11-25', { full: true });
    made.stripe.put('subscriptions', body);
    await made.sync('2026-11-28', { full: true });
    expect(made.ledger()).toEqual([
      '2026-01-01 new 120000',
      '2026-11-25 churn -120000',
      '2026-11-28 reactivation 120000',
    ]);
  });

  test('one that had ended before keeps its day', async () => {
    const made = await account({ subscriptions: [canceled(plain(), '2026-03-10')] });
    made.stripe.lists.set('subscriptions', []);
    await made.sync('2026-11-25', { full: true });
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-03-10 churn -120000']);
  });

  test('one of which an event tells while single objects are not to be had is not gone', async () => {
    const body = plain();
    const made = await account(
      { subscriptions: [body], events: [event('customer.subscription.created', '2026-01-01', body)] },
      { status: (path) => (path.split('/').length > 3 ? 404 : null) },
    );
    made.stripe.put('events', event('customer.subscription.updated', '2026-11-22', body));
    await made.sync('2026-11-25');
    expect(made.on('2026-11-25').mrr).toBe(10_000);
  });
});

describe('a customer who was deleted before the first sync', () => {
  const body = () => canceled(plain(), '2026-03-10');
  const bill = (of: StripeObject, over: object = {}) =>
    invoice({
      on: '2026-01-01',
      subscription: of.id,
      lines: [line({ amount: 10_000, from: '2026-01-01', to: '2026-02-01', subscription: of.id, item: 'si_1' })],
      ...over,
    });
  const gone = { id: 'cus_a', object: 'customer', deleted: true };

  test('has the name that its invoices give', async () => {
    const of = body();
    const made = await account({
      subscriptions: [of],
      customers: [gone],
      invoices: [bill(of, { customer_name: 'Ada & Co.', customer_email: 'ada@example.com' })],
    });
    expect(made.movementsOf()).toEqual(['Ada & Co. new', 'Ada & Co. churn']);
    expect(made.quarantined()).toEqual([]);
  });

  test('else its address, else its id', async () => {
    const of = body();
    const lists = { subscriptions: [of], customers: [gone] };
    const mailed = await account({ ...lists, invoices: [bill(of, { customer_email: 'ada@example.com' })] });
    expect(mailed.movementsOf()[0]).toBe('ada@example.com new');
    expect((await account({ ...lists, invoices: [bill(of)] })).movementsOf()[0]).toBe('cus_a new');
    const others = bill(of, { customer: 'cus_b', customer_name: 'Somebody else' });
    expect((await account({ ...lists, invoices: [others] }, { ignoresQuery: true })).movementsOf()[0]).toBe(
      'cus_a new',
    );
  });

  test('one who was known before keeps the name', async () => {
    const of = plain();
    const made = await account({ subscriptions: [of] });
    made.stripe.put('customers', gone);
    made.stripe.put('events', event('customer.deleted', '2026-11-22', { id: 'cus_a', object: 'customer' }));
    await made.sync('2026-11-25', { full: true });
    expect(made.movementsOf()).toEqual(['Customer cus_a new']);
  });
});

describe('invoices without their lines', () => {
  const cheap = price(6_000);
  const of = plain();
  const on = (from: string, to: string, amount: number, priced: StripeObject) => {
    const lines = [line({ amount, from, to, subscription: of.id, item: 'si_1', price: priced.id })];
    const { lines: _, ...bare } = invoice({ id: `in_${from}`, on: from, subscription: of.id, lines });
    return { bare, lines };
  };
  const first = on('2026-01-01', '2026-02-01', 6_000, cheap);
  const second = on('2026-02-01', '2026-03-01', 10_000, plan);
  const lists = { subscriptions: [of], prices: [plan, cheap], invoices: [first.bare, second.bare] as StripeObject[] };

  test('are read with the lines that their own page lists', async () => {
    const made = await account({
      ...lists,
      [`invoices/${first.bare.id}/lines`]: first.lines as never,
      [`invoices/${second.bare.id}/lines`]: second.lines as never,
    });
    expect(made.quarantined()).toEqual([]);
    expect(made.ledger()).toEqual(['2026-01-01 new 72000', '2026-02-01 expansion 48000']);
    expect(made.month('2026-02').netRevenue).toBe(10_000);
  });

  test('that are nowhere to be had count as revenue by their total, and tell no history', async () => {
    const made = await account(lists);
    expect(made.quarantined()).toEqual([]);
    expect(made.ledger()).toEqual(['2026-01-01 new 120000']);
    expect(made.month('2026-01').netRevenue).toBe(6_000);
    expect(made.revenue('2026-01', '2026-01').months.map(({ recognised }) => recognised)).toEqual([6_000]);
  });

  test('and with words of tax, net of it', async () => {
    const taxed = { ...first.bare, total: 7_140, total_taxes: [{ amount: 1_140, tax_behavior: 'exclusive' }] };
    const made = await account({ ...lists, invoices: [taxed as StripeObject] });
    expect(made.month('2026-01').netRevenue).toBe(6_000);
    expect(made.revenue('2026-01', '2026-01').months.map(({ recognised }) => recognised)).toEqual([6_000]);
  });
});

test('an account of nothing but the living is not asked twice', async () => {
  const { stripe } = await selling(plain());
  expect(stripe.asked.filter((path) => path.startsWith('/v1/subscriptions/'))).toEqual([]);
});
