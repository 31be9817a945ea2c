/** `metrics.snapshot`: every metric of a day or month. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { NO_FLOWS } from './flows.ts';
import { askedView, type ViewQuestion } from './asked-view.ts';
import { flowsIn } from '../slices/flows/sliced-flows.ts';
import { channelsOf } from '../slices/sliced-view.ts';
import { trialsEndedIn, withoutCompanyFigures } from './company-only.ts';
import { ledgerView, type Gauge, type LedgerView } from './ledger-view.ts';
import { movementSums } from './movement-sums.ts';
import { closedMonths, periodOf } from './period.ts';
import { aYearBefore, retentions } from './retention.ts';
import {
  averageOf,
  NO_CUSTOMERS,
  NO_NEW_CUSTOMERS,
  grossChurn,
  logoChurn,
  netChurn,
  quickRatio,
  revenueRetention,
  type Outcome,
} from './rates-of-change.ts';
import { economicsFigures } from './unit-economics-figures.ts';
import { revenueFigures, withoutRates } from './revenue-figures.ts';
import { unvaluedItems } from './unvalued.ts';

export interface SnapshotInput extends ViewQuestion {
  readonly asOf?: PlainDay | undefined;
  readonly month?: PlainMonth | undefined;
  readonly currency?: CurrencyCode | undefined;
}

/**
 * The metrics at the end of a day, with movements and rates over its month up to it, or over a whole month; of the
 * company or of a slice.
 * @throws AppError `invalid_input` for a value of the slice that nothing has.
 */
export function snapshot(db: ReadDb, input: SnapshotInput, context: MetricsContext): MetricSnapshot {
  const currency = input.currency ?? context.currency;
  const { from, to } = periodOf(input.asOf, input.month, context.today);
  const { view, policy, ratesOn, whole, sliced } = askedView(db, input, from, context);
  const channels = channelsOf(sliced);
  const reasons: Record<string, string> = {};
  const take = (name: string, { value, reason }: Outcome): number | null => {
    if (reason !== null) reasons[name] = reason;
    return value;
  };
  const unused = currency === context.currency ? null : unusedCurrency(db, currency);
  const stock = (name: string, gauge: Gauge) =>
    monthlyStock(view, gauge, to, currency, (reason) => (reasons[name] = unused ?? reason));

  const sums = movementSums(view, from, to, currency);
  const paying = view.stock('mrr', to, currency);
  const mrr = stock('mrr', 'mrr');
  if (mrr === null) reasons['arr'] = reasons['mrr'] ?? '';
  const customers = view.count('customers', to);
  const newCustomers = sums.counts.new;
  // One pass over all customers for all that follows.
  retentions(
    view,
    [
      { start: aYearBefore(to), end: to },
      ...[{ from, to }, ...closedMonths(to, 3)].map((period) => ({ start: addDays(period.from, -1), end: period.to })),
    ],
    currency,
  );
  const churn = logoChurn(view, from, to, currency, policy);
  const retained = revenueRetention(view, to, currency);
  const [flows = NO_FLOWS] = flowsIn(db, sliced, [{ from, to }], currency);
  const trials = sliced ? trialsEndedIn(sliced, from, to) : trialsEnded(db, from, to);
  const arpa = take('arpa', averageOf(paying, customers, NO_CUSTOMERS));
  const sold = view.moved('new', from, to, currency);
  const asp = take('asp', averageOf({ ...sold, annual: sums.arr.new }, newCustomers, NO_NEW_CUSTOMERS));
  if (sums.missing.any.length > 0) reasons['movements'] = withoutRates(sums.missing.any, currency);
  if (trials.ended === 0) reasons['trialConversion'] = 'No trial ended in the period';

  const figures: MetricSnapshot = {
    asOf: to,
    month: input.month ?? null,
    periodFrom: from,
    policy: policy.name,
    currency,
    ratesOn,
    mrr,
    arr: mrr === null ? null : minor(paying.annual),
    cmrr: stock('cmrr', 'committed'),
    trialMrr: stock('trialMrr', 'trial'),
    committedTrialMrr: stock('committedTrialMrr', 'committed_trial'),
    pastDueMrr: stock('pastDueMrr', 'past_due'),
    usageRunRate: stock('usageRunRate', 'usage'),
    customers,
    newCustomers,
    churnedCustomers: churn.lost,
    trials: view.count('trials', to),
    arpa: arpa === null ? null : minor(arpa),
    asp: asp === null ? null : minor(asp),
    movements: sums.mrr,
    grossChurn: take('grossChurn', grossChurn(sums)),
    netChurn: take('netChurn', netChurn(sums)),
    logoChurn: take('logoChurn', churn.rate),
    nrr: take('nrr', retained.nrr),
    grr: take('grr', retained.grr),
    quickRatio: take('quickRatio', quickRatio(sums)),
    ...economicsFigures({ db, view, policy, currency, context, channels }, to, reasons),
    trialConversion: trials.ended === 0 ? null : trials.converted / trials.ended,
    ...revenueFigures(
      { db, view, period: { from, to }, currency, context, flows, sums, sliced, stored: whole === ledgerView(db) },
      (name, reason) => (reasons[name] = reason),
    ),
    unvalued: unvaluedItems(db, view, to, currency, sliced),
    reasons,
  };
  return sliced ? withoutCompanyFigures(figures, sliced.selection) : figures;
}

/**
 * What to say of a currency without a single rate in which nobody pays, or null for any other (the euro is what all
 * rates are kept against). Rates are asked for of currencies in which something is paid, and of the reporting currency.
 */
function unusedCurrency(db: ReadDb, currency: CurrencyCode): string | null {
  if (currency === 'EUR') return null;
  const known = db
    .prepare<[string, string], { known: number }>(
      `SELECT EXISTS (SELECT 1 FROM exchange_rate WHERE quote = ?) OR EXISTS (SELECT 1 FROM subscription WHERE currency = ?) AS known`,
    )
    .first(currency, currency)?.known;
  if (known === 1) return null;
  return `No exchange rate of ${currency} is known: nobody pays in it. Make it the reporting currency and sync, and its rates are fetched`;
}

/** A stock per month; null where nothing of it could be valued for want of rates. */
function monthlyStock(
  view: LedgerView,
  gauge: Gauge,
  day: PlainDay,
  currency: CurrencyCode,
  because: (reason: string) => void,
): Minor | null {
  const { annual, missing } = view.stock(gauge, day, currency);
  if (missing.length > 0) {
    const what = `No rate from ${missing.join(', ')} to ${currency} on ${view.ratesOn ?? day} or the seven days before`;
    if (annual === 0) {
      because(what);
      return null;
    }
    because(`${what}: those amounts are not included`);
  }
  return divideRounded(annual, 12);
}

/** R23 by the period in which trials ended: how many did, and how many of these pay by its end. */
function trialsEnded(db: ReadDb, from: PlainDay, to: PlainDay): { ended: number; converted: number } {
  const row = db
    .prepare<[string, string, string], { ended: number; converted: number | null }>(
      `SELECT count(*) AS ended, sum(converted_on IS NOT NULL AND converted_on <= ?) AS converted
       FROM trial WHERE ended_on BETWEEN ? AND ?`,
    )
    .first(to, from, to);
  return { ended: row?.ended ?? 0, converted: row?.converted ?? 0 };
}
