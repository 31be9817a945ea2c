/** Marks customers whose facts changed, so that the ledger looks at them again. */
import { noteFactsChanged } from '../fact-version.ts';
import type { WriteDb } from '../handles.ts';

export interface DirtyMarks {
  /** By the vendor's id of the customer; one that has not arrived yet is marked when it does. */
  ofBillingCustomer(billingCustomerId: string | null): void;
  ofCustomer(customerId: number): void;
  ofInvoice(invoiceId: string): void;
  ofCharge(chargeId: string | null): void;
  /** Everybody whose invoices or subscriptions name the price. */
  ofPrice(priceId: string): void;
}

export function dirtyMarks(db: WriteDb, sourceId: number): DirtyMarks {
  const mark = db.prepareWrite<[number]>('INSERT OR IGNORE INTO dirty_customer (customer_id) VALUES (?)');
  const byVendor = db.prepareWrite<[number, string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id)
     SELECT customer_id FROM billing_customer WHERE source_id = ? AND id = ?`,
  );
  const byInvoice = db.prepareWrite<[number, string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id)
     SELECT c.customer_id FROM invoice i
     JOIN billing_customer c ON c.source_id = i.source_id AND c.id = i.billing_customer_id
     WHERE i.source_id = ? AND i.id = ?`,
  );
  const byCharge = db.prepareWrite<[number, string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id)
     SELECT c.customer_id FROM charge h
     JOIN billing_customer c ON c.source_id = h.source_id AND c.id = h.billing_customer_id
     WHERE h.source_id = ? AND h.id = ?`,
  );
  const byPrice = db.prepareWrite<[number, string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id)
     SELECT DISTINCT c.customer_id FROM invoice_line l
     JOIN invoice i ON i.source_id = l.source_id AND i.id = l.invoice_id
     JOIN billing_customer c ON c.source_id = i.source_id AND c.id = i.billing_customer_id
     WHERE l.source_id = ? AND l.price_id = ?`,
  );
  // Whoever prepares rows from facts on a thread has to know that they are no longer what they were.
  const marking =
    <Id>(run: (id: Id) => unknown) =>
    (id: Id): void => {
      run(id);
      noteFactsChanged(db);
    };
  return {
    ofBillingCustomer: marking((id) => id !== null && byVendor.run(sourceId, id)),
    ofCustomer: marking((customerId) => mark.run(customerId)),
    ofInvoice: marking((id) => byInvoice.run(sourceId, id)),
    ofCharge: marking((id) => id !== null && byCharge.run(sourceId, id)),
    ofPrice: marking((id) => byPrice.run(sourceId, id)),
  };
}
