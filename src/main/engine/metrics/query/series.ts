/** `metrics.series`: metrics over time, one point per day, week or month. */
import type { z } from 'zod';
import type { SeriesMetric, SeriesSchema } from '../../../../shared/contract/metrics.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { NO_FLOWS, type Flows } from './flows.ts';
import type { Gauge, LedgerView } from './ledger-view.ts';
import { movementSums, type MovementSums } from './movement-sums.ts';
import { closedMonths, periodsOf, type Grain, type Period } from './period.ts';
import { askedView, type ViewQuestion } from './asked-view.ts';
import { billedIn, type BilledIn } from '../slices/flows/billed-in.ts';
import { flowsIn } from '../slices/flows/sliced-flows.ts';
import { channelsOf, type SlicedView } from '../slices/sliced-view.ts';
import { whyNotOf } from './company-only.ts';
import {
  averageOf,
  defined,
  grossChurn,
  logoChurn,
  netChurn,
  NO_CUSTOMERS,
  quickRatio,
  revenueRetention,
  undefinedBecause,
  type Outcome,
} from './rates-of-change.ts';
import type { UnitEconomicsSeries } from '../../../../shared/contract/unit-economics.ts';
import type { Policy } from '../core/policy.ts';
import { noRateIn } from './revenue-figures.ts';
import { flow, NEEDS_FLOWS, REVENUE_LINES } from './revenue-series.ts';
import { aYearBefore, retentions, type Span } from './retention.ts';
import { unitEconomics, type UnitEconomics } from './unit-economics.ts';

export type Series = z.infer<typeof SeriesSchema>;

export interface SeriesInput extends ViewQuestion {
  readonly metrics: readonly SeriesMetric[];
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly grain: Grain;
}

interface Point {
  readonly db: ReadDb;
  readonly context: MetricsContext;
  readonly period: Period;
  readonly view: LedgerView;
  readonly policy: Policy;
  readonly currency: MetricsContext['currency'];
  readonly sums: () => MovementSums;
  readonly flows: () => Flows;
  /** The slice asked for; null: the whole company. */
  readonly sliced: SlicedView | null;
  readonly inSlice: BilledIn;
  readonly economics: () => UnitEconomics;
}

type Unit = Series['unit'];

/** The requested metrics at the end of each period that touches [from, to]; the last one ends at `to`, at most today. */
export function series(db: ReadDb, input: SeriesInput, context: MetricsContext): Series[] {
  const to = input.to < context.today ? input.to : context.today;
  const periods = periodsOf(input.from, to, input.grain, context.weekStartsOn);
  const { view, policy, sliced } = askedView(db, input, periods[0]?.from ?? input.from, context);
  const flows = input.metrics.some((metric) => NEEDS_FLOWS.has(metric))
    ? flowsIn(db, sliced, periods, context.currency)
    : [];
  const channels = channelsOf(sliced);
  const inSlice = billedIn(db, sliced);
  const economicsOn = unitEconomics({ db, view, policy, currency: context.currency, context, channels });
  const points = periods.map((period, index): Point => {
    let sums: MovementSums | undefined;
    let economics: UnitEconomics | undefined;
    return {
      db,
      context,
      period,
      view,
      policy,
      currency: context.currency,
      sliced,
      inSlice,
      sums: () => (sums ??= movementSums(view, period.from, period.to, context.currency)),
      flows: () => flows[index] ?? NO_FLOWS,
      economics: () => (economics ??= economicsOn(period.to)),
    };
  });
  // One pass over all customers for every point that asks for it; the points find it remembered.
  retentions(view, spansOf(input.metrics, periods), context.currency);
  return input.metrics.map((metric) => ({
    metric,
    unit: METRICS[metric].unit,
    currency: context.currency,
    points: points.map((point) => ({
      on: point.period.to,
      ...valueOf(metric, point, sliced),
    })),
  }));
}

function valueOf(metric: SeriesMetric, point: Point, sliced: SlicedView | null): Outcome {
  const reason = sliced && whyNotOf(metric, sliced.selection);
  return reason ? undefinedBecause(reason) : METRICS[metric].at(point);
}

