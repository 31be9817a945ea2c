/** The figures that are right for the demo company, worked out from its lives alone by the rules of the metrics document. */
import { exponentOf, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import {
  addDays,
  dayAt,
  firstDayOf,
  lastDayOf,
  monthOf,
  monthsBetween,
  UTC,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { assert } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { divideRounded, rational, roundHalfAway, type Rational } from '../../../shared/kernel/rational.ts';
import { monthsAfter } from '../scenario/calendar.ts';
import type { Company } from '../scenario/life.ts';
import { DEMO_CURRENCIES, USD } from '../scenario/price-list.ts';
import { crossRate } from '../rates/reference-rates.ts';
import {
  closingMoment,
  customerOn,
  MOVEMENT_KINDS,
  trueMovements,
  type CustomerDay,
  type MovementKind,
  type TrueMovement,
} from './ledger.ts';
import { standingBefore } from './standing.ts';
import { periodAmount } from './value.ts';

/** Annual minor units, and their twelfth rounded once. */
export interface Amount {
  readonly annual: number;
  readonly mrr: number;
}

export type Movements = Readonly<Record<MovementKind, Amount>>;

/** A stock in each currency, and all of them in US dollars at the day's rates. */
export interface Stock {
  readonly byCurrency: Readonly<Record<string, Amount>>;
  readonly usd: Amount;
}

export interface DayTruth {
  readonly asOf: PlainDay;
  readonly mrr: Stock;
  readonly cmrr: Stock;
  readonly pastDueMrr: Stock;
  readonly trialMrr: Stock;
  readonly committedTrialMrr: Stock;
  /** Per month: the mean of each metered position's last three closed periods. */
  readonly usageRunRate: Stock;
  readonly customers: number;
  readonly customersByCurrency: Readonly<Record<string, number>>;
  /** Fractions of one, valued at each day's own rates; null where nobody paid twelve months ago. */
  readonly nrr: number | null;
  readonly grr: number | null;
  /** The same, both ends valued at today's rates. */
  readonly nrrConstantCurrency: number | null;
  readonly grrConstantCurrency: number | null;
}

export interface MonthTruth extends DayTruth {
  readonly month: PlainMonth;
  /** Opening, movements and closing of each currency; they add up exactly in annual minor units. */
  readonly byCurrency: Readonly<
    Record<string, { readonly opening: Amount; readonly movements: Movements; readonly closing: Amount }>
  >;
  /** In US dollars, each movement at the rate of its day; `fx` is what is left of closing − opening. */
  readonly usd: {
    readonly opening: Amount;
    readonly movements: Movements;
    readonly fx: Amount;
    readonly closing: Amount;
  };
  readonly newCustomers: number;
  readonly churnedCustomers: number;
  /** Customers of the opening that are gone at the end ÷ customers of the opening (R16). */
  readonly logoChurn: number | null;
}

export interface DemoTruth {
  readonly company: string;
  readonly seed: string;
  readonly now: Instant;
  /** From the first month to the present one, which ends at `now`. */
  readonly months: readonly MonthTruth[];
  readonly today: DayTruth;
  readonly movements: readonly TrueMovement[];
}

const amountOf = (annual: number): Amount => ({ annual, mrr: divideRounded(annual, 12) });

/** Computes everything anew on each call; about a second for the documented company. */
export function demoTruth(company: Company): DemoTruth {
  const today = dayAt(company.now, UTC);
  const movements = trueMovements(company);
  const months = monthsBetween(monthOf(dayAt(company.foundedAt, UTC)), monthOf(today)).map((month) =>
    monthTruth(company, month, today, movements),
  );
  return {
    company: company.name,
    seed: company.seed,
    now: company.now,
    months,
    today: dayTruth(company, today),
    movements,
  };
}

function customersOn(company: Company, day: PlainDay): CustomerDay[] {
  return company.lives.map((life) => customerOn(life, closingMoment(day, company.now)));
}

/** The state of the company at the end of a day (at `now` on the last one). */
export function dayTruth(company: Company, day: PlainDay): DayTruth {
  const customers = customersOn(company, day);
  const yearAgo = customersOn(company, yearBefore(day));
  const paying = customers.filter(({ annual }) => annual > 0);
  const stock = (of: (customer: CustomerDay) => number): Stock =>
    stockOf(
      customers.map((customer) => [customer.life.currency, of(customer)]),
      day,
    );
  return {
    asOf: day,
    mrr: stock(({ annual }) => annual),
    cmrr: stock(({ annual, ending }) => annual - ending),
    pastDueMrr: stock(({ pastDue }) => pastDue),
    trialMrr: stock(({ trial }) => trial),
    committedTrialMrr: stock(({ committedTrial }) => committedTrial),
    usageRunRate: usageRunRate(company, day),
    customers: paying.length,
    customersByCurrency: Object.fromEntries(
      DEMO_CURRENCIES.map((currency) => [currency, paying.filter(({ life }) => life.currency === currency).length]),
    ),
    ...retention(yearAgo, customers, yearBefore(day), day),
  };
}

/** The same day of the month twelve months earlier, or that month's last day; a month's end stays a month's end. */
function yearBefore(day: PlainDay): PlainDay {
  const month = `${Number(day.slice(0, 4)) - 1}${day.slice(4, 7)}` as PlainMonth;
  if (day === lastDayOf(monthOf(day))) return lastDayOf(month);
  return `${month}${day.slice(7)}` as PlainDay;
}

/** R18: the customers of then, point to point. */
function retention(
  then: readonly CustomerDay[],
  now: readonly CustomerDay[],
  dayThen: PlainDay,
  dayNow: PlainDay,
): Pick<DayTruth, 'nrr' | 'grr' | 'nrrConstantCurrency' | 'grrConstantCurrency'> {
  const ratios = (rateDayThen: PlainDay): readonly [number | null, number | null] => {
    let [before, after, kept] = [rational(0), rational(0), rational(0)];
    then.forEach((customer, index) => {
      if (customer.annual === 0) return;
      const was = inUsd(customer.annual, customer.life.currency, rateDayThen);
      const is = inUsd(now[index]!.annual, customer.life.currency, dayNow);
      before = before.add(was);
      after = after.add(is);
      kept = kept.add(is.compare(was) < 0 ? is : was);
    });
    if (before.n === 0n) return [null, null];
    return [after.div(before).valueOf(), kept.div(before).valueOf()];
  };
  const [nrr, grr] = ratios(dayThen);
  const [nrrConstantCurrency, grrConstantCurrency] = ratios(dayNow);
  return { nrr, grr, nrrConstantCurrency, grrConstantCurrency };
}

/** US cents of an amount of minor units at a day's rate, exactly. */
function inUsd(minor: number, currency: CurrencyCode, day: PlainDay): Rational {
  if (currency === USD || minor === 0) return rational(minor);
  const rate = crossRate(day, currency, USD);
  assert(rate !== null, `there is a rate for ${currency} on ${day}`);
  return rate.mul(rational(10 ** exponentOf(USD), 10 ** exponentOf(currency))).mul(rational(minor));
}

/** Native sums are exact; the sum of their values in dollars is rounded once. */
function stockOf(amounts: readonly (readonly [CurrencyCode, number])[], day: PlainDay): Stock {
  const sums = new Map<CurrencyCode, number>(DEMO_CURRENCIES.map((currency) => [currency, 0]));
  for (const [currency, annual] of amounts) sums.set(currency, (sums.get(currency) ?? 0) + annual);
  const usd = [...sums].reduce((total, [currency, annual]) => total.add(inUsd(annual, currency, day)), rational(0));
  return {
    byCurrency: Object.fromEntries([...sums].map(([currency, annual]) => [currency, amountOf(annual)])),
    usd: amountOf(roundHalfAway(usd)),
  };
}

/** R4: what metered positions bring in, at the mean of their last three closed periods. */
function usageRunRate(company: Company, day: PlainDay): Stock {
  const moment = closingMoment(day, company.now);
  const amounts: [CurrencyCode, number][] = [];
  for (const life of company.lives)
    for (const contract of life.contracts) {
      const standing = standingBefore(life, contract, moment);
      const metered = standing?.positions.find(({ card }) => card.metered);
      if (!standing || standing.paused || standing.trialing || !metered || contract.callsByPeriod.length === 0)
        continue;
      const anchor = contract.trialEndsAt ?? contract.startedAt;
      let closed = 0;
      while (monthsAfter(anchor, closed + 1) < moment) closed += 1;
      const last = [closed - 1, closed - 2, closed - 3].filter((period) => period >= 0);
      const bills = last.map((period) =>
        roundHalfAway(
          periodAmount({
            card: metered.card,
            quantity: contract.callsByPeriod[period % contract.callsByPeriod.length]!,
          }),
        ),
      );
      if (bills.length > 0)
        amounts.push([life.currency, roundHalfAway(rational(bills.reduce((a, b) => a + b, 0) * 12, bills.length))]);
    }
  return stockOf(amounts, day);
}

function monthTruth(company: Company, month: PlainMonth, today: PlainDay, all: readonly TrueMovement[]): MonthTruth {
  const first = firstDayOf(month);
  const last = lastDayOf(month) < today ? lastDayOf(month) : today;
  const dayBefore = addDays(first, -1);
  const opening = customersOn(company, dayBefore);
  const closing = customersOn(company, last);
  const within = all.filter(({ day }) => day >= first && day <= last);
  const at = (customers: readonly CustomerDay[], day: PlainDay): Stock =>
    stockOf(
      customers.map(({ life, annual }) => [life.currency, annual]),
      day,
    );
  const [openingStock, closingStock] = [at(opening, dayBefore), at(closing, last)];
  const usdMovements = sumByKind(within, (movement) => inUsd(movement.annual, movement.currency, movement.day));
  const moved = MOVEMENT_KINDS.reduce((sum, kind) => sum + usdMovements[kind].annual, 0);
  const activeBefore = opening.filter(({ annual }) => annual > 0);
  const gone = opening.filter(({ annual }, index) => annual > 0 && closing[index]!.annual === 0);
  return {
    month,
    ...dayTruth(company, last),
    byCurrency: Object.fromEntries(
      DEMO_CURRENCIES.map((currency) => [
        currency,
        {
          opening: openingStock.byCurrency[currency]!,
          movements: sumByKind(
            within.filter((movement) => movement.currency === currency),
            ({ annual }) => rational(annual),
          ),
          closing: closingStock.byCurrency[currency]!,
        },
      ]),
    ),
    usd: {
      opening: openingStock.usd,
      movements: usdMovements,
      fx: amountOf(closingStock.usd.annual - openingStock.usd.annual - moved),
      closing: closingStock.usd,
    },
    newCustomers: within.filter(({ kind }) => kind === 'new').length,
    churnedCustomers: gone.length,
    logoChurn: activeBefore.length === 0 ? null : gone.length / activeBefore.length,
  };
}

function sumByKind(movements: readonly TrueMovement[], value: (movement: TrueMovement) => Rational): Movements {
  const sums = new Map<MovementKind, Rational>(MOVEMENT_KINDS.map((kind) => [kind, rational(0)]));
  for (const movement of movements) sums.set(movement.kind, sums.get(movement.kind)!.add(value(movement)));
  const amounts = MOVEMENT_KINDS.map((kind) => [kind, amountOf(roundHalfAway(sums.get(kind)!))] as const);
  return Object.fromEntries(amounts) as Movements;
}
