/** Lines over time as the charts take them, and the table of all their points. */
import { monthOf, type PlainDay } from '../../shared/kernel/day.ts';
import type { Unit } from '../lib/unit.ts';
import type { TrendPoint } from '../lib/trend-sentence.ts';
import type { ChartTable } from './chart-table.ts';
import type { LegendItem } from './legend.tsx';
import { keptRows } from './downsample.ts';

export interface Series {
  /** Stable key. */
  readonly id: string;
  readonly label: string;
  /** In order of time; all series of a chart may have different days. */
  readonly points: readonly TrendPoint[];
  /** A CSS colour; default the next of the series tokens, the comparison's grey for `dashed`. */
  readonly color?: string;
  /** A comparison, a plan or a forecast: dashed as well as paler. */
  readonly dashed?: boolean;
}

/** What one point stands for: a month is written as a month, whichever of its days the point carries. */
export type Grain = 'day' | 'week' | 'month';

const COLORS = 6;

/** The colour of the series at an index. */
export function seriesColor(series: Series, index: number): string {
  if (series.color !== undefined) return series.color;
  return series.dashed === true ? 'var(--series-neutral)' : `var(--series-${(index % COLORS) + 1})`;
}

export function seriesLegend(list: readonly Series[]): LegendItem[] {
  return list.map((series, index) => ({
    label: series.label,
    color: seriesColor(series, index),
    mark: series.dashed === true ? 'dashed' : 'line',
  }));
}

/** One day and the value of each series on it, null where it has none. */
export interface SeriesRow {
  readonly day: PlainDay;
  readonly values: readonly (number | null)[];
}

/** All days of all series in order. */
export function seriesRows(list: readonly Series[]): SeriesRow[] {
  const byDay = new Map<PlainDay, (number | null)[]>();
  list.forEach((series, index) => {
    for (const point of series.points) {
      let values = byDay.get(point.day);
      if (values === undefined) byDay.set(point.day, (values = list.map(() => null)));
      values[index] = point.value;
    }
  });
  return [...byDay].map(([day, values]) => ({ day, values })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The rows worth drawing on `width` pixels: about one point per pixel and line. */
export function drawnRows(rows: readonly SeriesRow[], width: number): readonly SeriesRow[] {
  const first = rows[0];
  if (first === undefined || rows.length <= width) return rows;
  const columns = first.values.map((_, index) => rows.map((row) => row.values[index] ?? null));
  return keptRows(columns, Math.max(50, Math.floor(width))).flatMap((index) => rows[index] ?? []);
}

/** Every point, none left out. */
export function seriesTable(list: readonly Series[], unit: Unit, grain: Grain = 'day'): ChartTable {
  const time: ChartTable['columns'][number] =
    grain === 'month'
      ? { header: 'Month', holds: 'month' }
      : { header: grain === 'week' ? 'Week ending' : 'Day', holds: 'day' };
  return {
    columns: [time, ...list.map((series) => ({ header: series.label, holds: 'value', unit }) as const)],
    rows: seriesRows(list).map((row) => [grain === 'month' ? monthOf(row.day) : row.day, ...row.values]),
  };
}
