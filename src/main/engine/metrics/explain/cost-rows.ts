/** Behind unit economics: costs, and the customers, movements and payments that they are set against. */
import { COST_KIND_TITLES, COST_KINDS, type CostKind } from '../../../../shared/contract/costs.ts';
import {
  addToMonth,
  firstDayOf,
  lastDayOf,
  monthOf,
  monthsBetween,
  type PlainDay,
  type PlainMonth,
} from '../../../../shared/kernel/day.ts';
import { assert } from '../../../../shared/kernel/errors.ts';
import { decimalText } from '../../../../shared/kernel/money.ts';
import { costBook, SALES_AND_MARKETING, type ValuedCost } from '../../costs/index.ts';
import { closedMonths } from '../query/period.ts';
import { lastMonths } from '../query/unit-economics.ts';
import { channelKey } from '../query/unit-economics-months.ts';
import { channelsOf } from '../slices/sliced-view.ts';
import { BLANK, type DraftRow, type Explanation, type Question } from './draft-row.ts';
import { flowRows } from './flow-rows.ts';
import { movementRows } from './movement-rows.ts';
import { stockRows } from './stock-rows.ts';

type Explainer = (question: Question) => Explanation;

/** Another metric, over days of its own, that a figure is divided by. */
export interface Denominator {
  readonly metric: string;
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** The last whole month by the asked day. */
function lastMonth({ to }: Question): PlainMonth {
  const [closed] = closedMonths(to, 1);
  return monthOf(closed?.to ?? to);
}

/** From the month of the first asked day to the last whole one, at least that one. */
function askedMonths(question: Question): PlainMonth[] {
  const last = lastMonth(question);
  const first = monthOf(question.from);
  return first < last ? monthsBetween(first, last) : [last];
}

function over(question: Question, months: readonly PlainMonth[]): Question {
  return {
    ...question,
    from: firstDayOf(months[0] ?? lastMonth(question)),
    to: lastDayOf(months.at(-1) ?? lastMonth(question)),
  };
}

function costRows(
  { db, currency, context, sliced }: Question,
  kinds: readonly CostKind[],
  months: readonly PlainMonth[],
  sign: 1 | -1 = 1,
): Explanation {
  const book = costBook(db, currency, context.today);
  const channels = channelsOf(sliced);
  const names = channels && new Set(channels.map(channelKey));
  const counts = ({ channel }: ValuedCost) => names === null || (channel !== null && names.has(channelKey(channel)));
  const rows = months.flatMap((month) =>
    book
      .costs(kinds, month)
      .filter(counts)
      .map((cost): DraftRow => ({
        ...BLANK,
        amount: cost.valued === null || cost.valued === 0 ? 0 : sign * cost.valued,
        on: lastDayOf(month),
        note: noteOf(cost, currency),
      })),
  );
  return together({ unit: 'money', total: 0, rows });
}

/** `Marketing, ads: 1200.00 EUR (costs.csv)`. */
function noteOf({ kind, channel, amount_minor, currency, note, file, valued }: ValuedCost, reporting: string): string {
  const what = channel === null ? COST_KIND_TITLES[kind] : `${COST_KIND_TITLES[kind]}, ${channel}`;
  const native = currency === reporting ? '' : `: ${decimalText(amount_minor, currency)} ${currency}`;
  const rate = valued === null ? ', no rate at the month’s end' : '';
  return [`${what}${native}${rate} (${file ?? 'entered'})`, note].filter((part) => part !== null).join('; ');
}

function together(...parts: readonly Explanation[]): Explanation {
  const rows = parts.flatMap((part) => part.rows);
  return { unit: 'money', total: rows.reduce((sum, { amount }) => sum + amount, 0), rows };
}

function negative({ unit, total, rows }: Explanation): Explanation {
  return { unit, total: -total, rows: rows.map((row) => ({ ...row, amount: row.amount === 0 ? 0 : -row.amount })) };
}

const salesAndMarketing: Explainer = (question) => costRows(question, SALES_AND_MARKETING, askedMonths(question));
const spendOfMonth: Explainer = (question) => costRows(question, SALES_AND_MARKETING, [lastMonth(question)]);
const grossProfit: Explainer = (question) => {
  const month = lastMonth(question);
  return together(stockRows(over(question, [month]), 'mrr', 'month'), costRows(question, ['cogs'], [month], -1));
};
const operatingProfit: Explainer = (question) => {
  const months = lastMonths(lastMonth(question), 12);
  const revenue = flowRows(over(question, months), [
    ['invoiced', 1],
    ['credited', -1],
  ]);
  return together(revenue, costRows(question, COST_KINDS, months, -1));
};
const burn: Explainer = (question) => {
  const months = [lastMonth(question)];
  const cash = flowRows(over(question, months), [
    ['charged', 1],
    ['refunded', -1],
  ]);
  return together(costRows(question, COST_KINDS, months), negative(cash));
};

/** A slice has no costs of revenue of its own: its MRR is listed, of which the company’s margin is taken. */
const beforeLosses: Explainer = (question) =>
  question.sliced ? stockRows(question, 'mrr', 'month') : grossProfit(question);

/** How unit economics are taken apart: by their numerator. */
export const ECONOMICS_EXPLAINERS: Readonly<Record<string, Explainer>> = {
  salesAndMarketing,
  costOfRevenue: (question) => costRows(question, ['cogs'], askedMonths(question)),
  grossMargin: grossProfit,
  ltv: beforeLosses,
  ltvBeforeMargin: (question) => stockRows(question, 'mrr', 'month'),
  cac: spendOfMonth,
  cacPaybackMonths: spendOfMonth,
  cacPaybackMonthsBeforeMargin: spendOfMonth,
  ltvToCac: beforeLosses,
  operatingMargin: operatingProfit,
  ruleOf40: operatingProfit,
  magicNumber: (question) =>
    movementRows(
      over(question, lastMonths(lastMonth(question), 3)),
      ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed', 'fx'],
      'year',
    ),
  netBurn: burn,
  burnMultiple: burn,
};

/** What each is divided by, to be looked into from there. */
export const DENOMINATORS: Readonly<Record<string, (question: Question) => Denominator>> = {
  grossMargin: (question) => of('mrr', [lastMonth(question)]),
  ltv: (question) => of('churnedCustomers', lastMonths(lastMonth(question), 3)),
  ltvBeforeMargin: (question) => of('churnedCustomers', lastMonths(lastMonth(question), 3)),
  cac: (question) => of('newCustomers', [lastMonth(question)]),
  cacPaybackMonths: (question) => of('newMrr', [lastMonth(question)]),
  cacPaybackMonthsBeforeMargin: (question) => of('newMrr', [lastMonth(question)]),
  ltvToCac: (question) => of('cac', [lastMonth(question)]),
  operatingMargin: (question) => of('netRevenue', lastMonths(lastMonth(question), 12)),
  ruleOf40: (question) => of('netRevenue', lastMonths(lastMonth(question), 12)),
  magicNumber: (question) => of('salesAndMarketing', lastMonths(addToMonth(lastMonth(question), -3), 3)),
  burnMultiple: (question) => of('netNewArr', [lastMonth(question)]),
};

function of(metric: string, months: readonly PlainMonth[]): Denominator {
  const [first, last] = [months[0], months.at(-1)];
  assert(first !== undefined && last !== undefined, 'a figure is divided by what lies in at least one month');
  return { metric, from: firstDayOf(first), to: lastDayOf(last) };
}
