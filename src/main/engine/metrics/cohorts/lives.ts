/** The pass over all customers: what each paid at the ends of periods, and from when to when it paid at all. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { LevelColumns } from '../ledger/customer-block.ts';
import { endOfCustomer, ratesOnDays, valueOnDays, type ValuesOnDays } from '../ledger/customer-values.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import type { CohortPeriod } from './periods.ts';

/** One customer as the pass meets it, valued at the end of each period. The arrays are reused: read them before the pass goes on. */
export interface Life extends ValuesOnDays {
  customerId: number;
  /** Day number of the first positive level. */
  firstPaid: number;
  /** The currency of that level, as a number of the customer blocks. */
  firstCurrency: number;
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
  const rates = ratesOnDays(
    view.rates,
    periods.map((period) => period.end),
    currency,
  );
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
      valueOnDays(columns, start, end, ends, rates, life);
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

function firstPaidEntry({ levels, days }: LevelColumns, start: number, end: number, last: number): number {
  for (let index = start; index < end && (days[index] ?? 0) <= last; index++)
    if ((levels[index] ?? 0) > 0) return index;
  return -1;
}
