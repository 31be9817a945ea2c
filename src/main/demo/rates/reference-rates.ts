/**
 * Made-up reference rates in the manner of the European Central Bank's: euro
 * against the demo's currencies, on working days only, with the bank's number
 * of decimals. They depend on the day alone, so that yesterday's rate is the
 * same tomorrow.
 */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addDays, dayNumber, dayOfNumber, daysBetween, plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { rational, type Rational } from '../../../shared/kernel/rational.ts';
import { createRandom } from '../scenario/random.ts';
import { EUR, GBP, JPY, USD } from '../scenario/price-list.ts';

/** The first day for which there is a rate. */
export const FIRST_RATE_DAY = plainDay('2020-01-01');
/** A rate may be this many days old when no later one exists (settled doubt on R12). */
export const MAX_RATE_AGE_DAYS = 7;

/** Units of the key currency for one euro, in steps of 10^-decimals; wanders between `low` and `high`. */
const WALKS = [
  { currency: USD, decimals: 4, start: 11_240, low: 10_450, high: 11_850, step: 38 },
  { currency: GBP, decimals: 5, start: 85_120, low: 82_400, high: 88_600, step: 160 },
  { currency: JPY, decimals: 2, start: 15_480, low: 14_900, high: 17_200, step: 62 },
] as const;

export interface DayRates {
  readonly day: PlainDay;
  /** Decimal text: units of that currency for one euro. */
  readonly perEuro: ReadonlyMap<CurrencyCode, string>;
}

const holidays = new Set(['01-01', '05-01', '12-25', '12-26']);

/** Monday to Friday, without the fixed holidays of the bank's calendar. */
export function isWorkingDay(day: PlainDay): boolean {
  const weekday = (dayNumber(day) + 4) % 7;
  return weekday !== 0 && weekday !== 6 && !holidays.has(day.slice(5));
}

const table: DayRates[] = [];
const indexOfDay = new Map<PlainDay, number>();
let levels: number[] = WALKS.map(({ start }) => start);
const random = createRandom('reference rates');
let tableUntil = dayNumber(FIRST_RATE_DAY) - 1;

function extendTo(day: PlainDay): void {
  for (let number = tableUntil + 1; number <= dayNumber(day); number++) {
    const today = dayOfNumber(number);
    if (isWorkingDay(today)) {
      levels = levels.map((level, index) => nextLevel(level, WALKS[index]!));
      indexOfDay.set(today, table.length);
      table.push({
        day: today,
        perEuro: new Map(
          WALKS.map(({ currency, decimals }, index) => [currency, inDecimals(levels[index]!, decimals)]),
        ),
      });
    }
    tableUntil = number;
  }
}

function nextLevel(level: number, { low, high, step }: (typeof WALKS)[number]): number {
  const moved = level + random.int(-step, step);
  if (moved < low) return low + (low - moved);
  return moved > high ? high - (moved - high) : moved;
}

function inDecimals(level: number, decimals: number): string {
  const digits = String(level).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The published days from `from` to `to`, both included, oldest first. */
export function ratesBetween(from: PlainDay, to: PlainDay): readonly DayRates[] {
  extendTo(to);
  return table.filter(({ day }) => day >= from && day <= to);
}

/** The rates of a day, or of the last working day before it, at most seven days back; null where there are none. */
export function ratesOn(day: PlainDay): DayRates | null {
  if (daysBetween(FIRST_RATE_DAY, day) < 0) return null;
  extendTo(day);
  for (let age = 0; age <= MAX_RATE_AGE_DAYS; age++) {
    const index = indexOfDay.get(addDays(day, -age));
    if (index !== undefined) return table[index]!;
  }
  return null;
}

/** Units of a currency for one euro on a day, exactly; 1 for the euro itself. */
function perEuro(rates: DayRates, currency: CurrencyCode): Rational | null {
  if (currency === EUR) return rational(1);
  const text = rates.perEuro.get(currency);
  return text === undefined ? null : rational(text);
}

/** What one unit of `base` is worth in `quote` on a day, as an exact fraction; null where it cannot be told. */
export function crossRate(day: PlainDay, base: CurrencyCode, quote: CurrencyCode): Rational | null {
  const rates = ratesOn(day);
  if (rates === null) return null;
  const [from, to] = [perEuro(rates, base), perEuro(rates, quote)];
  return from === null || to === null ? null : to.div(from);
}
