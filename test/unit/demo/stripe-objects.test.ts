import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoCompany, type Company, type Happening, type Life } from '../../../src/main/demo/index.ts';
import {
  callsCard,
  COUPONS,
  listCard,
  negotiatedCard,
  taxInclusiveCard,
} from '../../../src/main/demo/scenario/price-list.ts';
import { createCompanyRenderer, type CompanyObjects } from '../../../src/main/demo/stripe/company-objects.ts';
import { stripeId } from '../../../src/main/demo/stripe/ids.ts';
import type { Collection } from '../../../src/main/demo/stripe/recorder.ts';
import { standingBefore } from '../../../src/main/demo/truth/standing.ts';
import { addMs, type Instant } from '../../../src/shared/kernel/instant.ts';
import { at, companyOf, contractWith, EUR, lifeWith, USD } from './lives.ts';

const line = z.object({
  amount: z.int(),
  quantity: z.int(),
  discount_amounts: z.array(z.object({ amount: z.int(), discount: z.string() })),
  period: z.object({ start: z.int(), end: z.int() }),
  parent: z.object({
    subscription_item_details: z.object({ proration: z.boolean(), subscription_item: z.string() }).nullable(),
  }),
  pricing: z.object({ price_details: z.object({ price: z.string() }).optional() }),
  taxes: z.array(z.object({ amount: z.int() })),
});
const invoice = z.object({
  id: z.string(),
  created: z.int(),
  status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
  billing_reason: z.string(),
  subtotal: z.int(),
  total: z.int(),
  total_excluding_tax: z.int(),
  total_discount_amounts: z.array(z.object({ amount: z.int() })),
  amount_due: z.int(),
  amount_paid: z.int(),
  amount_remaining: z.int(),
  starting_balance: z.int(),
  ending_balance: z.int().nullable(),
  attempt_count: z.int(),
});
const subscription = z.object({
  id: z.string(),
  status: z.string(),
  cancel_at_period_end: z.boolean(),
  pause_collection: z.object({}).nullable(),
  discounts: z.array(z.string()),
  items: z.object({
    data: z.array(
      z.object({ price: z.object({ id: z.string() }), quantity: z.int().optional(), current_period_end: z.int() }),
    ),
  }),
});

interface Written {
  readonly invoices: readonly (z.infer<typeof invoice> & { readonly lines: readonly z.infer<typeof line>[] })[];
  readonly subscriptions: readonly z.infer<typeof subscription>[];
  readonly events: readonly { readonly type: string; readonly previous: Record<string, unknown> | null }[];
  readonly objects: CompanyObjects;
}

function written(life: Life, now: Instant): Written {
  const objects = createCompanyRenderer().render(companyOf([life], now), now);
  const of = (collection: Collection) => objects.objects.filter((served) => served.collection === collection);
  return {
    objects,
    invoices: of('invoices').map(({ object, hidden }) => ({
      ...invoice.parse(object),
      lines: z.array(line).parse(hidden['lines']),
    })),
    subscriptions: of('subscriptions').map(({ object }) => subscription.parse(object)),
    events: objects.events.map((event) => {
      const { type, data } = z
        .object({
          type: z.string(),
          data: z.object({ previous_attributes: z.record(z.string(), z.unknown()).optional() }),
        })
        .parse(event);
      return { type, previous: data.previous_attributes ?? null };
    }),
  };
}

const NOW = at('2026-04-20');
const growth = { card: listCard('growth', USD, 'month'), quantity: 1 };
const pro = { card: listCard('pro', USD, 'month'), quantity: 1 };
const life = (happenings: readonly Happening[], fields: Partial<Parameters<typeof contractWith>[0]> = {}): Life =>
  lifeWith([contractWith({ startedAt: at('2026-01-10'), positions: [growth], ...fields }, happenings)]);

