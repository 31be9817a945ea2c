/** Lives that are awkward: seen late, told in pieces, told twice, or told in old words. */
import { describe, expect, test } from 'vitest';
import { account, selling } from './account.ts';
import {
  canceled,
  coupon,
  customer,
  discount,
  event,
  invoice,
  item,
  line,
  preBasil,
  price,
  sec,
  subscription,
  withCoupon,
  yearly,
} from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

const JUNE = '2026-06-30';
const paid = (cents = 10_000) => item(price(cents), { id: 'si_1' });
const withItem = (body: StripeObject, of: StripeObject) => ({
  ...body,
  items: { object: 'list', has_more: false, data: [of] },
});
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);

describe('what only invoices tell', () => {
  const small = price(9_000);
  const large = price(12_000);
  const of = (body: StripeObject) => ({ subscription: body.id, item: 'si_1' });

  test('prorations that wait for the next invoice have the day of the change', async () => {
    const body = subscription({ items: [item(large, { id: 'si_1' })], start: '2026-04-01' });
    const rest = { from: '2026-04-21', to: '2026-05-01', proration: true, ...of(body) };
    const { ledger } = await account({
      subscriptions: [body],
      prices: [small, large],
      invoices: [
        invoice({
          on: '2026-04-01',
          subscription: body.id,
          lines: [line({ amount: 9_000, from: '2026-04-01', to: '2026-05-01', price: small.id, ...of(body) })],
        }),
        invoice({
          on: '2026-05-01',
          subscription: body.id,
          lines: [
            line({ amount: -3_000, price: small.id, ...rest }),
            line({ amount: 4_000, price: large.id, ...rest }),
            line({ amount: 12_000, from: '2026-05-01', to: '2026-06-01', price: large.id, ...of(body) }),
          ],
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 108000', '2026-04-21 expansion 36000']);
  });

  test('the same in the words before basil', async () => {
    const body = subscription({ items: [item(large, { id: 'si_1' })], start: '2026-04-01' });
    const old = (amount: number, priced: StripeObject, from: string, to: string, proration: boolean) => ({
      id: `il_${from}_${amount}`,
      object: 'line_item',
      amount,
      currency: 'usd',
      description: null,
      discount_amounts: [],
      period: { start: sec(from), end: sec(to) },
      price: priced,
      proration,
      quantity: 1,
      subscription: body.id,
      subscription_item: 'si_1',
      tax_amounts: [],
      type: proration ? 'invoiceitem' : 'subscription',
    });
    const bill = (on: string, ...lines: ReturnType<typeof old>[]) => {
      const { parent: _, total_taxes: __, ...rest } = invoice({ on, lines: lines as never });
      return {
        ...rest,
        subscription: body.id,
        billing_reason: 'subscription_cycle',
        tax: null,
        charge: null,
        payment_intent: null,
      } as StripeObject;
    };
    const { ledger } = await account({
      subscriptions: [preBasil(body)],
      invoices: [
        bill('2026-04-01', old(9_000, small, '2026-04-01', '2026-05-01', false)),
        bill(
          '2026-04-21',
          old(-3_000, small, '2026-04-21', '2026-05-01', true),
          old(4_000, large, '2026-04-21', '2026-05-01', true),
        ),
        bill('2026-05-01', old(12_000, large, '2026-05-01', '2026-06-01', false)),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 108000', '2026-04-21 expansion 36000']);
  });

  test('from monthly to yearly', async () => {
    const plan = yearly(96_000);
    const body = subscription({
      items: [
        item(plan, { id: 'si_1', current_period_start: sec('2026-04-21'), current_period_end: sec('2027-04-21') }),
      ],
      start: '2026-04-01',
    });
    const { ledger } = await account({
      subscriptions: [body],
      prices: [small, plan],
      invoices: [
        invoice({
          on: '2026-04-01',
          subscription: body.id,
          lines: [line({ amount: 9_000, from: '2026-04-01', to: '2026-05-01', price: small.id, ...of(body) })],
        }),
        invoice({
          on: '2026-04-21',
          subscription: body.id,
          billing_reason: 'subscription_update',
          lines: [
            line({
              amount: -3_000,
              from: '2026-04-21',
              to: '2026-05-01',
              proration: true,
              price: small.id,
              ...of(body),
            }),
            line({ amount: 96_000, from: '2026-04-21', to: '2027-04-21', price: plan.id, ...of(body) }),
          ],
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 108000', '2026-04-21 contraction -12000']);
  });

  test('an added seat by its proration lines', async () => {
    const seat = price(3_000);
    const body = subscription({ items: [item(seat, { id: 'si_1', quantity: 3 })], start: '2026-04-01' });
    const rest = { from: '2026-04-16', to: '2026-05-01', proration: true, price: seat.id, ...of(body) };
    const { ledger } = await account({
      subscriptions: [body],
      prices: [seat],
      invoices: [
        invoice({
          on: '2026-04-01',
          subscription: body.id,
          lines: [
            line({ amount: 6_000, quantity: 2, from: '2026-04-01', to: '2026-05-01', price: seat.id, ...of(body) }),
          ],
        }),
        invoice({
          on: '2026-05-01',
          subscription: body.id,
          lines: [
            line({ amount: -3_000, quantity: 2, ...rest }),
            line({ amount: 4_500, quantity: 3, ...rest }),
            line({ amount: 9_000, quantity: 3, from: '2026-05-01', to: '2026-06-01', price: seat.id, ...of(body) }),
          ],
        }),
      ],
    });
    expect(ledger()).toEqual(['2026-04-01 new 72000', '2026-04-16 expansion 36000']);
  });

  test('prices that are in no list', async () => {
    const body = subscription({ items: [item(large, { id: 'si_1' })], start: '2026-04-01' });
    const bill = (amount: number, from: string, to: string, id: string) =>
      invoice({ on: from, subscription: body.id, lines: [line({ amount, from, to, price: id, ...of(body) })] });
    const { ledger } = await account(
      {
        subscriptions: [body],
        invoices: [
          bill(9_000, '2026-04-01', '2026-05-01', 'price_gone'),
          bill(12_000, '2026-05-01', '2026-06-01', large.id),
        ],
      },
      { only: ['customers', 'subscriptions', 'invoices'] },
    );
    expect(ledger()).toEqual(['2026-04-01 new 108000', '2026-05-01 expansion 36000']);
  });

  test('more lines than an invoice embeds, and a page that lists the rest', async () => {
    const seats = Array.from({ length: 14 }, (_, n) => item(price(1_000), { id: `si_${n}` }));
    const body = subscription({ items: seats, start: '2026-04-01' });
    const lines = seats.map((each) =>
      line({
        amount: 1_000,
        from: '2026-04-01',
        to: '2026-05-01',
        price: (each['price'] as StripeObject).id,
        subscription: body.id,
        item: each.id,
      }),
    );
    const bill = invoice({ on: '2026-04-01', subscription: body.id, lines });
    const cut = {
      ...bill,
      id: 'in_cut',
      lines: { object: 'list', data: lines.slice(0, 10), has_more: true, url: '/v1/invoices/in_cut/lines' },
    };
    const made = await account({ subscriptions: [body], invoices: [cut], 'invoices/in_cut/lines': lines as never });
    expect(made.quarantined()).toEqual([]);
    expect(made.on('2026-04-30').mrr).toBe(14_000);
    expect(made.month('2026-04').netRevenue).toBe(14_000);
  });

  test('a late payment is past due until it is paid', async () => {
    const body = subscription({ items: [item(small, { id: 'si_1' })] });
    const bill = invoice({
      on: '2026-03-01',
      subscription: body.id,
      attempt_count: 3,
      lines: [line({ amount: 9_000, from: '2026-03-01', to: '2026-04-01', price: small.id, ...of(body) })],
      status_transitions: {
        finalized_at: sec('2026-03-01'),
        marked_uncollectible_at: null,
        paid_at: sec('2026-03-12'),
        voided_at: null,
      },
    });
    const { on } = await account({ subscriptions: [body], invoices: [bill], prices: [small] });
    expect([on('2026-03-05').pastDueMrr, on('2026-03-15').pastDueMrr]).toEqual([9_000, 0]);
    expect(on('2026-03-05').mrr).toBe(9_000);
  });

  test('a price with tax inside of which no invoice shows any has none', async () => {
    const gross = price(10_000, { tax_behavior: 'inclusive' });
    const body = subscription({ items: [item(gross, { id: 'si_1' })] });
    const bill = invoice({
      on: '2026-01-01',
      subscription: body.id,
      lines: [line({ amount: 10_000, from: '2026-01-01', to: '2026-02-01', price: gross.id, ...of(body) })],
    });
    expect((await account({ subscriptions: [body], invoices: [bill], prices: [gross] })).on(JUNE).mrr).toBe(10_000);
  });
});

describe('what events tell', () => {
  test('where single objects are not to be had, the list and the events do', async () => {
    const body = subscription({ items: [paid()] });
    const up = withItem(body, paid(15_000));
    const made = await account(
      { subscriptions: [body], events: [told('created', '2026-01-01', body)] },
      { status: (path) => (path.split('/').length > 3 ? 404 : null) },
    );
    made.stripe.put('subscriptions', up);
    made.stripe.put('events', told('updated', '2026-11-22', up));
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-11-22 expansion 60000']);
    expect(made.on('2026-11-25')).toMatchObject({ mrr: 15_000, customers: 1 });
  });

  test('in older shapes than the list, out of order, twice, in one second', async () => {
    const body = subscription({ items: [paid()], discounts: [discount(coupon({ percent_off: 50 }), '2026-01-01')] });
    const full = { ...body, discounts: [] };
    const third = withItem(full, paid(30_000));
    const events = [
      told('created', '2026-01-01', preBasil(body)),
      told('updated', '2026-03-01', preBasil(full)),
      told('updated', '2026-05-01', preBasil(withItem(full, paid(20_000)))),
      told('updated', '2026-05-01', preBasil(third)),
    ];
    const { ledger } = await account({
      subscriptions: [third],
      events: [events[2], events[0], events[3], events[1], events[0]] as StripeObject[],
    });
    const all = ledger();
    expect(all.slice(0, 2)).toEqual(['2026-01-01 new 60000', '2026-03-01 expansion 60000']);
    expect(all.slice(2).reduce((sum, row) => sum + Number(row.split(' ')[2]), 0)).toBe(240_000);
  });

  test('discounts by their ids alone, which the list knows whole', async () => {
    const half = discount(coupon({ percent_off: 50 }), '2026-01-01');
    const body = subscription({ items: [paid()], discounts: [half] });
    const later = withItem(body, paid(20_000));
    const { ledger } = await account({
      subscriptions: [later],
      events: [
        told('created', '2026-01-01', { ...body, discounts: [half.id] }),
        told('updated', '2026-03-01', { ...later, discounts: [half.id] }),
      ],
    });
    expect(ledger()).toEqual(['2026-01-01 new 60000', '2026-03-01 expansion 60000']);
  });

  test('a cancellation called off, a pause ended early, an unpaid spell, a failed start', async () => {
    const a = subscription({ items: [paid()] });
    const leaving = { ...a, cancel_at: sec('2026-04-01'), cancel_at_period_end: true, canceled_at: sec('2026-03-10') };
    const b = subscription({ customer: 'cus_b', items: [paid()] });
    const paused = { ...b, pause_collection: { behavior: 'void', resumes_at: sec('2026-09-01') } };
    const c = subscription({ customer: 'cus_c', items: [paid()] });
    const d = subscription({ customer: 'cus_d', items: [paid()], status: 'incomplete' });
    const { ledger, on } = await account({
      subscriptions: [a, b, c, { ...d, status: 'incomplete_expired' }],
      events: [
        told('created', '2026-01-01', a),
        told('updated', '2026-03-10', leaving),
        told('updated', '2026-03-20', a),
        told('created', '2026-01-01', b),
        told('paused', '2026-04-10', paused),
        told('resumed', '2026-05-10', b),
        told('created', '2026-01-01', c),
        told('updated', '2026-06-01', { ...c, status: 'past_due' }),
        told('updated', '2026-06-20', { ...c, status: 'unpaid' }),
        told('updated', '2026-07-02', c),
        told('created', '2026-01-01', d),
        told('updated', '2026-01-02', { ...d, status: 'incomplete_expired' }),
      ],
    });
    expect([on('2026-03-15').cmrr, on('2026-03-25').cmrr]).toEqual([20_000, 30_000]);
    expect(on('2026-06-10')).toMatchObject({ mrr: 30_000, pastDueMrr: 10_000 });
    expect(ledger().slice(3)).toEqual([
      '2026-04-10 paused -120000',
      '2026-05-10 resumed 120000',
      '2026-06-20 churn -120000',
      '2026-07-02 reactivation 120000',
    ]);
  });

  test('a deleted customer: word of it ends nothing by itself, the subscription’s end does', async () => {
    const body = subscription({ items: [paid()] });
    const made = await account({ subscriptions: [body], events: [told('created', '2026-01-01', body)] });
    const over = canceled(body, '2026-11-22');
    made.stripe.put('subscriptions', over);
    made.stripe.put('customers', { id: 'cus_a', object: 'customer', deleted: true });
    made.stripe.put(
      'events',
      event('customer.deleted', '2026-11-22', customer('cus_a')),
      told('deleted', '2026-11-22', over),
    );
    await made.sync('2026-11-25');
    expect(made.ledger()).toEqual(['2026-01-01 new 120000', '2026-11-22 churn -120000']);
  });

  test('a sync without news changes nothing', async () => {
    const body = subscription({ items: [paid()] });
    const made = await account({ subscriptions: [body], events: [told('created', '2026-01-01', body)] });
    const before = made.ledger();
    await made.sync('2026-11-25');
    await made.sync('2026-11-26', { full: true });
    expect(made.ledger()).toEqual(before);
  });
});

describe('dates', () => {
  test('begun before it was made, and to begin later', async () => {
    const { on } = await selling({
      ...subscription({ items: [paid()], start: '2026-05-01' }),
      start_date: sec('2026-03-01'),
    });
    expect([on('2026-02-28').mrr, on('2026-03-01').mrr]).toEqual([0, 10_000]);
  });

  test('the ends of the known: before the first, far ahead, no customers at all', async () => {
    const { on } = await selling(subscription({ items: [paid()] }));
    expect(on('2025-01-01')).toMatchObject({
      mrr: 0,
      customers: 0,
      arpa: null,
      nrr: null,
      quickRatio: null,
      reasons: { quickRatio: 'no losses' },
    });
    expect(on('2030-12-31').mrr).toBe(10_000);
    expect((await account({ subscriptions: [] })).on(JUNE)).toMatchObject({
      mrr: 0,
      arr: 0,
      customers: 0,
      grossChurn: null,
      logoChurn: null,
    });
  });

  test('a trial called off at its end, extended, and with a free price after', async () => {
    const trial = {
      status: 'trialing',
      start: '2026-11-10',
      trial_start: sec('2026-11-10'),
      trial_end: sec('2026-11-24'),
    };
    const { on } = await selling(
      subscription({
        items: [paid()],
        ...trial,
        cancel_at_period_end: true,
        cancel_at: sec('2026-11-24'),
        canceled_at: sec('2026-11-12'),
      }),
      subscription({ customer: 'cus_b', items: [paid(7_000)], ...trial }),
    );
    expect(on('2026-11-20')).toMatchObject({ trialMrr: 17_000, committedTrialMrr: 7_000, mrr: 0 });
    expect(on('2026-11-25')).toMatchObject({ trialMrr: 0, mrr: 7_000 });
  });

  test('a discount that is over but still listed, and one to come', async () => {
    const over = discount(coupon({ percent_off: 50, duration: 'repeating', duration_in_months: 3 }), '2026-01-01', {
      end: sec('2026-04-01'),
    });
    const { on } = await selling(subscription({ items: [paid()], discounts: [over] }));
    expect([on('2026-03-31').mrr, on(JUNE).mrr]).toEqual([5_000, 10_000]);
  });

  test('an amount off in yen', async () => {
    const off = discount(coupon({ amount_off: 500, currency: 'jpy' }), '2026-01-01');
    const made = await selling(
      subscription({ currency: 'jpy', items: [item(price(1_500, { currency: 'jpy' }))], discounts: [off] }),
    );
    expect(made.on(JUNE, { currency: 'JPY' as never }).mrr).toBe(1_000);
  });

  test('a customer discount in old words', async () => {
    const half = withCoupon(discount(coupon({ percent_off: 50 }), '2026-01-01'));
    const made = await account({
      customers: [customer('cus_a', { discount: half })],
      subscriptions: [preBasil(subscription({ items: [paid()] }))],
    });
    expect(made.on(JUNE).mrr).toBe(5_000);
  });
});

describe('more of the same', () => {
  test('more items than a subscription embeds', async () => {
    const many = Array.from({ length: 14 }, (_, n) => item(price(1_000), { id: `si_${n}` }));
    const body = subscription({ items: many.slice(0, 10) });
    const cut = { ...body, items: { ...(body['items'] as object), has_more: true } };
    const only = ['customers', 'subscriptions', 'subscription_items'];
    const { on } = await account({ subscriptions: [cut], subscription_items: many }, { only });
    expect(on(JUNE).mrr).toBe(14_000);
  });

  test('a customer in two currencies who ends one of them has shrunk, not left', async () => {
    const made = await account({
      subscriptions: [
        subscription({ currency: 'eur', items: [item(price(10_000, { currency: 'eur' }))] }),
        canceled(subscription({ items: [item(price(5_000))] }), '2026-03-10'),
      ],
    });
    const quotes = {
      '2026-01-01': { USD: 1.2 },
      '2026-02-28': { USD: 1.2 },
      '2026-03-10': { USD: 1.2 },
      '2026-03-31': { USD: 1.2 },
    };
    await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(quotes) }));
    expect(made.month('2026-03')).toMatchObject({
      customers: 1,
      movements: { opening: 17_000, contraction: -5_000, churn: 0, fx: 0, closing: 12_000 },
    });
    expect(made.on('2026-03-31', { currency: 'EUR' as never }).mrr).toBe(10_000);
  });

  test('a new state that cannot be read leaves the old one, and is listed', async () => {
    const body = subscription({ items: [paid()] });
    const made = await account({ subscriptions: [body] });
    made.stripe.put('subscriptions', { ...body, status: 'hibernating' });
    await made.sync('2026-11-25', { full: true });
    expect(made.on('2026-11-25')).toMatchObject({ mrr: 10_000, unvalued: [{ subscriptionId: body.id }] });
  });
});

describe('policies', () => {
  test('usage counts under ProfitWell’s rules only', async () => {
    const usage = price(10, { recurring: { usage_type: 'metered', meter: 'mtr_1' } });
    const { quantity: _, ...metered } = item(usage, { id: 'si_use' });
    const body = subscription({ items: [metered as StripeObject] });
    const bill = (from: string, to: string, amount: number) =>
      invoice({
        on: to,
        subscription: body.id,
        lines: [
          line({ amount, from, to, subscription: body.id, item: 'si_use', price: usage.id, quantity: amount / 10 }),
        ],
      });
    const invoices = [bill('2026-03-01', '2026-04-01', 3_000), bill('2026-04-01', '2026-05-01', 6_000)];
    const { on } = await account({ subscriptions: [body], prices: [usage], invoices });
    expect(on('2026-05-31')).toMatchObject({ mrr: 0, customers: 0, usageRunRate: 4_500 });
    expect(on('2026-05-31', { policy: 'profitwell' })).toMatchObject({ mrr: 4_500, customers: 1 });
  });

  test('pauses, past due, scheduled ends: as each counts', async () => {
    const body = subscription({ items: [paid()] });
    const paused = { ...body, pause_collection: { behavior: 'void', resumes_at: null } };
    const late = subscription({ customer: 'cus_b', items: [paid(5_000)] });
    const { on } = await account({
      subscriptions: [paused, { ...late, status: 'past_due' }],
      events: [
        told('created', '2026-01-01', body),
        told('updated', '2026-03-01', paused),
        told('created', '2026-01-01', late),
        told('updated', '2026-05-01', { ...late, status: 'past_due' }),
      ],
    });
    const mrr = (policy: string, day: string) => on(day, { policy }).mrr;
    expect(mrr('vario', JUNE)).toBe(5_000);
    expect(mrr('stripe', JUNE)).toBe(15_000);
    expect(mrr('chartmogul', JUNE)).toBe(15_000);
    expect(mrr('baremetrics', '2026-05-15')).toBe(5_000);
    expect(mrr('baremetrics', JUNE)).toBe(0);
  });

  test('once: never under Vario’s and Stripe’s rules, in its month under the others', async () => {
    const once = discount(coupon({ percent_off: 50, duration: 'once' }), '2026-01-01');
    const { on } = await selling(subscription({ items: [paid()], discounts: [once] }));
    expect(on('2026-01-15').mrr).toBe(10_000);
    expect(on('2026-01-15', { policy: 'stripe' }).mrr).toBe(10_000);
    expect(on('2026-01-15', { policy: 'chartmogul' }).mrr).toBe(5_000);
    expect(on('2026-02-15', { policy: 'chartmogul' }).mrr).toBe(10_000);
  });
});
