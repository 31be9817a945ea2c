/** Lines over time of the figures beside MRR. */
import type { RevenueSeries } from '../../../../shared/contract/revenue.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { givenOn, givenShare } from '../discounts/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { churnByKind, type ChurnKind } from './churn-kinds.ts';
import type { BilledIn } from '../slices/flows/billed-in.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import type { Flows } from './flows.ts';
import type { LedgerView } from './ledger-view.ts';
import type { MovementSums } from './movement-sums.ts';
import type { Period } from './period.ts';
import { defined, undefinedBecause, type Outcome } from './rates-of-change.ts';
import { recoveryOf, type Recovery } from './recovery.ts';
import { knowsFees, NO_FEES, noRateIn } from './revenue-figures.ts';
import { firstPayments, quantile } from './time-to-pay.ts';

export interface RevenuePoint {
  readonly db: ReadDb;
  readonly context: MetricsContext;
  readonly period: Period;
  readonly view: LedgerView;
  readonly currency: CurrencyCode;
  readonly flows: () => Flows;
  readonly sums: () => MovementSums;
  /** The slice asked for; null: the whole company. */
  readonly sliced: SlicedView | null;
  /** What of payments lies in it. */
  readonly inSlice: BilledIn;
}

export interface RevenueLine {
  readonly unit: 'money' | 'ratio' | 'count';
  readonly at: (point: RevenuePoint) => Outcome;
}

/** A line of what flowed; unknown where nothing of it has a rate. */
export const flow = (of: (flows: Flows) => number): RevenueLine & { readonly unit: 'money' } => ({
  unit: 'money',
  at: ({ flows, currency }) => {
    const found = flows();
    return of(found) === 0 && found.missing.length > 0
      ? undefinedBecause(noRateIn(found.missing, currency))
      : defined(of(found));
  },
});

const afterFees = (of: (flows: Flows) => number): RevenueLine => ({
  unit: 'money',
  at: (point) => (knowsFees(point.db, point.flows()) ? flow(of).at(point) : undefinedBecause(NO_FEES)),
});

const recovered = (unit: RevenueLine['unit'], of: (recovery: Recovery) => Outcome): RevenueLine => ({
  unit,
  at: ({ db, period, flows, currency, context, inSlice }) =>
    of(recoveryOf(db, period, flows().customerCharges, currency, context.now, inSlice)),
});

const churn = (kind: ChurnKind): RevenueLine => ({
  unit: 'money',
  at: ({ db, period, sums, currency, sliced }) =>
    defined(churnByKind(db, period, { mrr: sums().mrr.churn, arr: sums().arr.churn }, currency, sliced)[kind].mrr),
});

export const REVENUE_LINES: Readonly<Record<RevenueSeries, RevenueLine>> = {
  grossCash: flow(({ grossCash }) => grossCash),
  netCash: afterFees(({ netCash }) => netCash),
  fees: afterFees(({ fees }) => fees),
  taxCollected: flow(({ taxCollected }) => taxCollected),
  disputesOpened: { unit: 'count', at: ({ flows }) => defined(flows().disputed.entries) },
  disputesOpenedAmount: flow(({ disputed }) => disputed.amount),
  disputesWonAmount: flow(({ disputesWon }) => disputesWon.amount),
  disputesLostAmount: flow(({ disputesLost }) => disputesLost.amount),
  failedPayments: recovered('count', ({ failed }) => defined(failed.entries)),
  failedPaymentRate: recovered('ratio', ({ failureRate }) => failureRate),
  recoveryRate: recovered('ratio', ({ rate }) => rate),
  recoveryRateByAmount: recovered('ratio', ({ rateByAmount }) => rateByAmount),
  involuntaryChurnMrr: churn('involuntary'),
  voluntaryChurnMrr: churn('voluntary'),
  freeChurnMrr: churn('free'),
  timeToFirstPayment: {
    unit: 'count',
    at: ({ db, period, context, inSlice }) => {
      const days = firstPayments(db, period.from, period.to, context.zone, inSlice).map((first) => first.days);
      const median = quantile(days, 0.5);
      return median === null ? undefinedBecause('Nobody paid for the first time in the period') : defined(median);
    },
  },
  cmrr: {
    unit: 'money',
    at: ({ view, period, currency }) => {
      const { annual, missing } = view.stock('committed', period.to, currency);
      return missing.length > 0 && annual === 0
        ? undefinedBecause(`No rate from ${missing.join(', ')} to ${currency}`)
        : defined(divideRounded(annual, 12));
    },
  },
  discountGiven: {
    unit: 'money',
    at: ({ db, view, period, currency, sliced }) => {
      const { annual, missing } = givenOn(db, view, period.to, currency, sliced);
      return missing.length > 0 && annual === 0
        ? undefinedBecause(`No rate from ${missing.join(', ')} to ${currency}`)
        : defined(divideRounded(annual, 12));
    },
  },
  discountShare: {
    unit: 'ratio',
    at: ({ db, view, period, currency, sliced }) =>
      givenShare(givenOn(db, view, period.to, currency, sliced).annual, view.stock('mrr', period.to, currency).annual),
  },
};

/** The lines that are made of flows or of charges. */
export const NEEDS_FLOWS: ReadonlySet<string> = new Set([
  ...Object.keys(REVENUE_LINES).filter((name) => !/Churn|discount|cmrr|timeTo/.test(name)),
  'cashCollected',
  'netRevenue',
  'refunds',
]);
