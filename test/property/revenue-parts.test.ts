/**
 * Revenue and cash of parts: whatever the invoices, payments, refunds, disputes, fees and credit notes of a company are,
 * the parts of every dimension add up to the company to the minor unit, each slice is its row, and no share of a payment
 * is a whole minor unit away from its exact fraction.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { revenueByPart, snapshot } from '../../src/main/engine/metrics/index.ts';
import { paidShares } from '../../src/main/engine/metrics/slices/flows/line-shares.ts';
import type { Dimension } from '../../src/shared/contract/slice.ts';
import { plainDay, plainMonth } from '../../src/shared/kernel/day.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { at, company, price, type Company } from '../unit/metrics/support/company.ts';
import { billing } from '../unit/metrics/revenue/billing.ts';

const RUNS = Number(process.env['VARIO_PARTS_RUNS'] ?? 8);
const PERIOD = { from: plainDay('2026-05-01'), to: plainDay('2026-05-31') };
const DIMENSIONS: readonly Dimension[] = ['plan', 'product', 'price', 'interval', 'currency', 'account', 'country'];
const PRICES = [
  price({ id: 'price_a', productId: 'prod_a' }),
  price({ id: 'price_a_year', productId: 'prod_a', interval: 'year' }),
  price({ id: 'price_b', productId: 'prod_b' }),
  { ...price({ id: 'price_fee', productId: 'prod_fee' }), recurring: null },
];

const amount = fc.integer({ min: 1, max: 99_999 });
const dayArb = fc.integer({ min: 1, max: 31 }).map((day) => `2026-05-${String(day).padStart(2, '0')}`);
const billArb = fc.record({
  day: dayArb,
  currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY', 'KWD'),
  customer: fc.integer({ min: 0, max: 4 }),
  lines: fc.array(
    fc.record({
      price: fc.option(fc.nat(PRICES.length - 1)),
      net: fc.integer({ min: -20_000, max: 60_000 }),
      tax: fc.nat(900),
    }),
    { maxLength: 4 },
  ),
  // What the lines do not say: an invoice of which not all lines were read.
  unsaid: fc.constantFrom(0, 0, 0, 500),
  paid: fc.option(
    fc.record({ amount, fee: fc.nat(900), feeCurrency: fc.constantFrom('USD', 'EUR'), failedFirst: fc.boolean() }),
  ),
  refund: fc.option(amount),
  dispute: fc.option(fc.record({ amount, status: fc.constantFrom('won', 'lost', 'needs_response', 'warning_closed') })),
  credit: fc.option(fc.record({ amount, line: fc.nat(3), names: fc.boolean() })),
});
const aloneArb = fc.record({ day: dayArb, amount, customer: fc.option(fc.integer({ min: 0, max: 4 })) });
type Bill = typeof billArb extends fc.Arbitrary<infer Value> ? Value : never;

const COUNTRIES = ['DE', 'FR', 'US', undefined, 'DE'] as const;

function book(
  c: Company,
  bills: readonly Bill[],
  alone: readonly { day: string; amount: number; customer: number | null }[],
) {
  const b = billing(c);
  c.db.transaction(() => {
    for (const product of ['prod_a', 'prod_b', 'prod_fee']) c.product(product, `Plan ${product}`);
    for (const each of PRICES) c.storePrice(each);
    for (const [quote, rate] of [
      ['USD', '1.1031'],
      ['JPY', '165.07'],
      ['KWD', '0.33719'],
    ] as const) {
      for (const day of ['01', '06', '11', '16', '21', '26', '31']) c.rate(`2026-05-${day}`, quote, rate);
      c.rate('2026-04-29', quote, rate);
    }
    for (const [index, country] of COUNTRIES.entries())
      c.customer(`cus_${index}`, country === undefined ? {} : { country });
    for (const { day, amount: amountMinor, customer } of alone)
      b.charge(day, { amountMinor, customerId: customer === null ? null : `cus_${customer}` });
    for (const [index, bill] of bills.entries()) {
      const { day, customer, lines, paid, refund, dispute, credit, unsaid } = bill;
      const currency = currencyCode(bill.currency);
      const customerId = `cus_${customer}`;
      const net = lines.reduce((sum, line) => sum + line.net, 0) + unsaid;
      const taxMinor = lines.reduce((sum, line) => sum + line.tax, 0);
      const id = `in_${index}`;
      c.invoice({
        id,
        customerId,
        currency,
        createdAt: at(`${day}T08:00:00Z`),
        status: paid ? 'paid' : 'open',
        totalMinor: net + taxMinor,
        taxMinor,
        lines: lines.map((line, position) => ({
          id: `il_${index}_${position}`,
          priceId: line.price === null ? null : (PRICES[line.price]?.id ?? null),
          productId: line.price === null ? null : (PRICES[line.price]?.productId ?? null),
          amountMinor: line.net,
          taxes: [{ amountMinor: line.tax, inclusive: false }],
          periodStart: at(day),
          periodEnd: at('2026-07-01'),
        })),
      });
      if (paid?.failedFirst)
        b.charge(day, { status: 'failed', amountMinor: paid.amount, invoiceId: id, customerId, currency });
      const chargeId = paid
        ? b.charge(day, {
            amountMinor: paid.amount,
            invoiceId: id,
            customerId,
            currency,
            createdAt: at(`${day}T12:00:00Z`),
          })
        : null;
      if (paid) b.fee(day, { sourceObjectId: chargeId, feeMinor: paid.fee, currency: currencyCode(paid.feeCurrency) });
      if (refund !== null) b.refund(day, { chargeId, amountMinor: refund, currency });
      if (dispute) b.dispute(day, { chargeId, amountMinor: dispute.amount, status: dispute.status, currency });
      if (credit)
        c.db
          .prepareWrite<[string, string, string, string, number, number, number, string | null]>(
            `INSERT INTO credit_note (source_id, id, invoice_id, billing_customer_id, currency, created_at, status, type, total_minor, total_excluding_tax_minor, lines)
             VALUES (1, ?, ?, ?, ?, ?, 'issued', 'post_payment', ?, ?, ?)`,
          )
          .run(
            `cn_${index}`,
            id,
            customerId,
            currency,
            at(`${day}T20:00:00Z`),
            credit.amount + 19,
            credit.amount,
            credit.names
              ? JSON.stringify([{ invoiceLineId: `il_${index}_${credit.line}`, netMinor: credit.amount }])
              : null,
          );
    }
  });
  c.recompute();
}

const MONEY = [
  'netRevenue',
  'grossCash',
  'refunds',
  'cashCollected',
  'fees',
  'disputesOpenedAmount',
  'disputesWonAmount',
  'netCash',
  'taxCollected',
] as const;
const COUNTS = ['disputesOpened', 'failedPayments'] as const;

test('the parts of every dimension add up to the company, and each slice is its row', { timeout: 180_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(billArb, { minLength: 4, maxLength: 16 }),
      fc.array(aloneArb, { maxLength: 3 }),
      (bills, alone) => {
        const c = company('2026-06-30');
        try {
          book(c, bills, alone);
          const whole = snapshot(c.db, { month: plainMonth('2026-05') }, c.context);
          for (const by of DIMENSIONS) {
            const { rows, total } = revenueByPart(c.db, { ...PERIOD, by, offset: 0, limit: 500 }, c.context);
            for (const name of [...MONEY, ...COUNTS]) {
              expect([by, name, total[name]]).toEqual([by, name, whole[name]]);
              if (whole[name] === null) continue;
              expect([by, name, rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)]).toEqual([by, name, whole[name]]);
            }
            for (const row of rows) {
              const where = [{ dimension: by, values: [row.value === '' ? 'none' : (row.value ?? '')] }];
              const slice = snapshot(c.db, { month: plainMonth('2026-05'), slice: { where } }, c.context);
              for (const name of COUNTS) expect([by, row.label, slice[name]]).toEqual([by, row.label, row[name]]);
              // Each day and currency of a slice is converted by itself: half a unit off its share at most.
              for (const name of MONEY)
                if (row[name] !== null)
                  expect(Math.abs((slice[name] ?? 0) - row[name])).toBeLessThanOrEqual(
                    2 * (bills.length + alone.length),
                  );
            }
          }
        } finally {
          c.close();
        }
      },
    ),
    { numRuns: RUNS },
  );
});

test('the shares of a payment add up to it, and each is its exact fraction but for less than one unit', () => {
  const line = fc.record({ item: fc.nat(3), net: fc.integer({ min: -1_000_000, max: 1_000_000 }) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), fc.integer({ min: -10_000_000, max: 10_000_000 }), (lines, paid) => {
      const shares = paidShares(
        paid,
        lines.map((each, index) => ({ ...each, lineId: String(index), tax: 0 })),
        99,
      );
      expect(shares.reduce((sum, share) => sum + share.amount, 0)).toBe(paid);
      const billing = lines.filter(({ net }) => net > 0);
      const sum = BigInt(billing.reduce((total, { net }) => total + net, 0));
      for (const { item, amount: share } of shares) {
        if (item === 99) continue;
        const own = billing.filter((each) => each.item === item);
        const net = BigInt(own.reduce((total, each) => total + each.net, 0));
        const off = BigInt(share) * sum - BigInt(paid) * net;
        expect((off < 0n ? -off : off) < sum * BigInt(own.length)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
