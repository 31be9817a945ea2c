import type { MetricSnapshot } from '../../../../shared/contract/metrics.ts';
import { countText, decimalsText, moneyText, ratioText, UNDEFINED } from '../../figure-text.ts';
import { csv, textTable, type Cell } from '../text-table.ts';

/** The snapshot for people: amounts in the currency's own form, undefined ratios with their reason. */
export function snapshotText(snapshot: MetricSnapshot): string {
  const money = (amount: number | null) => moneyText(amount, snapshot.currency);
  const { movements, reasons } = snapshot;
  const rows: (readonly [label: string, value: string, name?: string])[] = [
    ['MRR', money(snapshot.mrr), 'mrr'],
    ['ARR', money(snapshot.arr), 'arr'],
    ['CMRR', money(snapshot.cmrr), 'cmrr'],
    ['Trial MRR', money(snapshot.trialMrr), 'trialMrr'],
    ['Committed trial MRR', money(snapshot.committedTrialMrr), 'committedTrialMrr'],
    ['Past-due MRR', money(snapshot.pastDueMrr), 'pastDueMrr'],
    ['Usage run rate', money(snapshot.usageRunRate), 'usageRunRate'],
    ['Customers', countText(snapshot.customers)],
    ['New customers', countText(snapshot.newCustomers)],
    ['Churned customers', countText(snapshot.churnedCustomers)],
    ['Trials', countText(snapshot.trials)],
    ['Trial conversion', ratioText(snapshot.trialConversion), 'trialConversion'],
    ['ARPA', money(snapshot.arpa), 'arpa'],
    ['Average sale price', money(snapshot.asp), 'asp'],
    ['Opening MRR', money(movements.opening)],
    ['+ new', money(movements.new)],
    ['+ expansion', money(movements.expansion)],
    ['+ reactivation', money(movements.reactivation)],
    ['+ resumed', money(movements.resumed)],
    ['− contraction', money(movements.contraction)],
    ['− churn', money(movements.churn)],
    ['− paused', money(movements.paused)],
    ...sliceRows(movements, money),
    ['± exchange rates', money(movements.fx)],
    ['Closing MRR', money(movements.closing)],
    ['NRR', ratioText(snapshot.nrr), 'nrr'],
    ['GRR', ratioText(snapshot.grr), 'grr'],
    ['Logo churn', ratioText(snapshot.logoChurn), 'logoChurn'],
    ['Gross churn', ratioText(snapshot.grossChurn), 'grossChurn'],
    ['Net churn', ratioText(snapshot.netChurn), 'netChurn'],
    ['Quick ratio', decimalsText(snapshot.quickRatio, 2), 'quickRatio'],
    ['LTV', money(snapshot.ltv), 'ltv'],
    ['LTV before margin', money(snapshot.ltvBeforeMargin), 'ltvBeforeMargin'],
    [`CAC (${snapshot.costMonth})`, money(snapshot.cac), 'cac'],
    ['CAC payback, months', decimalsText(snapshot.cacPaybackMonths, 2), 'cacPaybackMonths'],
    [
      'CAC payback before margin, months',
      decimalsText(snapshot.cacPaybackMonthsBeforeMargin, 2),
      'cacPaybackMonthsBeforeMargin',
    ],
    ['LTV to CAC', decimalsText(snapshot.ltvToCac, 2), 'ltvToCac'],
    ['Sales and marketing', money(snapshot.salesAndMarketing), 'salesAndMarketing'],
    ['Cost of revenue', money(snapshot.costOfRevenue), 'costOfRevenue'],
    ['Gross margin', ratioText(snapshot.grossMargin), 'grossMargin'],
    ['Operating margin', ratioText(snapshot.operatingMargin), 'operatingMargin'],
    ['Rule of 40', ratioText(snapshot.ruleOf40), 'ruleOf40'],
    ['Magic number', decimalsText(snapshot.magicNumber, 2), 'magicNumber'],
    ['Net burn', money(snapshot.netBurn), 'netBurn'],
    ['Burn multiple', decimalsText(snapshot.burnMultiple, 2), 'burnMultiple'],
    ['Gross cash', money(snapshot.grossCash), 'grossCash'],
    ['Refunds', money(snapshot.refunds)],
    ['Fees', money(snapshot.fees), 'fees'],
    ['Disputes opened', money(snapshot.disputesOpenedAmount), 'disputesOpenedAmount'],
    ['Disputes won', money(snapshot.disputesWonAmount), 'disputesWonAmount'],
    ['Disputes lost', money(snapshot.disputesLostAmount), 'disputesLostAmount'],
    ['Net cash', money(snapshot.netCash), 'netCash'],
    ['Tax collected', money(snapshot.taxCollected), 'taxCollected'],
    ['Cash collected', money(snapshot.cashCollected), 'cashCollected'],
    ['Failed payments', countText(snapshot.failedPayments)],
    ['Amount of failed payments', money(snapshot.failedPaymentsAmount), 'failedPaymentsAmount'],
    ['Failed-payment rate', ratioText(snapshot.failedPaymentRate), 'failedPaymentRate'],
    ['Recovery rate', ratioText(snapshot.recoveryRate), 'recoveryRate'],
    ['Recovery rate by amount', ratioText(snapshot.recoveryRateByAmount), 'recoveryRateByAmount'],
    ['Involuntary churn', money(snapshot.involuntaryChurnMrr), 'involuntaryChurnMrr'],
    ['Voluntary churn', money(snapshot.voluntaryChurnMrr), 'voluntaryChurnMrr'],
    ['Churn to free', money(snapshot.freeChurnMrr), 'freeChurnMrr'],
    ['Days to first payment', decimalsText(snapshot.timeToFirstPayment, 1), 'timeToFirstPayment'],
    ['Discount given', money(snapshot.discountGiven), 'discountGiven'],
    ['Discount share', ratioText(snapshot.discountShare), 'discountShare'],
    ['Share of the largest customer', ratioText(snapshot.concentration.top1), 'concentration'],
    ['Share of the ten largest', ratioText(snapshot.concentration.top10), 'concentration'],
    ['Net revenue', money(snapshot.netRevenue), 'netRevenue'],
  ];
  const title = `${snapshot.month ?? `${snapshot.periodFrom} to ${snapshot.asOf}`} · ${snapshot.currency} · policy ${snapshot.policy}`;
  const lines = rows.map(([label, value, name]): Cell[] => [
    label,
    value,
    value === UNDEFINED && name !== undefined ? (reasons[name] ?? null) : null,
  ]);
  const unvalued = snapshot.unvalued.length;
  return [
    title,
    '',
    textTable([{ title: 'Metric' }, { title: 'Value', align: 'right' }, { title: 'Note' }], lines),
    ...(unvalued > 0 ? ['', `${countText(unvalued)} items could not be valued: see unvalued[] with --json`] : []),
  ].join('\n');
}

