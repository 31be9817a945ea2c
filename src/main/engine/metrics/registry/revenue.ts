/** Revenue beside MRR: what is collected and lost, who leaves why, and what discounts give away. */
import type { MetricDefinition } from './definition.ts';

const PAGES = {
  balance: {
    title: 'Stripe: balance transaction types',
    url: 'https://docs.stripe.com/reports/balance-transaction-types',
  },
  categories: { title: 'Stripe: reporting categories', url: 'https://docs.stripe.com/reports/reporting-categories' },
  charge: { title: 'Stripe: the Charge object', url: 'https://docs.stripe.com/api/charges/object' },
  disputes: { title: 'Stripe: how disputes work', url: 'https://docs.stripe.com/disputes/how-disputes-work' },
  tax: { title: 'Stripe Tax: reports', url: 'https://docs.stripe.com/tax/reports' },
  recovery: {
    title: 'Stripe: revenue recovery analytics',
    url: 'https://docs.stripe.com/billing/revenue-recovery/recovery-analytics',
  },
  cancellation: {
    title: 'Stripe: cancellation details of a subscription',
    url: 'https://docs.stripe.com/api/subscriptions/object#subscription_object-cancellation_details',
  },
  invoice: { title: 'Stripe: the Invoice object', url: 'https://docs.stripe.com/api/invoices/object' },
  coupons: { title: 'Stripe: coupons', url: 'https://docs.stripe.com/billing/subscriptions/coupons' },
  arr: { title: 'ChartMogul: MRR', url: 'https://help.chartmogul.com/hc/en-us/articles/203299812' },
} as const;

type Better = MetricDefinition['better'];
type Source = MetricDefinition['source'];

function flow(
  id: string,
  title: string,
  texts: readonly [definition: string, formula: string],
  needs: readonly string[],
  source: Source,
  better: Better,
  unit: MetricDefinition['unit'] = 'money',
): MetricDefinition {
  const [definition, formula] = texts;
  return { id, title, unit, kind: 'flow', definition, formula, rule: 'R15', source, needs: [...needs], better };
}

function ratio(
  id: string,
  title: string,
  texts: readonly [definition: string, formula: string],
  needs: readonly string[],
  source: Source,
  better: Better,
  rule: string,
): MetricDefinition {
  const [definition, formula] = texts;
  return { id, title, unit: 'ratio', kind: 'ratio', definition, formula, rule, source, needs: [...needs], better };
}

function churned(id: string, title: string, definition: string, formula: string): MetricDefinition {
  return {
    id,
    title,
    unit: 'money',
    kind: 'flow',
    definition,
    formula,
    rule: 'R10, R11',
    source: PAGES.cancellation,
    needs: ['subscriptions'],
    better: 'down',
  };
}

