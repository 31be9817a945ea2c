/** Cash, fees, disputes and tax: each on its day, at its day's rate, and taken apart to the object. */
import { afterEach, describe, expect, test } from 'vitest';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../../src/shared/kernel/day.ts';
import { explain, series } from '../../../../src/main/engine/metrics/index.ts';
import { at, company, EUR, type Company } from '../support/company.ts';
import { month } from '../support/figures.ts';
import { billing, type Billing } from './billing.ts';

const JPY = currencyCode('JPY');
const KWD = currencyCode('KWD');

let c: Company;
let b: Billing;
afterEach(() => c.close());

function start(today = '2026-06-30'): void {
  c = company(today);
  b = billing(c);
}

/** Every metric of the month that has rows: they add up to the figure. */
function why(metric: string, from = '2026-05-01', to = '2026-05-31') {
  return explain(c.db, { metric, from: plainDay(from), to: plainDay(to), limit: 500 }, c.context);
}

describe('cash', () => {
  test('gross is what was charged; refunds, fees and disputes leave the net', () => {
    start();
    b.charge('2026-05-02', { amountMinor: 20_000 });
    b.fee('2026-05-02', { feeMinor: 610 });
    b.refund('2026-05-20', { amountMinor: 5_000 });
    b.dispute('2026-05-21', { amountMinor: 3_000 });
    b.fee('2026-05-21', { reportingCategory: 'dispute', amountMinor: -3_000, feeMinor: 1_500 });
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ grossCash: 20_000, cashCollected: 15_000, refunds: 5_000, fees: 2_110 });
    expect(may.netCash).toBe(20_000 - 5_000 - 2_110 - 3_000);
    for (const metric of ['grossCash', 'cashCollected', 'netCash', 'fees', 'refunds'] as const)
      expect([metric, why(metric).total]).toEqual([metric, may[metric]]);
    expect(why('fees').rows.map(({ sourceObjectId }) => sourceObjectId)).toEqual([
      expect.stringMatching(/^txn_/),
      expect.stringMatching(/^txn_/),
    ]);
  });

  test('a refund counts in its own month, whatever month the charge is of; several partial ones add up', () => {
    start();
    b.charge('2026-04-28', { amountMinor: 9_000 });
    b.refund('2026-05-03', { amountMinor: 2_000 });
    b.refund('2026-05-30', { amountMinor: 1_000 });
    expect(month(c, '2026-04')).toMatchObject({ grossCash: 9_000, refunds: 0, cashCollected: 9_000 });
    expect(month(c, '2026-05')).toMatchObject({ grossCash: 0, refunds: 3_000, cashCollected: -3_000 });
  });

  test('of an authorised amount only what was captured counts, and a refund that failed does not', () => {
    start();
    b.charge('2026-05-02', { amountMinor: 10_000, amountCapturedMinor: 6_000 });
    b.charge('2026-05-03', { amountMinor: 8_000, amountCapturedMinor: 0 });
    b.refund('2026-05-04', { amountMinor: 1_000, status: 'failed' });
    expect(month(c, '2026-05')).toMatchObject({ grossCash: 6_000, cashCollected: 6_000 });
  });

  test('fees that are transactions of their own count, and fees given back are subtracted', () => {
    start();
    b.charge('2026-05-02');
    b.fee('2026-05-02', { feeMinor: 320 });
    b.fee('2026-05-31', { type: 'stripe_fee', reportingCategory: 'fee', amountMinor: -450, netMinor: -450 });
    b.fee('2026-05-31', { reportingCategory: 'dispute_reversal', amountMinor: 1_000, feeMinor: -1_500 });
    expect(month(c, '2026-05').fees).toBe(320 + 450 - 1_500);
  });

  test('without any balance transaction fees and net cash are unknown, not nothing', () => {
    start();
    b.charge('2026-05-02');
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ grossCash: 10_000, fees: null, netCash: null });
    expect(may.reasons['fees']).toMatch(/balance transactions/);
    expect(month(c, '2026-03')).toMatchObject({ grossCash: 0, fees: 0, netCash: 0 });
  });

  test('each day at its own rate, with currencies of no and of three decimals', () => {
    start();
    c.rate('2026-05-02', 'USD', '1.10');
    c.rate('2026-05-20', 'USD', '1.20');
    c.rate('2026-05-02', 'JPY', '165');
    c.rate('2026-05-20', 'KWD', '0.36');
    b.charge('2026-05-02', { amountMinor: 10_000, currency: EUR });
    b.refund('2026-05-20', { amountMinor: 5_000, currency: EUR });
    b.charge('2026-05-02', { amountMinor: 1_650, currency: JPY });
    b.charge('2026-05-20', { amountMinor: 3_600, currency: KWD });
    // 100 € at 1.10, 1,650 ¥ at 1.10 ÷ 165, 3.600 KWD at 1.20 ÷ 0.36; the refund at the rate of its own day.
    expect(month(c, '2026-05')).toMatchObject({ grossCash: 11_000 + 1_100 + 1_200, refunds: 6_000 });
    expect(why('grossCash').total).toBe(13_300);
  });

  test('a currency without a rate is named, and alone leaves nothing to show', () => {
    start();
    b.charge('2026-05-02', { amountMinor: 10_000, currency: EUR });
    const may = month(c, '2026-05');
    expect(may.grossCash).toBeNull();
    expect(may.reasons['grossCash']).toMatch(/No rate from EUR/);
  });
});

