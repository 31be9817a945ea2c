/** The growth that targets ask for, as the alert rule reads it. */
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { trajectories } from './trajectory.ts';

/**
 * By what fraction MRR was to grow over the last `days` days: what the path of MRR, or else that of ARR, asks for between
 * the two days; where neither has a path over both, the growth target of the settings, which is one of a month.
 * @returns null where nothing is aimed at.
 */
export function growthAimedAt(
  db: ReadDb,
  today: PlainDay,
  days: number,
  context: Pick<MetricsContext, 'currency' | 'growthTarget'>,
): number | null {
  const [then, now] = [trajectories(db, addDays(today, -days), context), trajectories(db, today, context)];
  for (const metric of ['mrr', 'arr'] as const) {
    const from = then.find((each) => each.metric === metric);
    const to = now.find((each) => each.metric === metric);
    if (from?.planned == null || to?.planned == null || from.planned <= 0 || to.isOver) continue;
    if (from.currency === to.currency) return (to.planned - from.planned) / from.planned;
  }
  return context.growthTarget;
}
