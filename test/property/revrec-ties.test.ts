/**
 * The waterfall ties to billings: whatever invoices, credit notes and payments a company has, in any of its currencies,
 * the «billed» of a month is what was finalised in it, and net revenue is the same less what was voided, credited or
 * paid without an invoice. Both sides are summed here from the facts, without the engine.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../src/main/engine/domain/index.ts';
import { flowsOf } from '../../src/main/engine/metrics/index.ts';
import { deferredRevenue } from '../../src/main/engine/revops/index.ts';
import { factWriter } from '../../src/main/engine/store/tables/fact-writer.ts';
import { currencyCode, type CurrencyCode } from '../../src/shared/kernel/currency.ts';
import { dayAt, firstDayOf, lastDayOf, monthOf, monthsBetween, plainMonth, UTC } from '../../src/shared/kernel/day.ts';
import { DAY_MS, instant, instantOfIso, type Instant } from '../../src/shared/kernel/instant.ts';
import { testStore } from '../support/store.ts';

const RUNS = Number(process.env['VARIO_REVREC_RUNS'] ?? 40);
const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'].map(currencyCode);
const MONTHS = monthsBetween(plainMonth('2026-01'), plainMonth('2026-12'));
const START = instantOfIso('2026-01-01T00:00:00Z');
const momentArb = fc.integer({ min: 0, max: 300 * DAY_MS }).map((ms) => instant(START + ms));

const billArb = fc.record({
  finalised: momentArb,
  currency: fc.constantFrom(...CURRENCIES),
  status: fc.constantFrom('paid', 'paid', 'open', 'void', 'uncollectible', 'draft' as const),
  /** The status changes so long after it. */
  after: fc.integer({ min: 0, max: 60 * DAY_MS }),
  lines: fc.array(
    fc
      .record({
        net: fc.integer({ min: -9_999, max: 99_999 }),
        taxPercent: fc.constantFrom(0, 7, 19),
        inclusive: fc.boolean(),
        discount: fc.nat(500),
        days: fc.constantFrom(0, 7, 31, 365),
      })
      // Credits carry their tax with them; discounts are of what is billed.
      .map(({ net, taxPercent, inclusive, discount, days }) => ({
        net,
        tax: Math.round((net * taxPercent) / 100),
        inclusive,
        discount: net > 0 ? discount : 0,
        days,
      })),
    { minLength: 1, maxLength: 4 },
  ),
  credit: fc.option(
    fc.record({ net: fc.integer({ min: 1, max: 9_999 }), tax: fc.nat(1_900), after: fc.nat(90 * DAY_MS) }),
  ),
});
const paymentArb = fc.record({
  at: momentArb,
  currency: fc.constantFrom(...CURRENCIES),
  amount: fc.integer({ min: 1, max: 99_999 }),
});
type Bill = typeof billArb extends fc.Arbitrary<infer Value> ? Value : never;
type Payment = typeof paymentArb extends fc.Arbitrary<infer Value> ? Value : never;

function invoiceOf({ finalised, currency, status, after, lines }: Bill, index: number): Fact {
  const changed = instant(finalised + after);
  const gross = lines.map(({ net, tax, inclusive, discount }) => net + discount + (inclusive ? tax : 0));
  const total = lines.reduce((sum, { net, tax }) => sum + net + tax, 0);
  return {
    kind: 'invoice',
    value: {
      id: `in_${index}`,
      number: null,
      customerId: 'cus_1',
      subscriptionId: 'sub_1',
      status,
      billingReason: 'subscription_cycle',
      currency,
      createdAt: finalised,
      finalizedAt: status === 'draft' ? null : finalised,
      paidAt: status === 'paid' ? changed : null,
      voidedAt: status === 'void' ? changed : null,
      uncollectibleAt: status === 'uncollectible' ? changed : null,
      dueAt: null,
      periodStart: finalised,
      periodEnd: finalised,
      subtotalMinor: gross.reduce((a, b) => a + b, 0),
      discountMinor: lines.reduce((sum, { discount }) => sum + discount, 0),
      taxMinor: lines.reduce((sum, { tax }) => sum + tax, 0),
      totalMinor: total,
      amountDueMinor: total,
      amountPaidMinor: status === 'paid' ? total : 0,
      amountRemainingMinor: status === 'paid' ? 0 : total,
      startingBalanceMinor: 0,
      endingBalanceMinor: 0,
      attemptCount: 1,
      nextAttemptAt: null,
      collection: 'charge_automatically',
      lines: lines.map(({ tax, inclusive, discount, days }, position) => ({
        id: `il_${index}_${position}`,
        subscriptionId: 'sub_1',
        subscriptionItemId: 'si_1',
        kind: 'subscription',
        priceId: 'price_1',
        productId: 'prod_1',
        price: null,
        description: null,
        quantity: '1',
        amountMinor: gross[position] ?? 0,
        discounts: discount === 0 ? [] : [{ discountId: 'di_1', amountMinor: discount }],
        taxes: [{ amountMinor: tax, inclusive }],
        periodStart: finalised,
        periodEnd: instant(finalised + days * DAY_MS),
        proration: false,
      })),
    },
  };
}

