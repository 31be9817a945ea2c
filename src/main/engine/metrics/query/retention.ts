/** R16, R18: what became of the customers of a day, by another day. One pass over all customers' levels. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addMonths, addToMonth, dayNumber, lastDayOf, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { endOfCustomer, ratesOnDays, valueOnDays } from '../ledger/customer-values.ts';
import type { LedgerView } from './ledger-view.ts';

/**
 * Annual amounts in the reporting currency, each day's at that day's rate; floats where a currency was converted, for
 * ratios only; NaN where one of them has no rate.
 */
export interface Retention {
  /** Customers paying at the end of the start day. */
  readonly customers: number;
  /** Of these, paying at the end of the end day. */
  readonly kept: number;
  readonly annualThen: number;
  readonly annualNow: number;
  /** Σ of the smaller of both: what is left without any growth. */
  readonly annualKept: number;
}

/** From the end of one day to the end of another. */
export interface Span {
  readonly start: PlainDay;
  readonly end: PlainDay;
}

type Sums = { -readonly [Name in keyof Retention]: number };

const remembered = new WeakMap<LedgerView, Map<string, Retention>>();

/** Follows the customers who paid at the end of `start` to the end of `end`, point to point. */
export function retention(view: LedgerView, start: PlainDay, end: PlainDay, currency: CurrencyCode): Retention {
  const [result] = retentions(view, [{ start, end }], currency);
  return result ?? { customers: 0, kept: 0, annualThen: 0, annualNow: 0, annualKept: 0 };
}

/** The same for many spans in one pass, remembered per view: a chart of three years asks for seventy at once. */
export function retentions(view: LedgerView, spans: readonly Span[], currency: CurrencyCode): Retention[] {
  let known = remembered.get(view);
  if (!known) remembered.set(view, (known = new Map()));
  const keyOf = ({ start, end }: Span) => `${start}${end}${currency}`;
  const asked = spans.filter((span) => !known.has(keyOf(span)));
  if (asked.length > 0)
    for (const [index, sums] of follow(view, asked, currency).entries()) {
      const span = asked[index];
      if (span) known.set(keyOf(span), sums);
    }
  return spans.map((span) => known.get(keyOf(span))).filter((result) => result !== undefined);
}

/** The customers of a slice by item are followed with all that they pay: one who moves to another plan is not lost. */
function follow(view: LedgerView, spans: readonly Span[], currency: CurrencyCode): Sums[] {
  const own = view.levels();
  const columns = view.slice?.byItem ? view.slice.whole.levels() : own;
  const isSlice = columns !== own;
  const days = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort();
  const ends = spans.map(({ start, end }) => [days.indexOf(start), days.indexOf(end)] as const);
  const sums = spans.map((): Sums => ({ customers: 0, kept: 0, annualThen: 0, annualNow: 0, annualKept: 0 }));
  const dayNumbers = Int32Array.from(days, dayNumber);
  const rates = ratesOnDays(view.rates, days, currency);
  const onDays = { values: new Float64Array(days.length), pays: new Uint8Array(days.length) };
  const { values, pays } = onDays;
  const inSlice = isSlice ? { values: new Float64Array(days.length), pays: new Uint8Array(days.length) } : onDays;
  let ownStart = 0;
  for (let start = 0; start < columns.length;) {
    const end = endOfCustomer(columns, start);
    if (isSlice) {
      // Both lie by customer, and who is in the slice is in the company.
      if (own.customers[ownStart] !== columns.customers[start] || ownStart >= own.length) {
        start = end;
        continue;
      }
      const ownEnd = endOfCustomer(own, ownStart);
      valueOnDays(own, ownStart, ownEnd, dayNumbers, rates, inSlice);
      ownStart = ownEnd;
    }
    valueOnDays(columns, start, end, dayNumbers, rates, onDays);
    for (let index = 0; index < ends.length; index++) {
      const [opened, closed] = ends[index] ?? [0, 0];
      const sum = sums[index];
      if (!sum || inSlice.pays[opened] === 0) continue;
      const before = values[opened] ?? 0;
      const after = values[closed] ?? 0;
      sum.customers += 1;
      sum.kept += pays[closed] ?? 0;
      sum.annualThen += before;
      sum.annualNow += after;
      sum.annualKept += Math.min(before, after);
    }
    start = end;
  }
  return sums;
}

/** The day a year before; the last day of a month answers to the last day of the same month. */
export function aYearBefore(day: PlainDay): PlainDay {
  const month = monthOf(day);
  return day === lastDayOf(month) ? lastDayOf(addToMonth(month, -12)) : addMonths(day, -12);
}