describe('renewals', () => {
  it('write an invoice a month, each for the month that begins', () => {
    const { invoices } = written(life([]), NOW);
    expect(invoices.map(({ billing_reason }) => billing_reason)).toEqual([
      'subscription_create',
      'subscription_cycle',
      'subscription_cycle',
      'subscription_cycle',
    ]);
    expect(invoices.map(({ lines }) => new Date(lines[0]!.period.end * 1000).toISOString().slice(0, 10))).toEqual([
      '2026-02-10',
      '2026-03-10',
      '2026-04-10',
      '2026-05-10',
    ]);
    expect(
      invoices.every(({ status, total, amount_paid }) => status === 'paid' && total === 4_900 && amount_paid === 4_900),
    ).toBe(true);
  });
  it('leave the newest invoice a draft for an hour', () => {
    const { invoices } = written(life([]), at('2026-04-10', '12:30:00'));
    expect(invoices.at(-1)).toMatchObject({ status: 'draft', amount_paid: 0 });
  });
  it('bill a trial at nothing and the first term when it ends', () => {
    const { invoices } = written(life([], { trialEndsAt: at('2026-01-24') }), at('2026-02-01'));
    expect(invoices.map(({ total }) => total)).toEqual([0, 4_900]);
  });
  it('list each step of a graduated price: 12 seats are 10 for the flat fee and 2 at $15', () => {
    const { invoices } = written(
      life([], { positions: [{ card: listCard('scale', USD, 'month'), quantity: 12 }] }),
      at('2026-01-11'),
    );
    expect(invoices[0]!.lines.map(({ amount, quantity }) => [quantity, amount])).toEqual([
      [10, 0],
      [0, 19_900],
      [2, 3_000],
    ]);
  });
  it('bill metered calls for the month that is over: 10,000 at 0.2 cents', () => {
    const { invoices } = written(
      life([], { positions: [growth, { card: callsCard(USD), quantity: 0 }], callsByPeriod: [10_000] }),
      at('2026-02-11'),
    );
    expect(invoices.map(({ total }) => total)).toEqual([4_900, 6_900]);
    expect(invoices[1]!.lines[0]!.period.end).toBe(invoices[1]!.created);
  });
  it('show the tax that a price contains: €9.50 in €59.50', () => {
    const { invoices } = written(
      life([], { positions: [{ card: taxInclusiveCard('growth', 'DE'), quantity: 1 }] }),
      at('2026-01-11'),
    );
    expect(invoices[0]).toMatchObject({ total: 5_950, total_excluding_tax: 5_000 });
    expect(invoices[0]!.lines[0]!.taxes).toMatchObject([{ amount: 950 }]);
  });
  it('take a repeating coupon off for its months only', () => {
    const { invoices } = written(life([], { coupons: [COUPONS.launch] }), at('2026-05-20'));
    expect(invoices.map(({ total }) => total)).toEqual([2_450, 2_450, 2_450, 4_900, 4_900]);
  });
  it('take a «once» coupon off the first invoice and drop it from the subscription', () => {
    const { invoices, subscriptions } = written(life([], { coupons: [COUPONS.first] }), NOW);
    expect(invoices.map(({ total }) => total)).toEqual([2_450, 4_900, 4_900, 4_900]);
    expect(subscriptions[0]!.discounts).toEqual([]);
  });
  it('invoice bank transfers at thirty days, open until they are paid', () => {
    const yearly = { card: negotiatedCard('x', 1, USD, 'year', 1_200_000), quantity: 1 };
    const { invoices, objects } = written(life([], { positions: [yearly], paidBy: 'bank_transfer' }), at('2026-01-12'));
    expect(invoices[0]).toMatchObject({ status: 'open', amount_remaining: 1_200_000 });
    expect(objects.objects.some(({ collection }) => collection === 'subscription_schedules')).toBe(true);
  });
});

describe('changes within a term', () => {
  const halfway = at('2026-01-26');
  const remaining = (total: number) => Math.round((total * 15) / 31);

  it('give the unused time back and bill the remaining time at the new price: 15 of 31 days', () => {
    const { invoices } = written(
      life([{ at: halfway, kind: 'changed', positions: [pro], settle: 'now', newCycle: false }]),
      at('2026-01-27'),
    );
    const [, update] = invoices;
    expect(update!.billing_reason).toBe('subscription_update');
    expect(update!.lines.map(({ amount, parent }) => [amount, parent.subscription_item_details!.proration])).toEqual([
      [-remaining(4_900), true],
      [remaining(9_900), true],
    ]);
  });
  it('wait for the next invoice where they are settled with it', () => {
    const { invoices } = written(
      life([{ at: halfway, kind: 'changed', positions: [pro], settle: 'next_invoice', newCycle: false }]),
      at('2026-02-11'),
    );
    expect(invoices.map(({ total }) => total)).toEqual([4_900, 9_900 + remaining(9_900) - remaining(4_900)]);
  });
  it('are billed when the contract ends before the next invoice', () => {
    const { invoices } = written(
      life([
        { at: halfway, kind: 'changed', positions: [pro], settle: 'next_invoice', newCycle: false },
        { at: at('2026-01-30'), kind: 'ended', cause: 'requested', feedback: null },
      ]),
      at('2026-02-11'),
    );
    expect(invoices.map(({ total }) => total)).toEqual([4_900, remaining(9_900) - remaining(4_900)]);
  });
  it('leave a credit after a downgrade, which the next invoice uses up', () => {
    const starter = { card: listCard('starter', USD, 'month'), quantity: 1 };
    const { invoices } = written(
      life([{ at: halfway, kind: 'changed', positions: [starter], settle: 'now', newCycle: false }]),
      at('2026-02-11'),
    );
    const credit = remaining(4_900) - remaining(1_900);
    expect(invoices[1]).toMatchObject({ total: -credit, amount_due: 0, ending_balance: -credit });
    expect(invoices[2]).toMatchObject({
      total: 1_900,
      starting_balance: -credit,
      amount_due: 1_900 - credit,
      amount_paid: 1_900 - credit,
    });
  });
  it('begin a new cycle when the interval changes', () => {
    const yearly = { card: listCard('growth', USD, 'year'), quantity: 1 };
    const { invoices, subscriptions } = written(
      life([{ at: halfway, kind: 'changed', positions: [yearly], settle: 'now', newCycle: true }]),
      NOW,
    );
    expect(invoices.map(({ total }) => total)).toEqual([4_900, 49_000 - remaining(4_900)]);
    expect(new Date(subscriptions[0]!.items.data[0]!.current_period_end * 1000).toISOString()).toBe(
      '2027-01-26T12:00:00.000Z',
    );
  });
});

