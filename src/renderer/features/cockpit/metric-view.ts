/** How each metric of the cockpit is read: its unit, which way is good, and whether its rows are a day's or a period's. */
import type { MetricSnapshot, SeriesMetric } from '../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { EvidenceRequest } from '../../lib/address/index.ts';
import type { GoodDirection } from '../../lib/change.ts';
import type { NumberForm } from '../../../shared/formats/number.ts';
import { countUnit, moneyUnit, PERCENT, quantity, RATIO, type Quantity, type Unit } from '../../lib/unit.ts';

export type CockpitMetric = Extract<
  SeriesMetric,
  | 'mrr'
  | 'arr'
  | 'nrr'
  | 'grr'
  | 'customers'
  | 'logoChurn'
  | 'arpa'
  | 'quickRatio'
  | 'cashCollected'
  | 'grossChurn'
  | 'pastDueMrr'
  | 'netRevenue'
>;

export interface MetricView {
  readonly metric: CockpitMetric;
  readonly label: string;
  readonly good: GoodDirection;
  readonly kind: 'money' | 'percent' | 'ratio' | 'count';
  /** Over the month up to the day shown, instead of a state on it. */
  readonly flow: boolean;
  readonly form: NumberForm;
}

export const METRIC_VIEWS: readonly MetricView[] = [
  { metric: 'mrr', label: 'MRR', good: 'up', kind: 'money', flow: false, form: 'whole' },
  { metric: 'nrr', label: 'NRR', good: 'up', kind: 'percent', flow: false, form: 'full' },
  { metric: 'grr', label: 'GRR', good: 'up', kind: 'percent', flow: false, form: 'full' },
  { metric: 'customers', label: 'Customers', good: 'up', kind: 'count', flow: false, form: 'whole' },
  { metric: 'logoChurn', label: 'Logo churn', good: 'down', kind: 'percent', flow: true, form: 'full' },
  { metric: 'arpa', label: 'ARPA', good: 'up', kind: 'money', flow: false, form: 'full' },
  { metric: 'quickRatio', label: 'Quick ratio', good: 'up', kind: 'ratio', flow: true, form: 'full' },
  { metric: 'cashCollected', label: 'Cash in', good: 'up', kind: 'money', flow: true, form: 'whole' },
  { metric: 'grossChurn', label: 'Gross MRR churn', good: 'down', kind: 'percent', flow: true, form: 'full' },
  { metric: 'pastDueMrr', label: 'Past due MRR', good: 'down', kind: 'money', flow: false, form: 'whole' },
  { metric: 'netRevenue', label: 'Net revenue', good: 'up', kind: 'money', flow: true, form: 'whole' },
];

export function unitOf(view: Pick<MetricView, 'kind'>, currency: CurrencyCode): Unit {
  switch (view.kind) {
    case 'money':
      return moneyUnit(currency);
    case 'percent':
      return PERCENT;
    case 'ratio':
      return RATIO;
    case 'count':
      return countUnit();
  }
}

/** The metric's value of a snapshot, with the engine's reason where there is none. */
export function valueOf(view: Pick<MetricView, 'metric' | 'kind'>, snapshot: MetricSnapshot): Quantity {
  const reason = snapshot.reasons[view.metric] ?? 'Not defined for this period';
  return quantity(unitOf(view, snapshot.currency), snapshot[view.metric], reason);
}

/** The rows behind the metric: of the day for a stock, of the period for a flow. */
export function whyOf(view: Pick<MetricView, 'metric' | 'flow'>, asOf: PlainDay, from: PlainDay): EvidenceRequest {
  return view.flow ? { why: view.metric, from, to: asOf } : { why: view.metric, to: asOf };
}
