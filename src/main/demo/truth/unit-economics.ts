/** R21, R22, R28 of the demo company, worked out from its lives, its costs and the vendor's objects for it; the engine has no part in it. */
import { currencyCode, exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, lastDayOf, monthOf, UTC, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import { assert } from '../../../shared/kernel/errors.ts';
import { instantOfSeconds } from '../../../shared/kernel/instant.ts';
import { rational, roundHalfAway, type Rational } from '../../../shared/kernel/rational.ts';
import { crossRate } from '../rates/reference-rates.ts';
import { companyCosts, type CostKind, type CostLine } from '../scenario/costs.ts';
import type { Company } from '../scenario/life.ts';
import { USD } from '../scenario/price-list.ts';
import { createCompanyRenderer } from '../stripe/company-objects.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { DemoTruth, MonthTruth } from './truth.ts';

/** Amounts in US cents; ratios as fractions; null where a figure is not defined. */
export interface EconomicsTruth {
  readonly month: PlainMonth;
  readonly salesAndMarketing: number;
  readonly costOfRevenue: number;
  readonly costs: number;
  readonly grossMargin: number;
  readonly cac: number | null;
  readonly cacByChannel: Readonly<Record<string, { readonly spend: number; readonly newCustomers: number }>>;
  readonly ltv: number | null;
  readonly cacPaybackMonths: number | null;
  readonly magicNumber: number | null;
  readonly netRevenue: number;
  readonly cashCollected: number;
  readonly netBurn: number;
  readonly operatingMargin: number | null;
  readonly ruleOf40: number | null;
  readonly burnMultiple: number | null;
}

/** The whole months of the truth that have costs. */
export function economicsTruth(company: Company, truth: DemoTruth): EconomicsTruth[] {
  const costs = companyCosts(company);
  const money = moneyByMonth(company);
  const months = truth.months.filter(({ month }) => costs.some((line) => line.month === month));
  const spendOf = (index: number, kinds: readonly CostKind[]): number =>
    spend(costs, months[index]?.month ?? months[0]!.month, kinds);
  return months.map((month, index): EconomicsTruth => {
    const salesAndMarketing = spendOf(index, ['marketing', 'sales']);
    const costOfRevenue = spendOf(index, ['cogs']);
    const all = spendOf(index, ALL);
    const grossMargin = (month.mrr.usd.annual - 12 * costOfRevenue) / month.mrr.usd.annual;
    const newAnnual = month.usd.movements.new.annual;
    const { revenue, cash } = money.get(month.month) ?? { revenue: 0, cash: 0 };
    const year = months.slice(Math.max(0, index - 11), index + 1);
    const yearRevenue = year.reduce((sum, each) => sum + (money.get(each.month)?.revenue ?? 0), 0);
    const yearCosts = year.reduce((sum, _, at) => sum + spendOf(index - year.length + 1 + at, ALL), 0);
    const operatingMargin = year.length < 12 ? null : (yearRevenue - yearCosts) / yearRevenue;
    const netBurn = all - cash;
    const gained = month.mrr.usd.annual - (months[index - 1]?.mrr.usd.annual ?? 0);
    const before = months[index - 12];
    const quarterBefore = months[index - 3];
    return {
      month: month.month,
      salesAndMarketing,
      costOfRevenue,
      costs: all,
      grossMargin,
      cac: month.newCustomers === 0 ? null : salesAndMarketing / month.newCustomers,
      cacByChannel: byChannel(company, truth, costs, month.month),
      ltv: lifetimeValue(months, index, grossMargin),
      cacPaybackMonths: newAnnual <= 0 ? null : (salesAndMarketing * 12) / (newAnnual * grossMargin),
      magicNumber:
        quarterBefore === undefined || index < 5
          ? null
          : (month.mrr.usd.annual - quarterBefore.mrr.usd.annual) /
            [3, 4, 5].reduce((sum, back) => sum + spendOf(index - back, ['marketing', 'sales']), 0),
      netRevenue: revenue,
      cashCollected: cash,
      netBurn,
      operatingMargin,
      ruleOf40:
        operatingMargin === null || before === undefined
          ? null
          : month.mrr.usd.annual / before.mrr.usd.annual - 1 + operatingMargin,
      burnMultiple: netBurn <= 0 || gained <= 0 ? null : netBurn / gained,
    };
  });
}

const ALL: readonly CostKind[] = ['marketing', 'sales', 'cogs', 'rnd', 'ga'];

/** Lines of one kind, channel and currency are one cost, worth its rounded value at the month's last day. */
function spend(
  costs: readonly CostLine[],
  month: PlainMonth,
  kinds: readonly CostKind[],
  channel?: string | null,
): number {
  const sums = new Map<string, { minor: number; currency: CurrencyCode }>();
  for (const line of costs) {
    if (line.month !== month || !kinds.includes(line.kind) || (channel !== undefined && line.channel !== channel))
      continue;
    const key = `${line.kind} ${line.channel} ${line.currency}`;
    sums.set(key, { minor: (sums.get(key)?.minor ?? 0) + line.minor, currency: line.currency });
  }
  return [...sums.values()].reduce(
    (total, { minor, currency }) => total + roundHalfAway(inUsd(minor, currency, lastDayOf(month))),
    0,
  );
}

/** ARPA × margin ÷ the mean churn of the last three months that had customers at their start. */
function lifetimeValue(months: readonly MonthTruth[], index: number, grossMargin: number): number | null {
  const rates = months
    .slice(Math.max(0, index - 2), index + 1)
    .map(({ logoChurn }) => logoChurn)
    .filter((rate) => rate !== null);
  const churn = rates.length === 0 ? 0 : rates.reduce((a, b) => a + b, 0) / rates.length;
  const month = months[index]!;
  if (churn === 0 || month.customers === 0 || grossMargin <= 0) return null;
  return ((month.mrr.usd.annual / 12 / month.customers) * grossMargin) / churn;
}

function byChannel(
  company: Company,
  truth: DemoTruth,
  costs: readonly CostLine[],
  month: PlainMonth,
): EconomicsTruth['cacByChannel'] {
  // A customer deleted at the vendor is an id without metadata: nobody can say any more how it came.
  const channelOf = new Map(company.lives.map((life) => [life.key, life.deletedAt === null ? life.channel : null]));
  const newcomers = truth.movements.filter(({ kind, day }) => kind === 'new' && monthOf(day) === month);
  return Object.fromEntries(
    ['self_serve', 'sales', 'referral'].map((channel) => [
      channel,
      {
        spend: spend(costs, month, ['marketing', 'sales'], channel),
        newCustomers: newcomers.filter(({ life }) => channelOf.get(life) === channel).length,
      },
    ]),
  );
}

interface MonthMoney {
  readonly revenue: number;
  readonly cash: number;
}

/** R15 from the vendor's objects: invoices net of tax less credit notes, charges less refunds, each at its day's rate. */
function moneyByMonth(company: Company): ReadonlyMap<PlainMonth, MonthMoney> {
  const months = new Map<PlainMonth, { revenue: Rational; cash: Rational }>();
  const book = (at: number, currency: unknown, amount: number, into: 'revenue' | 'cash'): void => {
    const day = dayAt(instantOfSeconds(at), UTC);
    const known = months.get(monthOf(day)) ?? { revenue: rational(0), cash: rational(0) };
    known[into] = known[into].add(inUsd(amount, currencyCode(String(currency)), day));
    months.set(monthOf(day), known);
  };
  for (const { collection, object } of createCompanyRenderer().render(company, company.now).objects) {
    if (collection === 'invoices' && ['open', 'paid', 'uncollectible'].includes(String(object['status'])))
      book(finalizedAt(object), object['currency'], number(object, 'total') - taxOf(object), 'revenue');
    else if (collection === 'credit_notes' && object['status'] === 'issued')
      book(number(object, 'created'), object['currency'], -number(object, 'total_excluding_tax'), 'revenue');
    else if (collection === 'charges' && object['status'] === 'succeeded')
      book(number(object, 'created'), object['currency'], number(object, 'amount'), 'cash');
    else if (collection === 'refunds' && object['status'] === 'succeeded')
      book(number(object, 'created'), object['currency'], -number(object, 'amount'), 'cash');
  }
  return new Map(
    [...months].map(([month, { revenue, cash }]) => [
      month,
      { revenue: roundHalfAway(revenue), cash: roundHalfAway(cash) },
    ]),
  );
}

function number(object: JsonObject, name: string): number {
  const value = object[name];
  assert(typeof value === 'number', `${String(object['object'])}.${name} is a number`);
  return value;
}

function finalizedAt(invoice: JsonObject): number {
  const transitions = invoice['status_transitions'] as JsonObject;
  return number(transitions, 'finalized_at');
}

/** In today's shape a list, in older ones a number. */
function taxOf(invoice: JsonObject): number {
  if (typeof invoice['tax'] === 'number') return invoice['tax'];
  const taxes = (invoice['total_taxes'] ?? []) as readonly JsonObject[];
  return taxes.reduce((sum, tax) => sum + number(tax, 'amount'), 0);
}

/** US cents of an amount at a day's rate, exactly. */
function inUsd(amount: number, currency: CurrencyCode, day: PlainDay): Rational {
  if (currency === USD || amount === 0) return rational(amount);
  const rate = crossRate(day, currency, USD);
  assert(rate !== null, `there is a rate for ${currency} on ${day}`);
  return rate.mul(rational(10 ** exponentOf(USD), 10 ** exponentOf(currency))).mul(rational(amount));
}
