/**
 * Revenue and cash of parts of the company: invoices by their lines, payments in proportion to the lines of what they
 * paid, each part adding up to the whole to the minor unit.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDay } from '../../../../src/shared/kernel/day.ts';
import type { Dimension } from '../../../../src/shared/contract/slice.ts';
import { noteFlowChange } from '../../../../src/main/engine/store/flow-change.ts';
import { explain, revenueByPart, snapshot } from '../../../../src/main/engine/metrics/index.ts';
import { at, company, EUR, price, type Company } from '../support/company.ts';
import { billing, type Billing } from './billing.ts';

let c: Company;
let b: Billing;
const BASIC = price({ id: 'price_basic', productId: 'prod_basic' });
const PRO = price({ id: 'price_pro', productId: 'prod_pro' });
const YEAR = price({ id: 'price_year', productId: 'prod_pro', interval: 'year' });
const SETUP = { ...price({ id: 'price_setup', productId: 'prod_setup' }), recurring: null };

beforeEach(() => {
  c = company('2026-06-30');
  b = billing(c);
  for (const [id, name] of [
    ['prod_basic', 'Basic'],
    ['prod_pro', 'Pro'],
    ['prod_setup', 'Setup'],
  ] as const)
    c.product(id, name);
  for (const each of [BASIC, PRO, YEAR, SETUP]) c.storePrice(each);
});
afterEach(() => c.close());

const line = (of: { id: string; productId: string | null }, amountMinor: number, over = {}) => ({
  priceId: of.id,
  productId: of.productId,
  amountMinor,
  periodStart: at('2026-05-01'),
  periodEnd: at('2026-06-01'),
  ...over,
});

function may(dimension?: Dimension, value?: string) {
  c.recompute();
  const slice = dimension && value !== undefined ? { slice: { where: [{ dimension, values: [value] }] } } : {};
  return snapshot(c.db, { month: '2026-05' as never, ...slice }, c.context);
}

function why(metric: string, dimension: Dimension, value: string) {
  return explain(
    c.db,
    {
      metric,
      from: plainDay('2026-05-01'),
      to: plainDay('2026-05-31'),
      limit: 100,
      slice: { where: [{ dimension, values: [value] }] },
    },
    c.context,
  );
}

describe('an invoice counts by its lines', () => {
  const invoice = (lines: ReturnType<typeof line>[], over = {}) =>
    c.invoice({ customerId: 'cus_1', createdAt: at('2026-05-02'), lines, ...over });

  test('each line net of its discount and of the tax in it; the plans add up to the company', () => {
    invoice(
      [
        line(BASIC, 5_950, { taxes: [{ amountMinor: 950, inclusive: true }] }),
        line(PRO, 12_000, { discounts: [{ discountId: 'di', amountMinor: 2_000 }] }),
        line(SETUP, 3_333),
      ],
      { totalMinor: 5_950 + 10_000 + 3_333, taxMinor: 950, discountMinor: 2_000 },
    );
    expect(may().netRevenue).toBe(18_333);
    expect(may('plan', 'Basic')).toMatchObject({ netRevenue: 5_000, taxCollected: 950 });
    expect(may('plan', 'Pro')).toMatchObject({ netRevenue: 10_000, taxCollected: 0 });
    expect(may('plan', 'Setup')).toMatchObject({ netRevenue: 3_333, mrr: 0 });
    expect(may('product', 'prod_pro').netRevenue).toBe(10_000);
    expect(may('price', 'price_basic').netRevenue).toBe(5_000);
    expect(why('netRevenue', 'plan', 'Pro').total).toBe(10_000);
  });

  test('an upgrade credits the old plan and bills the new one; what was paid for it is the new one’s', () => {
    const id = invoice([line(BASIC, -5_000, { proration: true }), line(PRO, 12_000, { proration: true })]);
    b.charge('2026-05-02', { amountMinor: 7_000, invoiceId: id });
    b.fee('2026-05-02', { feeMinor: 233 });
    expect(may('plan', 'Basic')).toMatchObject({ netRevenue: -5_000, grossCash: 0 });
    expect(may('plan', 'Pro')).toMatchObject({ netRevenue: 12_000, grossCash: 7_000 });
  });

  test('a credit note counts with the lines it names, else with what the invoice billed', () => {
    const id = invoice([line(BASIC, 6_000, { id: 'il_b' }), line(PRO, 3_000, { id: 'il_p' })]);
    const note = (name: string, total: number, lines: string | null) =>
      c.db
        .prepareWrite<[string, string, number, number, string | null]>(
          `INSERT INTO credit_note (source_id, id, invoice_id, billing_customer_id, currency, created_at, status, type, total_minor, total_excluding_tax_minor, lines)
           VALUES (1, ?, ?, 'cus_1', 'USD', ${at('2026-05-20')}, 'issued', 'post_payment', ?, ?, ?)`,
        )
        .run(name, id, total, total, lines);
    note('cn_1', 1_000, JSON.stringify([{ invoiceLineId: 'il_p', netMinor: 1_000 }]));
    note('cn_2', 900, null);
    expect(may('plan', 'Pro').netRevenue).toBe(3_000 - 1_000 - 300);
    expect(may('plan', 'Basic').netRevenue).toBe(6_000 - 600);
  });

  test('by interval: what does not recur stands apart', () => {
    invoice([line(PRO, 4_000), line(YEAR, 40_000), line(SETUP, 500)]);
    expect(may('interval', 'month').netRevenue).toBe(4_000);
    expect(may('interval', 'year').netRevenue).toBe(40_000);
    expect(may('interval', 'none').netRevenue).toBe(500);
  });
});

describe('a payment counts with what it paid for', () => {
  const invoice = (lines: ReturnType<typeof line>[], over = {}) =>
    c.invoice({ customerId: 'cus_1', createdAt: at('2026-05-02'), lines, ...over });

  test.each([
    ['in proportion', [3_000, 1_000], 8_000, [6_000, 2_000]],
    ['the largest remainder takes the odd cent', [1, 1, 1], 100, [34, 33, 33]],
    ['a part paid', [3_333, 6_667], 5_000, [1_667, 3_333]],
    ['a line that bills nothing takes nothing', [0, 2_000], 2_000, [0, 2_000]],
  ] as const)('%s', (_name, nets, amountMinor, shares) => {
    const prices = [BASIC, PRO, SETUP];
    const id = invoice(nets.map((net, index) => line(prices[index] ?? SETUP, net)));
    b.charge('2026-05-03', { amountMinor, invoiceId: id });
    const plans = ['Basic', 'Pro', 'Setup'].slice(0, nets.length);
    expect(plans.map((plan) => may('plan', plan).grossCash)).toEqual(shares);
  });

  test('with tax: the tax goes with the line; refunds, fees and disputes follow the payment', () => {
    const id = invoice([line(BASIC, 3_000), line(PRO, 7_000)], { totalMinor: 11_900, taxMinor: 1_900 });
    const charge = b.charge('2026-05-03', { amountMinor: 11_900, invoiceId: id });
    b.fee('2026-05-03', { sourceObjectId: charge, feeMinor: 300 });
    b.refund('2026-05-10', { chargeId: charge, amountMinor: 1_000 });
    b.dispute('2026-05-20', { chargeId: charge, amountMinor: 2_000 });
    expect(may('plan', 'Pro')).toMatchObject({
      netRevenue: 7_000,
      grossCash: 8_330,
      refunds: 700,
      cashCollected: 7_630,
      fees: 210,
      disputesOpened: 1,
      disputesOpenedAmount: 1_400,
      netCash: 7_630 - 210 - 1_400,
      taxCollected: 1_330,
    });
    expect(may('plan', 'Basic')).toMatchObject({ grossCash: 3_570, disputesOpened: 0, disputesOpenedAmount: 600 });
    for (const metric of ['grossCash', 'refunds', 'fees', 'netCash', 'disputesOpenedAmount', 'taxCollected'] as const)
      expect([metric, why(metric, 'plan', 'Pro').total]).toEqual([metric, may('plan', 'Pro')[metric]]);
    expect(why('grossCash', 'plan', 'Pro').rows[0]?.note).toMatch(/part of this slice/);
  });

  test('one payment of several invoices goes to each by what it paid of it', () => {
    const one = invoice([line(BASIC, 1_000)], { id: 'in_1' });
    const two = invoice([line(PRO, 3_000)], { id: 'in_2' });
    b.charge('2026-05-03', { id: 'ch_both', amountMinor: 2_000, paymentIntentId: 'pi_1' });
    for (const [index, [id, paid]] of (
      [
        [one, 500],
        [two, 1_500],
      ] as const
    ).entries())
      c.db
        .prepareWrite<[string, string, number]>(
          `INSERT INTO invoice_payment (source_id, id, invoice_id, payment_intent_id, status, currency, amount_paid_minor, created_at)
           VALUES (1, ?, ?, 'pi_1', 'paid', 'USD', ?, 0)`,
        )
        .run(`inpay_${index}`, id, paid);
    expect([may('plan', 'Basic').grossCash, may('plan', 'Pro').grossCash]).toEqual([500, 1_500]);
  });

  test('without an invoice it is in no plan, and is found under “none”', () => {
    b.charge('2026-05-03', { amountMinor: 2_500 });
    b.charge('2026-05-03', { amountMinor: 500, customerId: null });
    expect(may('plan', 'Basic')).toMatchObject({ grossCash: 0, netRevenue: 0 });
    expect(may('plan', 'none')).toMatchObject({ grossCash: 3_000, netRevenue: 0 });
    expect(may('account', 'Stripe').grossCash).toBe(3_000);
  });

  test('a fee in the currency of the bank counts with the currency of the payment', () => {
    c.rate('2026-05-03', 'USD', '1.10');
    c.customer('cus_1');
    const charge = b.charge('2026-05-03', { amountMinor: 10_000, currency: EUR });
    b.fee('2026-05-03', { sourceObjectId: charge, feeMinor: 330 });
    expect(may('currency', 'EUR')).toMatchObject({ grossCash: 11_000, fees: 330, netCash: 10_670 });
    expect(may('currency', 'USD')).toMatchObject({ grossCash: 0, fees: 0 });
  });

  test('the lines are read anew when they change', () => {
    const id = invoice([line(BASIC, 1_000)]);
    b.charge('2026-05-03', { amountMinor: 1_000, invoiceId: id });
    expect(may('plan', 'Basic').grossCash).toBe(1_000);
    c.db.prepareWrite(`UPDATE invoice_line SET price_id = 'price_pro', product_id = 'prod_pro'`).run();
    noteFlowChange(c.db);
    expect([may('plan', 'Basic').grossCash, may('plan', 'Pro').grossCash]).toEqual([0, 1_000]);
  });
});

describe('what is counted whole lies with the price that is worth most of it', () => {
  test('failed payments, their recovery and their rate', () => {
    const id = c.invoice({
      customerId: 'cus_1',
      createdAt: at('2026-05-02'),
      lines: [line(BASIC, 1_000), line(PRO, 3_000)],
    });
    const other = c.invoice({ customerId: 'cus_2', createdAt: at('2026-05-02'), lines: [line(PRO, 3_000)] });
    b.charge('2026-05-02', { status: 'failed', amountMinor: 4_000, invoiceId: id });
    b.charge('2026-05-05', { amountMinor: 4_000, invoiceId: id });
    b.charge('2026-05-02', { customerId: 'cus_2', amountMinor: 3_000, invoiceId: other });
    expect(may()).toMatchObject({ failedPayments: 1, failedPaymentRate: 0.5, recoveryRate: 1 });
    expect(may('plan', 'Pro')).toMatchObject({ failedPayments: 1, failedPaymentRate: 0.5, recoveryRate: 1 });
    expect(may('plan', 'Basic')).toMatchObject({
      failedPayments: 0,
      failedPaymentRate: null,
      timeToFirstPayment: null,
    });
    expect(why('failedPaymentRate', 'plan', 'Pro')).toMatchObject({ total: 1, dividedBy: { total: 2 } });
  });

  test('also where the shares of the money itself are rounded to the same', () => {
    const id = c.invoice({
      customerId: 'cus_1',
      createdAt: at('2026-05-02'),
      lines: [line(BASIC, 1), line(PRO, 2)],
    });
    b.charge('2026-05-02', { status: 'failed', amountMinor: 2, invoiceId: id });
    const charge = b.charge('2026-05-05', { amountMinor: 2, invoiceId: id });
    b.dispute('2026-05-06', { chargeId: charge, amountMinor: 2 });
    expect(may('plan', 'Pro')).toMatchObject({ failedPayments: 1, failedPaymentRate: 1, disputesOpened: 1 });
    expect(may('plan', 'Basic')).toMatchObject({ failedPayments: 0, failedPaymentRate: null, disputesOpened: 0 });
    const { rows } = revenueByPart(
      c.db,
      { from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), by: 'plan', offset: 0, limit: 9 },
      c.context,
    );
    const counts = rows.map(({ label, payments, failedPayments }) => [label, payments, failedPayments]);
    expect(counts).toContainEqual(['Pro', 1, 1]);
    expect(counts).not.toContainEqual(['Basic', 1, expect.anything()]);
    expect(counts).not.toContainEqual(['Basic', expect.anything(), 1]);
  });
});

describe('by what a customer is', () => {
  test('countries; what belongs to nobody stands with those of unknown country', () => {
    c.customer('de', { country: 'DE' });
    c.customer('fr', { country: 'FR' });
    b.charge('2026-05-03', { customerId: 'de', amountMinor: 1_000 });
    b.charge('2026-05-03', { customerId: 'fr', amountMinor: 2_000 });
    b.charge('2026-05-03', { customerId: null, amountMinor: 400 });
    const cash = ['DE', 'FR', 'unknown'].map((country) => may('country', country).grossCash);
    expect(cash).toEqual([1_000, 2_000, 400]);
    expect(may().grossCash).toBe(3_400);
    expect(may('country', 'DE')).toMatchObject({ failedPaymentRate: 0, refunds: 0 });
  });
});
