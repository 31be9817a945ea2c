/** From facts in the store to the waterfall: which invoice a payment belongs to, what counts, and at which rate. */
import { describe, expect, test } from 'vitest';
import type { Charge, CreditNote, Dispute, Fact, Invoice, InvoiceLine } from '../../../src/main/engine/domain/index.ts';
import { deferredRevenue } from '../../../src/main/engine/revops/index.ts';
import { factWriter } from '../../../src/main/engine/store/tables/fact-writer.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainMonth, UTC } from '../../../src/shared/kernel/day.ts';
import { failureOf, testStore } from '../../support/store.ts';
import { at, columnsOf } from './billing-cases.ts';

const USD = currencyCode('USD');
const CONTEXT = { zone: UTC, currency: USD };

function line(changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    id: 'il_1',
    subscriptionId: 'sub_1',
    subscriptionItemId: 'si_1',
    kind: 'subscription',
    priceId: 'price_1',
    productId: 'prod_1',
    price: null,
    description: null,
    quantity: '1',
    amountMinor: 9000,
    discounts: [],
    taxes: [],
    periodStart: at('2026-01-01'),
    periodEnd: at('2026-04-01'),
    proration: false,
    ...changes,
  };
}

function invoice(changes: Partial<Invoice> = {}): Fact {
  return {
    kind: 'invoice',
    value: {
      id: 'in_1',
      number: null,
      customerId: 'cus_1',
      subscriptionId: 'sub_1',
      status: 'paid',
      billingReason: 'subscription_create',
      currency: USD,
      createdAt: at('2026-01-01'),
      finalizedAt: at('2026-01-01'),
      paidAt: at('2026-01-01'),
      voidedAt: null,
      uncollectibleAt: null,
      dueAt: null,
      periodStart: at('2026-01-01'),
      periodEnd: at('2026-01-01'),
      subtotalMinor: 9000,
      discountMinor: 0,
      taxMinor: 0,
      totalMinor: 9000,
      amountDueMinor: 9000,
      amountPaidMinor: 9000,
      amountRemainingMinor: 0,
      startingBalanceMinor: 0,
      endingBalanceMinor: 0,
      attemptCount: 1,
      nextAttemptAt: null,
      collection: 'charge_automatically',
      lines: [line()],
      ...changes,
    },
  };
}

function charge(changes: Partial<Charge> = {}): Fact {
  return {
    kind: 'charge',
    value: {
      id: 'ch_1',
      customerId: 'cus_1',
      invoiceId: null,
      paymentIntentId: 'pi_1',
      status: 'succeeded',
      currency: USD,
      amountMinor: 9000,
      amountCapturedMinor: 9000,
      amountRefundedMinor: 0,
      createdAt: at('2026-01-01'),
      failureCode: null,
      failureMessage: null,
      balanceTransactionId: null,
      ...changes,
    },
  };
}

/** Names the invoice that a payment intent paid, as Stripe does since «basil». */
const PAYMENT: Fact = {
  kind: 'invoice_payment',
  value: {
    id: 'inpay_1',
    invoiceId: 'in_1',
    paymentIntentId: 'pi_1',
    chargeId: null,
    status: 'paid',
    currency: USD,
    amountPaidMinor: 9000,
    createdAt: at('2026-01-01'),
  },
};

function refund(amountMinor: number, status = 'succeeded'): Fact {
  return {
    kind: 'refund',
    value: {
      id: 're_1',
      chargeId: 'ch_1',
      paymentIntentId: 'pi_1',
      status,
      reason: null,
      currency: USD,
      amountMinor,
      createdAt: at('2026-02-01'),
    },
  };
}

function creditNote(changes: Partial<CreditNote> = {}): Fact {
  return {
    kind: 'credit_note',
    value: {
      id: 'cn_1',
      invoiceId: 'in_1',
      customerId: 'cus_1',
      currency: USD,
      createdAt: at('2026-02-01'),
      voidedAt: null,
      status: 'issued',
      type: 'post_payment',
      reason: null,
      totalMinor: 4500,
      totalExcludingTaxMinor: 4500,
      refunds: [],
      lines: [],
      ...changes,
    },
  };
}

function dispute(changes: Partial<Dispute> = {}): Fact {
  return {
    kind: 'dispute',
    value: {
      id: 'du_1',
      chargeId: 'ch_1',
      status: 'lost',
      reason: 'fraudulent',
      currency: USD,
      amountMinor: 9000,
      createdAt: at('2026-02-01'),
      reinstatedAt: null,
      ...changes,
    },
  };
}

