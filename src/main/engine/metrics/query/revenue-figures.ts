/** The snapshot's figures beside MRR: cash, fees, disputes, tax, failed payments, kinds of churn, discounts, concentration. */
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import type { RevenueFigures } from '../../../../shared/contract/revenue.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { givenOn, givenShare } from '../discounts/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { churnByKind } from './churn-kinds.ts';
import { sumOf, weights } from './concentration.ts';
import { billedIn } from '../slices/flows/billed-in.ts';
import type { SlicedView } from '../slices/sliced-view.ts';
import type { Flows } from './flows.ts';
import type { LedgerView } from './ledger-view.ts';
import type { MovementSums } from './movement-sums.ts';
import type { Period } from './period.ts';
import type { Outcome } from './rates-of-change.ts';
import { recoveryOf } from './recovery.ts';
import { firstPayments, quantile } from './time-to-pay.ts';

export interface RevenueQuestion {
  readonly db: ReadDb;
  readonly view: LedgerView;
  readonly period: Period;
  readonly currency: CurrencyCode;
  readonly context: MetricsContext;
  readonly flows: Flows;
  readonly sums: MovementSums;
  /** The slice asked for; null: the whole company. `view`, `flows` and `sums` are its own. */
  readonly sliced: SlicedView | null;
  /** The view is that of the stored ledger: movements are known row by row, discounts by its rule. */
  readonly stored: boolean;
}

export const NO_CONTRACTS = 'No contracts are recorded: a run rate is no contracted revenue';
export const NO_FEES = 'No balance transactions were read: the key needs permission to read the balance';
export const OTHER_POLICY = 'Known under the company’s own policy only';

/** Why an amount of a period is not known. */
export function noRateIn(missing: readonly string[], currency: CurrencyCode): string {
  return `No rate from ${missing.join(', ')} to ${currency} on a day of the period`;
}

/** What is not in an amount of a period. */
export function withoutRates(missing: readonly string[], currency: CurrencyCode): string {
  return `${noRateIn(missing, currency)}: those amounts are not included`;
}

/** @param because takes the reason of a figure that is null, or incomplete. */
export function revenueFigures(
  question: RevenueQuestion,
  because: (name: string, reason: string) => void,
): RevenueFigures & Pick<MetricSnapshot, 'netRevenue' | 'cashCollected' | 'refunds'> {
  const { db, view, period, currency, context, flows, sliced } = question;
  const inSlice = billedIn(db, sliced);
  const take = (name: string, { value, reason }: Outcome): number | null => {
    if (reason !== null) because(name, reason);
    return value;
  };
  const incomplete = (name: string, amount: number, missing: readonly string[]): Minor | null => {
    if (missing.length === 0) return minor(amount);
    because(name, amount === 0 ? noRateIn(missing, currency) : withoutRates(missing, currency));
    return amount === 0 ? null : minor(amount);
  };
  const flow = (name: string, amount: number) => incomplete(name, amount, flows.missing);
  const feesKnown = knowsFees(db, flows);
  if (!feesKnown) for (const name of ['fees', 'netCash']) because(name, NO_FEES);
  const recovery = recoveryOf(db, period, flows.customerCharges, currency, context.now, inSlice);
  const days = firstPayments(db, period.from, period.to, context.zone, inSlice).map((first) => first.days);
  if (days.length === 0) because('timeToFirstPayment', 'Nobody paid for the first time in the period');
  because('contractedArr', NO_CONTRACTS);
  return {
    netRevenue: flow('netRevenue', flows.netRevenue),
    cashCollected: flow('cashCollected', flows.cashCollected),
    refunds: flow('refunds', flows.refunds),
    grossCash: flow('grossCash', flows.grossCash),
    netCash: feesKnown ? flow('netCash', flows.netCash) : null,
    fees: feesKnown ? flow('fees', flows.fees) : null,
    taxCollected: flow('taxCollected', flows.taxCollected),
    disputesOpened: flows.disputed.entries,
    disputesOpenedAmount: flow('disputesOpenedAmount', flows.disputed.amount),
    disputesWon: flows.disputesWon.entries,
    disputesWonAmount: flow('disputesWonAmount', flows.disputesWon.amount),
    disputesLost: flows.disputesLost.entries,
    disputesLostAmount: flow('disputesLostAmount', flows.disputesLost.amount),
    failedPayments: recovery.failed.entries,
    failedPaymentsAmount: incomplete('failedPaymentsAmount', recovery.failed.amount, recovery.missing),
    failedPaymentRate: take('failedPaymentRate', recovery.failureRate),
    recoveryRate: take('recoveryRate', recovery.rate),
    recoveryRateByAmount: take('recoveryRateByAmount', recovery.rateByAmount),
    ...churnFigures(question, because),
    timeToFirstPayment: quantile(days, 0.5),
    contractedArr: null,
    ...discountFigures(question, take, because),
    concentration: concentrationFigures(view, period, currency, because),
  };
}

