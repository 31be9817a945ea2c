/** R21, R22, R28: what a customer costs and brings, and what growth costs, from the ledger, the invoices and the costs. */
import { COST_KIND_TITLES, COST_KINDS } from '../../../../shared/contract/costs.ts';
import type { UnitEconomicsSeries } from '../../../../shared/contract/unit-economics.ts';
import { addToMonth, monthOf, type PlainDay, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { costBook, SALES_AND_MARKETING } from '../../costs/index.ts';
import { closedMonths } from './period.ts';
import { defined, meanLogoChurn, undefinedBecause, type Outcome } from './rates-of-change.ts';
import { monthBook, type EconomicsSource, type MonthBook } from './unit-economics-months.ts';
import { monthText } from '../../wording/index.ts';

export type { EconomicsSource };

export type EconomicsFigure = UnitEconomicsSeries | 'costOfRevenue';

export interface UnitEconomics {
  /** The last whole month by the day. Costs are of whole months, so that every figure but LTV's ARPA and churn is of it. */
  readonly month: PlainMonth;
  /** Computed when it is asked for: a chart of CAC needs no pass over all customers. */
  readonly figure: (name: EconomicsFigure) => Outcome;
  /** What is to be known about a figure that has a value; empty: nothing. */
  readonly note: (name: EconomicsFigure) => string;
}

const QUARTER = 3;
const YEAR = 12;

/** Figures that take costs of every kind together. */
const OVER_ALL_COSTS: ReadonlySet<EconomicsFigure> = new Set([
  'operatingMargin',
  'ruleOf40',
  'netBurn',
  'burnMultiple',
]);

/** Figures that take the gross margin. */
const AFTER_MARGIN: ReadonlySet<EconomicsFigure> = new Set(['ltv', 'ltvToCac', 'cacPaybackMonths']);
const COMPANY_MARGIN =
  'With the company’s gross margin: the cost of revenue is not recorded by what the slice is made of';

/** The figures of any day; months are looked up once. */
export function unitEconomics(source: EconomicsSource): (asOf: PlainDay) => UnitEconomics {
  const costs = costBook(source.db, source.currency, source.context.today);
  const months = monthBook(source, costs);
  // What revenue costs is recorded for the company: a slice is taken to cost the same share of what it brings.
  const company = source.view.slice
    ? monthBook({ ...source, view: source.view.slice.whole, channels: null }, costs)
    : months;
  return (asOf) => {
    const [last] = closedMonths(asOf, 1);
    const month = monthOf(last?.to ?? asOf);
    const spend = () => notNegative(months.spend(SALES_AND_MARKETING, month), month);
    const margin = () => grossMargin(company, month);
    const revenue = () => lifetimeRevenue(source, asOf);
    const ltv = () => lifetimeValue(revenue, margin());
    const cac = () => acquisitionCost(months, month, spend());
    const figures: Readonly<Record<EconomicsFigure, () => Outcome>> = {
      salesAndMarketing: spend,
      costOfRevenue: () => months.spend(['cogs'], month),
      grossMargin: margin,
      ltv: () => rounded(ltv()),
      ltvBeforeMargin: () => rounded(revenue()),
      cac: () => rounded(cac()),
      cacPaybackMonths: () => payback(months, month, spend(), margin()),
      cacPaybackMonthsBeforeMargin: () => payback(months, month, spend(), defined(1)),
      ltvToCac: () => dividing(ltv(), cac(), 'Winning a customer cost nothing'),
      operatingMargin: () => operatingMargin(months, month),
      ruleOf40: () => ruleOf40(months, month),
      magicNumber: () => magicNumber(months, month),
      netBurn: () => netBurn(months, month),
      burnMultiple: () => burnMultiple(months, month),
    };
    return {
      month,
      figure: (name) => figures[name](),
      note(name) {
        if (OVER_ALL_COSTS.has(name) && costs.any) return neverRecorded(months, month);
        return source.view.slice && AFTER_MARGIN.has(name) ? COMPANY_MARGIN : '';
      },
    };
  };
}

/**
 * (MRR at the month's end − cost of revenue of the month) ÷ MRR. Recurring
 * revenue, not what was invoiced: one yearly invoice would make its month look
 * rich and the eleven after it poor.
 */
function grossMargin(months: MonthBook, month: PlainMonth): Outcome {
  const costOfRevenue = months.spend(['cogs'], month);
  if (costOfRevenue.value === null)
    return undefinedBecause(
      months.costs.costs(['cogs'], month).length > 0
        ? costOfRevenue.reason
        : `The gross margin is unknown: no cost of revenue is recorded for ${month}`,
    );
  const arr = months.arr(month);
  if (arr.value === null) return arr;
  if (arr.value <= 0) return undefinedBecause(`No MRR at the end of ${month}`);
  return defined((arr.value - YEAR * costOfRevenue.value) / arr.value);
}

/** R21 before margin: ARPA of the day ÷ mean logo churn of the last three closed months; not rounded. */
function lifetimeRevenue({ view, currency, policy }: EconomicsSource, asOf: PlainDay): Outcome {
  const { annual, missing } = view.stock('mrr', asOf, currency);
  const customers = view.count('customers', asOf);
  if (customers === 0) return undefinedBecause('No paying customers');
  if (missing.length > 0) return undefinedBecause(`No rate from ${missing.join(', ')} to ${currency} on ${asOf}`);
  const churn = meanLogoChurn(view, asOf, currency, policy);
  if (churn.value === null) return churn;
  if (churn.value === 0) return undefinedBecause('No customer was lost in the last three closed months');
  return defined(annual / YEAR / customers / churn.value);
}

/** R21: ARPA × gross margin ÷ logo churn. */
function lifetimeValue(revenue: () => Outcome, margin: Outcome): Outcome {
  if (margin.value === null) return margin;
  const beforeMargin = revenue();
  if (beforeMargin.value === null) return beforeMargin;
  if (margin.value <= 0)
    return undefinedBecause('The gross margin is not positive: no customer pays its own costs back');
  return defined(beforeMargin.value * margin.value);
}

/** R22: sales and marketing ÷ customers new in the month; not rounded. */
function acquisitionCost(months: MonthBook, month: PlainMonth, spend: Outcome): Outcome {
  if (spend.value === null) return spend;
  const customers = months.newCustomers(month);
  return customers === 0
    ? undefinedBecause(`No new customers in ${monthText(month)}`)
    : defined(spend.value / customers);
}

/** R22: sales and marketing ÷ (new MRR of the month × gross margin), in months. */
function payback(months: MonthBook, month: PlainMonth, spend: Outcome, margin: Outcome): Outcome {
  if (spend.value === null) return spend;
  if (margin.value === null) return margin;
  const newAnnual = months.newAnnual(month);
  if (newAnnual.value === null) return newAnnual;
  if (newAnnual.value <= 0) return undefinedBecause(`No new MRR in ${monthText(month)}`);
  if (margin.value <= 0) return undefinedBecause('The gross margin is not positive: what was spent is never paid back');
  return defined((spend.value * YEAR) / (newAnnual.value * margin.value));
}

/** (Net revenue − all costs) ÷ net revenue, both over the twelve months up to the month. */
function operatingMargin(months: MonthBook, month: PlainMonth): Outcome {
  const costs = months.spendOver(COST_KINDS, lastMonths(month, YEAR));
  if (costs.value === null) return costs;
  const revenue = months.flowOver('netRevenue', lastMonths(month, YEAR));
  if (revenue.value === null) return revenue;
  if (revenue.value <= 0) return undefinedBecause(`No net revenue in the twelve months up to ${month}`);
  return defined((revenue.value - costs.value) / revenue.value);
}

/** R28: growth of ARR over twelve months + operating margin of these months, as a fraction: 0.4 is the rule’s 40 %. */
function ruleOf40(months: MonthBook, month: PlainMonth): Outcome {
  const margin = operatingMargin(months, month);
  if (margin.value === null) return margin;
  const [now, then] = [months.arr(month), months.arr(addToMonth(month, -YEAR))];
  if (now.value === null) return now;
  if (then.value === null) return then;
  if (then.value <= 0) return undefinedBecause(`No ARR twelve months before the end of ${month}`);
  return defined(now.value / then.value - 1 + margin.value);
}

/** R28: ΔARR over the three months up to the month ÷ sales and marketing of the three months before them. */
function magicNumber(months: MonthBook, month: PlainMonth): Outcome {
  const before = addToMonth(month, -QUARTER);
  const spend = notNegative(months.spendOver(SALES_AND_MARKETING, lastMonths(before, QUARTER)), before);
  if (spend.value === null) return spend;
  const [now, then] = [months.arr(month), months.arr(before)];
  if (now.value === null) return now;
  if (then.value === null) return then;
  if (spend.value === 0)
    return undefinedBecause(`Nothing was spent on sales and marketing in the quarter up to ${before}`);
  return defined((now.value - then.value) / spend.value);
}

/** All costs of the month − cash collected in it (charges − refunds). Positive: cash was burned. */
function netBurn(months: MonthBook, month: PlainMonth): Outcome {
  const costs = months.spend(COST_KINDS, month);
  if (costs.value === null) return costs;
  const cash = months.flowOver('cashCollected', [month]);
  return cash.value === null ? cash : defined(costs.value - cash.value);
}

/** R28: net burn ÷ net new ARR of the month. */
function burnMultiple(months: MonthBook, month: PlainMonth): Outcome {
  const burn = netBurn(months, month);
  if (burn.value === null) return burn;
  const [now, then] = [months.arr(month), months.arr(addToMonth(month, -1))];
  if (now.value === null) return now;
  if (then.value === null) return then;
  if (burn.value <= 0)
    return undefinedBecause(`Nothing was burned in ${monthText(month)}: the cash collected covered the costs`);
  if (now.value <= then.value) return undefinedBecause(`ARR did not grow in ${monthText(month)}`);
  return defined(burn.value / (now.value - then.value));
}

/** The months whose costs count for the operating margin: kinds of which none has an entry are taken for 0, and said. */
function neverRecorded(months: MonthBook, month: PlainMonth): string {
  const kinds = COST_KINDS.filter(
    (kind) =>
      kind !== 'other' && lastMonths(month, YEAR).every((each) => months.costs.costs([kind], each).length === 0),
  );
  if (kinds.length === 0) return '';
  const names = kinds.map((kind) => COST_KIND_TITLES[kind].toLowerCase());
  return `No cost of these kinds is recorded in the twelve months up to ${month}; they count as nothing: ${names.join(', ')}`;
}

function notNegative(spend: Outcome, month: PlainMonth): Outcome {
  return spend.value !== null && spend.value < 0
    ? undefinedBecause(`Credits exceed the sales and marketing costs of ${month}`)
    : spend;
}

function dividing(numerator: Outcome, denominator: Outcome, atZero: string): Outcome {
  if (numerator.value === null) return numerator;
  if (denominator.value === null) return denominator;
  return denominator.value === 0 ? undefinedBecause(atZero) : defined(numerator.value / denominator.value);
}

function rounded(amount: Outcome): Outcome {
  return amount.value === null ? amount : defined(divideRounded(amount.value, 1));
}

/** So many months up to one, oldest first. */
export function lastMonths(month: PlainMonth, count: number): PlainMonth[] {
  return Array.from({ length: count }, (_, index) => addToMonth(month, index - count + 1));
}