function spansOf(metrics: readonly SeriesMetric[], periods: readonly Period[]): Span[] {
  const yearly = metrics.includes('nrr') || metrics.includes('grr');
  const within = metrics.includes('logoChurn');
  const lifetimes = metrics.some((metric) => metric === 'ltv' || metric === 'ltvBeforeMargin' || metric === 'ltvToCac');
  return periods.flatMap(({ from, to }) => [
    ...(yearly ? [{ start: aYearBefore(to), end: to }] : []),
    ...(within ? [{ start: addDays(from, -1), end: to }] : []),
    ...(lifetimes ? closedMonths(to, 3).map((month) => ({ start: addDays(month.from, -1), end: month.to })) : []),
  ]);
}

const ratio = (at: (point: Point) => Outcome) => ({ unit: 'ratio' as Unit, at });
/** Of movements; unknown where something moved and nothing of it has a rate. */
const moved = (of: (sums: MovementSums) => number) => ({
  unit: 'money' as Unit,
  at: ({ sums, currency }: Point): Outcome => {
    const { missing } = sums();
    const amount = of(sums());
    return amount === 0 && missing.moved.length > 0
      ? undefinedBecause(noRateIn(missing.moved, currency))
      : defined(amount);
  },
});
const gauge = (name: Gauge, per = (annual: number): number => divideRounded(annual, 12)) => ({
  unit: 'money' as Unit,
  at: ({ view, period, currency }: Point): Outcome => {
    const { annual, missing } = view.stock(name, period.to, currency);
    return missing.length > 0 && annual === 0
      ? undefinedBecause(`No rate from ${missing.join(', ')} to ${currency}`)
      : defined(per(annual));
  },
});

const economics = (name: UnitEconomicsSeries, unit: Unit) => ({
  unit,
  at: (point: Point): Outcome => point.economics().figure(name),
});

const METRICS: Readonly<Record<SeriesMetric, { readonly unit: Unit; readonly at: (point: Point) => Outcome }>> = {
  mrr: gauge('mrr'),
  arr: gauge('mrr', (annual) => annual),
  customers: { unit: 'count', at: ({ view, period }) => defined(view.count('customers', period.to)) },
  arpa: {
    unit: 'money',
    at: ({ view, period, currency }) =>
      averageOf(view.stock('mrr', period.to, currency), view.count('customers', period.to), NO_CUSTOMERS),
  },
  nrr: ratio(({ view, period, currency }) => revenueRetention(view, period.to, currency).nrr),
  grr: ratio(({ view, period, currency }) => revenueRetention(view, period.to, currency).grr),
  logoChurn: ratio(
    ({ view, period, currency, policy }) => logoChurn(view, period.from, period.to, currency, policy).rate,
  ),
  grossChurn: ratio(({ sums }) => grossChurn(sums())),
  netChurn: ratio(({ sums }) => netChurn(sums())),
  quickRatio: ratio(({ sums }) => quickRatio(sums())),
  pastDueMrr: gauge('past_due'),
  trialMrr: gauge('trial'),
  newMrr: moved((sums) => sums.mrr.new),
  expansionMrr: moved((sums) => sums.mrr.expansion),
  contractionMrr: moved((sums) => sums.mrr.contraction),
  churnMrr: moved((sums) => sums.mrr.churn + sums.mrr.paused),
  reactivationMrr: moved((sums) => sums.mrr.reactivation + sums.mrr.resumed),
  netNewMrr: moved((sums) => sums.mrr.closing - sums.mrr.opening),
  netNewArr: moved((sums) => sums.arr.closing - sums.arr.opening),
  cashCollected: flow((flows) => flows.cashCollected),
  netRevenue: flow((flows) => flows.netRevenue),
  refunds: flow((flows) => flows.refunds),
  ...REVENUE_LINES,
  salesAndMarketing: economics('salesAndMarketing', 'money'),
  grossMargin: economics('grossMargin', 'ratio'),
  ltv: economics('ltv', 'money'),
  ltvBeforeMargin: economics('ltvBeforeMargin', 'money'),
  cac: economics('cac', 'money'),
  cacPaybackMonths: economics('cacPaybackMonths', 'months'),
  cacPaybackMonthsBeforeMargin: economics('cacPaybackMonthsBeforeMargin', 'months'),
  ltvToCac: economics('ltvToCac', 'ratio'),
  operatingMargin: economics('operatingMargin', 'ratio'),
  ruleOf40: economics('ruleOf40', 'ratio'),
  magicNumber: economics('magicNumber', 'ratio'),
  netBurn: economics('netBurn', 'money'),
  burnMultiple: economics('burnMultiple', 'ratio'),
};
