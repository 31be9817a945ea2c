/** Behind failed payments, kinds of churn and first payments. */
import { roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { convert } from '../../fx/index.ts';
import { fullDayText } from '../../wording/index.ts';
import { churnByKind, churnedParts, type ChurnKind } from '../query/churn-kinds.ts';
import { failedPayments, type FailedPayment, type PaymentOutcome } from '../query/failed-payments.ts';
import { movementSums } from '../query/movement-sums.ts';
import { firstPayments } from '../query/time-to-pay.ts';
import { billedIn } from '../slices/flows/billed-in.ts';
import { BLANK, fitted, sumOf, type DraftRow, type Explanation, type Question } from './draft-row.ts';

/** Payments that failed at first, one each, or only those of one outcome. */
export function failedRows(question: Question, outcome: PaymentOutcome | null): Explanation {
  const { db, from, to, context, sliced } = question;
  const rows = failedPayments(db, from, to, context.now, billedIn(db, sliced))
    .filter((payment) => outcome === null || payment.outcome === outcome)
    .map((payment): DraftRow => ({ ...paymentRow(payment), amount: 1 }));
  return { unit: 'count', total: rows.length, rows };
}

/** The same by amount, each at the rate of the day of its failure. */
export function failedAmounts(question: Question, outcome: PaymentOutcome | null): Explanation {
  const { db, from, to, context, view, currency, sliced } = question;
  const rows = failedPayments(db, from, to, context.now, billedIn(db, sliced))
    .filter((payment) => outcome === null || payment.outcome === outcome)
    .map((payment): DraftRow => {
      const rate = view.rates.rate(payment.currency, currency, payment.failedOn);
      return { ...paymentRow(payment), amount: rate ? convert(payment.amount, rate) : 0 };
    });
  return { unit: 'money', total: rows.reduce((sum, { amount }) => sum + amount, 0), rows };
}

const OUTCOMES: Readonly<Record<PaymentOutcome, string>> = {
  recovered: 'recovered later',
  lost: 'not recovered',
  open: 'being retried',
};

function paymentRow({ customerId, failedOn, sourceId, objectId, code, tries, outcome }: FailedPayment) {
  const failures = tries === 1 ? 'Failed once' : `Failed ${tries} times`;
  return {
    ...BLANK,
    customerId,
    on: failedOn,
    object: { sourceId, id: objectId },
    note: `${failures}${code === null ? '' : ` (${code})`}, ${OUTCOMES[outcome]}`,
  };
}

/** The churn movements of one kind, with what says so. */
export function churnRows(question: Question, kind: ChurnKind): Explanation {
  const { db, view, from, to, currency, sliced } = question;
  const { mrr, arr } = movementSums(view, from, to, currency);
  const total = churnByKind(db, { from, to }, { mrr: mrr.churn, arr: arr.churn }, currency, sliced)[kind].mrr;
  const parts = churnedParts(db, from, to, sliced).filter(({ churn }) => churn === kind);
  const annual = parts.map((part) => {
    const rate = view.rates.rate(part.currency, currency, part.on);
    return rate ? convert(part.annual, rate) : 0;
  });
  const whole = annual.reduce<number>((a, b) => a + b, 0);
  // The figure is rounded once, with the other kinds: its rest goes to the largest row.
  const rounded: number[] = annual.length === 0 ? [] : roundToTotal(divideRounded(whole, 12), annual, 12);
  const amounts = fitted(rounded, total);
  return {
    unit: 'money',
    total,
    rows: parts.map((part, index) => ({
      ...BLANK,
      amount: amounts[index] ?? 0,
      customerId: part.customerId,
      on: part.on,
      kind: 'churn',
      object: { sourceId: part.sourceId, id: part.subscriptionId },
      note: part.because,
      evidence: part.evidence,
      native: { annual: part.annual, currency: part.currency },
      subscription: { sourceId: part.sourceId, id: part.subscriptionId, plan: null, day: part.on },
    })),
  };
}

/** The customers who first paid in the period, each with its days. */
export function firstPaymentRows({ db, from, to, context, sliced }: Question): Explanation {
  const rows = firstPayments(db, from, to, context.zone, billedIn(db, sliced)).map((first): DraftRow => ({
    ...BLANK,
    amount: first.days,
    customerId: first.customerId,
    on: first.paidOn,
    object: { sourceId: first.sourceId, id: first.invoiceId },
    note: `Signed up on ${fullDayText(first.signedUpOn)}`,
  }));
  return { unit: 'days', total: sumOf(rows), rows, reading: 'median' };
}
