/** Unit economics in the board pack: shown, and therefore defined, once costs are recorded. */
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';

const FIGURES = [
  'cac',
  'cacPaybackMonths',
  'ltv',
  'ltvToCac',
  'grossMargin',
  'operatingMargin',
  'ruleOf40',
  'magicNumber',
  'netBurn',
  'burnMultiple',
] as const satisfies readonly (keyof MetricSnapshot)[];

/** The ids of what the pack defines beside its other figures; none while nothing can be said of costs. */
export function economicsDefined(...snapshots: readonly (MetricSnapshot | null)[]): readonly string[] {
  const isKnown = (shot: MetricSnapshot | null): boolean =>
    shot !== null && (shot.salesAndMarketing !== null || shot.costOfRevenue !== null || shot.netBurn !== null);
  return snapshots.some(isKnown) ? FIGURES : [];
}