function storeOf(facts: readonly Fact[]) {
  const { db } = testStore();
  db.prepareWrite(
    `INSERT INTO source (source_id, vendor, name, config, state, connected_at) VALUES (1, 'stripe', 'Stripe', '{}', 'ready', 0)`,
  ).run();
  const write = factWriter(db, 1, 'stripe');
  db.transaction(() => {
    for (const fact of facts) write(fact);
  });
  return db;
}

function report(facts: readonly Fact[], to = '2026-04', context: typeof CONTEXT = CONTEXT) {
  return deferredRevenue(storeOf(facts), { from: plainMonth('2026-01'), to: plainMonth(to) }, context);
}

function table(facts: readonly Fact[], to?: string) {
  const { opening: _opening, closing: _closing, ...columns } = columnsOf(report(facts, to).months);
  return columns;
}

const EARNED = { billed: [9000, 0, 0, 0], recognised: [3100, 2800, 3100, 0] };
const REFUNDED = {
  billed: [9000, 0, 0, 0],
  recognised: [3100, 0, 0, 0],
  refunds: [0, 3100, 0, 0],
  refundsDeferred: [0, 5900, 0, 0],
};

describe('what is billed', () => {
  test('an invoice and the payment that settles it are one billing', () => {
    expect(table([invoice(), charge(), PAYMENT])).toEqual(EARNED);
    expect(table([invoice(), charge({ invoiceId: 'in_1' })])).toEqual(EARNED);
  });

  test('a payment that no invoice asked for is a billing of its own; one that failed is none', () => {
    expect(table([charge()])).toEqual({ billed: [9000, 0, 0, 0], recognised: [9000, 0, 0, 0] });
    expect(table([charge({ status: 'failed' })])).toEqual({});
  });

  test('a draft is nothing yet', () => {
    expect(table([invoice({ status: 'draft', finalizedAt: null })])).toEqual({});
  });

  test('discounts and inclusive tax are no revenue, exclusive tax never was', () => {
    const discounts = [{ discountId: 'di_1', amountMinor: 1000 }];
    const taxes = [
      { amountMinor: 500, inclusive: true },
      { amountMinor: 700, inclusive: false },
    ];
    const lines = [line({ amountMinor: 10_500, discounts, taxes })];
    expect(table([invoice({ lines, totalMinor: 10_200 })])).toEqual(EARNED);
  });

  test('a discount told of the invoice alone is shared out over its lines', () => {
    const lines = [line({ amountMinor: 9000 }), line({ id: 'il_2', amountMinor: 3000 })];
    expect(table([invoice({ lines, discountMinor: 3000, totalMinor: 9000 })])).toEqual(EARNED);
  });

  test('a proration that came with a cycle’s invoice is earned from the change of plan on', () => {
    const lines = [
      line({ amountMinor: 1000, proration: true, periodStart: at('2026-01-22'), periodEnd: at('2026-02-01') }),
    ];
    const late = { lines, totalMinor: 1000, finalizedAt: at('2026-02-01') };
    expect(table([invoice({ ...late, billingReason: 'subscription_cycle' })], '2026-02')).toMatchObject({
      recognised: [1000, 0],
      unbilled: [1000, 0],
    });
    expect(table([invoice({ ...late, billingReason: 'subscription_update' })], '2026-02')).toMatchObject({
      recognised: [0, 1000],
    });
  });
});

