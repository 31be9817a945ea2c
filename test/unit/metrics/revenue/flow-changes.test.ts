/** Sums of parts that were asked for once, and what is written after that: they are what a look at everything says. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../src/shared/contract/slice.ts';
import type { Charge, CreditNote } from '../../../../src/main/engine/domain/index.ts';
import { snapshot } from '../../../../src/main/engine/metrics/index.ts';
import { billingCustomerWriter } from '../../../../src/main/engine/store/tables/billing-customer.ts';
import { dirtyMarks } from '../../../../src/main/engine/store/tables/dirty-customer.ts';
import { invoiceWriter } from '../../../../src/main/engine/store/tables/invoice.ts';
import { paymentWriter } from '../../../../src/main/engine/store/tables/payment.ts';
import { at, company, price, USD, type Company } from '../support/company.ts';

let c: Company;
const BASIC = price({ id: 'price_basic', productId: 'prod_basic' });

beforeEach(() => {
  c = company('2026-07-31');
  c.product('prod_basic', 'Basic');
  c.storePrice(BASIC);
  c.invoice({
    id: 'in_1',
    customerId: 'cus_1',
    createdAt: at('2026-05-03'),
    totalMinor: 10_000,
    lines: [
      {
        id: 'il_1',
        priceId: 'price_basic',
        productId: 'prod_basic',
        amountMinor: 10_000,
        periodStart: at('2026-05-03'),
        periodEnd: at('2026-06-03'),
      },
    ],
  });
  c.recompute();
});
afterEach(() => c.close());

function flows(month: string, dimension: Dimension = 'plan', value = 'Basic') {
  return snapshot(c.db, { month: month as never, slice: { where: [{ dimension, values: [value] }] } }, c.context);
}

/** As a sync writes a page: all of it in one transaction. */
function page(write: () => void): void {
  c.db.transaction(write, 'soon');
}

const creditNote: CreditNote = {
  id: 'cn_1',
  invoiceId: 'in_1',
  customerId: 'cus_1',
  currency: USD,
  createdAt: at('2026-07-02'),
  voidedAt: null,
  status: 'issued',
  type: 'post_payment',
  reason: null,
  totalMinor: 4_000,
  totalExcludingTaxMinor: 4_000,
  refunds: [],
  lines: [{ invoiceLineId: 'il_1', netMinor: 4_000 }],
};

const charge: Charge = {
  id: 'ch_1',
  customerId: 'cus_1',
  invoiceId: 'in_1',
  paymentIntentId: null,
  status: 'succeeded',
  currency: USD,
  amountMinor: 10_000,
  amountCapturedMinor: 10_000,
  amountRefundedMinor: 0,
  createdAt: at('2026-06-10'),
  failureCode: null,
  failureMessage: null,
  balanceTransactionId: null,
};

describe('sums of parts follow what is written after they were asked for', () => {
  test('a late credit note lowers the month in which it was written, and not that of its invoice', () => {
    expect([flows('2026-05').netRevenue, flows('2026-07').netRevenue]).toEqual([10_000, 0]);
    page(() => invoiceWriter(c.db, 1, dirtyMarks(c.db, 1)).creditNote(creditNote));
    expect([flows('2026-05').netRevenue, flows('2026-07').netRevenue]).toEqual([10_000, -4_000]);
    page(() => invoiceWriter(c.db, 1, dirtyMarks(c.db, 1)).creditNote({ ...creditNote, status: 'void' }));
    expect(flows('2026-07').netRevenue).toBe(0);
  });

  test('a payment counts in the month in which it comes', () => {
    expect(flows('2026-06').grossCash).toBe(0);
    page(() => paymentWriter(c.db, 1, dirtyMarks(c.db, 1)).charge(charge));
    expect(flows('2026-06').grossCash).toBe(10_000);
  });

  test('a page of which nothing is left changes nothing, and the same page once more does', () => {
    expect(flows('2026-06').grossCash).toBe(0);
    const write = () => paymentWriter(c.db, 1, dirtyMarks(c.db, 1)).charge(charge);
    const cutOff = () =>
      page(() => {
        write();
        expect(flows('2026-06').grossCash).toBe(0);
        throw new Error('the process ends here');
      });
    expect(cutOff).toThrow('the process ends here');
    expect(flows('2026-06').grossCash).toBe(0);
    page(() => undefined);
    expect(flows('2026-06').grossCash, 'nothing of it is left').toBe(0);
    page(write);
    expect(flows('2026-06').grossCash).toBe(10_000);
  });

  test('a page that writes in steps counts as one change, and a page without money that flows as none', () => {
    const changes = () =>
      c.db.prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name = 'flows'`).first()?.value ?? -1;
    const before = changes();
    const payments = paymentWriter(c.db, 1, dirtyMarks(c.db, 1));
    page(() => {
      payments.charge(charge);
      c.db.transaction(() => payments.charge({ ...charge, id: 'ch_2' }));
    });
    expect(changes()).toBe(before + 1);
    page(() => c.db.prepareWrite(`UPDATE customer SET name = 'Ada'`).run());
    expect(changes()).toBe(before + 1);
  });

  test('a customer who moves to another country takes what was billed along', () => {
    const write = billingCustomerWriter(c.db, 1, dirtyMarks(c.db, 1)).write;
    const moved = (country: string) => {
      page(() =>
        write({
          id: 'cus_1',
          seenAt: at('2026-07-01'),
          name: 'Ada',
          email: null,
          description: null,
          currency: null,
          country,
          createdAt: at('2026-05-01'),
          deleted: false,
          delinquent: false,
          balanceMinor: 0,
          discounts: [],
          metadata: {},
        }),
      );
      c.recompute();
    };
    moved('DE');
    expect(flows('2026-05', 'country', 'DE').netRevenue).toBe(10_000);
    c.customer('cus_2', { country: 'DE' });
    moved('FR');
    expect(flows('2026-05', 'country', 'DE').netRevenue).toBe(0);
    expect(flows('2026-05', 'country', 'FR').netRevenue).toBe(10_000);
  });
});
