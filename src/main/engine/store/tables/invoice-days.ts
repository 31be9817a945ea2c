/** Where invoices lie by day (migration 180): triggers widen it, and here it is made anew after many have gone. */
import type { WriteDb } from '../handles.ts';

const DAY = 86_400_000;

/**
 * Says anew where a source's invoices lie, from those that are left. What stays too wide would be no wrong figure, but
 * names ids that are gone. Reads all invoices of the source. Called inside a transaction.
 */
export function resettleInvoiceDays(db: WriteDb, sourceId: number): void {
  for (const table of ['invoice_day', 'invoice_counted'] as const)
    db.run(db.build.deleteFrom(table).where('source_id', '=', sourceId));
  db.prepareWrite<[number]>(
    `INSERT INTO invoice_day (source_id, created_day, first_id, last_id)
     SELECT source_id, created_at / ${DAY}, min(id), max(id) FROM invoice WHERE source_id = ? GROUP BY 1, 2`,
  ).run(sourceId);
  db.prepareWrite<[number, number]>(
    `INSERT INTO invoice_counted (counted_day, source_id, created_day)
     SELECT finalized_at / ${DAY}, source_id, created_at / ${DAY} FROM invoice
     WHERE source_id = ? AND finalized_at IS NOT NULL
     UNION SELECT paid_at / ${DAY}, source_id, created_at / ${DAY} FROM invoice
     WHERE source_id = ? AND paid_at IS NOT NULL AND tax_minor <> 0`,
  ).run(sourceId, sourceId);
}
