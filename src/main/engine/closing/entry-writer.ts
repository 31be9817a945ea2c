/** Writes restatements; they are never changed afterwards. */
import type { ClosingLine } from '../../../shared/contract/closing.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';
import type { Cause } from './cause.ts';

export interface Entry extends Cause {
  readonly closeId: number;
  readonly line: ClosingLine;
  readonly customerId: number | null;
  readonly native: { readonly currency: string; readonly before: number; readonly after: number } | null;
  /** In the close's currency: annual minor units for lines of the bridge, plain ones for flows. */
  readonly before: number;
  readonly after: number;
  readonly runId: number | null;
}

export function entryWriter(db: WriteDb, foundAt: Instant): (entry: Entry) => void {
  const add = db.prepareWrite<(string | number | null)[]>(
    `INSERT INTO restatement (close_id, line, customer_id, native_currency, native_before_minor, native_after_minor,
       before_minor, after_minor, cause, detail, source_id, object_id, ledger_run_id, found_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (entry) =>
    void add.run(
      entry.closeId,
      entry.line,
      entry.customerId,
      entry.native?.currency ?? null,
      entry.native?.before ?? null,
      entry.native?.after ?? null,
      entry.before,
      entry.after,
      entry.cause,
      entry.detail,
      entry.sourceId,
      entry.objectId,
      entry.runId,
      foundAt,
    );
}

/** What the restatements of a close come to so far, by line. */
export function restatedSums(db: WriteDb): (closeId: number) => Map<string, number> {
  const read = db.prepare<[number], { line: string; change: number }>(
    `SELECT line, sum(change_minor) AS change FROM restatement_rollup WHERE close_id = ? GROUP BY line`,
  );
  return (closeId) => new Map(read.all(closeId).map(({ line, change }) => [line, change]));
}
