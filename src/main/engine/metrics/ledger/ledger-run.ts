/** The book of the ledger's runs: each one's cause, extent and end. */
import type { WriteDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { Changes } from './customer-update.ts';
import { refreshDiscountSpans } from './discount-spans.ts';

/** Why a run was made: changed facts, changed settings or rules, or the founder's wish. */
export type RunCause = 'facts' | 'basis' | 'rebuild';

/** @returns the run's number. */
export function openRun(db: WriteDb, { now }: Pick<MetricsContext, 'now'>, cause: RunCause): number {
  return db.prepareWrite<[number, string]>(`INSERT INTO ledger_run (started_at, cause) VALUES (?, ?)`).run(now, cause)
    .lastId;
}

/** Adds a step to a run, with its end where it is the last, and tells readers that the ledger has changed. */
export function bookRun(
  db: WriteDb,
  runId: number,
  { customers, added, reversed }: Changes,
  endedAt: number | null,
): void {
  db.prepareWrite<[number, number, number, number | null, number]>(
    `UPDATE ledger_run SET customers = customers + ?, added = added + ?, reversed = reversed + ?, ended_at = ? WHERE run_id = ?`,
  ).run(customers, added, reversed, endedAt, runId);
  refreshDiscountSpans(db);
  db.prepareWrite(`UPDATE ledger_head SET value = value + 1 WHERE name = 'revision'`).run();
}

/** Whether nothing has been computed of anybody: then nothing has to be compared or dropped. */
export function isLedgerEmpty(db: WriteDb): boolean {
  const row = db
    .prepare<[], { n: number }>(
      `SELECT EXISTS (SELECT 1 FROM subscription_state) OR EXISTS (SELECT 1 FROM movement)
           OR EXISTS (SELECT 1 FROM customer_standing) AS n`,
    )
    .first();
  return row?.n === 0;
}
