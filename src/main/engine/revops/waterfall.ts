/** The months of the deferred-revenue waterfall, into which bookings are added. */
import { addToMonth, firstDayOf, startOfDay, type PlainMonth, type TimeZone } from '../../../shared/kernel/day.ts';
import { minor, type Minor } from '../../../shared/kernel/money.ts';

/** The reasons for which revenue is taken back. */
export const CORRECTIONS = ['refunds', 'creditNotes', 'voids', 'badDebt', 'disputes'] as const;
export type Correction = (typeof CORRECTIONS)[number];
/** A gain on money that had been given up stands beside the corrections; it is no revenue. */
export type Account = Correction | 'recoverables';
type Column = 'billed' | 'recognised' | Account | `${Account}Deferred`;

export type WaterfallMonth = Record<Column | 'opening' | 'closing' | 'unbilled', Minor> & {
  readonly month: PlainMonth;
};

export interface Waterfall {
  /** Instants between which months lie: the start of each, and the end of the last. */
  readonly boundaries: readonly number[];
  /** Adds minor units of the reporting currency to the month of an instant. */
  add(column: Column, at: number, amount: number): void;
  /** The same by position: −1 is everything before the first month, the number of months everything after the last. */
  addAt(column: Column, position: number, amount: number): void;
  /** Revenue earned before its billing (positive) and its billing (negative): part of the balance, shown on its own. */
  addUnbilled(position: number, amount: number): void;
  /** The month of an instant, by position. */
  positionOf(at: number): number;
  months(): WaterfallMonth[];
}

const ACCOUNTS: readonly Account[] = [...CORRECTIONS, 'recoverables'];
const COLUMNS: readonly Column[] = [
  'billed',
  'recognised',
  ...ACCOUNTS.flatMap((account): Column[] => [account, `${account}Deferred`]),
];

/**
 * A waterfall over `months`, consecutive, cut in the company's time zone. In
 * every month: opening + billed − recognised − the deferred part of each
 * correction = closing, which is the next month's opening.
 */
export function createWaterfall(months: readonly PlainMonth[], zone: TimeZone): Waterfall {
  const boundaries = months.map((month) => startOfDay(firstDayOf(month), zone) as number);
  const last = months.at(-1);
  if (last !== undefined) boundaries.push(startOfDay(firstDayOf(addToMonth(last, 1)), zone));
  const sums = new Map<Column | 'unbilled', Float64Array>(
    [...COLUMNS, 'unbilled' as const].map((column) => [column, new Float64Array(months.length + 1)]),
  );
  const addAt = (column: Column | 'unbilled', position: number, amount: number): void => {
    const column_ = sums.get(column);
    if (column_ && position < months.length) column_[position + 1] = (column_[position + 1] ?? 0) + amount;
  };
  const at = (column: Column | 'unbilled', position: number): number => sums.get(column)?.[position + 1] ?? 0;
  const change = (position: number): number =>
    at('billed', position) -
    at('recognised', position) -
    ACCOUNTS.reduce((sum, account) => sum + at(`${account}Deferred`, position), 0);
  const positionOf = (instant: number): number => {
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((boundaries[middle] ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    boundaries,
    positionOf,
    addAt,
    add: (column, instant, amount) => addAt(column, positionOf(instant), amount),
    addUnbilled: (position, amount) => addAt('unbilled', position, amount),
    months() {
      let balance = change(-1);
      let unbilled = at('unbilled', -1);
      return months.map((month, position) => {
        const opening = balance;
        balance += change(position);
        unbilled += at('unbilled', position);
        const row = { month, opening: minor(opening), closing: minor(balance), unbilled: minor(unbilled) };
        const columns = COLUMNS.map((column) => [column, minor(at(column, position))] as const);
        return { ...row, ...(Object.fromEntries(columns) as Record<Column, Minor>) };
      });
    },
  };
}
