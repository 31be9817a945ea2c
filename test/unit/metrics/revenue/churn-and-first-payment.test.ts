/** Why customers left, and how long it took them to pay first. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDay, plainMonth } from '../../../../src/shared/kernel/day.ts';
import type { Subscription } from '../../../../src/main/engine/domain/index.ts';
import { churnReport, explain, snapshot, timeToPay } from '../../../../src/main/engine/metrics/index.ts';
import { at, company, coupon, discount, item, price, subscription, type Company } from '../support/company.ts';
import { month } from '../support/figures.ts';
import { billing, type Billing } from './billing.ts';

let c: Company;
let b: Billing;
beforeEach(() => {
  c = company('2026-06-30');
  b = billing(c);
});
afterEach(() => c.close());

/** A customer at $100 a month since January who ends in May, as the last object says. */
function leaver(customerId: string, reason: string | null, over: Partial<Subscription> = {}): void {
  const begun = at('2026-01-10');
  const body = subscription(begun, { customerId, items: [item(price())] });
  c.see(body, begun);
  if (over.status === undefined) over = { ...over, status: 'canceled', endedAt: at('2026-05-12') };
  c.see({ ...body, cancellation: { reason, feedback: null, comment: null }, ...over }, at('2026-05-12'));
}

const why = (metric: string) =>
  explain(c.db, { metric, from: plainDay('2026-05-01'), to: plainDay('2026-05-31'), limit: 100 }, c.context);

describe('kinds of churn', () => {
  test('a failed payment is involuntary, a request voluntary; together they are the churn of the month', () => {
    leaver('cus_1', 'payment_failed');
    leaver('cus_2', 'cancellation_requested');
    leaver('cus_3', 'payment_disputed');
    const may = month(c, '2026-05');
    expect(may).toMatchObject({
      involuntaryChurnMrr: -20_000,
      voluntaryChurnMrr: -10_000,
      freeChurnMrr: 0,
      involuntaryChurnCustomers: 2,
      voluntaryChurnCustomers: 1,
    });
    expect(may.movements.churn).toBe(-30_000);
    expect(why('involuntaryChurnMrr')).toMatchObject({ total: -20_000, rowCount: 2 });
    expect(why('voluntaryChurnMrr').rows[0]?.note).toBe('Canceled on request');
    const report = churnReport(c.db, { from: plainMonth('2026-05'), to: plainMonth('2026-06') }, c.context);
    expect(report.months[0]).toMatchObject({ involuntaryShare: { value: 2 / 3 } });
    expect(report.months[1]?.involuntaryShare).toEqual({ value: null, reason: 'No MRR churned in the month' });
  });

  test('without a reason, an end while past due is involuntary and one in good standing is not', () => {
    const begun = at('2026-01-10');
    const body = subscription(begun, { customerId: 'cus_1', items: [item(price())] });
    c.see(body, begun);
    c.see({ ...body, status: 'past_due' }, at('2026-05-01'));
    c.see({ ...body, status: 'canceled', endedAt: at('2026-05-20') }, at('2026-05-20'));
    leaver('cus_2', null);
    expect(month(c, '2026-05')).toMatchObject({ involuntaryChurnCustomers: 1, voluntaryChurnCustomers: 1 });
  });

  test('unpaid is involuntary; who goes on for nothing has not been lost to either', () => {
    leaver('cus_1', null, { status: 'unpaid' });
    leaver('cus_2', null, { status: 'active', discounts: [discount(coupon({ percentOff: '100' }), at('2026-05-12'))] });
    expect(month(c, '2026-05')).toMatchObject({
      involuntaryChurnMrr: -10_000,
      voluntaryChurnMrr: 0,
      freeChurnMrr: -10_000,
    });
    expect(why('freeChurnMrr').rows[0]?.note).toMatch(/^Bills nothing: discount/);
  });

  test('kinds are rounded so that they add up to the churn that the bridge shows', () => {
    const yearly = () => item(price({ interval: 'year', unitAmount: '10001' }));
    for (const [index, reason] of ['payment_failed', 'cancellation_requested', 'payment_failed'].entries())
      leaver(`cus_${index}`, reason, { items: [yearly()] });
    const may = month(c, '2026-05');
    const sum = (may.involuntaryChurnMrr ?? 0) + (may.voluntaryChurnMrr ?? 0) + (may.freeChurnMrr ?? 0);
    expect(sum).toBe(may.movements.churn);
    for (const metric of ['involuntaryChurnMrr', 'voluntaryChurnMrr'] as const)
      expect(why(metric).rows.reduce((total, { amount }) => total + amount, 0)).toBe(may[metric]);
  });

  test('under another policy than the company’s they are not known', () => {
    leaver('cus_1', 'payment_failed');
    expect(month(c, '2026-05').involuntaryChurnMrr).toBe(-10_000);
    const other = snapshot(c.db, { month: plainMonth('2026-05'), policy: 'stripe' }, c.context);
    expect(other).toMatchObject({ involuntaryChurnMrr: null, voluntaryChurnCustomers: null, discountGiven: null });
    expect(other.reasons['involuntaryChurnMrr']).toBe('Known under the company’s own policy only');
  });
});

