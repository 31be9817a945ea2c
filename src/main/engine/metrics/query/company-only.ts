/** Figures that no slice has: payments, invoices and costs are not recorded by plan or segment. */
import type { MetricSnapshot, SeriesMetric } from '../../../../shared/contract/metrics.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { dayNumber } from '../../../../shared/kernel/day.ts';
import type { SlicedView } from '../slices/sliced-view.ts';

export const COMPANY_ONLY = 'Known for the whole company only: it is not recorded by what the slice is made of';

const NAMES = [
  'netRevenue',
  'cashCollected',
  'refunds',
  'grossCash',
  'netCash',
  'fees',
  'taxCollected',
  'disputesOpened',
  'disputesOpenedAmount',
  'disputesWon',
  'disputesWonAmount',
  'disputesLost',
  'disputesLostAmount',
  'failedPayments',
  'failedPaymentsAmount',
  'failedPaymentRate',
  'recoveryRate',
  'recoveryRateByAmount',
  'involuntaryChurnMrr',
  'voluntaryChurnMrr',
  'freeChurnMrr',
  'involuntaryChurnCustomers',
  'voluntaryChurnCustomers',
  'timeToFirstPayment',
  'discountGiven',
  'discountShare',
  'salesAndMarketing',
  'costOfRevenue',
  'grossMargin',
  'ltv',
  'cac',
  'cacPaybackMonths',
  'cacPaybackMonthsBeforeMargin',
  'ltvToCac',
  'operatingMargin',
  'ruleOf40',
  'magicNumber',
  'netBurn',
  'burnMultiple',
] as const satisfies readonly (keyof MetricSnapshot)[];

const NAMED: ReadonlySet<string> = new Set(NAMES);

/** Whether a line over time is the company's alone. */
export function isCompanyOnly(metric: SeriesMetric): boolean {
  return NAMED.has(metric);
}

/** A slice's snapshot: what is the company's alone is null, with the reason. */
export function withoutCompanyFigures(snapshot: MetricSnapshot): MetricSnapshot {
  const reasons = { ...snapshot.reasons };
  for (const name of NAMES) reasons[name] = COMPANY_ONLY;
  const nothing = Object.fromEntries(NAMES.map((name) => [name, null])) as Record<(typeof NAMES)[number], null>;
  return { ...snapshot, ...nothing, cacByChannel: [], reasons };
}

/** R23 of a slice: a trial belongs to the price that is worth most of it. */
export function trialsEndedIn(
  { ledger, selection }: SlicedView,
  from: PlainDay,
  to: PlainDay,
): { ended: number; converted: number } {
  const { length, customers, items, currencies, ended, converted } = ledger.states().trials;
  const chosen = selection.items();
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const sums = { ended: 0, converted: 0 };
  for (let index = 0; index < length; index++) {
    const end = ended[index] ?? -1;
    if (end < first || end > last) continue;
    if (chosen && chosen[items[index] ?? -1] !== 1) continue;
    if (selection.currencies && !selection.currencies.has(currencies[index] ?? 0)) continue;
    if (selection.customer && !selection.customer(customers[index] ?? 0)) continue;
    sums.ended += 1;
    const paid = converted[index] ?? -1;
    if (paid >= 0 && paid <= last) sums.converted += 1;
  }
  return sums;
}
