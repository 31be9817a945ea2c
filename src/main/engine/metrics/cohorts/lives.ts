/** The pass over all customers: what each paid at the ends of periods, and from when to when it paid at all. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { rateNumber } from '../../fx/index.ts';
import { currencyOfNumber, type LevelColumns } from '../ledger/customer-block.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import type { CohortPeriod } from './periods.ts';

/** One customer as the pass meets it. The arrays are reused: read them before the pass goes on. */
export interface Life {
  customerId: number;
  /** Day number of the first positive level. */
  firstPaid: number;
  /** The currency of that level, as a number of the customer blocks. */
  firstCurrency: number;
  /** Annual amount at the end of each period, in the reporting currency at that day's rate; NaN without a rate. */
  readonly values: Float64Array;
  /** 1 where the customer pays at the end of the period, valued or not. */
  readonly pays: Uint8Array;
}

/** Visits every customer that has paid by the end of the last period, by id. */
export function eachLife(
  view: LedgerView,
  periods: readonly CohortPeriod[],
  currency: CurrencyCode,
  visit: (life: Life) => void,
): void {
  const columns = view.levels();
  const ends = Int32Array.from(periods, ({ endNumber }) => endNumber);
  const last = ends.at(-1) ?? Number.NEGATIVE_INFINITY;
  const rates = ratesOf(view, periods, currency);
  const life: Life = {
    customerId: 0,
    firstPaid: 0,
    firstCurrency: 0,
    values: new Float64Array(ends.length),
    pays: new Uint8Array(ends.length),
  };
  for (let start = 0; start < columns.length;) {
    const end = endOfCustomer(columns, start);
    const first = firstPaidEntry(columns, start, end, last);
    if (first >= 0) {
      life.customerId = columns.customers[start] ?? 0;
      life.firstPaid = columns.days[first] ?? 0;
      life.firstCurrency = columns.currencies[first] ?? 0;
      valueAtEnds(columns, start, end, ends, rates, life);
      visit(life);
    }
    start = end;
  }
}

/** When a customer paid: days on which it began to and days on which it no longer did, up to a day. */
export interface Spells {
  customerId: number;
  /** The currency first paid in, as a number of the customer blocks. */
  firstCurrency: number;
  /** Day numbers: paying from, not paying from, paying again from … */
  readonly turns: number[];
}

/** Visits every customer that has paid by a day. The object is reused. */
export function eachSpells({ levels }: LedgerView, last: number, visit: (spells: Spells) => void): void {
  const columns = levels();
  const spells: Spells = { customerId: 0, firstCurrency: 0, turns: [] };
  const held = new Map<number, number>();
  for (let start = 0; start < columns.length;) {
    const end = endOfCustomer(columns, start);
    spells.customerId = columns.customers[start] ?? 0;
    spells.turns.length = 0;
    held.clear();
    for (let index = start; index < end;) {
      const day = columns.days[index] ?? 0;
      if (day > last) break;
      // A customer that moves to another currency on a day pays before and after it.
      for (; index < end && columns.days[index] === day; index++)
        held.set(columns.currencies[index] ?? 0, columns.levels[index] ?? 0);
      let paying = false;
      for (const level of held.values()) if (level > 0) paying = true;
      if (paying !== (spells.turns.length % 2 === 1)) spells.turns.push(day);
    }
    if (spells.turns.length > 0) {
      spells.firstCurrency = columns.currencies[firstPaidEntry(columns, start, end, last)] ?? 0;
      visit(spells);
    }
    start = end;
  }
}

function endOfCustomer({ length, customers }: LevelColumns, start: number): number {
  const customer = customers[start];
  let end = start + 1;
  while (end < length && customers[end] === customer) end += 1;
  return end;
}

function firstPaidEntry({ levels, days }: LevelColumns, start: number, end: number, last: number): number {
  for (let index = start; index < end && (days[index] ?? 0) <= last; index++)
    if ((levels[index] ?? 0) > 0) return index;
  return -1;
}

function valueAtEnds(
  { levels, days, currencies }: LevelColumns,
  start: number,
  end: number,
  ends: Int32Array,
  rates: (native: number) => Float64Array,
  { values, pays }: Life,
): void {
  values.fill(0);
  pays.fill(0);
  for (let first = start; first < end; first++) {
    const native = currencies[first] ?? 0;
    if (isRepeated(currencies, start, first)) continue;
    const rate = rates(native);
    let entry = first;
    let level = 0;
    for (let period = 0; period < ends.length; period++) {
      const day = ends[period] ?? 0;
      for (; entry < end && (days[entry] ?? 0) <= day; entry++)
        if (currencies[entry] === native) level = levels[entry] ?? 0;
      if (level <= 0) continue;
      pays[period] = 1;
      values[period] = (values[period] ?? 0) + level * (rate[period] ?? Number.NaN);
    }
  }
}

function isRepeated(currencies: Int32Array, start: number, index: number): boolean {
  for (let before = start; before < index; before++) if (currencies[before] === currencies[index]) return true;
  return false;
}

/** Rates at the periods' ends by currency number, looked up once; NaN where none is known, so that no sum hides it. */
function ratesOf(
  view: LedgerView,
  periods: readonly CohortPeriod[],
  currency: CurrencyCode,
): (native: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (native) => {
    let rates = known.get(native);
    if (!rates) {
      rates = Float64Array.from(periods, ({ end }) => {
        const exact = view.rates.rate(currencyOfNumber(native), currency, end);
        return exact ? rateNumber(exact) : Number.NaN;
      });
      known.set(native, rates);
    }
    return rates;
  };
}
