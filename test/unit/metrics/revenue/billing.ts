/** Payments, disputes and fees for tests of revenue, written as sync writes them. */
import { paymentWriter } from '../../../../src/main/engine/store/tables/payment.ts';
import { dirtyMarks } from '../../../../src/main/engine/store/tables/dirty-customer.ts';
import type { BalanceTransaction, Charge, Dispute, Refund } from '../../../../src/main/engine/domain/index.ts';
import { at, USD, type Company } from '../support/company.ts';

let serial = 0;
const id = (prefix: string) => `${prefix}_${(serial += 1)}`;

export interface Billing {
  charge(day: string, over?: Partial<Charge>): string;
  refund(day: string, over: Partial<Refund>): void;
  dispute(day: string, over: Partial<Dispute>): void;
  fee(day: string, over: Partial<BalanceTransaction>): void;
  /** When the customer signed up. */
  signedUp(customerId: string, day: string): void;
}

export function billing({ db, customer }: Company): Billing {
  const write = paymentWriter(db, 1, dirtyMarks(db, 1));
  return {
    charge(day, over = {}) {
      const amountMinor = over.amountMinor ?? 10_000;
      const charge: Charge = {
        id: id('ch'),
        customerId: 'cus_1',
        invoiceId: null,
        paymentIntentId: null,
        status: 'succeeded',
        currency: USD,
        amountMinor,
        amountCapturedMinor: over.status === 'failed' ? 0 : amountMinor,
        amountRefundedMinor: 0,
        createdAt: at(`${day}T10:00:00Z`),
        failureCode: over.status === 'failed' ? 'card_declined' : null,
        failureMessage: null,
        balanceTransactionId: null,
        ...over,
      };
      if (charge.customerId !== null) customer(charge.customerId);
      write.charge(charge);
      return charge.id;
    },
    refund(day, over) {
      write.refund({
        id: id('re'),
        chargeId: null,
        paymentIntentId: null,
        status: 'succeeded',
        reason: null,
        currency: USD,
        amountMinor: 1_000,
        createdAt: at(`${day}T10:00:00Z`),
        ...over,
      });
    },
    dispute(day, over) {
      write.dispute({
        id: id('dp'),
        chargeId: null,
        status: 'needs_response',
        reason: null,
        currency: USD,
        amountMinor: 1_000,
        createdAt: at(`${day}T10:00:00Z`),
        reinstatedAt: null,
        ...over,
      });
    },
    fee(day, over) {
      const createdAt = at(`${day}T10:00:00Z`);
      write.balanceTransaction({
        id: id('txn'),
        type: 'charge',
        reportingCategory: 'charge',
        sourceObjectId: null,
        currency: USD,
        amountMinor: 10_000,
        feeMinor: 0,
        netMinor: 10_000,
        createdAt,
        availableAt: createdAt,
        ...over,
      });
    },
    signedUp(customerId, day) {
      customer(customerId);
      db.prepareWrite<[number, string]>(`UPDATE billing_customer SET created_at = ? WHERE id = ?`).run(
        at(`${day}T09:00:00Z`),
        customerId,
      );
    },
  };
}
