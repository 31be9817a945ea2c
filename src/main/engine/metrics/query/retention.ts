/** R16, R18: what became of the customers of a day, by another day. One pass over all customers' levels. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addMonths, addToMonth, dayNumber, lastDayOf, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { rateNumber } from '../../fx/index.ts';
import { currencyOfNumber } from '../ledger/customer-block.ts';
import type { LedgerView } from './ledger-view.ts';

/** Annual amounts in the reporting currency, each day's at that day's rate; floats where a currency was converted, for ratios only. */
export interface Retention {
  /** Customers paying at the end of `then`. */
  readonly customers: number;
  /** Of these, paying at the end of `now`. */
  readonly kept: number;
  readonly annualThen: number;
  readonly annualNow: number;
  /** Σ min(then, now): what is left without any growth. */
  readonly annualKept: number;
}

const remembered = new WeakMap<LedgerView, Map<string, Retention>>();

/** Follows the customers who paid at the end of `then` to the end of `now`, point to point. */
export function retention(view: LedgerView, then: PlainDay, now: PlainDay, currency: CurrencyCode): Retention {
  let known = remembered.get(view);
  if (!known) remembered.set(view, (known = new Map()));
  const key = `${then}${now}${currency}`;
  let result = known.get(key);
  if (!result) known.set(key, (result = follow(view, then, now, currency)));
  return result;
}

function follow(view: LedgerView, then: PlainDay, now: PlainDay, currency: CurrencyCode): Retention {
  const { length, levels, customers, days, currencies } = view.levels();
  const rateThen = rateCache(view, then, currency);
  const rateNow = rateCache(view, now, currency);
  const lastThen = dayNumber(then);
  const lastNow = dayNumber(now);
  const sums = { customers: 0, kept: 0, annualThen: 0, annualNow: 0, annualKept: 0 };
  let index = 0;
  while (index < length) {
    const customer = customers[index];
    let paidThen = false;
    let paysNow = false;
    let annualThen = 0;
    let annualNow = 0;
    // A customer's entries lie by day; in one currency the last one not after the day is its level.
    const levelsThen = new Map<number, number>();
    const levelsNow = new Map<number, number>();
    for (; index < length && customers[index] === customer; index++) {
      const day = days[index] ?? 0;
      const native = currencies[index] ?? 0;
      if (day <= lastThen) levelsThen.set(native, levels[index] ?? 0);
      if (day <= lastNow) levelsNow.set(native, levels[index] ?? 0);
    }
    for (const [native, level] of levelsThen) {
      if (level > 0) paidThen = true;
      annualThen += level * rateThen(native);
    }
    if (!paidThen) continue;
    for (const [native, level] of levelsNow) {
      if (level > 0) paysNow = true;
      annualNow += level * rateNow(native);
    }
    sums.customers += 1;
    if (paysNow) sums.kept += 1;
    sums.annualThen += annualThen;
    sums.annualNow += annualNow;
    sums.annualKept += Math.min(annualThen, annualNow);
  }
  return sums;
}

/** Rates of one day by currency number; 0 where none is known (the amount is listed as not valued elsewhere). */
function rateCache(view: LedgerView, day: PlainDay, currency: CurrencyCode): (native: number) => number {
  const rates = new Map<number, number>();
  return (native) => {
    let rate = rates.get(native);
    if (rate === undefined) {
      const exact = view.rates.rate(currencyOfNumber(native), currency, day);
      rates.set(native, (rate = exact ? rateNumber(exact) : 0));
    }
    return rate;
  };
}

/** The day a year before; the last day of a month answers to the last day of the same month. */
export function aYearBefore(day: PlainDay): PlainDay {
  const month = monthOf(day);
  return day === lastDayOf(month) ? lastDayOf(addToMonth(month, -12)) : addMonths(day, -12);
}