/** Fees stand on balance transactions; where charges came in and none of these, they are unknown. */
export function knowsFees(db: ReadDb, { grossCash, fees }: Pick<Flows, 'grossCash' | 'fees'>): boolean {
  if (fees !== 0 || grossCash === 0) return true;
  return db.prepare<[], { one: number }>(`SELECT 1 AS one FROM balance_transaction LIMIT 1`).first() !== undefined;
}

type ChurnFigures = Pick<
  RevenueFigures,
  'involuntaryChurnMrr' | 'voluntaryChurnMrr' | 'freeChurnMrr' | 'involuntaryChurnCustomers' | 'voluntaryChurnCustomers'
>;

function churnFigures(
  { db, period, sums, currency, stored, sliced }: RevenueQuestion,
  because: (name: string, reason: string) => void,
): ChurnFigures {
  if (!stored) {
    const names = ['involuntaryChurnMrr', 'voluntaryChurnMrr', 'freeChurnMrr'] as const;
    for (const name of [...names, 'involuntaryChurnCustomers', 'voluntaryChurnCustomers']) because(name, OTHER_POLICY);
    return {
      involuntaryChurnMrr: null,
      voluntaryChurnMrr: null,
      freeChurnMrr: null,
      involuntaryChurnCustomers: null,
      voluntaryChurnCustomers: null,
    };
  }
  const kinds = churnByKind(db, period, { mrr: sums.mrr.churn, arr: sums.arr.churn }, currency, sliced);
  if (sums.missing.moved.length > 0)
    for (const name of ['involuntaryChurnMrr', 'voluntaryChurnMrr', 'freeChurnMrr'])
      because(name, withoutRates(sums.missing.moved, currency));
  return {
    involuntaryChurnMrr: kinds.involuntary.mrr,
    voluntaryChurnMrr: kinds.voluntary.mrr,
    freeChurnMrr: kinds.free.mrr,
    involuntaryChurnCustomers: kinds.involuntary.customers,
    voluntaryChurnCustomers: kinds.voluntary.customers,
  };
}

function discountFigures(
  { db, view, period, currency, stored, sliced }: RevenueQuestion,
  take: (name: string, outcome: Outcome) => number | null,
  because: (name: string, reason: string) => void,
): Pick<RevenueFigures, 'discountGiven' | 'discountShare'> {
  if (!stored) {
    for (const name of ['discountGiven', 'discountShare']) because(name, OTHER_POLICY);
    return { discountGiven: null, discountShare: null };
  }
  const given = givenOn(db, view, period.to, currency, sliced);
  const gap = `No rate from ${given.missing.join(', ')} to ${currency}`;
  const isUnknown = given.missing.length > 0 && given.annual === 0;
  if (given.missing.length > 0) because('discountGiven', isUnknown ? gap : `${gap}: those amounts are not included`);
  const paid = view.stock('mrr', period.to, currency).annual;
  return {
    discountGiven: isUnknown ? null : divideRounded(given.annual, 12),
    discountShare: take('discountShare', givenShare(given.annual, paid)),
  };
}

function concentrationFigures(
  view: LedgerView,
  { to }: Period,
  currency: CurrencyCode,
  because: (name: string, reason: string) => void,
): RevenueFigures['concentration'] {
  const { total, squares, largest } = weights(view, to, currency);
  const { missing } = view.stock('mrr', to, currency);
  if (missing.length > 0) because('concentration', withoutRates(missing, currency));
  if (total === 0) {
    because('concentration', missing.length > 0 ? noRateIn(missing, currency) : 'No MRR on this day');
    return { top1: null, top5: null, top10: null, top20: null, hhi: null };
  }
  const top = (count: number) => sumOf(largest.slice(0, count)) / total;
  return {
    top1: top(1),
    top5: top(5),
    top10: top(10),
    top20: top(20),
    hhi: squares / total ** 2,
  };
}
