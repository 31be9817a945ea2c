/**
 * A line beside its own past: the stretch before, or the same a year earlier, laid
 * under the days that are shown, with the change from one to the other.
 */
import { addMonths, monthOf, type PlainDay } from '../../shared/kernel/day.ts';
import { changeBetween, changeText } from '../lib/change.ts';
import type { Formatter } from '../lib/format.ts';
import type { TrendPoint } from '../lib/trend-sentence.ts';
import { PERCENT, type Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';
import type { LegendItem } from './legend.tsx';
import { seriesLegend, seriesTable, type Grain, type Series } from './series.ts';

export type Compared = 'before' | 'year';

/**
 * The earlier points under the later ones: a year earlier by the day or month of the year; weeks, and a stretch before,
 * step by step from the beginning. Days that have no counterpart are unknown.
 */
export function aligned(
  points: readonly TrendPoint[],
  earlier: readonly TrendPoint[],
  grain: Grain,
  compared: Compared,
): TrendPoint[] {
  if (compared === 'before' || grain === 'week')
    return points.map(({ day }, index) => ({ day, value: earlier[index]?.value ?? null }));
  const key = (day: PlainDay): string => (grain === 'month' ? monthOf(day) : day);
  const byDay = new Map(earlier.map(({ day, value }) => [key(day), value]));
  return points.map(({ day }) => ({ day, value: byDay.get(key(addMonths(day, -12))) ?? null }));
}

/** The comparison as a dashed line; `name` is that of the line: «MRR a year before». */
export function comparedSeries(name: string, points: readonly TrendPoint[], compared: Compared): Series {
  return {
    id: 'earlier',
    label: compared === 'year' ? `${name} a year before` : `${name} of the period before`,
    dashed: true,
    points,
  };
}

/** The legend, in which the comparison says how far the last point is from its own: «+12.3%». */
export function comparedLegend(list: readonly Series[], unit: Unit, format: Formatter): LegendItem[] {
  const main = list[0];
  const items = seriesLegend(list);
  const place = list.findIndex(({ id }) => id === 'earlier');
  const item = items[place];
  const earlier = list[place];
  if (main === undefined || item === undefined || earlier === undefined) return items;
  const change = lastChange(main, earlier, unit, format);
  return change === null ? items : items.with(place, { ...item, value: `now ${change}` });
}

/** The change of the last day that both lines know. */
function lastChange(main: Series, earlier: Series, unit: Unit, format: Formatter): string | null {
  const before = new Map(earlier.points.map(({ day, value }) => [day, value]));
  const last = main.points.findLast(({ day, value }) => value !== null && (before.get(day) ?? null) !== null);
  const past = last === undefined ? null : (before.get(last.day) ?? null);
  if (last === undefined || last.value === null || past === null) return null;
  const now = { unit, value: last.value };
  const change = changeBetween(now, { unit, value: past });
  return change === null ? null : changeText(change, now, format);
}

/**
 * The table with a last column for the change: a fraction of the earlier value, or, for percentages, the difference.
 * Unknown where either is, or where the earlier one is zero.
 */
export function comparedTable(list: readonly Series[], unit: Unit, grain: Grain): ChartTable {
  const table = seriesTable(list, unit, grain);
  const place = list.findIndex(({ id }) => id === 'earlier');
  if (place < 0) return table;
  return {
    columns: [...table.columns, { header: 'Change', holds: 'value', unit: PERCENT }],
    rows: table.rows.map((row) => {
      const [now, past] = [row[1], row[place + 1]];
      if (typeof now !== 'number' || typeof past !== 'number') return [...row, null];
      const change = changeBetween({ unit, value: now }, { unit, value: past });
      return [...row, unit.kind === 'percent' ? (change?.difference ?? null) : (change?.fraction ?? null)];
    }),
  };
}