function creditOf({ finalised, currency, credit }: Bill, index: number): Fact[] {
  if (credit === null) return [];
  return [
    {
      kind: 'credit_note',
      value: {
        id: `cn_${index}`,
        invoiceId: `in_${index}`,
        customerId: 'cus_1',
        currency,
        createdAt: instant(finalised + credit.after),
        voidedAt: null,
        status: 'issued',
        type: 'post_payment',
        reason: null,
        totalMinor: credit.net + credit.tax,
        totalExcludingTaxMinor: credit.net,
        refunds: [],
        lines: [],
      },
    },
  ];
}

function paymentOf({ at, currency, amount }: Payment, index: number): Fact {
  return {
    kind: 'charge',
    value: {
      id: `ch_${index}`,
      customerId: 'cus_1',
      invoiceId: null,
      paymentIntentId: null,
      status: 'succeeded',
      currency,
      amountMinor: amount,
      amountCapturedMinor: amount,
      amountRefundedMinor: 0,
      createdAt: at,
      failureCode: null,
      failureMessage: null,
      balanceTransactionId: null,
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

/** Σ of what happened in each month. */
function byMonth<Each>(all: readonly Each[], at: (each: Each) => Instant, of: (each: Each) => number): number[] {
  return MONTHS.map((month) =>
    all.filter((each) => monthOf(dayAt(at(each), UTC)) === month).reduce((sum, each) => sum + of(each), 0),
  );
}
const netOf = ({ lines }: Bill) => lines.reduce((sum, { net }) => sum + net, 0);

function tiesOf(bills: readonly Bill[], payments: readonly Payment[], currency: CurrencyCode) {
  const own = bills.filter((bill) => bill.currency === currency);
  const final = own.filter(({ status }) => status !== 'draft');
  const alone = payments.filter((payment) => payment.currency === currency);
  const finalised = byMonth(final, (bill) => bill.finalised, netOf);
  const voided = byMonth(
    final.filter(({ status }) => status === 'void'),
    (bill) => bill.finalised,
    netOf,
  );
  const paid = byMonth(
    alone,
    ({ at }) => at,
    ({ amount }) => amount,
  );
  const credited = byMonth(
    own.filter(({ credit }) => credit !== null),
    ({ finalised: at, credit }) => instant(at + (credit?.after ?? 0)),
    ({ credit }) => credit?.net ?? 0,
  );
  return {
    billed: MONTHS.map((_, index) => (finalised[index] ?? 0) + (paid[index] ?? 0)),
    netRevenue: MONTHS.map((_, index) => (finalised[index] ?? 0) - (voided[index] ?? 0) - (credited[index] ?? 0)),
  };
}

test('billed is what was finalised, in each month and currency; net revenue ties to it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(billArb, { maxLength: 8 }), fc.array(paymentArb, { maxLength: 3 }), (bills, payments) => {
      const db = storeOf([
        ...bills.flatMap((bill, index) => [invoiceOf(bill, index), ...creditOf(bill, index)]),
        ...payments.map(paymentOf),
      ]);
      const [from, to] = [plainMonth('2026-01'), plainMonth('2026-12')];
      for (const currency of CURRENCIES) {
        const ties = tiesOf(bills, payments, currency);
        const { months, unvalued } = deferredRevenue(db, { from, to }, { zone: UTC, currency });
        expect(months.map(({ billed }) => billed)).toEqual(ties.billed);
        const flows = flowsOf(
          db,
          MONTHS.map((month) => ({ from: firstDayOf(month), to: lastDayOf(month) })),
          currency,
        );
        expect(flows.map(({ netRevenue }) => netRevenue)).toEqual(ties.netRevenue);
        // Without a rate, what other currencies billed is in no month, and is named with its amount.
        for (const other of unvalued)
          expect(other.billedMinor).toBe(tiesOf(bills, payments, other.currency).billed.reduce((a, b) => a + b, 0));
        const others = new Set(
          [...bills.filter(({ status }) => status !== 'draft'), ...payments]
            .map((each) => each.currency)
            .filter((code) => code !== currency),
        );
        expect(new Set(unvalued.map((other) => other.currency))).toEqual(others);
      }
    }),
    { numRuns: RUNS },
  );
});
