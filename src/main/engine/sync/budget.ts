/** What of a vendor's quotas is used: as its answers state them, and as Vario counts its own requests. */
import { addMs, DAY_MS, instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Allowance, BudgetReading } from '../sources/kit/index.ts';
import type { ReadDb, WriteDb } from '../store/handles.ts';

/** Notes the last reading of each quota. */
export function noteBudgets(db: WriteDb, sourceId: number, readings: Iterable<BudgetReading>, at: Instant): void {
  for (const { budget, title, allowed, remaining, resetsAt } of readings) {
    const values = { title, allowed, remaining, resets_at: resetsAt, seen_at: at };
    db.run(
      db.build
        .insertInto('source_budget')
        .values({ source_id: sourceId, budget, ...values })
        .onConflict((conflict) => conflict.columns(['source_id', 'budget']).doUpdateSet(values)),
    );
  }
}

export interface Budget {
  readonly title: string;
  /** Null where the vendor tells only what is left. */
  readonly allowed: number | null;
  readonly used: number | null;
  readonly left: number;
  readonly resetsAt: Instant | null;
  /** When the vendor said so; null for what Vario counted itself, now. */
  readonly seenAt: Instant | null;
  /** Where the vendor writes the quota down, for one that no answer states. */
  readonly statedAt: string | null;
}

/** Quotas of a source. A quota whose period is over since it was read is full again by its own word. */
export function budgetsOf(db: ReadDb, sourceId: number, allowance: Allowance | null, now: Instant): Budget[] {
  const rows = db.all(
    db.build.selectFrom('source_budget').selectAll().where('source_id', '=', sourceId).orderBy('budget'),
  );
  const stated = rows.map(({ title, allowed, remaining, resets_at, seen_at }) => {
    const isOver = resets_at !== null && resets_at <= now;
    const left = isOver && allowed !== null ? allowed : remaining;
    return {
      title,
      allowed,
      used: allowed === null ? null : Math.max(0, allowed - left),
      left,
      resetsAt: resets_at === null || isOver ? null : instant(resets_at),
      seenAt: instant(seen_at),
      statedAt: null,
    };
  });
  return allowance === null ? stated : [...stated, counted(db, sourceId, allowance, now)];
}

function counted(db: ReadDb, sourceId: number, allowance: Allowance, now: Instant): Budget {
  const { title, days, least, perPayment, statedAt } = allowance;
  const since = addMs(now, -days * DAY_MS);
  const requests = db
    .prepare<[number, number], { n: number | null }>(
      'SELECT sum(requests) AS n FROM sync_run WHERE source_id = ? AND started_at >= ?',
    )
    .first(sourceId, since);
  const payments = db
    .prepare<[number, number], { n: number }>(
      'SELECT count(*) AS n FROM charge WHERE created_at >= ? AND source_id = ?',
    )
    .first(since, sourceId);
  const used = requests?.n ?? 0;
  const allowed = Math.max(least, perPayment * (payments?.n ?? 0));
  return { title, allowed, used, left: Math.max(0, allowed - used), resetsAt: null, seenAt: null, statedAt };
}