describe('time to first payment', () => {
  const paid = (customerId: string, day: string, amount = 1_000): string => {
    const invoiceId = c.invoice({ customerId, createdAt: at(day), totalMinor: amount, lines: [] });
    c.db.prepareWrite<[number, string]>(`UPDATE invoice SET amount_paid_minor = ? WHERE id = ?`).run(amount, invoiceId);
    return invoiceId;
  };

  test('median and quartiles of the days from signing up, by the month of the first payment', () => {
    for (const [index, days] of [0, 2, 4, 10].entries()) {
      b.signedUp(`cus_${index}`, '2026-05-01');
      paid(`cus_${index}`, `2026-05-${String(1 + days).padStart(2, '0')}`);
    }
    expect(month(c, '2026-05').timeToFirstPayment).toBe(3);
    const { months } = timeToPay(c.db, { from: plainMonth('2026-05'), to: plainMonth('2026-06') }, c.context);
    expect(months).toEqual([
      { month: '2026-05', customers: 4, lowerQuartile: 1.5, median: 3, upperQuartile: 5.5 },
      { month: '2026-06', customers: 0, lowerQuartile: null, median: null, upperQuartile: null },
    ]);
    expect(why('timeToFirstPayment')).toMatchObject({ rowCount: 4, total: 16 });
  });

  test('an invoice over nothing, or unpaid, is no payment; later payments are not the first', () => {
    b.signedUp('cus_1', '2026-04-01');
    paid('cus_1', '2026-04-01', 0);
    c.invoice({ customerId: 'cus_1', createdAt: at('2026-04-02'), status: 'open', totalMinor: 500, lines: [] });
    paid('cus_1', '2026-05-01');
    paid('cus_1', '2026-06-01');
    expect(month(c, '2026-04').timeToFirstPayment).toBeNull();
    expect(month(c, '2026-05').timeToFirstPayment).toBe(30);
    expect(month(c, '2026-06').reasons['timeToFirstPayment']).toBe('Nobody paid for the first time in the period');
  });

  test('an earlier payment that arrives later takes the place, and one taken back gives it up', () => {
    b.signedUp('cus_1', '2026-05-01');
    paid('cus_1', '2026-05-21');
    const earlier = paid('cus_1', '2026-05-06');
    expect(month(c, '2026-05').timeToFirstPayment).toBe(5);
    c.db.prepareWrite<[string]>(`UPDATE invoice SET status = 'void' WHERE id = ?`).run(earlier);
    expect(month(c, '2026-05').timeToFirstPayment).toBe(20);
  });

  test('two records of one customer are one: signed up with the first, paid with the first', () => {
    b.signedUp('cus_1', '2026-04-01');
    b.signedUp('cus_2', '2026-05-01');
    c.db.prepareWrite(`UPDATE billing_customer SET customer_id = (SELECT min(customer_id) FROM customer)`).run();
    paid('cus_2', '2026-05-11');
    paid('cus_1', '2026-06-11');
    expect(month(c, '2026-05').timeToFirstPayment).toBe(40);
    expect(month(c, '2026-06').timeToFirstPayment).toBeNull();
  });
});
