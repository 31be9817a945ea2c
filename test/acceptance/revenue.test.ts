/**
 * Stripe's revenue-recognition examples (docs.stripe.com/revenue-recognition/examples, …/contra, …/credit-notes, …/tax,
 * …/fx) as the JSON of a Stripe, in both shapes of a payment, through sync to the waterfall. Amounts in the comments are dollars.
 */
import { describe, expect, test } from 'vitest';
import { account, type Account } from './account.ts';
import { bill, charge, dispute, note, paidBy, refund, transitions, unpaid } from './billing-objects.ts';
import { invoice, line, sec } from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

type Lists = Record<string, readonly StripeObject[]>;
type Month = ReturnType<Account['revenue']>['months'][number];

const months = async (lists: Lists, from: string, to: string) => {
  const made = await account(lists);
  expect(made.quarantined()).toEqual([]);
  const found = made.revenue(from, to).months;
  for (const month of found) expectAddsUp(month);
  return found;
};

/** Opening and billed, less what was recognised and what corrections took from the deferred part, are the closing. */
function expectAddsUp(month: Month): void {
  const taken =
    month.refundsDeferred +
    month.creditNotesDeferred +
    month.voidsDeferred +
    month.badDebtDeferred +
    month.disputesDeferred +
    month.recoverablesDeferred;
  expect(month.opening + month.billed - month.recognised - taken).toBe(month.closing);
}

const columns = (found: readonly Month[], ...names: readonly (keyof Month)[]) =>
  found.map((month) => names.map((name) => month[name]));

/** 90 for three months from 1 January: 31, 28, 31. */
const quarter = () => bill(9_000, '2026-01-01', '2026-04-01');
/** The invoice and its payment, in today's shape and in that before basil. */
const PAID: readonly (readonly [string, (of: StripeObject) => Lists])[] = [
  ['today', (of) => ({ invoices: [of], invoice_payments: [paidBy(of)], charges: [charge(Number(of['total']))] })],
  [
    'before basil',
    ({ parent: _, ...of }) => ({
      invoices: [{ ...of, id: 'in_1', subscription: 'sub_1', charge: 'ch_1', payment_intent: 'pi_1' }],
      charges: [charge(Number(of['total']), { invoice: 'in_1' })],
    }),
  ],
];

