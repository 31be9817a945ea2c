/** Payments that fail at first: how many, how many are collected all the same, and when that is decided. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDay, plainMonth } from '../../../../src/shared/kernel/day.ts';
import { explain, recovery, type MetricsContext } from '../../../../src/main/engine/metrics/index.ts';
import { at, company, EUR, type Company } from '../support/company.ts';
import { month } from '../support/figures.ts';
import { billing, type Billing } from './billing.ts';

let c: Company;
let b: Billing;
beforeEach(() => {
  c = company('2026-09-30');
  b = billing(c);
});
afterEach(() => c.close());

const report = (from: string, to: string, context: MetricsContext = c.context) =>
  recovery(c.db, { from: plainMonth(from), to: plainMonth(to) }, context);
const failed = { status: 'failed' } as const;

describe('the failure rate', () => {
  test('is of payments, not of tries: one payment intent is one payment', () => {
    b.charge('2026-05-01', { paymentIntentId: 'pi_1' });
    b.charge('2026-05-02', { ...failed, paymentIntentId: 'pi_2' });
    b.charge('2026-05-05', { ...failed, paymentIntentId: 'pi_2' });
    b.charge('2026-05-08', { paymentIntentId: 'pi_2' });
    b.charge('2026-05-09', { paymentIntentId: 'pi_3' });
    expect(month(c, '2026-05')).toMatchObject({ failedPayments: 1, failedPaymentRate: 1 / 3, recoveryRate: 1 });
    expect(report('2026-05', '2026-05').months[0]).toMatchObject({
      attempted: 3,
      failed: { count: 1, amount: 10_000 },
    });
  });

  test('a payment counts in the month of its first try only', () => {
    b.charge('2026-05-30', { ...failed, paymentIntentId: 'pi_1' });
    b.charge('2026-06-02', { paymentIntentId: 'pi_1' });
    b.charge('2026-06-03', { paymentIntentId: 'pi_2' });
    const months = report('2026-05', '2026-06').months;
    expect(months.map(({ attempted, failed: { count } }) => [attempted, count])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(month(c, '2026-06').failedPaymentRate).toBe(0);
  });

  test('arrival in any order, and a payment that is told again, change nothing', () => {
    b.charge('2026-05-08', { id: 'ch_3', paymentIntentId: 'pi_2' });
    b.charge('2026-05-05', { id: 'ch_2', ...failed, paymentIntentId: 'pi_2' });
    b.charge('2026-05-02', { id: 'ch_1', ...failed, paymentIntentId: 'pi_2' });
    b.charge('2026-05-05', { id: 'ch_2', ...failed, paymentIntentId: 'pi_2' });
    expect(report('2026-05', '2026-05').months[0]).toMatchObject({
      attempted: 1,
      failed: { count: 1 },
      recovered: { count: 1, amount: 10_000 },
    });
    const [row] = explain(
      c.db,
      { metric: 'failedPayments', from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), limit: 10 },
      c.context,
    ).rows;
    expect(row).toMatchObject({ sourceObjectId: 'ch_1', note: 'Failed 2 times (card_declined), recovered later' });
  });

  test('a charge before payment intents belongs to its invoice; one without a customer is left out', () => {
    b.charge('2026-05-02', { ...failed, invoiceId: 'in_1' });
    b.charge('2026-05-04', { invoiceId: 'in_1' });
    b.charge('2026-05-04', { ...failed, customerId: null });
    expect(month(c, '2026-05')).toMatchObject({ failedPayments: 1, failedPaymentRate: 1, recoveryRate: 1 });
  });

  test('nothing tried is no rate', () => {
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ failedPaymentRate: null, recoveryRate: null });
    expect(may.reasons).toMatchObject({ failedPaymentRate: 'No payment was tried in the period' });
  });
});

describe('the recovery rate', () => {
  test('is not given while one is being retried, and is once the window is over', () => {
    b.charge('2026-05-02', { ...failed, paymentIntentId: 'pi_1' });
    b.charge('2026-05-05', { paymentIntentId: 'pi_1' });
    b.charge('2026-05-20', { ...failed, paymentIntentId: 'pi_2' });
    const early = c.on('2026-07-18');
    const [may] = report('2026-05', '2026-05', early).months;
    expect(may).toMatchObject({ open: { count: 1 }, recoveryRate: { value: null }, soFar: { value: 1 } });
    expect(may?.recoveryRate.reason).toMatch(/1 of 2 failed payments are still being retried/);
    expect(report('2026-05', '2026-05', early).open).toMatchObject([{ failedOn: '2026-05-20', lostOn: '2026-07-19' }]);
    expect(report('2026-05', '2026-05', c.on('2026-07-20')).months[0]).toMatchObject({
      lost: { count: 1 },
      recoveryRate: { value: 0.5 },
    });
  });

  test('what is paid after the window stays lost, so that a closed month does not change', () => {
    b.charge('2026-05-02', { ...failed, paymentIntentId: 'pi_1' });
    b.charge('2026-09-01', { paymentIntentId: 'pi_1' });
    expect(month(c, '2026-05')).toMatchObject({ recoveryRate: 0 });
  });

  test('an invoice paid otherwise is recovered; one written off is lost at once', () => {
    c.invoice({ id: 'in_1', customerId: 'cus_1', createdAt: at('2026-09-02'), paidAt: at('2026-09-10'), lines: [] });
    c.invoice({ id: 'in_2', customerId: 'cus_1', createdAt: at('2026-09-02'), status: 'uncollectible', lines: [] });
    b.charge('2026-09-02', { ...failed, invoiceId: 'in_1' });
    b.charge('2026-09-03', { ...failed, invoiceId: 'in_2' });
    expect(month(c, '2026-09')).toMatchObject({ failedPayments: 2, recoveryRate: 0.5 });
  });

  test('by amount, at the rate of the day of the failure', () => {
    c.rate('2026-05-02', 'USD', '1.10');
    c.rate('2026-05-20', 'USD', '2.00');
    b.charge('2026-05-02', { ...failed, paymentIntentId: 'pi_1', currency: EUR });
    b.charge('2026-05-20', { paymentIntentId: 'pi_1', currency: EUR });
    b.charge('2026-05-20', { ...failed, paymentIntentId: 'pi_2', amountMinor: 33_000 });
    const may = month(c, '2026-05');
    expect(may).toMatchObject({ recoveryRate: 0.5, recoveryRateByAmount: 0.25, failedPaymentsAmount: 44_000 });
    const why = (metric: string) =>
      explain(c.db, { metric, from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), limit: 10 }, c.context).total;
    expect([why('failedPaymentsAmount'), why('recoveryRateByAmount'), why('recoveryRate')]).toEqual([
      44_000, 11_000, 1,
    ]);
  });

  test('by why the payment failed', () => {
    b.charge('2026-05-02', { ...failed, paymentIntentId: 'pi_1', failureCode: 'expired_card' });
    b.charge('2026-05-03', { ...failed, paymentIntentId: 'pi_2' });
    b.charge('2026-05-04', { ...failed, paymentIntentId: 'pi_3' });
    b.charge('2026-05-05', { paymentIntentId: 'pi_3' });
    expect(report('2026-05', '2026-05').codes).toEqual([
      { code: 'card_declined', failed: 2, recovered: 1 },
      { code: 'expired_card', failed: 1, recovered: 0 },
    ]);
  });
});
