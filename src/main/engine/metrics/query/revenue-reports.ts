/** `revenue.recovery`, `revenue.churn` and `revenue.timeToPay`: month by month, with what stands behind. */
import type { ChurnReport, RecoveryReport, TimeToPay } from '../../../../shared/contract/revenue.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import {
  addDays,
  firstDayOf,
  lastDayOf,
  monthOf,
  monthsBetween,
  type PlainDay,
  type PlainMonth,
} from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { churnByKind, CHURN_KINDS } from './churn-kinds.ts';
import { failedPayments, RETRY_WINDOW_DAYS, type FailedPayment } from './failed-payments.ts';
import { billedIn } from '../slices/flows/billed-in.ts';
import { flowsIn } from '../slices/flows/sliced-flows.ts';
import { askedView } from './asked-view.ts';
import { NO_FLOWS, type FlowSum } from './flows.ts';
import { movementSums } from './movement-sums.ts';
import { defined, undefinedBecause } from './rates-of-change.ts';
import { attemptsIn, recoveryOf } from './recovery.ts';
import { firstPayments, quantile } from './time-to-pay.ts';

export interface Months {
  readonly from: PlainMonth;
  readonly to: PlainMonth;
  /** A part of the company. */
  readonly slice?: Slice | undefined;
}

interface Month {
  readonly month: PlainMonth;
  readonly from: PlainDay;
  readonly to: PlainDay;
}

const OPEN_ROWS = 500;
const MOST_MONTHS = 600;

/**
 * The months asked for up to the present one, which ends today.
 * @throws AppError `invalid_input` for months in the wrong order, or more of them than fifty years.
 */
function monthsOf({ from, to }: Months, today: PlainDay): Month[] {
  const last = to < monthOf(today) ? to : monthOf(today);
  if (from > to) throw new AppError('invalid_input', `The months end (${to}) before they begin (${from})`);
  if (from > last) return [];
  const months = monthsBetween(from, last);
  if (months.length > MOST_MONTHS)
    throw new AppError('invalid_input', `${from} to ${last} are more than ${MOST_MONTHS} months`);
  return months.map((month) => {
    const end = lastDayOf(month);
    return { month, from: firstDayOf(month), to: end < today ? end : today };
  });
}

/** Failed payments by the month of their first failure, why they failed, and which are still being retried; of a slice its own. */
export function recovery(db: ReadDb, input: Months, context: MetricsContext): RecoveryReport {
  const { currency, now } = context;
  const months = monthsOf(input, context.today);
  const { sliced } = askedView(db, { slice: input.slice }, firstDayOf(input.from), context);
  const inSlice = billedIn(db, sliced);
  const flows = flowsIn(db, sliced, months, currency);
  const [first] = months;
  const failures = first ? failedPayments(db, first.from, context.today, now, inSlice) : [];
  const inMonths = failures.filter(({ failedOn }) => monthOf(failedOn) <= input.to);
  const open = failures.filter(({ outcome }) => outcome === 'open');
  return {
    currency,
    windowDays: RETRY_WINDOW_DAYS,
    months: months.map((month, index) => {
      const charges = (flows[index] ?? NO_FLOWS).customerCharges;
      const found = recoveryOf(db, month, charges, currency, now, inSlice);
      return {
        month: month.month,
        attempted: attemptsIn(db, month, charges, found.failed.entries, inSlice),
        failed: counted(found.failed),
        recovered: counted(found.recovered),
        lost: counted(found.lost),
        open: counted(found.open),
        failureRate: found.failureRate,
        recoveryRate: found.rate,
        recoveryRateByAmount: found.rateByAmount,
        soFar: found.soFar,
      };
    }),
    codes: byCode(inMonths),
    open: openRows(db, open, currency, context.today),
    openTotal: open.length,
  };
}

function counted({ amount, entries }: FlowSum): { count: number; amount: ReturnType<typeof minor> } {
  return { count: entries, amount: minor(amount) };
}

function byCode(failures: readonly FailedPayment[]): RecoveryReport['codes'] {
  const codes = new Map<string | null, { code: string | null; failed: number; recovered: number }>();
  for (const { code, outcome } of failures) {
    const sum = codes.get(code) ?? { code, failed: 0, recovered: 0 };
    sum.failed += 1;
    if (outcome === 'recovered') sum.recovered += 1;
    codes.set(code, sum);
  }
  return [...codes.values()].toSorted((a, b) => b.failed - a.failed);
}

function openRows(
  db: ReadDb,
  open: readonly FailedPayment[],
  currency: CurrencyCode,
  today: PlainDay,
): RecoveryReport['open'] {
  const rates = rateBook(db);
  const name = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return open
    .map((payment) => {
      const rate = rates.rate(payment.currency, currency, today);
      return { payment, amount: rate ? minor(convert(payment.amount, rate)) : null };
    })
    .toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0))
    .slice(0, OPEN_ROWS)
    .map(({ payment: { customerId, failedOn, tries, code, objectId }, amount }) => ({
      customerId,
      customerName: customerId === null ? null : (name.first(customerId)?.name ?? null),
      failedOn,
      lostOn: addDays(failedOn, RETRY_WINDOW_DAYS),
      tries,
      code,
      amount,
      objectId,
    }));
}

/** Churned MRR and customers by month and kind. */
export function churnReport(db: ReadDb, input: Months, context: MetricsContext): ChurnReport {
  const { currency } = context;
  const { view, sliced } = askedView(db, { slice: input.slice }, firstDayOf(input.from), context);
  return {
    currency,
    months: monthsOf(input, context.today).map(({ month, from, to }) => {
      const { mrr, arr } = movementSums(view, from, to, currency);
      const kinds = churnByKind(db, { from, to }, { mrr: mrr.churn, arr: arr.churn }, currency, sliced);
      const total = CHURN_KINDS.reduce((sum, kind) => sum + kinds[kind].mrr, 0);
      return {
        month,
        ...kinds,
        involuntaryShare:
          total === 0 ? undefinedBecause('No MRR churned in the month') : defined(kinds.involuntary.mrr / total),
      };
    }),
  };
}

/** Days from signing up to the first money paid, by the month of the payment. */
export function timeToPay(db: ReadDb, input: Months, context: MetricsContext): TimeToPay {
  const { sliced } = askedView(db, { slice: input.slice }, firstDayOf(input.from), context);
  const inSlice = billedIn(db, sliced);
  return {
    months: monthsOf(input, context.today).map(({ month, from, to }) => {
      const days = firstPayments(db, from, to, context.zone, inSlice).map((first) => first.days);
      return {
        month,
        customers: days.length,
        lowerQuartile: quantile(days, 0.25),
        median: quantile(days, 0.5),
        upperQuartile: quantile(days, 0.75),
      };
    }),
  };
}
