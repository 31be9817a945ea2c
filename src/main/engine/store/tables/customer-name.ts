/** What a customer that may stand for several billing records is called, and since when it is known. */
import type { WriteDb } from '../handles.ts';

/**
 * SQL: the records of `customer` in the order in which they may name it: the one that a merge has chosen, then the
 * oldest. `b` is the record, `customer` the customer's row.
 */
export const NAMING_ORDER = `(b.source_id = customer.named_source_id AND b.id = customer.named_record_id) DESC,
  b.created_at, b.source_id, b.id`;

/**
 * Gives a customer the name, address and country of the record that names it. One that was emptied and has a record
 * again is somebody again. Does nothing for a customer without records.
 */
export function nameCustomer(db: WriteDb, customerId: number): void {
  db.prepareWrite<[number]>(
    `UPDATE customer SET (name, email, country, created_at, erased_at) = (
       SELECT coalesce(nullif(trim(b.name), ''), nullif(trim(b.email), ''), b.id), b.email, b.country, b.created_at, NULL
       FROM billing_customer b WHERE b.customer_id = customer.customer_id ORDER BY ${NAMING_ORDER} LIMIT 1)
     WHERE customer_id = ?
       AND EXISTS (SELECT 1 FROM billing_customer b WHERE b.customer_id = customer.customer_id)`,
  ).run(customerId);
}
