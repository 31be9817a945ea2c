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

/** A running sum of one kind and currency over the days of a question. */
interface Lane {
  readonly amounts: Float64Array;
  readonly entries: Int32Array;
}

const KINDS = [...READ_KINDS, 'customer_charged'] as const;
const CHARGED = KINDS.indexOf('charged');
const CUSTOMER_CHARGED = KINDS.indexOf('customer_charged');

/** A slice's flows by day, kind and currency, in the order of days. */
function sliceDays(db: ReadDb, { selection }: SlicedView, from: PlainDay, to: PlainDay): DayFlow[] {
  const months = monthsBetween(monthOf(from), monthOf(to)).map((month) => flowColumns(db, month, selection.byPrice));
  const test = partTest(selection, flowItems(db));
  const [begin, end] = [dayNumber(from), dayNumber(to)];
  const lanes = new Map<number, Lane>();
  const add = (day: number, kind: number, currency: number, amount: number, entries: number): void => {
    const key = currency * KINDS.length + kind;
    let lane = lanes.get(key);
    if (!lane) {
      const span = end - begin + 1;
      lanes.set(key, (lane = { amounts: new Float64Array(span), entries: new Int32Array(span) }));
    }
    lane.amounts[day - begin] = (lane.amounts[day - begin] ?? 0) + amount;
    lane.entries[day - begin] = (lane.entries[day - begin] ?? 0) + entries;
  };
  for (const { length, kinds, days, customers, items, currencies, paidCurrencies, amounts, counted } of months)
    for (let index = 0; index < length; index++) {
      const day = days[index] ?? 0;
      if (day < begin || day > end) continue;
      const customer = customers[index] ?? 0;
      if (!test.customer(customer) || !test.currency(paidCurrencies[index] ?? 0)) continue;
      if (selection.byPrice && !test.items(items[index] ?? 0)) continue;
      const kind = kinds[index] ?? 0;
      const [currency = 0, amount = 0, entries = 0] = [currencies[index], amounts[index], counted[index]];
      add(day, kind, currency, amount, entries);
      if (kind === CHARGED && customer !== NOBODY) add(day, CUSTOMER_CHARGED, currency, amount, entries);
    }
  return rowsOf(lanes, begin);
}

function rowsOf(lanes: ReadonlyMap<number, Lane>, begin: number): DayFlow[] {
  const rows: { day: number; flow: DayFlow }[] = [];
  for (const [key, { amounts, entries }] of lanes) {
    const kind = KINDS[key % KINDS.length] ?? 'charged';
    const currency = currencyOfNumber(Math.floor(key / KINDS.length));
    for (const [offset, amount_minor] of amounts.entries()) {
      const counted = entries[offset] ?? 0;
      if (amount_minor === 0 && counted === 0) continue;
      const flow = { flowed_on: dayOfNumber(begin + offset), kind, currency, amount_minor, entries: counted };
      rows.push({ day: offset, flow });
    }
  }
  return rows.sort((a, b) => a.day - b.day).map(({ flow }) => flow);
}
