/** `metrics.freshness`: how far the ledger reaches and how new it is. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { wholeHistory, type WholeHistory } from './whole-history.ts';

export interface Freshness {
  readonly firstDay: PlainDay | null;
  readonly today: PlainDay;
  readonly ledgerRevision: number;
  readonly computedAt: number | null;
  readonly dirtyCustomers: number;
  readonly unvaluedItems: number;
  readonly history: WholeHistory;
}

/** From when the ledger holds movements, its revision, what waits to be computed, and how many items have no value today. */
export function freshness(db: ReadDb, context: MetricsContext): Freshness {
  const row = db
    .prepare<
      [string, string],
      { first: PlainDay | null; revision: number; computed: number | null; dirty: number; unvalued: number }
    >(
      `SELECT (SELECT min(moved_on) FROM movement_rollup) AS first,
              (SELECT value FROM ledger_head WHERE name = 'revision') AS revision,
              (SELECT max(ended_at) FROM ledger_run) AS computed,
              (SELECT count(*) FROM dirty_customer) AS dirty,
              (SELECT count(*) FROM unvalued_item WHERE from_on <= ? AND (until_on IS NULL OR until_on > ?))
                + (SELECT count(*) FROM quarantine WHERE stream = 'subscriptions') AS unvalued`,
    )
    .first(context.today, context.today);
  return {
    firstDay: row?.first ?? null,
    today: context.today,
    ledgerRevision: row?.revision ?? 0,
    computedAt: row?.computed ?? null,
    dirtyCustomers: row?.dirty ?? 0,
    unvaluedItems: row?.unvalued ?? 0,
    history: wholeHistory(db, context.zone),
  };
}
