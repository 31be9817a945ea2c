/** Writes invoices with their lines, and credit notes. */
import type { CreditNote, Invoice, InvoiceLine } from '../../domain/index.ts';
import { noteFlowChange } from '../flow-change.ts';
import type { SqlValue, WriteDb } from '../handles.ts';
import type { DirtyMarks } from './dirty-customer.ts';
import { bit, insertNew, upsert } from './upsert.ts';

export interface InvoiceWriter {
  invoice(invoice: Invoice): void;
  creditNote(note: CreditNote): void;
  /** A draft that was thrown away never was a fact: it goes. A finalised invoice cannot be deleted and stays. */
  dropDraft(id: string): void;
}

const INVOICE = [
  'source_id',
  'id',
  'number',
  'billing_customer_id',
  'subscription_id',
  'status',
  'billing_reason',
  'currency',
  'created_at',
  'finalized_at',
  'paid_at',
  'voided_at',
  'uncollectible_at',
  'due_at',
  'period_start_at',
  'period_end_at',
  'subtotal_minor',
  'discount_minor',
  'tax_minor',
  'total_minor',
  'amount_due_minor',
  'amount_paid_minor',
  'amount_remaining_minor',
  'starting_balance_minor',
  'ending_balance_minor',
  'attempt_count',
  'next_attempt_at',
  'collection',
];

const LINE =
  'source_id, invoice_id, position, id, subscription_id, subscription_item_id, kind, price_id, product_id, price, ' +
  'description, quantity, amount_minor, discounts, taxes, period_start_at, period_end_at, proration';

const CREDIT_NOTE = [
  'source_id',
  'id',
  'invoice_id',
  'billing_customer_id',
  'currency',
  'created_at',
  'voided_at',
  'status',
  'type',
  'reason',
  'total_minor',
  'total_excluding_tax_minor',
  'refunds',
  'lines',
];

export function invoiceWriter(db: WriteDb, sourceId: number, dirty: DirtyMarks): InvoiceWriter {
  const insert = insertNew(db, 'invoice', ['source_id', 'id'], INVOICE);
  const put = upsert(db, 'invoice', ['source_id', 'id'], INVOICE);
  const clear = db.prepareWrite<[number, string]>('DELETE FROM invoice_line WHERE source_id = ? AND invoice_id = ?');
  const line = db.prepareWrite<readonly SqlValue[]>(
    `INSERT INTO invoice_line (${LINE}) VALUES (${LINE.replaceAll(/\w+/g, '?')})`,
  );
  const note = upsert(db, 'credit_note', ['source_id', 'id'], CREDIT_NOTE);
  const drop = db.prepareWrite<[number, string]>(
    `DELETE FROM invoice WHERE source_id = ? AND id = ? AND status = 'draft'`,
  );

  function lineRow({ id, subscriptionId }: Invoice, l: InvoiceLine, position: number): void {
    line.run(
      sourceId,
      id,
      position,
      l.id,
      // Nearly all are of the invoice's: a line of a subscription names one where it is another.
      l.kind === 'subscription' && l.subscriptionId === subscriptionId ? null : l.subscriptionId,
      l.subscriptionItemId,
      l.kind,
      l.priceId,
      l.productId,
      l.price === null ? null : JSON.stringify(l.price),
      l.description,
      l.quantity,
      l.amountMinor,
      l.discounts.length === 0 ? null : JSON.stringify(l.discounts),
      l.taxes.length === 0 ? null : JSON.stringify(l.taxes),
      l.periodStart,
      l.periodEnd,
      bit(l.proration),
    );
  }

  return {
    invoice(i) {
      const row: readonly SqlValue[] = [
        sourceId,
        i.id,
        i.number,
        i.customerId,
        i.subscriptionId,
        i.status,
        i.billingReason,
        i.currency,
        i.createdAt,
        i.finalizedAt,
        i.paidAt,
        i.voidedAt,
        i.uncollectibleAt,
        i.dueAt,
        i.periodStart,
        i.periodEnd,
        i.subtotalMinor,
        i.discountMinor,
        i.taxMinor,
        i.totalMinor,
        i.amountDueMinor,
        i.amountPaidMinor,
        i.amountRemainingMinor,
        i.startingBalanceMinor,
        i.endingBalanceMinor,
        i.attemptCount,
        i.nextAttemptAt,
        i.collection,
      ];
      // Most are new, and have no lines yet.
      if (insert.run(...row).changes === 0) {
        put.run(...row);
        clear.run(sourceId, i.id);
      }
      for (const [position, value] of i.lines.entries()) lineRow(i, value, position);
      dirty.ofBillingCustomer(i.customerId);
      noteFlowChange(db);
    },
    creditNote(n) {
      note.run(
        sourceId,
        n.id,
        n.invoiceId,
        n.customerId,
        n.currency,
        n.createdAt,
        n.voidedAt,
        n.status,
        n.type,
        n.reason,
        n.totalMinor,
        n.totalExcludingTaxMinor,
        n.refunds.length === 0 ? null : JSON.stringify(n.refunds),
        n.lines.length === 0 ? null : JSON.stringify(n.lines),
      );
      dirty.ofBillingCustomer(n.customerId);
      noteFlowChange(db);
    },
    dropDraft(id) {
      dirty.ofInvoice(id);
      if (drop.run(sourceId, id).changes > 0) clear.run(sourceId, id);
    },
  };
}