describe('payments that fail', () => {
  const failedAt = addMs(at('2026-04-10'), 3_605_000);
  it('leave the invoice open, the subscription past due and a declined charge', () => {
    const { invoices, subscriptions, events } = written(
      life([{ at: failedAt, kind: 'payment_failed' }]),
      at('2026-04-11'),
    );
    expect(invoices.at(-1)).toMatchObject({ status: 'open', attempt_count: 1, amount_remaining: 4_900 });
    expect(subscriptions[0]!.status).toBe('past_due');
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['charge.failed', 'payment_intent.payment_failed', 'invoice.payment_failed']),
    );
    expect(
      events.find(
        ({ type, previous }) => type === 'customer.subscription.updated' && previous?.['status'] === 'active',
      ),
    ).toBeDefined();
  });
  it('are tried again after 3 and 8 days, and recover', () => {
    const { invoices, subscriptions } = written(
      life([
        { at: failedAt, kind: 'payment_failed' },
        { at: at('2026-04-19'), kind: 'payment_recovered' },
      ]),
      NOW,
    );
    expect(invoices.at(-1)).toMatchObject({ status: 'paid', attempt_count: 4, amount_remaining: 0 });
    expect(subscriptions[0]!.status).toBe('active');
  });
  it('end in a written-off invoice', () => {
    const { invoices, subscriptions } = written(
      life([
        { at: failedAt, kind: 'payment_failed' },
        { at: at('2026-05-01'), kind: 'ended', cause: 'payment_failed', feedback: null },
      ]),
      at('2026-05-20'),
    );
    expect(invoices.at(-1)!.status).toBe('uncollectible');
    expect(subscriptions[0]!.status).toBe('canceled');
  });
  it('expire a subscription whose first payment never came', () => {
    const { invoices, subscriptions } = written(life([], { neverPaid: true }), NOW);
    expect(invoices.map(({ status }) => status)).toEqual(['void']);
    expect(subscriptions[0]!.status).toBe('incomplete_expired');
  });
});

describe('other turns', () => {
  it('a pause voids the invoices that fall in it', () => {
    const { invoices, subscriptions } = written(
      life([
        { at: at('2026-02-10', '10:00:00'), kind: 'paused' },
        { at: at('2026-04-10', '11:00:00'), kind: 'resumed' },
      ]),
      NOW,
    );
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'void', 'void', 'paid']);
    expect(subscriptions[0]!.pause_collection).toBeNull();
  });
  it('a scheduled end takes effect without further ado', () => {
    const scheduled = {
      at: at('2026-03-20'),
      kind: 'cancellation_scheduled',
      endsAt: at('2026-04-10'),
      cause: 'requested',
      feedback: 'unused',
    } as const;
    expect(written(life([scheduled]), at('2026-04-09')).subscriptions[0]).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
    });
    expect(written(life([scheduled]), NOW).subscriptions[0]).toMatchObject({ status: 'canceled' });
    expect(written(life([scheduled]), NOW).invoices).toHaveLength(3);
  });
  it('refunds and credit notes come with the money they move', () => {
    const { objects } = written(
      life([
        { at: at('2026-02-12'), kind: 'refunded', percent: 100 },
        { at: at('2026-03-12'), kind: 'credited', percent: 20 },
      ]),
      NOW,
    );
    const amounts = (collection: Collection, field: string) =>
      objects.objects.filter((served) => served.collection === collection).map(({ object }) => object[field]);
    expect(amounts('refunds', 'amount')).toEqual([4_900, 980]);
    expect(amounts('credit_notes', 'amount')).toEqual([980]);
    const transactions = objects.objects.filter(
      ({ collection, object }) => collection === 'balance_transactions' && object['type'] === 'refund',
    );
    expect(transactions.map(({ object }) => object['net'])).toEqual([-4_900, -980]);
  });
  it('events are kept for thirty days', () => {
    const { objects } = written(life([]), NOW);
    const created = objects.events.map((event) => Number(event['created']));
    expect(Math.min(...created)).toBeGreaterThanOrEqual(NOW / 1000 - 30 * 86_400);
    expect(objects.events.some(({ type }) => type === 'customer.subscription.created')).toBe(false);
  });
});