describe('what is taken back', () => {
  test('a refund finds its invoice by the charge or by the invoice payment', () => {
    expect(table([invoice(), charge({ invoiceId: 'in_1' }), refund(9000)])).toEqual(REFUNDED);
    expect(table([invoice(), charge(), PAYMENT, refund(9000)])).toEqual(REFUNDED);
  });

  test.each(['failed', 'canceled', 'requires_action'])('a refund that %s is none', (status) => {
    expect(table([invoice(), charge(), PAYMENT, refund(9000, status)])).toEqual(EARNED);
  });

  test('a refund that pays a credit note out is counted once, as a refund', () => {
    const note = creditNote({ refunds: [{ refundId: 're_1', amountMinor: 1500 }] });
    expect(table([invoice(), charge(), PAYMENT, note, refund(1500)])).toEqual({
      billed: [9000, 0, 0, 0],
      recognised: [3100, 1400, 1550, 0],
      refunds: [0, 517, 0, 0],
      refundsDeferred: [0, 983, 0, 0],
      creditNotes: [0, 1033, 0, 0],
      creditNotesDeferred: [0, 1967, 0, 0],
    });
  });

  test('an old note names its refund without an amount: the refund tells it', () => {
    const note = creditNote({ refunds: [{ refundId: 're_1', amountMinor: null }] });
    expect(table([invoice(), charge(), PAYMENT, note, refund(4500)])).toMatchObject({ refunds: [0, 1550, 0, 0] });
  });

  test('a void invoice, from the day it was voided', () => {
    const voided = invoice({ status: 'void', voidedAt: at('2026-02-01'), paidAt: null, amountPaidMinor: 0 });
    expect(table([voided])).toMatchObject({ voids: [0, 3100, 0, 0], voidsDeferred: [0, 5900, 0, 0] });
  });

  test('an uncollectible invoice that is paid after all', () => {
    const paid = invoice({ uncollectibleAt: at('2026-02-01'), paidAt: at('2026-04-01') });
    expect(table([paid])).toMatchObject({ badDebt: [0, 3100, 0, -3100], recoverables: [0, 0, 0, 5900] });
  });

  test('a dispute counts when it is opened; won money is a gain on the day it came home', () => {
    const facts = [invoice(), charge(), PAYMENT];
    const lost = { disputes: [0, 3100, 0, 0], disputesDeferred: [0, 5900, 0, 0] };
    expect(table([...facts, dispute({ status: 'needs_response' })])).toMatchObject(lost);
    const won = dispute({ status: 'won', reinstatedAt: at('2026-04-01') });
    expect(table([...facts, won])).toMatchObject({ ...lost, recoverables: [0, 0, 0, 9000] });
  });

  test('the balance tells when won money came home, where the dispute does not', () => {
    const reversal: Fact = {
      kind: 'balance_transaction',
      value: {
        id: 'txn_1',
        type: 'adjustment',
        reportingCategory: 'dispute_reversal',
        sourceObjectId: 'du_1',
        currency: USD,
        amountMinor: 9000,
        feeMinor: 0,
        netMinor: 9000,
        createdAt: at('2026-03-05'),
        availableAt: at('2026-03-05'),
      },
    };
    const facts = [invoice(), charge(), PAYMENT, dispute({ status: 'won' })];
    expect(table([...facts, reversal])).toMatchObject({ recoverables: [0, 0, 9000, 0] });
    expect(table(facts)).toEqual(EARNED);
  });

  test('an inquiry moves no money', () => {
    expect(table([invoice(), charge(), PAYMENT, dispute({ status: 'warning_under_review' })])).toEqual(EARNED);
  });
});

describe('currencies', () => {
  const EUR_INVOICE = invoice({ currency: currencyCode('EUR') });

  test('an invoice without a rate of its day is told, and left out', () => {
    const { months, unvalued } = report([EUR_INVOICE]);
    expect(unvalued).toEqual([{ currency: 'EUR', billings: 1, billedMinor: 9000 }]);
    expect(columnsOf(months)).toEqual({});
  });

  test('all of an invoice is valued at the rate of its day, also what is earned later', () => {
    const db = storeOf([EUR_INVOICE]);
    for (const [on, rate] of [
      ['2026-01-01', '1.2'],
      ['2026-02-01', '1.5'],
    ] as const)
      db.prepareWrite<[string, string]>(
        `INSERT INTO exchange_rate (provider, base, quote, rate_on, rate) VALUES ('ecb', 'EUR', 'USD', ?, ?)`,
      ).run(on, rate);
    const { months } = deferredRevenue(db, { from: plainMonth('2026-01'), to: plainMonth('2026-03') }, CONTEXT);
    expect(columnsOf(months)['recognised']).toEqual([3720, 3360, 3720]);
  });
});

test('an answer is remembered only while the database stays as it is', () => {
  const db = storeOf([invoice()]);
  const ask = () => deferredRevenue(db, { from: plainMonth('2026-01'), to: plainMonth('2026-01') }, CONTEXT);
  expect(ask()).toBe(ask());
  db.prepareWrite(`DELETE FROM invoice_line`).run();
  expect(ask().months[0]?.billed).toBe(0);
});

test('a range that ends before it begins, or is endless, is refused', () => {
  const db = storeOf([]);
  const ask = (from: string, to: string) =>
    failureOf(() => deferredRevenue(db, { from: plainMonth(from), to: plainMonth(to) }, CONTEXT));
  expect(ask('2026-02', '2026-01').code).toBe('invalid_input');
  expect(ask('1900-01', '2026-01').code).toBe('invalid_input');
});
