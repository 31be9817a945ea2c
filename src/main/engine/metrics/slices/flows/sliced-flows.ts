/** Money that flows in a part of the company. */
import type { CurrencyCode } from '../../../../../shared/kernel/currency.ts';
import { dayNumber, dayOfNumber, monthOf, monthsBetween, type PlainDay } from '../../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../../store/handles.ts';
import { currencyOfNumber } from '../../ledger/customer-block.ts';
import { flowsFrom, flowsOf, type DayFlow, type Flows } from '../../query/flows.ts';
import type { SlicedView } from '../sliced-view.ts';
import { partTest } from './billed-in.ts';
import { flowColumns, flowItems, NOBODY, READ_KINDS } from './flow-columns.ts';

interface Span {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/**
 * The flows of several periods at once, of the company or of a slice; periods are in order and do not overlap. In a
 * slice each payment counts with what it paid for of the slice's prices, a fact that is counted with its main price.
 */
export function flowsIn(
  db: ReadDb,
  sliced: SlicedView | null,
  periods: readonly Span[],
  currency: CurrencyCode,
): Flows[] {
  const first = periods[0];
  const last = periods.at(-1);
  if (!sliced || !first || !last) return flowsOf(db, periods, currency);
  return flowsFrom(db, sliceDays(db, sliced, first.from, last.to), periods, currency);
}

/** A slice's flows by day, kind and currency, in the order of days. */
function sliceDays(db: ReadDb, { selection }: SlicedView, from: PlainDay, to: PlainDay): DayFlow[] {
  const months = monthsBetween(monthOf(from), monthOf(to)).map((month) => flowColumns(db, month, selection.byPrice));
  const test = partTest(selection, flowItems(db));
  const [begin, end] = [dayNumber(from), dayNumber(to)];
  const sums = new Map<string, { day: number; flow: DayFlow & { amount_minor: number; entries: number } }>();
  const add = (day: number, kind: DayFlow['kind'], currency: number, amount: number, entries: number): void => {
    const key = `${day}|${kind}|${currency}`;
    let sum = sums.get(key);
    if (!sum) {
      const flow = { flowed_on: dayOfNumber(day), kind, currency: currencyOfNumber(currency) };
      sums.set(key, (sum = { day, flow: { ...flow, amount_minor: 0, entries: 0 } }));
    }
    sum.flow.amount_minor += amount;
    sum.flow.entries += entries;
  };
  for (const { length, kinds, days, customers, items, currencies, paidCurrencies, amounts, counted } of months)
    for (let index = 0; index < length; index++) {
      const day = days[index] ?? 0;
      if (day < begin || day > end) continue;
      const customer = customers[index] ?? 0;
      if (!test.customer(customer) || !test.currency(paidCurrencies[index] ?? 0)) continue;
      if (selection.byPrice && !test.items(items[index] ?? 0)) continue;
      const kind = READ_KINDS[kinds[index] ?? 0] ?? 'charged';
      const [currency = 0, amount = 0, entries = 0] = [currencies[index], amounts[index], counted[index]];
      add(day, kind, currency, amount, entries);
      if (kind === 'charged' && customer !== NOBODY) add(day, 'customer_charged', currency, amount, entries);
    }
  return [...sums.values()].sort((a, b) => a.day - b.day).map(({ flow }) => flow);
}