describe('disputes', () => {
  test('opened, won and lost, each with its amount; what is won back counts on its day', () => {
    start();
    b.charge('2026-04-02');
    b.fee('2026-04-02', { feeMinor: 300 });
    b.dispute('2026-04-10', { amountMinor: 4_000, status: 'won', reinstatedAt: at('2026-05-15') });
    b.dispute('2026-05-05', { amountMinor: 2_500, status: 'lost' });
    b.dispute('2026-05-06', { amountMinor: 900 });
    expect(month(c, '2026-04')).toMatchObject({ disputesOpened: 1, disputesOpenedAmount: 4_000, disputesWon: 0 });
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ disputesOpened: 2, disputesOpenedAmount: 3_400, netCash: 4_000 - 3_400 });
    expect(may).toMatchObject({ disputesWon: 1, disputesWonAmount: 4_000, disputesLost: 1, disputesLostAmount: 2_500 });
    expect(why('disputesOpened')).toMatchObject({ unit: 'count', total: 2 });
    expect(why('disputesWonAmount').total).toBe(4_000);
  });

  test('an inquiry takes no money and is no dispute; one won without a day counts on its own', () => {
    start();
    b.charge('2026-05-02');
    b.fee('2026-05-02', { feeMinor: 300 });
    b.dispute('2026-05-05', { amountMinor: 2_500, status: 'warning_closed' });
    b.dispute('2026-05-06', { amountMinor: 1_000, status: 'won' });
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ disputesOpened: 1, disputesWon: 1, netCash: 10_000 - 300 });
  });
});

describe('tax', () => {
  test('counts when the invoice is paid, less what credit notes give back', () => {
    start();
    c.invoice({
      customerId: 'cus_1',
      taxMinor: 1_900,
      totalMinor: 11_900,
      createdAt: at('2026-04-30'),
      paidAt: at('2026-05-02'),
      lines: [],
    });
    c.invoice({ customerId: 'cus_1', taxMinor: 500, status: 'open', createdAt: at('2026-05-03'), lines: [] });
    c.db
      .prepareWrite(
        `INSERT INTO credit_note (source_id, id, invoice_id, billing_customer_id, currency, created_at, status, type, total_minor, total_excluding_tax_minor)
         VALUES (1, 'cn_1', 'in_1', 'cus_1', 'USD', ${at('2026-05-20')}, 'issued', 'post_payment', 1190, 1000)`,
      )
      .run();
    expect(month(c, '2026-04').taxCollected).toBe(0);
    expect(month(c, '2026-05').taxCollected).toBe(1_900 - 190);
    expect(why('taxCollected').total).toBe(1_710);
  });
});

test('lines over time show the same figures, and another time zone moves what is on its edge', () => {
  start();
  b.charge('2026-05-31', { createdAt: at('2026-05-31T22:30:00Z') });
  b.fee('2026-05-31', { feeMinor: 300 });
  month(c, '2026-05');
  const ask = {
    metrics: ['grossCash', 'netCash', 'fees', 'disputesOpened'] as const,
    from: plainDay('2026-05-01'),
    to: plainDay('2026-06-30'),
    grain: 'month' as const,
  };
  const values = (context = c.context) =>
    series(c.db, ask, context).map(({ points }) => points.map(({ value }) => value));
  expect(values()).toEqual([
    [10_000, 0],
    [9_700, 0],
    [300, 0],
    [0, 0],
  ]);
  const berlin = { ...c.context, zone: 'Europe/Berlin' as typeof c.context.zone };
  month(c, '2026-05', berlin);
  expect(values(berlin).slice(0, 2)).toEqual([
    [0, 10_000],
    [-300, 10_000],
  ]);
});
