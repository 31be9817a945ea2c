/** The grid of costs: a row per kind, channel and currency, a column per month. Pure: no component, no call. */
import {
  COST_KIND_TITLES,
  COST_KINDS,
  type Cost,
  type CostKind,
  type CostSheet,
} from '../../../shared/contract/costs.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addToMonth, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { Minor } from '../../../shared/kernel/money.ts';
import { amountFromText } from './typed-amount.ts';

export interface RowKey {
  readonly kind: CostKind;
  readonly channel: string | null;
  readonly currency: CurrencyCode;
}

export interface GridRow extends RowKey {
  readonly id: string;
  /** What the row is called: its kind, or its channel below the kind. */
  readonly label: string;
  /** Whether it stands below a line of its kind’s sums. */
  readonly inside: boolean;
}

export interface GridGroup {
  readonly kind: CostKind;
  readonly title: string;
  /** More than one row: the kind’s sums stand in a line of their own. */
  readonly summed: boolean;
  readonly rows: readonly GridRow[];
}

export interface CellChange extends RowKey {
  readonly month: PlainMonth;
  readonly amount: Minor | null;
  /** Left out: the one that stands there stays. */
  readonly note?: string | null;
}

export function rowId({ kind, channel, currency }: RowKey): string {
  return `${kind}|${currency}|${channel?.toLowerCase() ?? ''}`;
}

export function cellId(row: RowKey, month: PlainMonth): string {
  return `${rowId(row)}|${month}`;
}

/** Every kind has a row without a channel in the reporting currency; further rows come from the costs and from those just added. */
export function gridGroups(sheet: CostSheet, added: readonly RowKey[]): GridGroup[] {
  return COST_KINDS.map((kind) => {
    const keys = new Map<string, RowKey>();
    const first: RowKey = { kind, channel: null, currency: sheet.currency };
    for (const key of [first, ...sheet.costs, ...added])
      if (key.kind === kind && !keys.has(rowId(key))) keys.set(rowId(key), key);
    const used = [...keys.values()].filter(
      (key) => key !== first || keys.size === 1 || sheet.costs.some((cost) => rowId(cost) === rowId(first)),
    );
    // Compared as plain text: a file may bring a hundred thousand channels.
    const rank = ({ channel, currency }: RowKey): string =>
      `${channel?.toLowerCase() ?? ''}\u0000${currency === sheet.currency ? '' : currency}`;
    const ranked = used.map((key) => ({ key, rank: rank(key) }));
    const sorted = ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ key }) => key);
    const summed = sorted.length > 1 || sorted[0]?.channel !== null;
    return {
      kind,
      title: COST_KIND_TITLES[kind],
      summed,
      rows: sorted.map(({ channel, currency }) => ({
        kind,
        channel,
        currency,
        id: rowId({ kind, channel, currency }),
        label: summed ? (channel ?? 'No channel') : COST_KIND_TITLES[kind],
        inside: summed,
      })),
    };
  });
}

/** The costs by their cell. */
export function costsByCell(sheet: CostSheet): ReadonlyMap<string, Cost> {
  return new Map(sheet.costs.map((cost) => [cellId(cost, cost.month), cost]));
}

/** So many months up to one, oldest first. */
export function monthsUpTo(last: PlainMonth, count: number): PlainMonth[] {
  return Array.from({ length: count }, (_, index) => addToMonth(last, index - count + 1));
}

/** Whole months without any cost since the first that has one: what is worked out of costs is not defined in them. */
export function gaps(sheet: CostSheet, lastWhole: PlainMonth): PlainMonth[] {
  const first = sheet.months.find(({ total, reason }) => total !== null || !isGap(reason))?.month;
  if (first === undefined) return [];
  return sheet.months
    .filter(({ month, total, reason }) => month > first && month <= lastWhole && total === null && isGap(reason))
    .map(({ month }) => month);
}

function isGap(reason: string | null): boolean {
  return reason?.startsWith('No cost is recorded') === true;
}

export interface Pasted {
  readonly changes: readonly CellChange[];
  /** The first cell that is no amount, and why. */
  readonly problem: string | null;
  /** Cells that lie outside the grid. */
  readonly outside: number;
}

/**
 * A block of cells from a spreadsheet, laid on the grid from a cell on. Empty
 * cells leave what stands there; one cell that is no amount refuses the block.
 */
export function pastedChanges(
  text: string,
  rows: readonly GridRow[],
  months: readonly PlainMonth[],
  at: { readonly row: number; readonly column: number },
): Pasted {
  const changes: CellChange[] = [];
  let outside = 0;
  for (const [down, line] of text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .entries())
    for (const [right, cell] of line.split('\t').entries()) {
      if (cell.trim() === '') continue;
      const [row, month] = [rows[at.row + down], months[at.column + right]];
      if (row === undefined || month === undefined) {
        outside += 1;
        continue;
      }
      const typed = amountFromText(cell, row.currency);
      if ('problem' in typed) return { changes: [], problem: `Nothing was pasted: ${typed.problem}`, outside };
      const { kind, channel, currency } = row;
      changes.push({ kind, channel, currency, month, amount: typed.amount });
    }
  return { changes, problem: null, outside };
}
