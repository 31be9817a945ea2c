/** Short forms of the metrics' front door for table tests. */
import { bridge, movements, snapshot, type MetricsContext } from '../../../../src/main/engine/metrics/index.ts';
import type { MetricSnapshot } from '../../../../src/shared/contract/metrics.ts';
import { plainDay, plainMonth } from '../../../../src/shared/kernel/day.ts';
import type { Company } from './company.ts';

/** The snapshot of a day after bringing the ledger up to date. */
export function on(c: Company, day: string, context: MetricsContext = c.context): MetricSnapshot {
  c.recompute(context);
  return snapshot(c.db, { asOf: plainDay(day) }, context);
}

/** The snapshot of a whole month. */
export function month(c: Company, text: string, context: MetricsContext = c.context): MetricSnapshot {
  c.recompute(context);
  return snapshot(c.db, { month: plainMonth(text) }, context);
}

/** The ledger's rows as `day kind annual`. */
export function ledger(c: Company, context: MetricsContext = c.context): string[] {
  c.recompute(context);
  const range = { from: plainDay('2000-01-01'), to: plainDay('2099-12-31'), limit: 1_000 };
  return movements(c.db, range, context).rows.map((row) => `${row.on} ${row.kind} ${row.annualMinor}`);
}

/** The bridge between two days. */
export function bridged(c: Company, from: string, to: string, context: MetricsContext = c.context) {
  c.recompute(context);
  return bridge(c.db, { from: plainDay(from), to: plainDay(to) }, context);
}
