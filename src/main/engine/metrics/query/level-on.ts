/** The few figures that targets and digests read day by day, without the whole snapshot. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { ledgerView } from './ledger-view.ts';
import { movementSums } from './movement-sums.ts';
import type { Period } from './period.ts';
import { grossChurn, logoChurn, revenueRetention, type Outcome } from './rates-of-change.ts';
import { aYearBefore, retentions } from './retention.ts';

export interface LevelOn {
  /** ARR in minor units of the currency, without what has no rate. */
  readonly annual: number;
  readonly customers: number;
  readonly trials: number;
  /** Currencies that are not in it for want of a rate. */
  readonly missing: readonly string[];
}

/** ARR, paying customers and running trials at the end of a day. */
export function levelOn(db: ReadDb, day: PlainDay, currency: CurrencyCode): LevelOn {
  const view = ledgerView(db);
  const { annual, missing } = view.stock('mrr', day, currency);
  return { annual, customers: view.count('customers', day), trials: view.count('trials', day), missing };
}

/** Rates over any stretch of days; retention over the twelve months up to its last day. */
export interface RatesBetween {
  readonly nrr: Outcome;
  readonly grr: Outcome;
  readonly grossChurn: Outcome;
  readonly logoChurn: Outcome;
}

/** The rates of several stretches in one pass over all customers (R16–R18). */
export function ratesBetween(
  db: ReadDb,
  periods: readonly Period[],
  { currency, policy }: Pick<MetricsContext, 'currency' | 'policy'>,
): RatesBetween[] {
  const view = ledgerView(db);
  retentions(
    view,
    periods.flatMap(({ from, to }) => [
      { start: addDays(from, -1), end: to },
      { start: aYearBefore(to), end: to },
    ]),
    currency,
  );
  return periods.map(({ from, to }) => ({
    ...revenueRetention(view, to, currency),
    grossChurn: grossChurn(movementSums(view, from, to, currency)),
    logoChurn: logoChurn(view, from, to, currency, policy).rate,
  }));
}
