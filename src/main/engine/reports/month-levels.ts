/** What every customer paid at the ends of months: the one pass over all customers behind the pack's tables. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addToMonth, dayNumber, lastDayOf, monthOf, monthsBetween, type PlainDay } from '../../../shared/kernel/day.ts';
import { convert, rateBook, type Rate } from '../fx/index.ts';
import { currencyOfNumber, readLevelColumns } from '../metrics/ledger/customer-block.ts';
import type { ReadDb } from '../store/index.ts';

export interface CustomerMonths {
  readonly customerId: number;
  /** ARR at each of `ends`, in annual minor units at that day's rate; null where a rate is missing. */
  readonly levels: readonly (number | null)[];
}

export interface MonthLevels {
  /** The days looked at: month ends, oldest first, the last being the day that was asked for. */
  readonly ends: readonly PlainDay[];
  readonly customers: readonly CustomerMonths[];
}

/** Levels at the end of `asOf` and of the `months - 1` months before it; customers who never paid until then are left out. */
export function readMonthLevels(db: ReadDb, asOf: PlainDay, months: number, currency: CurrencyCode): MonthLevels {
  const last = monthOf(asOf);
  const ends = monthsBetween(addToMonth(last, 1 - months), last).map((month) =>
    month === last ? asOf : lastDayOf(month),
  );
  const endNumbers = ends.map(dayNumber);
  const valued = valuer(db, ends, currency);
  const customers: CustomerMonths[] = [];
  const { length, levels, customers: ids, days, currencies } = readLevelColumns(db);
  let open: Tally = { customerId: Number.NaN, paid: false, steps: new Map() };
  const close = () => {
    if (open.paid) customers.push(finished(open, endNumbers, valued));
  };
  for (let index = 0; index < length; index++) {
    const customerId = ids[index]!;
    const day = days[index]!;
    if (day > endNumbers.at(-1)!) continue;
    if (open.customerId !== customerId) {
      close();
      open = { customerId, paid: false, steps: new Map() };
    }
    if (levels[index]! > 0) open.paid = true;
    const steps = open.steps.get(currencies[index]!);
    if (steps) steps.push([day, levels[index]!]);
    else open.steps.set(currencies[index]!, [[day, levels[index]!]]);
  }
  close();
  return { ends, customers };
}

interface Tally {
  readonly customerId: number;
  paid: boolean;
  /** By currency number: days and the level from each on. */
  readonly steps: Map<number, [day: number, level: number][]>;
}

type Valuer = (currency: number, end: number, level: number) => number | null;

/** Values a native level at an end; rates are looked up once per currency and end. */
function valuer(db: ReadDb, ends: readonly PlainDay[], currency: CurrencyCode): Valuer {
  const book = rateBook(db);
  const rates = new Map<number, (Rate | null)[]>();
  return (native, end, level) => {
    let known = rates.get(native);
    if (!known) {
      const code = currencyOfNumber(native);
      rates.set(native, (known = ends.map((day) => book.rate(code, currency, day))));
    }
    const rate = known[end] ?? null;
    return rate === null ? null : convert(level, rate);
  };
}

function finished(tally: Tally, ends: readonly number[], valued: Valuer): CustomerMonths {
  const levels: (number | null)[] = ends.map(() => 0);
  for (const [currency, steps] of tally.steps) {
    let step = 0;
    let level = 0;
    for (const [index, end] of ends.entries()) {
      while (step < steps.length && steps[step]![0] <= end) level = steps[step++]![1];
      if (level === 0) continue;
      const value = valued(currency, index, level);
      const before = levels[index]!;
      levels[index] = value === null || before === null ? null : before + value;
    }
  }
  return { customerId: tally.customerId, levels };
}
