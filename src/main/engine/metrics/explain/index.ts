/**
 * «Why»: the rows behind a figure.
 * Answers: which customers, subscriptions, prices, invoices and payments make
 * up this number, on what evidence, and where can each be looked at?
 * The rows' amounts add up to the figure, to the minor unit.
 * Never: computes a figure of its own; it takes apart what the queries give.
 */
import type { ExplainReading, SliceMovementKind } from '../../../../shared/contract/metrics.ts';
import { firstDayOf, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { askedView } from '../query/asked-view.ts';
import { otherPolicy } from '../query/rows-under.ts';
import { whyNotOf } from '../query/company-only.ts';
import { quantile } from '../query/time-to-pay.ts';
import { ECONOMICS_EXPLAINERS, type Denominator } from './cost-rows.ts';
import { lostCustomers, payingCustomers, retainedRevenue } from './customer-rows.ts';
import { DENOMINATORS } from './denominators.ts';
import { rowDetails } from './details.ts';
import type { Explanation, ExplainRow, Question } from './draft-row.ts';
import { flowCount, flowRows, type FlowPart } from './flow-rows.ts';
import { discountRows, listPriceRows } from './list-prices.ts';
import { movedCustomers, movementRows } from './movement-rows.ts';
import { paymentsTried } from './payments-tried.ts';
import { firstResponses, npsRows, openRequestRows } from './quality-rows.ts';
import { churnRows, failedAmounts, failedRows, firstPaymentRows } from './revenue-rows.ts';
import { stockRows, trialRows, usageRows } from './stock-rows.ts';
import { endedTrials } from './trial-conversion.ts';

export interface ExplainInput {
  readonly metric: string;
  readonly kind?: SliceMovementKind | undefined;
  readonly slice?: Slice | undefined;
  /** Another policy than the company's. */
  readonly policy?: PolicyInput | undefined;
  readonly from?: PlainDay | undefined;
  readonly to: PlainDay;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

export interface ExplainOutput {
  readonly metric: string;
  readonly unit: Explanation['unit'];
  readonly total: number;
  /** How the figure is read off the rows; null: it, or what it divides, is their sum. */
  readonly reading: { readonly as: ExplainReading; readonly value: number | null } | null;
  readonly rowCount: number;
  readonly rows: ExplainRow[];
  readonly cursor: string | null;
  /** What the figure is divided by, where that has rows of its own. */
  readonly dividedBy: (Denominator & { readonly total: number; readonly unit: Explanation['unit'] }) | null;
}

const ALL: readonly SliceMovementKind[] = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'paused',
  'resumed',
  'movedIn',
  'movedOut',
  'fx',
];
const GAINS: readonly SliceMovementKind[] = ['new', 'expansion', 'reactivation', 'resumed'];
const LOSSES: readonly SliceMovementKind[] = ['contraction', 'churn', 'paused'];

const CASH: readonly FlowPart[] = [
  ['charged', 1],
  ['refunded', -1],
];

/** How each metric is taken apart. A ratio is shown by its numerator. */
const EXPLAINERS: Readonly<Record<string, (question: Question) => Explanation>> = {
  ...ECONOMICS_EXPLAINERS,
  mrr: (question) => stockRows(question, 'mrr', 'month'),
  arr: (question) => stockRows(question, 'mrr', 'year'),
  arpa: (question) => stockRows(question, 'mrr', 'month'),
  concentration: (question) => stockRows(question, 'mrr', 'month'),
  cmrr: (question) => stockRows(question, 'committed', 'month'),
  pastDueMrr: (question) => stockRows(question, 'past_due', 'month'),
  trialMrr: (question) => stockRows(question, 'trial', 'month'),
  committedTrialMrr: (question) => stockRows(question, 'committed_trial', 'month'),
  usageRunRate: usageRows,
  customers: payingCustomers,
  trials: trialRows,
  movements: (question) => movementRows(question, question.kind ? [question.kind] : ALL, 'month'),
  netNewMrr: (question) => movementRows(question, question.kind ? [question.kind] : ALL, 'month'),
  netNewArr: (question) => movementRows(question, question.kind ? [question.kind] : ALL, 'year'),
  arrVelocity: (question) => movementRows(question, question.kind ? [question.kind] : ALL, 'year'),
  newMrr: (question) => movementRows(question, ['new'], 'month'),
  asp: (question) => movementRows(question, ['new'], 'month'),
  expansionMrr: (question) => movementRows(question, ['expansion'], 'month'),
  contractionMrr: (question) => movementRows(question, ['contraction'], 'month'),
  churnMrr: (question) => movementRows(question, ['churn', 'paused'], 'month'),
  reactivationMrr: (question) => movementRows(question, ['reactivation', 'resumed'], 'month'),
  fx: (question) => movementRows(question, ['fx'], 'month'),
  grossChurn: (question) => movementRows(question, LOSSES, 'month'),
  netChurn: (question) => movementRows(question, [...LOSSES, 'expansion', 'reactivation', 'resumed'], 'month'),
  quickRatio: (question) => movementRows(question, GAINS, 'month'),
  trialConversion: endedTrials,
  newCustomers: (question) => movedCustomers(question, 'new'),
  churnedCustomers: lostCustomers,
  logoChurn: lostCustomers,
  nrr: (question) => retainedRevenue(question, false),
  grr: (question) => retainedRevenue(question, true),
  netRevenue: (question) =>
    flowRows(question, [
      ['invoiced', 1],
      ['credited', -1],
    ]),
  cashCollected: (question) => flowRows(question, CASH),
  refunds: (question) => flowRows(question, [['refunded', 1]]),
  grossCash: (question) => flowRows(question, [['charged', 1]]),
  netCash: (question) => flowRows(question, [...CASH, ['fee', -1], ['disputed', -1], ['dispute_won', 1]]),
  fees: (question) => flowRows(question, [['fee', 1]]),
  taxCollected: (question) =>
    flowRows(question, [
      ['tax_paid', 1],
      ['tax_credited', -1],
    ]),
  disputesOpened: (question) => flowCount(question, 'disputed'),
  disputesOpenedAmount: (question) => flowRows(question, [['disputed', 1]]),
  disputesWon: (question) => flowCount(question, 'dispute_won'),
  disputesWonAmount: (question) => flowRows(question, [['dispute_won', 1]]),
  disputesLost: (question) => flowCount(question, 'dispute_lost'),
  disputesLostAmount: (question) => flowRows(question, [['dispute_lost', 1]]),
  paymentsTried,
  failedPayments: (question) => failedRows(question, null),
  failedPaymentRate: (question) => failedRows(question, null),
  failedPaymentsAmount: (question) => failedAmounts(question, null),
  recoveryRate: (question) => failedRows(question, 'recovered'),
  recoveryRateByAmount: (question) => failedAmounts(question, 'recovered'),
  involuntaryChurnMrr: (question) => churnRows(question, 'involuntary'),
  voluntaryChurnMrr: (question) => churnRows(question, 'voluntary'),
  freeChurnMrr: (question) => churnRows(question, 'free'),
  timeToFirstPayment: firstPaymentRows,
  discountGiven: discountRows,
  discountShare: discountRows,
  listMrr: listPriceRows,
  nps: npsRows,
  firstResponseMedian: firstResponses('median'),
  firstResponseP90: firstResponses('nineTenths'),
  openRequests: openRequestRows,
};

/** Known under the company's own policy only: whatever the question names. */
const OWN_POLICY: ReadonlySet<string> = new Set([
  'involuntaryChurnMrr',
  'voluntaryChurnMrr',
  'freeChurnMrr',
  'discountGiven',
  'discountShare',
  'listMrr',
]);

/** The metrics that can be taken apart. */
export const EXPLAINABLE: readonly string[] = Object.keys(EXPLAINERS);

interface Known {
  readonly key: string;
  readonly explanation: Explanation;
  readonly reading: ExplainOutput['reading'];
  readonly dividedBy: ExplainOutput['dividedBy'];
}

const last = new WeakMap<ReadDb, Known>();

/**
 * `metrics.explain`: a page of the rows behind a figure, largest first.
 * @throws AppError `invalid_input` for a metric without rows, a value of the slice that nothing has, or a cursor that
 * no page gave.
 */
export function explain(db: ReadDb, input: ExplainInput, context: MetricsContext): ExplainOutput {
  const explainer = Object.hasOwn(EXPLAINERS, input.metric) ? EXPLAINERS[input.metric] : undefined;
  if (!explainer)
    throw new AppError('invalid_input', `“${input.metric}” has no rows behind it; there are ${EXPLAINABLE.join(', ')}`);
  const from = input.from ?? firstDayOf(monthOf(input.to));
  const isSlice = input.slice !== undefined && input.slice.where.length > 0;
  const slice = isSlice ? JSON.stringify(input.slice) : '';
  const key = [
    changesSeen(db),
    input.metric,
    input.kind,
    from,
    input.to,
    context.currency,
    slice,
    JSON.stringify(input.policy),
  ].join('|');
  let known = last.get(db);
  if (known?.key !== key) {
    const asked = OWN_POLICY.has(input.metric) ? undefined : input.policy;
    const { view, sliced } = askedView(db, { slice: input.slice, policy: asked }, from, context);
    const reason = sliced && whyNotOf(input.metric, sliced.selection);
    if (reason) throw new AppError('invalid_input', `“${input.metric}”: ${reason}`);
    const policy = otherPolicy(db, asked, context);
    const question = {
      db,
      view,
      sliced,
      policy,
      context,
      currency: context.currency,
      kind: input.kind,
      from,
      to: input.to,
    };
    const found = explainer(question);
    const rows = found.rows.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
    known = {
      key,
      explanation: { ...found, rows },
      reading: readingOf(found),
      dividedBy: denominatorOf(input.metric, question),
    };
    last.set(db, known);
  }
  const { unit, total, rows } = known.explanation;
  const offset = offsetOf(input.cursor ?? null);
  const end = offset + input.limit;
  return {
    metric: input.metric,
    unit,
    total,
    reading: known.reading,
    rowCount: rows.length,
    rows: rowDetails(db, rows.slice(offset, end)),
    cursor: end < rows.length ? String(end) : null,
    dividedBy: known.dividedBy,
  };
}

function readingOf({ reading, rows, total }: Explanation): ExplainOutput['reading'] {
  if (reading === undefined) return null;
  if (reading === 'mean') return { as: reading, value: rows.length === 0 ? null : total / rows.length };
  const amounts = rows.map(({ amount }) => amount);
  return { as: reading, value: quantile(amounts, reading === 'median' ? 0.5 : 0.9) };
}

function denominatorOf(metric: string, question: Question): ExplainOutput['dividedBy'] {
  const denominator = Object.hasOwn(DENOMINATORS, metric) ? DENOMINATORS[metric]?.(question) : undefined;
  const explainer = denominator && EXPLAINERS[denominator.metric];
  if (!denominator || !explainer) return null;
  const { unit, total } = explainer({ ...question, from: denominator.from, to: denominator.to });
  return { ...denominator, unit, total };
}

/** Changes with every write that this connection made or sees: invoices and charges have no revision of their own. */
function changesSeen(db: ReadDb): string {
  const others = db.prepare<[], { data_version: number }>(`PRAGMA data_version`).first()?.data_version;
  const own = db.prepare<[], { n: number }>(`SELECT total_changes() AS n`).first()?.n;
  return `${others}:${own}`;
}

function offsetOf(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw new AppError('invalid_input', 'The cursor is not one that a page of rows gave');
  return Number(cursor);
}
