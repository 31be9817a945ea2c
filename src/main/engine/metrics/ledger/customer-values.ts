/** What one customer is worth at the ends of days, out of the packed levels: the step of every pass over all customers. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { rateNumber, type RateBook } from '../../fx/index.ts';
import { currencyOfNumber, type LevelColumns } from './customer-block.ts';

/** Rates of the asked days by a currency's number in the packed levels. */
export type RatesOnDays = (native: number) => Float64Array;

/** One customer's amounts, reused from customer to customer. */
export interface ValuesOnDays {
  /** Annual amount at the end of each day, in the reporting currency at that day's rate; NaN without a rate. */
  readonly values: Float64Array;
  /** 1 where the customer pays at the end of the day, valued or not. */
  readonly pays: Uint8Array;
}

/** The index behind the last entry of the customer whose entries begin at `start`. */
export function endOfCustomer({ length, customers }: LevelColumns, start: number): number {
  const customer = customers[start];
  let end = start + 1;
  while (end < length && customers[end] === customer) end += 1;
  return end;
}

/** Writes a customer's value, and whether it pays, at the end of each day (day numbers, ascending). Its entries lie by day. */
export function valueOnDays(
  columns: LevelColumns,
  start: number,
  end: number,
  asked: Int32Array,
  rates: RatesOnDays,
  onDays: ValuesOnDays,
): void {
  const { values, pays } = onDays;
  const { currencies } = columns;
  // A few numbers: to ask the platform to fill them would cost more than to write them.
  for (let index = 0; index < asked.length; index++) {
    values[index] = 0;
    pays[index] = 0;
  }
  const main = currencies[start] ?? 0;
  addCurrency(columns, start, end, asked, main, rates(main), onDays);
  for (let first = start + 1; first < end; first++) {
    const native = currencies[first] ?? 0;
    if (native !== main && !isRepeated(currencies, start, first))
      addCurrency(columns, first, end, asked, native, rates(native), onDays);
  }
}

/** Adds what a customer pays in one currency, whose first entry is at `start`. */
function addCurrency(
  { levels, days, currencies }: LevelColumns,
  start: number,
  end: number,
  asked: Int32Array,
  native: number,
  rate: Float64Array,
  { values, pays }: ValuesOnDays,
): void {
  let entry = start;
  let level = 0;
  for (let index = 0; index < asked.length; index++) {
    const day = asked[index] ?? 0;
    for (; entry < end && (days[entry] ?? 0) <= day; entry++)
      if (currencies[entry] === native) level = levels[entry] ?? 0;
    if (level <= 0) continue;
    pays[index] = 1;
    values[index] = (values[index] ?? 0) + level * (rate[index] ?? Number.NaN);
  }
}

/** Whether a customer's currency was met before in its entries. */
function isRepeated(currencies: Int32Array, start: number, index: number): boolean {
  for (let before = start; before < index; before++) if (currencies[before] === currencies[index]) return true;
  return false;
}

/** Looks each currency's rates up once; NaN where none is known, so that no sum hides it. */
export function ratesOnDays(book: RateBook, days: readonly PlainDay[], currency: CurrencyCode): RatesOnDays {
  const known = new Map<number, Float64Array>();
  let last = -1;
  let lastRates: Float64Array = new Float64Array(0);
  return (native) => {
    if (native === last) return lastRates;
    let rates = known.get(native);
    if (!rates) {
      rates = Float64Array.from(days, (day) => {
        const exact = book.rate(currencyOfNumber(native), currency, day);
        return exact ? rateNumber(exact) : Number.NaN;
      });
      known.set(native, rates);
    }
    last = native;
    lastRates = rates;
    return rates;
  };
}
