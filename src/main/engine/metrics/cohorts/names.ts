/** Customers' names, one look-up each. */
import type { ReadDb } from '../../store/handles.ts';

export function customerNames(db: ReadDb): (customerId: number) => string {
  const find = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return (customerId) => find.first(customerId)?.name ?? String(customerId);
}
