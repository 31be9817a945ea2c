/** Customers whom no source speaks of any more. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';

/**
 * Customers of whom no source speaks any more lose their names. Their numbers stay in the ledger, which only grows:
 * its reversals empty them, and nothing in it says who they were. Warnings about them name them, and go.
 */
export function eraseUnknown(db: WriteDb, customers: readonly { readonly customer_id: number }[], now: Instant): void {
  const known = db.prepare<[number], { one: number }>('SELECT 1 AS one FROM billing_customer WHERE customer_id = ?');
  const erase = db.prepareWrite<[string, number, number]>(
    'UPDATE customer SET name = ?, email = NULL, country = NULL, erased_at = ? WHERE customer_id = ?',
  );
  const forget = db.prepareWrite<[number]>('DELETE FROM alert WHERE customer_id = ?');
  for (const { customer_id } of customers) {
    if (known.first(customer_id)) continue;
    erase.run('Deleted customer', now, customer_id);
    forget.run(customer_id);
  }
}
