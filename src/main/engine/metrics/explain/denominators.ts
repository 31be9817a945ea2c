/** What the ratios of the ledger and of payments are divided by: another metric over days of its own. */
import { addDays } from '../../../../shared/kernel/day.ts';
import { aYearBefore } from '../query/retention.ts';
import { DENOMINATORS as OF_ECONOMICS, type Denominator } from './cost-rows.ts';
import type { Question } from './draft-row.ts';

const samePeriod =
  (metric: string) =>
  ({ from, to }: Question): Denominator => ({ metric, from, to });
const atTheEnd =
  (metric: string) =>
  ({ to }: Question): Denominator => ({ metric, from: to, to });
/** At the end of the day before the period. */
const atTheStart =
  (metric: string) =>
  ({ from }: Question): Denominator => ({
    metric,
    from: addDays(from, -1),
    to: addDays(from, -1),
  });
const aYearEarlier =
  (metric: string) =>
  ({ to }: Question): Denominator => ({
    metric,
    from: aYearBefore(to),
    to: aYearBefore(to),
  });

/**
 * By metric. A quick ratio is divided by losses, whose rows are those of gross churn; trial conversion lists what it is
 * divided by itself, each row with its part of the numerator.
 */
export const DENOMINATORS: Readonly<Record<string, (question: Question) => Denominator>> = {
  ...OF_ECONOMICS,
  arpa: atTheEnd('customers'),
  asp: samePeriod('newCustomers'),
  grossChurn: atTheStart('mrr'),
  netChurn: atTheStart('mrr'),
  logoChurn: atTheStart('customers'),
  nrr: aYearEarlier('mrr'),
  grr: aYearEarlier('mrr'),
  quickRatio: samePeriod('grossChurn'),
  failedPaymentRate: samePeriod('paymentsTried'),
  discountShare: atTheEnd('listMrr'),
  recoveryRate: samePeriod('failedPayments'),
  recoveryRateByAmount: samePeriod('failedPaymentsAmount'),
};