describe('subscriptions', () => {
  test('31 a month from 15 January', async () => {
    const found = await months({ invoices: [bill(3_100, '2026-01-15', '2026-02-15')] }, '2026-01', '2026-03');
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [3_100, 1_700, 1_400],
      [0, 1_400, 0],
      [0, 0, 0],
    ]);
  });

  test('365 a year: as many as a month has days, all twelve', async () => {
    const found = await months({ invoices: [bill(36_500, '2026-01-01', '2027-01-01')] }, '2026-01', '2026-12');
    expect(found.map(({ recognised }) => recognised / 100)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  });

  // …/revenue-settings/examples: 120 for four months from 15 June, noon: 15.5, 31, 31, 30, 12.5 days
  test('120 for four months from noon: by the second', async () => {
    const found = await months(
      { invoices: [bill(12_000, '2026-06-15T12:00:00Z', '2026-10-13T12:00:00Z')] },
      '2026-06',
      '2026-10',
    );
    expect(found.map(({ recognised }) => recognised)).toEqual([1_550, 3_100, 3_100, 3_000, 1_250]);
  });

  const rest = { from: '2026-04-21', to: '2026-05-01', proration: true, subscription: 'sub_1', item: 'si_1' };
  const april = () => bill(9_000, '2026-04-01', '2026-05-01', { id: 'in_april' });

  test('from 90 to 120 on 21 April, billed at once', async () => {
    const change = invoice({
      on: '2026-04-21',
      subscription: 'sub_1',
      billing_reason: 'subscription_update',
      lines: [line({ amount: -3_000, ...rest }), line({ amount: 4_000, ...rest })],
    });
    const may = bill(12_000, '2026-05-01', '2026-06-01', { id: 'in_may' });
    const found = await months({ invoices: [april(), change, may] }, '2026-04', '2026-05');
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [10_000, 10_000, 0],
      [12_000, 12_000, 0],
    ]);
  });

  test('from 90 to 0 on 21 April: the credit is negative revenue of the days it is for', async () => {
    const change = invoice({
      on: '2026-04-21',
      subscription: 'sub_1',
      billing_reason: 'subscription_update',
      amount_due: 0,
      amount_paid: 0,
      lines: [line({ amount: -3_000, ...rest })],
    });
    const found = await months({ invoices: [april(), change] }, '2026-04', '2026-05');
    expect(found[0]).toMatchObject({ billed: 6_000, recognised: 6_000, closing: 0 });
  });

  test('a year with a setup fee: the fee at once, the year by the day', async () => {
    const both = invoice({
      on: '2026-01-01',
      subscription: 'sub_1',
      lines: [
        line({ amount: 5_000, from: '2026-01-01', to: '2026-01-01' }),
        line({ amount: 36_500, from: '2026-01-01', to: '2027-01-01', subscription: 'sub_1', item: 'si_1' }),
      ],
    });
    const found = await months({ invoices: [both] }, '2026-01', '2026-02');
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [41_500, 5_000 + 3_100, 33_400],
      [0, 2_800, 30_600],
    ]);
  });

  test('finalised on 1 March for a quarter from January: January and February at once', async () => {
    const late = bill(9_000, '2026-01-01', '2026-04-01', {
      created: sec('2026-01-01'),
      status_transitions: { ...transitions({}), finalized_at: sec('2026-03-01'), paid_at: sec('2026-03-01') },
    });
    const found = await months({ invoices: [late] }, '2026-01', '2026-03');
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [9_000, 9_000, 0],
    ]);
  });

  test('usage of January, billed on 1 February', async () => {
    const usage = bill(1_800, '2026-01-01', '2026-02-01', {
      created: sec('2026-02-01'),
      status_transitions: { ...transitions({}), finalized_at: sec('2026-02-01'), paid_at: sec('2026-02-01') },
    });
    expect((await months({ invoices: [usage] }, '2026-02', '2026-02'))[0]).toMatchObject({
      billed: 1_800,
      recognised: 1_800,
      closing: 0,
    });
  });
});

