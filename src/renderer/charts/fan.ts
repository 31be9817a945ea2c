/**
 * A forecast beside what happened: a middle line and bands in which the truth
 * lies with a stated probability. What is drawn comes from whoever forecasts; the
 * chart parts it from the facts and invents nothing.
 */
import type { PlainDay } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';
import type { LegendItem } from './legend.tsx';
import { seriesLegend, seriesTable, type Grain, type Series } from './series.ts';

export interface FanPoint {
  readonly day: PlainDay;
  /** The middle of the forecast, in the unit of the chart. */
  readonly value: number;
  /** For each level of the fan, in its order: the bounds between which the value lies. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
}

export interface Fan {
  readonly label: string;
  /** Probabilities of the bands as fractions, the widest first: 0.95, 0.8, 0.5. */
  readonly levels: readonly number[];
  /** In order of time, all after the last known point. */
  readonly points: readonly FanPoint[];
}

/** How solid each band is: the likelier, the darker. */
export const BAND_OPACITY = 0.14;

/** The last known point of the first series, from which the fan opens. */
export function fanOrigin(series: readonly Series[]): { readonly day: PlainDay; readonly value: number } | null {
  const last = series[0]?.points.findLast(({ value }) => value !== null);
  return last === undefined || last.value === null ? null : { day: last.day, value: last.value };
}

/** The middle line as a series that begins where the facts end. */
export function fanSeries(series: readonly Series[], fan: Fan): Series {
  const origin = fanOrigin(series);
  return {
    id: 'forecast',
    label: fan.label,
    dashed: true,
    color: 'var(--series-1)',
    points: [...(origin === null ? [] : [origin]), ...fan.points.map(({ day, value }) => ({ day, value }))],
  };
}

/** The bounds by day, level by level; at the last known point they meet. */
export function fanBounds(series: readonly Series[], fan: Fan): ReadonlyMap<PlainDay, FanPoint['bounds']> {
  const bounds = new Map(fan.points.map((point) => [point.day, point.bounds]));
  const origin = fanOrigin(series);
  if (origin !== null)
    bounds.set(
      origin.day,
      fan.levels.map(() => [origin.value, origin.value]),
    );
  return bounds;
}

export function fanLegend(series: readonly Series[], fan: Fan, format: Formatter): LegendItem[] {
  return [
    ...seriesLegend([...series, fanSeries(series, fan)]),
    ...fan.levels.map((level, index): LegendItem => ({
      label: `${format.percent(level, { form: 'whole' })} likely`,
      color: `color-mix(in srgb, var(--series-1) ${Math.round((1 - (1 - BAND_OPACITY) ** (index + 1)) * 100)}%, var(--surface))`,
      mark: 'square',
    })),
  ];
}

/** Facts, the middle of the forecast, and two columns for each band. A forecast is never in a fact's column. */
export function fanTable(
  series: readonly Series[],
  fan: Fan,
  { unit, grain, format }: { readonly unit: Unit; readonly grain: Grain; readonly format: Formatter },
): ChartTable {
  const middle: Series = { ...fanSeries(series, fan), points: fan.points };
  const bound = (side: 0 | 1) => (level: number, index: number) => ({
    id: `${side} ${level}`,
    label: `${side === 0 ? 'Low' : 'High'} ${format.percent(level, { form: 'whole' })}`,
    points: fan.points.map(({ day, bounds }) => ({ day, value: bounds[index]?.[side] ?? null })),
  });
  return seriesTable(
    [...series, middle, ...fan.levels.flatMap((level, index) => [bound(0)(level, index), bound(1)(level, index)])],
    unit,
    grain,
  );
}

/** The end of the forecast in words: «Forecast $98K on Nov 1, 2027; 80% likely between $84K and $112K.» */
export function fanSentence(fan: Fan, unit: Unit, format: Formatter): string {
  const last = fan.points.at(-1);
  if (last === undefined) return '';
  const write = (value: number): string => format.value(value, unit, { form: 'compact' });
  const ranges = fan.levels.flatMap((level, index) => {
    const bounds = last.bounds[index];
    if (bounds === undefined) return [];
    return [`${format.percent(level, { form: 'whole' })} likely between ${write(bounds[0])} and ${write(bounds[1])}`];
  });
  return `${fan.label} ${write(last.value)} on ${format.day(last.day)}; ${ranges.join(', ')}.`;
}