describe('the whole company', () => {
  const now = at('2026-11-20');
  let company: Company;
  let all: CompanyObjects;
  beforeAll(() => {
    company = demoCompany({ now });
    all = createCompanyRenderer().render(company, now);
  });
  const of = (collection: Collection) => all.objects.filter((served) => served.collection === collection);

  it('is the same on every run, to the byte', () => {
    expect(JSON.stringify(createCompanyRenderer().render(demoCompany({ now }), now).objects)).toBe(
      JSON.stringify(all.objects),
    );
  });
  it('is generated and serialised in less than two seconds of the processor', () => {
    const begun = process.cpuUsage();
    JSON.stringify(createCompanyRenderer().render(demoCompany({ now }), now).objects);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
  it('gives every object an id of its own', () => {
    const ids = [...all.objects.map(({ object }) => object['id']), ...all.events.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('has invoices that add up', () => {
    for (const { object, hidden } of of('invoices')) {
      const made = invoice.parse(object);
      const lines = z.array(line).parse(hidden['lines']);
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      const discounts = sum(lines.flatMap(({ discount_amounts }) => discount_amounts.map(({ amount }) => amount)));
      expect(made.subtotal, made.id).toBe(sum(lines.map(({ amount }) => amount)));
      expect(made.total, made.id).toBe(made.subtotal - discounts);
      expect(sum(made.total_discount_amounts.map(({ amount }) => amount)), made.id).toBe(discounts);
      expect(made.total - made.total_excluding_tax, made.id).toBe(
        sum(lines.flatMap(({ taxes }) => taxes.map(({ amount }) => amount))),
      );
      if (made.status === 'paid') expect(made.amount_remaining, made.id).toBe(0);
      if (made.ending_balance !== null)
        expect(made.amount_due + made.ending_balance, made.id).toBe(made.total + made.starting_balance);
    }
  });
  it('pays out what has become available, and nothing else', () => {
    const transactions = of('balance_transactions').map(({ object }) => object);
    const paidOut = new Set([...all.book.transactionsOfPayout.values()].flat());
    const net = (ids: readonly string[]) =>
      transactions
        .filter(({ id }) => ids.includes(String(id)))
        .reduce((sum, transaction) => sum + Number(transaction['net']), 0);
    for (const [payout, members] of [...all.book.transactionsOfPayout].slice(-5)) expect(net(members), payout).toBe(0);
    const left = transactions
      .filter(({ id }) => !paidOut.has(String(id)))
      .reduce((sum, transaction) => sum + Number(transaction['net']), 0);
    const balance = z
      .object({ available: z.array(z.object({ amount: z.int() })), pending: z.array(z.object({ amount: z.int() })) })
      .parse(all.book.balance);
    expect(balance.available[0]!.amount + balance.pending[0]!.amount).toBe(left);
  });
  it('shows every contract as the truth sees it now', () => {
    const seen = new Map(of('subscriptions').map(({ object }) => [object['id'], subscription.parse(object)]));
    const counting = new Set(['active', 'past_due', 'trialing']);
    for (const told of company.lives)
      for (const contract of told.contracts) {
        const { status, pause_collection, cancel_at_period_end } = seen.get(stripeId('sub', contract.key))!;
        const standing = standingBefore(told, contract, addMs(now, 1));
        expect(counting.has(status), contract.key).toBe(standing !== null);
        if (standing === null) continue;
        expect(
          {
            trialing: status === 'trialing',
            pastDue: status === 'past_due',
            paused: pause_collection !== null,
            ending: cancel_at_period_end,
          },
          contract.key,
        ).toEqual({
          trialing: standing.trialing,
          pastDue: standing.pastDue,
          paused: standing.paused,
          ending: standing.endsAt !== null,
        });
      }
  });
  it('has customers in euro who settle in dollars at the day’s rate', () => {
    const charge = of('charges').find(
      ({ object }) => object['currency'] === EUR.toLowerCase() && object['status'] === 'succeeded',
    )!.object;
    const transaction = of('balance_transactions').find(
      ({ object }) => object['id'] === charge['balance_transaction'],
    )!.object;
    expect(transaction['currency']).toBe('usd');
    expect(Number(transaction['amount']) / Number(charge['amount'])).toBeCloseTo(
      Number(transaction['exchange_rate']),
      3,
    );
  });
});
