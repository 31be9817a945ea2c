/**
 * R15 and ASC 606: what Stripe's examples leave to be worked out (https://docs.stripe.com/revenue-recognition/examples and
 * the pages under it): the same rules on parts, on tax, on several lines, over leap years, daylight saving and zones.
 * By hand: an amount is earned evenly over its period; what is taken back takes its share of what was earned, and of what is not.
 */
import { describe, expect, test } from 'vitest';
import { account, type Account } from './account.ts';
import { bill, charge, dispute, note, paidBy, refund, transitions, unpaid } from './billing-objects.ts';
import { canceled, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import type { StripeObject } from './stub-stripe.ts';

type Lists = Record<string, readonly StripeObject[]>;
type Month = ReturnType<Account['revenue']>['months'][number];
type Column = Exclude<keyof Month, 'month'>;

/** The columns that are not 0, month by month; each month adds up and opens as the one before it closed. */
async function waterfall(
  lists: Lists,
  from: string,
  to: string,
  zone?: string,
): Promise<Partial<Record<Column, number>>[]> {
  const made = await account(lists, zone === undefined ? {} : { zone });
  expect(made.quarantined()).toEqual([]);
  const { months } = made.revenue(from, to);
  return months.map(({ month: _, ...columns }, index) => {
    const taken =
      columns.refundsDeferred +
      columns.creditNotesDeferred +
      columns.voidsDeferred +
      columns.badDebtDeferred +
      columns.disputesDeferred +
      columns.recoverablesDeferred;
    expect(columns.opening + columns.billed - columns.recognised - taken).toBe(columns.closing);
    if (index > 0) expect(columns.opening).toBe(months[index - 1]?.closing);
    return Object.fromEntries(Object.entries(columns).filter(([, amount]) => amount !== 0));
  });
}

/** 90 for three months from 1 January: 31, 28, 31; with 18 of tax on top. */
const quarter = (over: Record<string, unknown> = {}) => bill(9_000, '2026-01-01', '2026-04-01', over);
const taxed = (over: Record<string, unknown> = {}) =>
  quarter({
    total: 10_800,
    amount_due: 10_800,
    amount_paid: 10_800,
    total_excluding_tax: 9_000,
    total_taxes: [{ amount: 1_800, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
    ...over,
  });
const paid = (of: StripeObject): Lists => ({
  invoices: [of],
  invoice_payments: [paidBy(of)],
  charges: [charge(Number(of['total']))],
});

describe('parts of what was paid come back', () => {
  test('half on 1 February, half on 1 March: each takes its share of what is left', async () => {
    const found = await waterfall(
      { ...paid(quarter()), refunds: [refund(4_500, '2026-02-01'), refund(4_500, '2026-03-01')] },
      '2026-01',
      '2026-03',
    );
    expect(found).toEqual([
      { billed: 9_000, recognised: 3_100, closing: 5_900 },
      // Of the first half 15.50 was earned; the other half earns 14 in February.
      { opening: 5_900, refunds: 1_550, refundsDeferred: 2_950, recognised: 1_400, closing: 1_550 },
      { opening: 1_550, refunds: 2_950, refundsDeferred: 1_550 },
    ]);
  });

  test('after the period is over all of it is contra revenue, in the month of the refund', async () => {
    const found = await waterfall({ ...paid(quarter()), refunds: [refund(9_000, '2026-05-20')] }, '2026-03', '2026-05');
    expect(found).toEqual([{ opening: 3_100, recognised: 3_100 }, {}, { refunds: 9_000 }]);
  });

  test('on the day of the bill nothing was earned: all of it is deferred', async () => {
    const found = await waterfall({ ...paid(quarter()), refunds: [refund(9_000, '2026-01-01')] }, '2026-01', '2026-02');
    expect(found).toEqual([{ billed: 9_000, refundsDeferred: 9_000 }, {}]);
  });

  test('with tax: 54 of 108 is 45 of 90', async () => {
    const found = await waterfall({ ...paid(taxed()), refunds: [refund(5_400, '2026-02-01')] }, '2026-01', '2026-03');
    expect(found).toEqual([
      { billed: 9_000, recognised: 3_100, closing: 5_900 },
      { opening: 5_900, refunds: 1_550, refundsDeferred: 2_950, recognised: 1_400, closing: 1_550 },
      { opening: 1_550, recognised: 1_550 },
    ]);
  });

  test('of one of two payments of a bill', async () => {
    const of = quarter();
    const half = (id: string, over: Record<string, unknown> = {}) =>
      charge(4_500, { id, payment_intent: `pi_${id}`, ...over });
    const by = (id: string): StripeObject => ({
      ...paidBy(of),
      id: `inpay_${id}`,
      amount_paid: 4_500,
      amount_requested: 4_500,
      payment: { type: 'payment_intent', payment_intent: `pi_${id}` },
    });
    const back = refund(4_500, '2026-02-01', { charge: 'b', payment_intent: 'pi_b' });
    const found = await waterfall(
      { invoices: [of], invoice_payments: [by('a'), by('b')], charges: [half('a'), half('b')], refunds: [back] },
      '2026-02',
      '2026-02',
    );
    expect(found).toEqual([
      { opening: 5_900, refunds: 1_550, refundsDeferred: 2_950, recognised: 1_400, closing: 1_550 },
    ]);
  });

  test.each([
    ['refunded', { refunds: [refund(6_000, '2026-01-16')] }, 'refunds'],
    ['disputed', { disputes: [dispute(6_000, '2026-01-16', 'lost')] }, 'disputes'],
  ] as const)(
    'a payment of two bills, 31 and 62 of 93, of which 60 are %s: each bill gives its share',
    async (_, back, column) => {
      const [small, large] = [3_100, 6_200].map((amount) =>
        bill(amount, '2026-01-01', '2026-02-01', { id: `in_${amount}` }),
      );
      const payments = [small, large].flatMap((of) => (of ? [{ ...paidBy(of), id: `inpay_${of.id}` }] : []));
      const invoices = [small, large].flatMap((of) => (of ? [of] : []));
      const found = await waterfall(
        { invoices, invoice_payments: payments, charges: [charge(9_300)], ...back },
        '2026-01',
        '2026-01',
      );
      // 15 of 31 days are over: 60 × 15 ÷ 31 was earned, and 33 of the rest is.
      expect(found[0]).toEqual({ billed: 9_300, recognised: 6_203, [column]: 2_903, [`${column}Deferred`]: 3_097 });
    },
  );

  test('disputed in part: 45 of 90, lost', async () => {
    const found = await waterfall(
      { ...paid(quarter()), disputes: [dispute(4_500, '2026-02-01', 'lost')] },
      '2026-02',
      '2026-03',
    );
    expect(found).toEqual([
      { opening: 5_900, disputes: 1_550, disputesDeferred: 2_950, recognised: 1_400, closing: 1_550 },
      { opening: 1_550, recognised: 1_550 },
    ]);
  });

  test('a payment made once, disputed, lost: contra revenue of February', async () => {
    const found = await waterfall(
      { charges: [charge(9_000)], disputes: [dispute(9_000, '2026-02-01', 'lost')] },
      '2026-01',
      '2026-02',
    );
    expect(found).toEqual([{ billed: 9_000, recognised: 9_000 }, { disputes: 9_000 }]);
  });
});

describe('credit notes', () => {
  test('with tax: 108 in all are 90 of revenue', async () => {
    const whole = note(10_800, '2026-02-01', {
      subtotal: 9_000,
      subtotal_excluding_tax: 9_000,
      total_excluding_tax: 9_000,
      total_taxes: [{ amount: 1_800, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
    });
    const found = await waterfall({ invoices: [unpaid(taxed())], credit_notes: [whole] }, '2026-01', '2026-02');
    expect(found[1]).toEqual({ opening: 5_900, creditNotes: 3_100, creditNotesDeferred: 5_900 });
  });

  const twoLines = () =>
    invoice({
      id: 'in_1',
      on: '2026-01-01',
      subscription: 'sub_1',
      lines: [
        line({
          id: 'il_month',
          amount: 3_100,
          from: '2026-01-01',
          to: '2026-02-01',
          subscription: 'sub_1',
          item: 'si_1',
        }),
        line({
          id: 'il_year',
          amount: 36_500,
          from: '2026-01-01',
          to: '2027-01-01',
          subscription: 'sub_1',
          item: 'si_2',
        }),
      ],
    });

  test('for one line of two: the other one goes on', async () => {
    const named = note(36_500, '2026-02-01', {
      lines: {
        object: 'list',
        has_more: false,
        data: [
          {
            id: 'cnli_1',
            object: 'credit_note_line_item',
            amount: 36_500,
            amount_excluding_tax: 36_500,
            discount_amount: 0,
            discount_amounts: [],
            invoice_line_item: 'il_year',
            type: 'invoice_line_item',
            taxes: [],
          },
        ],
      },
    });
    const found = await waterfall({ invoices: [unpaid(twoLines())], credit_notes: [named] }, '2026-01', '2026-03');
    expect(found).toEqual([
      { billed: 39_600, recognised: 6_200, closing: 33_400 },
      { opening: 33_400, creditNotes: 3_100, creditNotesDeferred: 33_400 },
      {},
    ]);
  });

  test('two notes that together are the bill leave nothing', async () => {
    const notes = [note(3_000, '2026-02-01', { id: 'cn_a' }), note(6_000, '2026-03-01', { id: 'cn_b' })];
    const found = await waterfall({ invoices: [unpaid(quarter())], credit_notes: notes }, '2026-01', '2026-03');
    // 30 of 90 on 1 February: a third of 31 and of 59. 60 are left: 28 × 2/3 in February, then 59 × 2/3 was earned.
    expect(found).toEqual([
      { billed: 9_000, recognised: 3_100, closing: 5_900 },
      { opening: 5_900, creditNotes: 1_033, creditNotesDeferred: 1_967, recognised: 1_866, closing: 2_067 },
      { opening: 2_067, creditNotes: 3_933, creditNotesDeferred: 2_067 },
    ]);
  });
});

describe('bills that are not paid', () => {
  test('voided with tax: the net amount', async () => {
    const voided = {
      ...unpaid(taxed()),
      status: 'void',
      status_transitions: transitions({ voided_at: sec('2026-02-01') }),
    };
    const found = await waterfall({ invoices: [voided] }, '2026-01', '2026-02');
    expect(found[1]).toEqual({ opening: 5_900, voids: 3_100, voidsDeferred: 5_900 });
  });

  test('given up with tax: the net amount is bad debt', async () => {
    const off = {
      ...unpaid(taxed()),
      status: 'uncollectible',
      status_transitions: transitions({ marked_uncollectible_at: sec('2026-02-01') }),
    };
    const found = await waterfall({ invoices: [off] }, '2026-01', '2026-02');
    expect(found[1]).toEqual({ opening: 5_900, badDebt: 3_100, badDebtDeferred: 5_900 });
  });

  test('given up half paid: half of what was earned stays, half of the rest is a gain', async () => {
    const off = {
      ...unpaid(quarter()),
      amount_paid: 4_500,
      amount_remaining: 4_500,
      status: 'uncollectible',
      status_transitions: transitions({ marked_uncollectible_at: sec('2026-02-01') }),
    };
    const found = await waterfall({ invoices: [off] }, '2026-02', '2026-03');
    expect(found).toEqual([
      { opening: 5_900, badDebt: 1_550, badDebtDeferred: 2_950, recoverables: 2_950, recoverablesDeferred: 2_950 },
      {},
    ]);
  });

  test('given up in February, voided in April: bad debt becomes a void', async () => {
    const off = {
      ...unpaid(quarter()),
      status: 'void',
      status_transitions: transitions({ marked_uncollectible_at: sec('2026-02-01'), voided_at: sec('2026-04-10') }),
    };
    const found = await waterfall({ invoices: [off] }, '2026-02', '2026-04');
    expect(found).toEqual([
      { opening: 5_900, badDebt: 3_100, badDebtDeferred: 5_900 },
      {},
      { badDebt: -3_100, voids: 3_100 },
    ]);
  });
});

describe('what a period is', () => {
  test('a leap year of 366 for 366 days: 31 and 29', async () => {
    const found = await waterfall({ invoices: [bill(36_600, '2024-01-01', '2025-01-01')] }, '2024-01', '2024-12');
    expect(found.map(({ recognised }) => (recognised ?? 0) / 100)).toEqual([
      31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]);
  });

  test('365 for the 366 days of a leap year: rounded on the running sum, and all of it in the end', async () => {
    const found = await waterfall({ invoices: [bill(36_500, '2024-01-01', '2025-01-01')] }, '2024-01', '2024-12');
    // 365 × 31/366 = 30.915…, × 60/366 = 59.836…
    expect(found.slice(0, 2).map(({ recognised }) => recognised)).toEqual([3_092, 2_892]);
    expect(found.reduce((sum, { recognised = 0 }) => sum + recognised, 0)).toBe(36_500);
  });

  test('a year from 29 February 2024 to 28 February 2025', async () => {
    const found = await waterfall({ invoices: [bill(36_500, '2024-02-29', '2025-02-28')] }, '2024-02', '2025-02');
    expect([found[0], found[1], found[12]]).toMatchObject([
      { recognised: 100 },
      { recognised: 3_100 },
      { recognised: 2_700 },
    ]);
    expect(found[12]).not.toHaveProperty('closing');
  });

  test('a month of New York with the clocks put forward is a month there, and has an hour less', async () => {
    const lists = { invoices: [bill(74_300, '2026-03-01T05:00:00Z', '2026-04-01T04:00:00Z')] };
    expect(await waterfall(lists, '2026-03', '2026-04', 'America/New_York')).toEqual([
      { billed: 74_300, recognised: 74_300 },
      {},
    ]);
    // 743 hours at a dollar each, of which four are in April of UTC.
    expect(await waterfall(lists, '2026-03', '2026-04')).toEqual([
      { billed: 74_300, recognised: 73_900, closing: 400 },
      { opening: 400, recognised: 400 },
    ]);
  });

  test('the month of a bill and of a refund is the company’s', async () => {
    const late = { invoices: [bill(3_000, '2026-01-31T23:30:00Z', '2026-01-31T23:30:00Z')] };
    expect(await waterfall(late, '2026-01', '2026-02')).toEqual([{ billed: 3_000, recognised: 3_000 }, {}]);
    expect(await waterfall(late, '2026-01', '2026-02', 'Europe/Berlin')).toEqual([
      {},
      { billed: 3_000, recognised: 3_000 },
    ]);
  });
});

describe('subscriptions', () => {
  const rest = { from: '2026-04-21', to: '2026-05-01', proration: true, subscription: 'sub_1', item: 'si_1' };
  const april = () => bill(9_000, '2026-04-01', '2026-05-01', { id: 'in_april' });
  const mayWith = (may: number, ...prorations: number[]) =>
    invoice({
      id: 'in_may',
      on: '2026-05-01',
      subscription: 'sub_1',
      lines: [
        ...prorations.map((amount) => line({ amount, ...rest })),
        line({ amount: may, from: '2026-05-01', to: '2026-06-01', subscription: 'sub_1', item: 'si_1' }),
      ],
    });

  test('from 90 to 120 on 21 April, billed with the next cycle: 10 of April are unbilled until May', async () => {
    const found = await waterfall({ invoices: [april(), mayWith(12_000, -3_000, 4_000)] }, '2026-04', '2026-05');
    expect(found).toEqual([
      { billed: 9_000, recognised: 10_000, closing: -1_000, unbilled: 1_000 },
      { opening: -1_000, billed: 13_000, recognised: 12_000 },
    ]);
  });

  test('from 90 to 30 on 21 April, billed with the next cycle: 70 in April, 30 in May', async () => {
    const found = await waterfall({ invoices: [april(), mayWith(3_000, -3_000, 1_000)] }, '2026-04', '2026-05');
    expect(found.map(({ recognised }) => recognised)).toEqual([7_000, 3_000]);
    expect(found[1]).not.toHaveProperty('closing');
  });

  test('canceled on 21 April with the unused time credited at once: 60 in April', async () => {
    const credit = invoice({
      on: '2026-04-21',
      subscription: 'sub_1',
      billing_reason: 'subscription_update',
      amount_due: 0,
      amount_paid: 0,
      ending_balance: -3_000,
      lines: [line({ amount: -3_000, ...rest })],
    });
    const body = {
      ...canceled(subscription({ items: [item(price(9_000))], start: '2026-04-01' }), '2026-04-21'),
      id: 'sub_1',
    };
    const found = await waterfall({ subscriptions: [body], invoices: [april(), credit] }, '2026-04', '2026-05');
    expect(found).toEqual([{ billed: 6_000, recognised: 6_000 }, {}]);
  });

  test('canceled on 21 April without a credit: what was billed is earned to the end of its period', async () => {
    const body = {
      ...canceled(subscription({ items: [item(price(9_000))], start: '2026-04-01' }), '2026-04-21'),
      id: 'sub_1',
    };
    const found = await waterfall({ subscriptions: [body], invoices: [april()] }, '2026-04', '2026-05');
    expect(found).toEqual([{ billed: 9_000, recognised: 9_000 }, {}]);
  });

  test('a free trial bills nothing; the first paid month is earned in its own days', async () => {
    const trial = bill(0, '2026-01-01', '2026-01-15', { id: 'in_trial', billing_reason: 'subscription_create' });
    const first = bill(3_100, '2026-01-15', '2026-02-15', { id: 'in_first' });
    const found = await waterfall({ invoices: [trial, first] }, '2026-01', '2026-02');
    expect(found).toEqual([
      { billed: 3_100, recognised: 1_700, closing: 1_400 },
      { opening: 1_400, recognised: 1_400 },
    ]);
  });

  test('backdated: made on 1 March from 1 January, billed at once: January and February are earned with the bill', async () => {
    const backdated = invoice({
      on: '2026-03-01',
      subscription: 'sub_1',
      billing_reason: 'subscription_create',
      lines: [
        line({
          amount: 5_900,
          from: '2026-01-01',
          to: '2026-03-01',
          subscription: 'sub_1',
          item: 'si_1',
          proration: true,
        }),
        line({ amount: 3_100, from: '2026-03-01', to: '2026-04-01', subscription: 'sub_1', item: 'si_1' }),
      ],
    });
    expect(await waterfall({ invoices: [backdated] }, '2026-01', '2026-03')).toEqual([
      {},
      {},
      { billed: 9_000, recognised: 9_000 },
    ]);
  });

  test('a credit of 31 to the customer’s balance is negative revenue of the days that it is for', async () => {
    const credit = bill(-3_100, '2026-01-15', '2026-02-15', { amount_due: 0, amount_paid: 0, ending_balance: -3_100 });
    expect(await waterfall({ invoices: [credit] }, '2026-01', '2026-02')).toEqual([
      { billed: -3_100, recognised: -1_700, closing: -1_400 },
      { opening: -1_400, recognised: -1_400 },
    ]);
  });

  test.each([
    ['without tax', 7_000, []],
    ['with tax on what is left', 8_330, [{ amount: 1_330, tax_behavior: 'exclusive', type: 'tax_rate_details' }]],
  ])('billing credits of 30 used up by a bill of 100, %s: 70 are earned', async (_, total, taxes) => {
    const credited = [{ amount: 3_000, credit_balance_transaction: 'cbtxn_1', type: 'credit_balance_transaction' }];
    const used = invoice({
      on: '2026-01-01',
      subscription: 'sub_1',
      subtotal: 10_000,
      total,
      amount_due: total,
      amount_paid: total,
      total_pretax_credit_amounts: credited,
      total_taxes: taxes,
      lines: [
        line({
          amount: 10_000,
          from: '2026-01-01',
          to: '2026-02-01',
          subscription: 'sub_1',
          item: 'si_1',
          pretax_credit_amounts: credited,
          taxes,
        }),
      ],
    });
    expect(await waterfall({ invoices: [used] }, '2026-01', '2026-01')).toEqual([{ billed: 7_000, recognised: 7_000 }]);
  });

  test('a third off two lines by a discount of the whole bill', async () => {
    const cut = invoice({
      on: '2026-01-01',
      subscription: 'sub_1',
      subtotal: 13_950,
      total: 9_300,
      amount_due: 9_300,
      amount_paid: 9_300,
      total_discount_amounts: [{ amount: 4_650, discount: 'di_1' }],
      lines: [
        line({
          amount: 9_300,
          from: '2026-01-01',
          to: '2026-02-01',
          subscription: 'sub_1',
          item: 'si_1',
          discount_amounts: [{ amount: 3_100, discount: 'di_1' }],
        }),
        line({
          amount: 4_650,
          from: '2026-01-01',
          to: '2026-02-01',
          subscription: 'sub_1',
          item: 'si_2',
          discount_amounts: [{ amount: 1_550, discount: 'di_1' }],
        }),
      ],
    });
    expect(await waterfall({ invoices: [cut] }, '2026-01', '2026-01')).toEqual([{ billed: 9_300, recognised: 9_300 }]);
  });
});
