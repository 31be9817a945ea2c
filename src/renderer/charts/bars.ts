/** Bars stacked by sign: what they are made of, how far they reach, and their table. */
import type { MovementKind } from '../../shared/contract/metrics.ts';
import type { PlainMonth } from '../../shared/kernel/day.ts';
import type { Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';
import type { LegendItem } from './legend.tsx';

export interface BarPart {
  readonly id: string;
  readonly label: string;
  /** A CSS colour token. */
  readonly color: string;
}

export interface BarRow {
  /** Under the bar: «Mar», «Starter». */
  readonly label: string;
  /** In the tooltip and the table: «March 2026»; default the label. */
  readonly name?: string;
  /** The month that the bar stands for: what was noted in it stands above. */
  readonly month?: PlainMonth;
  /** One signed value per part, in the unit; null where unknown. */
  readonly values: readonly (number | null)[];
}

/** Name and colour of each kind of movement, in the order in which they are shown. Losses are negative amounts. */
export const MOVEMENT_PARTS: readonly (BarPart & { readonly id: MovementKind })[] = [
  { id: 'new', label: 'New', color: 'var(--gain-1)' },
  { id: 'expansion', label: 'Expansion', color: 'var(--gain-2)' },
  { id: 'reactivation', label: 'Reactivation', color: 'var(--gain-3)' },
  { id: 'resumed', label: 'Resumed', color: 'var(--gain-4)' },
  { id: 'contraction', label: 'Contraction', color: 'var(--loss-3)' },
  { id: 'churn', label: 'Churn', color: 'var(--loss-1)' },
  { id: 'paused', label: 'Paused', color: 'var(--loss-2)' },
  { id: 'fx', label: 'FX', color: 'var(--series-neutral)' },
];

/** The sum of the known values. */
export function barSum(row: BarRow): number {
  return row.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** The end of the highest stack above zero and of the deepest below. */
export function barExtremes(rows: readonly BarRow[]): number[] {
  return rows.flatMap(({ values }) => {
    let above = 0;
    let below = 0;
    for (const value of values) {
      if (value === null) continue;
      if (value > 0) above += value;
      else below += value;
    }
    return [above, below];
  });
}

/** With `net`, the points that mark the sums have their entry too. */
export function barLegend(parts: readonly BarPart[], net = false): LegendItem[] {
  const items = parts.map((part): LegendItem => ({ label: part.label, color: part.color, mark: 'square' }));
  return net ? [...items, { label: 'Net', color: 'var(--ink)', mark: 'dot' }] : items;
}

/** A row per bar; with `net` also their sums. `rowHeader` names the first column, which holds months where bars do. */
export function barTable(
  parts: readonly BarPart[],
  rows: readonly BarRow[],
  unit: Unit,
  rowHeader: string,
  net = false,
): ChartTable {
  const areMonths = rows.every(({ month }) => month !== undefined);
  return {
    columns: [
      { header: rowHeader, holds: areMonths ? 'month' : 'text' },
      ...parts.map((part) => ({ header: part.label, holds: 'value', unit }) as const),
      ...(net ? [{ header: 'Net', holds: 'value', unit } as const] : []),
    ],
    rows: rows.map((row) => [
      (areMonths ? row.month : row.name) ?? row.label,
      ...row.values,
      ...(net ? [barSum(row)] : []),
    ]),
  };
}