export const REVENUE: readonly MetricDefinition[] = [
  {
    id: 'contractedArr',
    title: 'Contracted ARR',
    unit: 'money',
    kind: 'stock',
    definition:
      'What signed contracts promise for a year. A subscription can be called off and is no contract: without contracts there is no such figure, and ARR stays a run rate.',
    formula: 'Σ annual amounts of contracts in force',
    rule: 'R25',
    source: PAGES.arr,
    needs: ['contracts'],
    better: 'up',
  },
  {
    id: 'discountGiven',
    title: 'Discount given',
    unit: 'money',
    kind: 'stock',
    definition:
      'What MRR would be without any discount that counts, less MRR. A subscription discounted to nothing is in it with its list price.',
    formula: 'MRR at list prices − MRR',
    rule: 'R5, R6',
    source: PAGES.coupons,
    needs: ['subscriptions', 'coupons'],
    better: 'down',
  },
  {
    id: 'listMrr',
    title: 'MRR at list prices',
    unit: 'money',
    kind: 'stock',
    definition:
      'What MRR would be without any discount that counts: MRR and the discount given. What the discount share is a share of.',
    formula: 'MRR + discount given',
    rule: 'R5, R6',
    source: PAGES.coupons,
    needs: ['subscriptions', 'coupons'],
    better: 'up',
  },
  flow(
    'grossCash',
    'Gross cash collected',
    [
      'Charges that succeeded in the period, as captured: of an authorised amount what was taken, with tax, before refunds, fees and disputes. Invoices paid outside Stripe are not in it.',
      'Σ captured amounts of succeeded charges',
    ],
    ['charges'],
    PAGES.charge,
    'up',
  ),
  flow(
    'netCash',
    'Net cash collected',
    [
      'What is left of the cash: refunds count on the day they were made, of whatever month the charge is; fees on the day of their balance transaction; a dispute on the day it took the money, and on the day it gave it back.',
      'gross cash − refunds − fees − disputes opened + disputes won',
    ],
    ['charges', 'refunds', 'disputes', 'balance transactions'],
    PAGES.balance,
    'up',
  ),
  flow(
    'fees',
    'Stripe fees',
    [
      'Fees of the balance transactions of the period, with fees that are transactions of their own (billing, network costs). Fees given back are subtracted. In the currency of the balance, at the rate of the day.',
      'Σ fee − Σ amount of transactions of the categories fee and network_cost',
    ],
    ['balance transactions'],
    PAGES.categories,
    'down',
  ),
  flow(
    'taxCollected',
    'Tax collected',
    [
      'Tax on invoices paid in the period, on the day of the payment, less the tax on credit notes of the period. It is owed to the state, and in no revenue.',
      'Σ tax of invoices paid − Σ tax of credit notes',
    ],
    ['invoices', 'credit notes'],
    PAGES.tax,
    'neither',
  ),
  flow(
    'disputesOpened',
    'Disputes opened',
    ['Disputes opened in the period. Inquiries, which take no money, are left out.', 'Number of disputes'],
    ['disputes'],
    PAGES.disputes,
    'down',
    'count',
  ),
  flow(
    'disputesOpenedAmount',
    'Disputed amount',
    ['What the disputes opened in the period took out of the balance.', 'Σ amounts of disputes opened'],
    ['disputes'],
    PAGES.disputes,
    'down',
  ),
  flow(
    'disputesWon',
    'Disputes won',
    [
      'Disputes whose money came back in the period, of whatever month they are; where Stripe names no day, that of the dispute.',
      'Number of disputes won',
    ],
    ['disputes'],
    PAGES.disputes,
    'up',
    'count',
  ),
  flow(
    'disputesWonAmount',
    'Amount won back',
    ['What disputes gave back in the period.', 'Σ amounts of disputes won'],
    ['disputes'],
    PAGES.disputes,
    'up',
  ),
  flow(
    'disputesLost',
    'Disputes lost',
    [
      'Of the disputes opened in the period, those that are lost by now: no object says on which day one was decided.',
      'Number of disputes lost',
    ],
    ['disputes'],
    PAGES.disputes,
    'down',
    'count',
  ),
  flow(
    'disputesLostAmount',
    'Amount lost to disputes',
    ['The amounts of the disputes opened in the period that are lost by now.', 'Σ amounts of disputes lost'],
    ['disputes'],
    PAGES.disputes,
    'down',
  ),
  flow(
    'paymentsTried',
    'Payments first tried',
    [
      'Payments of customers whose first try lies in the period, whether it succeeded or failed. A charge that settles a payment which had failed before is no first try. What the failed-payment rate is a share of.',
      'succeeded charges of customers − later tries among them + payments whose first try failed',
    ],
    ['charges'],
    PAGES.recovery,
    'up',
    'count',
  ),
  flow(
    'failedPayments',
    'Failed payments',
    [
      'Payments of customers whose first try in the period failed, whatever became of them. All tries at one payment are one payment: those of a payment intent, or of an invoice. One that was refused, or left unconfirmed by the customer, before there was a charge counts on the day it was asked for.',
      'Number of payments whose first try failed',
    ],
    ['charges'],
    PAGES.recovery,
    'down',
    'count',
  ),
  flow(
    'failedPaymentsAmount',
    'Amount of failed payments',
    ['What these payments should have brought, at the rate of the day of the failure.', 'Σ amounts of failed payments'],
    ['charges'],
    PAGES.recovery,
    'down',
  ),
  churned(
    'involuntaryChurnMrr',
    'Involuntary churn',
    'Churned MRR of subscriptions that ended, or stopped counting, because a payment failed, was disputed or was never made. Negative.',
    'Σ churn with the reason payment_failed or payment_disputed, or unpaid, or ended past due without a reason',
  ),
  churned(
    'voluntaryChurnMrr',
    'Voluntary churn',
    'Churned MRR of subscriptions that somebody asked to end. Without a given reason, an end in good standing counts as asked for. Negative.',
    'Σ churn with the reason cancellation_requested, or without one in good standing',
  ),
  churned(
    'freeChurnMrr',
    'Churn to free',
    'Churned MRR of subscriptions that go on and bill nothing: discounted to nothing, or on a free plan. Negative.',
    'Σ churn that is no end',
  ),
  ratio(
    'failedPaymentRate',
    'Failed-payment rate',
    [
      'Share of the payments first tried in the period whose first try failed, by number. Payments without a customer are left out.',
      'payments whose first try failed ÷ payments first tried',
    ],
    ['charges'],
    PAGES.recovery,
    'down',
    'R15',
  ),
  ratio(
    'recoveryRate',
    'Recovery rate',
    [
      'Share of the payments that failed in the period which were paid after all, by any means, within 60 days of the failure. Not defined while any of them is still being retried; lost is what was not paid by then, or whose invoice was voided or written off.',
      'failed payments recovered ÷ failed payments',
    ],
    ['charges', 'invoices'],
    PAGES.recovery,
    'up',
    'R15',
  ),
  ratio(
    'recoveryRateByAmount',
    'Recovery rate by amount',
    [
      'The same by amount: of what failed in the period, the share that was paid after all. Both at the rate of the day of the failure.',
      'amount recovered ÷ amount failed',
    ],
    ['charges', 'invoices', 'exchange rates'],
    PAGES.recovery,
    'up',
    'R15',
  ),
  ratio(
    'discountShare',
    'Discount share',
    ['Share of MRR at list prices that discounts give away.', 'discount given ÷ MRR at list prices'],
    ['subscriptions', 'coupons'],
    PAGES.coupons,
    'down',
    'R5',
  ),
  {
    id: 'timeToFirstPayment',
    title: 'Time to first payment',
    unit: 'days',
    kind: 'ratio',
    definition:
      'Median of the days from the creation of the customer to the first invoice paid with money, of those who first paid in the period. Calendar days in the company’s zone; several records of one customer are one.',
    formula: 'median (day of the first payment − day of signing up)',
    rule: 'R24',
    source: PAGES.invoice,
    needs: ['customers', 'invoices'],
    better: 'down',
  },
];