describe.each(PAID)('money given back, in the shape of %s', (_, paid) => {
  test('all of it on 1 February', async () => {
    const found = await months({ ...paid(quarter()), refunds: [refund(9_000, '2026-02-01')] }, '2026-01', '2026-03');
    expect(columns(found, 'recognised', 'refunds', 'closing')).toEqual([
      [3_100, 0, 5_900],
      [0, 3_100, 0],
      [0, 0, 0],
    ]);
  });

  test('a tenth of it: a tenth of what was earned and of what is to come', async () => {
    const found = await months({ ...paid(quarter()), refunds: [refund(900, '2026-02-01')] }, '2026-01', '2026-03');
    expect(columns(found, 'recognised', 'refunds', 'refundsDeferred', 'closing')).toEqual([
      [3_100, 0, 0, 5_900],
      [2_520, 310, 590, 2_790],
      [2_790, 0, 0, 0],
    ]);
  });

  test('a refund that failed is none', async () => {
    const failed = refund(9_000, '2026-02-01', { status: 'failed' });
    const found = await months({ ...paid(quarter()), refunds: [failed] }, '2026-01', '2026-03');
    expect(found.map(({ recognised }) => recognised)).toEqual([3_100, 2_800, 3_100]);
  });

  test.each(['lost', 'needs_response', 'under_review'])('disputed on 1 February, %s', async (status) => {
    const found = await months(
      { ...paid(quarter()), disputes: [dispute(9_000, '2026-02-01', status)] },
      '2026-01',
      '2026-02',
    );
    expect(columns(found, 'recognised', 'disputes', 'disputesDeferred', 'closing')).toEqual([
      [3_100, 0, 0, 5_900],
      [0, 3_100, 5_900, 0],
    ]);
  });

  test('disputed on 1 February, won in April: the money is a gain', async () => {
    const won = dispute(9_000, '2026-02-01', 'won', {
      balance_transactions: [
        {
          id: 'txn_1',
          object: 'balance_transaction',
          amount: -9_000,
          created: sec('2026-02-01'),
          currency: 'usd',
          reporting_category: 'dispute',
          type: 'adjustment',
        },
        {
          id: 'txn_2',
          object: 'balance_transaction',
          amount: 9_000,
          created: sec('2026-04-10'),
          currency: 'usd',
          reporting_category: 'dispute_reversal',
          type: 'adjustment',
        },
      ],
    });
    const found = await months({ ...paid(quarter()), disputes: [won] }, '2026-01', '2026-04');
    expect(columns(found, 'disputes', 'recoverables', 'closing')).toEqual([
      [0, 0, 5_900],
      [3_100, 0, 0],
      [0, 0, 0],
      [0, 9_000, 0],
    ]);
  });

  test('an inquiry takes nothing', async () => {
    const inquiry = dispute(9_000, '2026-02-01', 'warning_needs_response');
    const found = await months({ ...paid(quarter()), disputes: [inquiry] }, '2026-01', '2026-03');
    expect(found.map(({ recognised, disputes }) => [recognised, disputes])).toEqual([
      [3_100, 0],
      [2_800, 0],
      [3_100, 0],
    ]);
  });

  test('with tax on top: the net share alone is revenue', async () => {
    const taxed = {
      ...quarter(),
      total: 10_800,
      amount_due: 10_800,
      amount_paid: 10_800,
      tax: 1_800,
      total_taxes: [{ amount: 1_800, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
    };
    const found = await months({ ...paid(taxed), refunds: [refund(10_800, '2026-02-01')] }, '2026-01', '2026-02');
    expect(columns(found, 'billed', 'recognised', 'refunds', 'closing')).toEqual([
      [9_000, 3_100, 0, 5_900],
      [0, 0, 3_100, 0],
    ]);
  });
});

describe('bills that are not paid', () => {
  test('voided on 1 February', async () => {
    const voided = {
      ...unpaid(quarter()),
      status: 'void',
      status_transitions: transitions({ voided_at: sec('2026-02-01') }),
    };
    const found = await months({ invoices: [voided] }, '2026-01', '2026-02');
    expect(columns(found, 'recognised', 'voids', 'voidsDeferred', 'closing')).toEqual([
      [3_100, 0, 0, 5_900],
      [0, 3_100, 5_900, 0],
    ]);
  });

  test('given up on 1 February: bad debt', async () => {
    const off = {
      ...unpaid(quarter()),
      status: 'uncollectible',
      status_transitions: transitions({ marked_uncollectible_at: sec('2026-02-01') }),
    };
    const found = await months({ invoices: [off] }, '2026-01', '2026-02');
    expect(columns(found, 'recognised', 'badDebt', 'badDebtDeferred', 'closing')).toEqual([
      [3_100, 0, 0, 5_900],
      [0, 3_100, 5_900, 0],
    ]);
  });

  test('given up, then paid in April: the bad debt is taken back, the rest is a recovery', async () => {
    const later = {
      ...quarter(),
      status_transitions: transitions({ marked_uncollectible_at: sec('2026-02-01'), paid_at: sec('2026-04-05') }),
    };
    const found = await months({ invoices: [later] }, '2026-01', '2026-04');
    expect(columns(found, 'badDebt', 'recoverables', 'closing')).toEqual([
      [0, 0, 5_900],
      [3_100, 0, 0],
      [0, 0, 0],
      [-3_100, 5_900, 0],
    ]);
  });

  test('open to this day: earned all the same', async () => {
    const found = await months({ invoices: [unpaid(quarter())] }, '2026-01', '2026-03');
    expect(found.map(({ recognised }) => recognised)).toEqual([3_100, 2_800, 3_100]);
  });

  test('written off with 11 of 31 from the customer’s balance: 11 × 17 ÷ 31 stays, 11 × 14 ÷ 31 is a gain', async () => {
    const off = {
      ...unpaid(bill(3_100, '2026-01-15', '2026-02-15')),
      amount_due: 2_000,
      amount_remaining: 2_000,
      starting_balance: -1_100,
      ending_balance: 0,
      status: 'uncollectible',
      status_transitions: {
        finalized_at: sec('2026-01-15'),
        marked_uncollectible_at: sec('2026-02-01'),
        paid_at: null,
        voided_at: null,
      },
    };
    const found = await months({ invoices: [off] }, '2026-01', '2026-02');
    expect(columns(found, 'recognised', 'badDebt', 'recoverables', 'closing')).toEqual([
      [1_700, 0, 0, 1_400],
      [0, 1_097, 497, 0],
    ]);
  });
});

describe('credit', () => {
  test('from the customer’s balance pays, and changes no revenue', async () => {
    const paid = bill(3_100, '2026-01-15', '2026-02-15', {
      amount_due: 2_000,
      amount_paid: 2_000,
      starting_balance: -1_100,
    });
    const found = await months({ invoices: [paid] }, '2026-01', '2026-02');
    expect(columns(found, 'billed', 'recognised')).toEqual([
      [3_100, 1_700],
      [0, 1_400],
    ]);
  });

  test('a note of 30 of 120 before anything is earned is a discount', async () => {
    const found = await months(
      { invoices: [unpaid(bill(12_000, '2026-01-01', '2026-04-01'))], credit_notes: [note(3_000, '2026-01-01')] },
      '2026-01',
      '2026-03',
    );
    expect(columns(found, 'recognised', 'creditNotes', 'closing')).toEqual([
      [3_100, 0, 5_900],
      [2_800, 0, 3_100],
      [3_100, 0, 0],
    ]);
  });

  test('a note of 45 of 90 after payment, 15 of them refunded: split as it was paid out', async () => {
    const out = refund(1_500, '2026-02-01', { id: 're_cn' });
    const split = note(4_500, '2026-02-01', {
      pre_payment_amount: 0,
      post_payment_amount: 4_500,
      type: 'post_payment',
      refunds: [{ amount_refunded: 1_500, refund: 're_cn' }],
    });
    const lists = PAID[0]?.[1](quarter()) ?? {};
    const found = await months({ ...lists, refunds: [out], credit_notes: [split] }, '2026-01', '2026-03');
    // Half of the 31 that were earned: 15.50, a third of it refunded.
    expect(found[1]).toMatchObject({ refunds: 517, creditNotes: 1_033, recognised: 1_400 });
    expect(found[2]).toMatchObject({ recognised: 1_550, closing: 0 });
  });

  test('a note that is voided again gives everything back', async () => {
    const voided = note(9_000, '2026-02-01', { status: 'void', voided_at: sec('2026-03-01') });
    const found = await months({ invoices: [unpaid(quarter())], credit_notes: [voided] }, '2026-01', '2026-03');
    const total = (name: 'recognised' | 'creditNotes') => found.reduce((sum, month) => sum + month[name], 0);
    expect([total('recognised'), total('creditNotes'), found.at(-1)?.closing]).toEqual([9_000, 0, 0]);
  });
});

describe('other bills', () => {
  test('a payment that no invoice asked for, and its refund', async () => {
    const found = await months(
      { charges: [charge(9_000)], refunds: [refund(9_000, '2026-02-01')] },
      '2026-01',
      '2026-02',
    );
    expect(columns(found, 'billed', 'recognised', 'refunds')).toEqual([
      [9_000, 9_000, 0],
      [0, 0, 9_000],
    ]);
  });

  test('inclusive tax is no revenue', async () => {
    const taxed = invoice({
      on: '2026-01-01',
      subscription: 'sub_1',
      total_taxes: [{ amount: 1_800, tax_behavior: 'inclusive', type: 'tax_rate_details' }],
      lines: [
        line({
          amount: 10_800,
          from: '2026-01-01',
          to: '2026-04-01',
          subscription: 'sub_1',
          item: 'si_1',
          taxes: [{ amount: 1_800, tax_behavior: 'inclusive', type: 'tax_rate_details' }],
        }),
      ],
    });
    expect((await months({ invoices: [taxed] }, '2026-01', '2026-01'))[0]).toMatchObject({
      billed: 9_000,
      recognised: 3_100,
    });
  });

  test('euros: all of an invoice at the rate of its day, whatever the rate does later', async () => {
    const made = await account({ invoices: [bill(9_000, '2026-01-01', '2026-04-01', { currency: 'eur' })] });
    const rates = { '2025-12-31': { USD: 1.2 }, '2026-01-01': { USD: 1.2 }, '2026-02-02': { USD: 1.5 } };
    await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(rates) }));
    const found = made.revenue('2026-01', '2026-03').months;
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [10_800, 3_720, 7_080],
      [0, 3_360, 3_720],
      [0, 3_720, 0],
    ]);
  });

  test('yen: whole ones, rounded on the running sum', async () => {
    const made = await account({ invoices: [bill(100, '2026-01-31', '2026-02-03', { currency: 'jpy' })] });
    await made.syncRates(
      await made.connect('frankfurter', { apiBase: await frankfurter({ '2026-01-31': { USD: 1.5, JPY: 150 } }) }),
    );
    // ¥100 is $1.00: a third on 31 January, two thirds in February.
    const found = made.revenue('2026-01', '2026-02').months;
    expect(columns(found, 'billed', 'recognised', 'closing')).toEqual([
      [100, 33, 67],
      [0, 67, 0],
    ]);
  });

  test('a currency without a rate is said, and in no month', async () => {
    const made = await account({ invoices: [bill(9_000, '2026-01-01', '2026-04-01', { currency: 'aed' })] });
    const found = made.revenue('2026-01', '2026-01');
    expect(found.months[0]).toMatchObject({ billed: 0, recognised: 0 });
    expect(found.unvalued).toMatchObject([{ currency: 'AED', billings: 1, billedMinor: 9_000 }]);
  });
});

