/**
 * A number that changes with the facts that money flows by: whoever keeps sums of
 * them compares it. It is raised once per transaction, and not once per row, by
 * whoever wrote the rows; what is deleted is counted by triggers.
 */
import type { WriteDb } from './handles.ts';

const changed = new WeakSet<WriteDb>();

/** Says that charges, invoices, refunds, disputes, credit notes, invoice payments or balance transactions are written. */
export function noteFlowChange(db: WriteDb): void {
  if (db.inTransaction) changed.add(db);
  else raise(db);
}

/** Runs the work of a whole transaction, and raises the number before it ends where the work said so. */
export function countingFlowChanges<Result>(db: WriteDb, work: () => Result): Result {
  changed.delete(db);
  try {
    const result = work();
    if (changed.has(db)) raise(db);
    return result;
  } finally {
    changed.delete(db);
  }
}

function raise(db: WriteDb): void {
  db.prepareWrite(`UPDATE ledger_head SET value = value + 1 WHERE name = 'flows'`).run();
}
