/** Writes charges, refunds, disputes, invoice payments and balance transactions. */
import type { BalanceTransaction, Charge, Dispute, InvoicePayment, Refund } from '../../domain/index.ts';
import { noteFlowChange } from '../flow-change.ts';
import type { WriteDb } from '../handles.ts';
import type { DirtyMarks } from './dirty-customer.ts';
import { upsert } from './upsert.ts';

export interface PaymentWriter {
  charge(charge: Charge): void;
  refund(refund: Refund): void;
  dispute(dispute: Dispute): void;
  invoicePayment(payment: InvoicePayment): void;
  balanceTransaction(transaction: BalanceTransaction): void;
}

const KEY = ['source_id', 'id'];
const CHARGE = [
  ...KEY,
  'billing_customer_id',
  'invoice_id',
  'payment_intent_id',
  'status',
  'currency',
  'amount_minor',
  'amount_captured_minor',
  'amount_refunded_minor',
  'created_at',
  'failure_code',
  'failure_message',
  'balance_transaction_id',
];
const REFUND = [...KEY, 'charge_id', 'payment_intent_id', 'status', 'reason', 'currency', 'amount_minor', 'created_at'];
const DISPUTE = [...KEY, 'charge_id', 'status', 'reason', 'currency', 'amount_minor', 'created_at', 'reinstated_at'];
const INVOICE_PAYMENT = [
  ...KEY,
  'invoice_id',
  'payment_intent_id',
  'charge_id',
  'status',
  'currency',
  'amount_paid_minor',
  'created_at',
];
const BALANCE_TRANSACTION = [
  ...KEY,
  'type',
  'reporting_category',
  'source_object_id',
  'currency',
  'amount_minor',
  'fee_minor',
  'net_minor',
  'created_at',
  'available_at',
];

export function paymentWriter(db: WriteDb, sourceId: number, dirty: DirtyMarks): PaymentWriter {
  const charge = upsert(db, 'charge', KEY, CHARGE);
  const refund = upsert(db, 'refund', KEY, REFUND);
  const dispute = upsert(db, 'dispute', KEY, DISPUTE);
  const invoicePayment = upsert(db, 'invoice_payment', KEY, INVOICE_PAYMENT);
  const balanceTransaction = upsert(db, 'balance_transaction', KEY, BALANCE_TRANSACTION);
  return {
    charge(c) {
      charge.run(
        sourceId,
        c.id,
        c.customerId,
        c.invoiceId,
        c.paymentIntentId,
        c.status,
        c.currency,
        c.amountMinor,
        c.amountCapturedMinor,
        c.amountRefundedMinor,
        c.createdAt,
        c.failureCode,
        c.failureMessage,
        c.balanceTransactionId,
      );
      dirty.ofBillingCustomer(c.customerId);
      noteFlowChange(db);
    },
    refund(r) {
      refund.run(
        sourceId,
        r.id,
        r.chargeId,
        r.paymentIntentId,
        r.status,
        r.reason,
        r.currency,
        r.amountMinor,
        r.createdAt,
      );
      dirty.ofCharge(r.chargeId);
      noteFlowChange(db);
    },
    dispute(d) {
      dispute.run(
        sourceId,
        d.id,
        d.chargeId,
        d.status,
        d.reason,
        d.currency,
        d.amountMinor,
        d.createdAt,
        d.reinstatedAt,
      );
      dirty.ofCharge(d.chargeId);
      noteFlowChange(db);
    },
    invoicePayment(p) {
      invoicePayment.run(
        sourceId,
        p.id,
        p.invoiceId,
        p.paymentIntentId,
        p.chargeId,
        p.status,
        p.currency,
        p.amountPaidMinor,
        p.createdAt,
      );
      dirty.ofInvoice(p.invoiceId);
      noteFlowChange(db);
    },
    balanceTransaction(b) {
      balanceTransaction.run(
        sourceId,
        b.id,
        b.type,
        b.reportingCategory,
        b.sourceObjectId,
        b.currency,
        b.amountMinor,
        b.feeMinor,
        b.netMinor,
        b.createdAt,
        b.availableAt,
      );
      noteFlowChange(db);
    },
  };
}
