/** In which room a metric stands as a chart or figure. */
import { REVENUE_SERIES } from '../../../shared/contract/revenue.ts';
import { UNIT_ECONOMICS_SERIES } from '../../../shared/contract/unit-economics.ts';

export interface MetricPlace {
  readonly room: string;
  /** In-app path with its query. */
  readonly path: string;
}

const REVENUE = { room: 'Revenue', path: '/revenue' };
const MOVEMENTS = { room: 'Revenue', path: '/revenue?part=movements' };
const CASH = { room: 'Revenue', path: '/revenue?part=cash' };
const PAYMENTS = { room: 'Revenue', path: '/revenue?part=payments' };
const RETENTION = { room: 'Retention', path: '/retention' };
const SUPPORT = { room: 'Support and NPS', path: '/support' };
const COCKPIT = { room: 'Cockpit', path: '/' };

const PLACES: Readonly<Record<string, MetricPlace>> = {
  mrr: REVENUE,
  arr: { room: 'Revenue', path: '/revenue?as=arr' },
  cmrr: REVENUE,
  pastDueMrr: REVENUE,
  netRevenue: REVENUE,
  netCash: CASH,
  movements: MOVEMENTS,
  newMrr: MOVEMENTS,
  expansionMrr: MOVEMENTS,
  contractionMrr: MOVEMENTS,
  churnMrr: MOVEMENTS,
  reactivationMrr: MOVEMENTS,
  netNewMrr: MOVEMENTS,
  netNewArr: COCKPIT,
  nrr: RETENTION,
  grr: RETENTION,
  trialConversion: RETENTION,
  customers: COCKPIT,
  logoChurn: COCKPIT,
  arpa: COCKPIT,
  quickRatio: COCKPIT,
  cashCollected: CASH,
  refunds: CASH,
  discountGiven: { room: 'Discount cliffs', path: '/discounts' },
  discountShare: { room: 'Discount cliffs', path: '/discounts' },
  nps: SUPPORT,
  firstResponseMedian: SUPPORT,
  firstResponseP90: SUPPORT,
};

const OF_PAYMENTS: ReadonlySet<string> = new Set(
  REVENUE_SERIES.filter((metric) => /payment|recovery|churn/i.test(metric)),
);
const OF_COSTS: ReadonlySet<string> = new Set(UNIT_ECONOMICS_SERIES);

/** Null for what stands in no room by itself. */
export function placeOf(metric: string): MetricPlace | null {
  const named = PLACES[metric];
  if (named !== undefined) return named;
  if (OF_COSTS.has(metric)) return { room: 'Costs', path: `/costs?trend=${metric}` };
  if (OF_PAYMENTS.has(metric)) return PAYMENTS;
  return REVENUE_SERIES.some((each) => each === metric) ? CASH : null;
}
