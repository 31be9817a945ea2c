/** R16, R18: what became of the customers of a day, by another day. One pass over all customers' levels. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addMonths, addToMonth, dayNumber, lastDayOf, monthOf, type PlainDay } from '../../../../shared/kernel/day.ts';
import { rateNumber } from '../../fx/index.ts';
import { currencyOfNumber, type LevelColumns } from '../ledger/customer-block.ts';
import type { LedgerView } from './ledger-view.ts';

/** Annual amounts in the reporting currency, each day's at that day's rate; floats where a currency was converted, for ratios only. */
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

function follow(view: LedgerView, spans: readonly Span[], currency: CurrencyCode): Sums[] {
  const columns = view.levels();
  const days = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort();
  const ends = spans.map(({ start, end }) => [days.indexOf(start), days.indexOf(end)] as const);
  const sums = spans.map((): Sums => ({ customers: 0, kept: 0, annualThen: 0, annualNow: 0, annualKept: 0 }));
  const dayNumbers = Int32Array.from(days, dayNumber);
  const rates = ratesByCurrency(view, days, currency);
  const values = new Float64Array(days.length);
  const pays = new Uint8Array(days.length);
  for (let start = 0; start < columns.length;) {
    const end = endOfCustomer(columns, start);
    valueOnDays(columns, start, end, dayNumbers, rates, values, pays);
    for (let index = 0; index < ends.length; index++) {
      const [opened, closed] = ends[index] ?? [0, 0];
      const sum = sums[index];
      if (!sum || pays[opened] === 0) continue;
      const before = values[opened] ?? 0;
      const after = values[closed] ?? 0;
      sum.customers += 1;
      sum.kept += pays[closed] ?? 0;
      sum.annualThen += before;
      sum.annualNow += after;
      sum.annualKept += after < before ? after : before;
    }
    start = end;
  }
  return sums;
}

function endOfCustomer({ length, customers }: LevelColumns, start: number): number {
  const customer = customers[start];
  let end = start + 1;
  while (end < length && customers[end] === customer) end += 1;
  return end;
}

/** Writes a customer's value, and whether it pays, at the end of each day. Its entries lie by day. */
function valueOnDays(
  { levels, days, currencies }: LevelColumns,
  start: number,
  end: number,
  asked: Int32Array,
  rates: (native: number) => Float64Array,
  values: Float64Array,
  pays: Uint8Array,
): void {
  values.fill(0);
  pays.fill(0);
  for (let first = start; first < end; first++) {
    const native = currencies[first] ?? 0;
    if (isRepeated(currencies, start, first)) continue;
    const rate = rates(native);
    let entry = first;
    let level = 0;
    for (let day = 0; day < asked.length; day++) {
      const last = asked[day] ?? 0;
      for (; entry < end && (days[entry] ?? 0) <= last; entry++)
        if (currencies[entry] === native) level = levels[entry] ?? 0;
      if (level <= 0) continue;
      pays[day] = 1;
      values[day] = (values[day] ?? 0) + level * (rate[day] ?? 0);
    }
  }
}

/** Whether a customer's currency was met before in its entries. */
function isRepeated(currencies: Int32Array, start: number, index: number): boolean {
  for (let before = start; before < index; before++) if (currencies[before] === currencies[index]) return true;
  return false;
}

/** Rates of the days by currency number; 0 where none is known (the amount is listed as not valued elsewhere). */
function ratesByCurrency(
  view: LedgerView,
  days: readonly PlainDay[],
  currency: CurrencyCode,
): (native: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (native) => {
    let rates = known.get(native);
    if (!rates) {
      rates = Float64Array.from(days, (day) => {
        const exact = view.rates.rate(currencyOfNumber(native), currency, day);
        return exact ? rateNumber(exact) : 0;
      });
      known.set(native, rates);
    }
    return rates;
  };
}

/** The day a year before; the last day of a month answers to the last day of the same month. */
export function aYearBefore(day: PlainDay): PlainDay {
  const month = monthOf(day);
  return day === lastDayOf(month) ? lastDayOf(addToMonth(month, -12)) : addMonths(day, -12);
}
