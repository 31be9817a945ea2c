/** A table of exact annual amounts as rounded monthly ones that add up both ways. */
import type { SlicedMovements } from '../../../../shared/contract/slice.ts';
import { roundToTotal } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { TALLY_KINDS } from './tally.ts';

const COLUMNS = ['opening', ...TALLY_KINDS, 'fx', 'closing'] as const;
const MOVES = COLUMNS.slice(1, -1);

/** Annual amounts of one row; opening and movements are closing. */
export type AnnualRow = Readonly<Record<(typeof COLUMNS)[number], number>>;

export interface Shown {
  readonly rows: SlicedMovements[];
  readonly total: SlicedMovements;
}

/** The exact sum of rows, column by column. */
export function summed(rows: readonly AnnualRow[]): AnnualRow {
  const sums = Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Amounts;
  for (const row of rows) for (const column of COLUMNS) sums[column] += row[column];
  return sums;
}

/**
 * Monthly amounts: the total's ends rounded plainly and its movements apportioned, each column apportioned over the
 * rows, and what then is missing in one row and too much in another moved between them, where both have something.
 */
export function shownRows(exact: readonly AnnualRow[]): Shown {
  const sum = summed(exact);
  const ends = { opening: divideRounded(sum.opening, 12), closing: divideRounded(sum.closing, 12) };
  const total: Amounts = { ...sum, ...ends };
  // What left one row came to another: as shown, too, it comes to nothing.
  const paired = sum.movedIn + sum.movedOut === 0;
  if (paired) {
    total.movedIn = divideRounded(sum.movedIn, 12);
    total.movedOut = 0 - total.movedIn;
  }
  const apportioned = paired ? MOVES.filter((column) => column !== 'movedIn' && column !== 'movedOut') : MOVES;
  const moves = roundToTotal(
    ends.closing - ends.opening,
    apportioned.map((column) => sum[column]),
    12,
  );
  for (const [index, column] of apportioned.entries()) total[column] = moves[index] ?? 0;
  const rows = exact.map(() => ({ ...total }));
  for (const column of COLUMNS) {
    const parts = roundToTotal(
      total[column],
      exact.map((row) => row[column]),
      12,
    );
    for (const [index, row] of rows.entries()) row[column] = parts[index] ?? 0;
  }
  balance(rows, exact);
  return { rows: rows as SlicedMovements[], total: total as SlicedMovements };
}

type Amounts = Record<(typeof COLUMNS)[number], number>;

/** Movements first, since an end is what is looked at most. */
const ADJUSTED = [...MOVES, 'opening', 'closing'] as const;

function balance(rows: readonly Amounts[], exact: readonly AnnualRow[]): void {
  const gaps = rows.map((row) => row.closing - row.opening - MOVES.reduce((sum, column) => sum + row[column], 0));
  for (let high = 0, low = 0; ;) {
    while (high < gaps.length && (gaps[high] ?? 0) <= 0) high += 1;
    while (low < gaps.length && (gaps[low] ?? 0) >= 0) low += 1;
    const [up, down, upExact, downExact] = [rows[high], rows[low], exact[high], exact[low]];
    if (!up || !down || !upExact || !downExact) return;
    const column =
      ADJUSTED.find((name) => upExact[name] !== 0 && downExact[name] !== 0) ??
      ADJUSTED.find((name) => upExact[name] !== 0 || downExact[name] !== 0) ??
      'closing';
    // A closing that is too high is lowered; everything else that leads up to it is raised.
    const step = column === 'closing' ? -1 : 1;
    up[column] += step;
    down[column] -= step;
    gaps[high] = (gaps[high] ?? 0) - 1;
    gaps[low] = (gaps[low] ?? 0) + 1;
  }
}