describe('objects of few words', () => {
  const bare = (over: Record<string, unknown> = {}): StripeObject => ({
    id: 'in_1',
    object: 'invoice',
    customer: 'cus_a',
    status: 'paid',
    created: sec('2026-01-01'),
    currency: 'usd',
    total: 9_000,
    lines: {
      object: 'list',
      data: [{ id: 'il_1', amount: 9_000, period: { start: sec('2026-01-01'), end: sec('2026-04-01') } }],
    },
    ...over,
  });
  const barePayment: StripeObject = {
    id: 'ch_1',
    object: 'charge',
    amount: 9_000,
    created: sec('2026-01-01'),
    currency: 'usd',
    customer: 'cus_a',
    invoice: 'in_1',
    status: 'succeeded',
  };
  const of = async (lists: Lists) => await months(lists, '2026-01', '2026-03');

  test('a refund', async () => {
    const back = {
      id: 're_1',
      object: 'refund',
      amount: 9_000,
      charge: 'ch_1',
      created: sec('2026-02-01'),
      currency: 'usd',
    };
    const found = await of({ invoices: [bare()], charges: [barePayment], refunds: [back] });
    expect(columns(found, 'recognised', 'refunds', 'closing')).toEqual([
      [3_100, 0, 5_900],
      [0, 3_100, 0],
      [0, 0, 0],
    ]);
  });

  test('a dispute', async () => {
    const lost = {
      id: 'dp_1',
      object: 'dispute',
      amount: 9_000,
      charge: 'ch_1',
      created: sec('2026-02-01'),
      currency: 'usd',
      status: 'lost',
    };
    const found = await of({ invoices: [bare()], charges: [barePayment], disputes: [lost] });
    expect(found[1]).toMatchObject({ disputes: 3_100, closing: 0 });
  });

  test('a credit note', async () => {
    const few = {
      id: 'cn_1',
      object: 'credit_note',
      customer: 'cus_a',
      invoice: 'in_1',
      amount: 9_000,
      created: sec('2026-02-01'),
      currency: 'usd',
      status: 'issued',
      total: 9_000,
      type: 'pre_payment',
    };
    const found = await of({ invoices: [bare({ status: 'open' })], credit_notes: [few] });
    expect(found[1]).toMatchObject({ creditNotes: 3_100, closing: 0 });
  });

  test('void and uncollectible, with nothing but the moment', async () => {
    const voided = bare({ status: 'void', status_transitions: { voided_at: sec('2026-02-01') } });
    expect((await of({ invoices: [voided] }))[1]).toMatchObject({ voids: 3_100, closing: 0 });
    const off = bare({ status: 'uncollectible', status_transitions: { marked_uncollectible_at: sec('2026-02-01') } });
    expect((await of({ invoices: [off] }))[1]).toMatchObject({ badDebt: 3_100, closing: 0 });
  });

  test('void without any: from the start', async () => {
    const found = await of({ invoices: [bare({ status: 'void' })] });
    expect(found.reduce((sum, { recognised, voids }) => sum + recognised - voids, 0)).toBe(0);
    expect(found[0]?.closing).toBe(0);
  });
});