/** What a slice has besides: customers who stay, moving in and out of it. */
function sliceRows(
  { movedIn, movedOut }: MetricSnapshot['movements'],
  money: (amount: number | null) => string,
): (readonly [label: string, value: string])[] {
  if (movedIn === undefined || movedOut === undefined) return [];
  return [
    ['+ moved in', money(movedIn)],
    ['− moved out', money(movedOut)],
  ];
}

/** The same for spreadsheets: one row per figure, named as with `--json`; amounts in minor units, why where it is empty. */
export function snapshotCsv(snapshot: MetricSnapshot): string {
  const { asOf, periodFrom, policy, currency, reasons } = snapshot;
  const figures = Object.entries(snapshot).flatMap(([name, value]): [name: string, value: number | null][] => {
    if (typeof value === 'number' || (value === null && Object.hasOwn(reasons, name))) return [[name, value]];
    if (name !== 'movements' && name !== 'concentration') return [];
    return Object.entries({ ...snapshot[name] }).map(([part, amount]) => [`${name}.${part}`, amount ?? null]);
  });
  return csv(
    ['metric', 'value', 'reason', 'from', 'to', 'currency', 'policy'],
    figures.map(([name, value]) => [name, value, reasons[name] ?? null, periodFrom, asOf, currency, policy]),
  );
}
