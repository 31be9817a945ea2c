/** How far the ledger and the facts have been compared with the closed months. */
import { z } from 'zod';
import {
  addDays,
  lastDayOf,
  plainMonth,
  startOfDay,
  type PlainMonth,
  type TimeZone,
} from '../../../shared/kernel/day.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

const BasisSchema = z.object({
  timeZone: z.string(),
  currency: z.string(),
  policy: z.string(),
  rulesVersion: z.number(),
});
/** What the stored ledger was computed under. */
export type Basis = z.infer<typeof BasisSchema>;

export interface Watch {
  /** Movements up to this number are accounted for. */
  readonly movementHead: number;
  readonly ratesRevision: number;
  readonly basis: Basis;
  /** From this month on totals wait to be compared: rows were noted, and then the work was cut off. */
  readonly pendingFrom: PlainMonth | null;
}

/** Null before the first close. */
export function readWatch(db: ReadDb): Watch | null {
  const row = db
    .prepare<[], { movement_head: number; rates_revision: number; basis: string; pending_from: string | null }>(
      `SELECT movement_head, rates_revision, basis, pending_from FROM closing_watch`,
    )
    .first();
  return row
    ? {
        movementHead: row.movement_head,
        ratesRevision: row.rates_revision,
        basis: BasisSchema.parse(JSON.parse(row.basis)),
        pendingFrom: row.pending_from === null ? null : plainMonth(row.pending_from),
      }
    : null;
}

export function writeWatch(db: WriteDb, watch: Watch, last: PlainMonth, zone: TimeZone): void {
  const until = startOfDay(addDays(lastDayOf(last), 1), zone);
  db.prepareWrite<[number, number, string, string | null, number]>(
    `INSERT INTO closing_watch (watch_id, movement_head, rates_revision, basis, pending_from, closed_until_at)
     VALUES (1, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET movement_head = excluded.movement_head, rates_revision = excluded.rates_revision,
       basis = excluded.basis, pending_from = excluded.pending_from, closed_until_at = excluded.closed_until_at`,
  ).run(watch.movementHead, watch.ratesRevision, JSON.stringify(watch.basis), watch.pendingFrom, until);
}

/** No month is closed: nothing is compared, and nothing that changes is noted for it. */
export function stopWatching(db: WriteDb): void {
  db.prepareWrite(`DELETE FROM closing_watch`).run();
  db.prepareWrite(`DELETE FROM closing_flow_change`).run();
}

/** Everything is accounted for as of now. */
export function watchNow(db: ReadDb): Watch {
  const head = db
    .prepare<[], { movement_head: number; rates_revision: number }>(
      `SELECT (SELECT coalesce(max(movement_id), 0) FROM movement) AS movement_head,
              (SELECT value FROM ledger_head WHERE name = 'rates') AS rates_revision`,
    )
    .first();
  return {
    movementHead: head?.movement_head ?? 0,
    ratesRevision: head?.rates_revision ?? 0,
    basis: storedBasis(db),
    pendingFrom: null,
  };
}

/** What the ledger as it is stored was computed under. */
export function storedBasis(db: ReadDb): Basis {
  const row = db
    .prepare<[], { time_zone: string; currency: string; policy: string; rules_version: number }>(
      `SELECT time_zone, currency, policy, rules_version FROM ledger_basis`,
    )
    .first();
  return {
    timeZone: row?.time_zone ?? '',
    currency: row?.currency ?? '',
    policy: row?.policy ?? '',
    rulesVersion: row?.rules_version ?? 0,
  };
}
