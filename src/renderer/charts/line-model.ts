/** What a line chart draws, worked out from its rows: points, scale, ticks, and where a day stands. */
import { dayNumber, type PlainDay } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { valueAxis } from './axis.ts';
import type { FanPoint } from './fan.ts';
import { drawnRows, type SeriesRow } from './series.ts';
import { timeTicks } from './time-ticks.ts';
import { valueScale } from './value-scale.ts';

export interface PlotRow {
  readonly x: number;
  readonly values: readonly (number | null)[];
  /** Of a forecast's day: the bands around it. */
  readonly bounds: FanPoint['bounds'];
}

export interface PlotInput {
  readonly rows: readonly SeriesRow[];
  readonly bounds: ReadonlyMap<PlainDay, FanPoint['bounds']>;
  readonly unit: Unit;
  readonly fromZero: boolean;
  readonly width: number;
  readonly height: number;
  readonly format: Formatter;
}

const NO_BOUNDS: FanPoint['bounds'] = [];
/** Air at the right of the plot. */
export const RIGHT = 8;
/** Half the width of a glyph on an axis, in pixels. */
const HALF_GLYPH = 3.2;

export function plotModel({ rows, bounds, unit, fromZero, width, height, format }: PlotInput) {
  const data: PlotRow[] = drawnRows(rows, width).map((row) => ({
    x: dayNumber(row.day),
    values: row.values,
    bounds: bounds.get(row.day) ?? NO_BOUNDS,
  }));
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  for (const { bounds: bands } of data) for (const [low, high] of bands) values.push(low, high);
  const scale = valueScale(values, Math.max(2, Math.floor(height / 56)), fromZero, unit.kind === 'count');
  const from = rows[0]?.day;
  const to = rows.at(-1)?.day;
  const ticks =
    from === undefined || to === undefined ? [] : timeTicks(from, to, Math.max(2, Math.floor(width / 84)), format);
  const axis = valueAxis(scale, unit, format);
  const span = { from: data[0]?.x ?? 0, to: data.at(-1)?.x ?? 0 };
  const place = (day: number): number =>
    axis.width + ((day - span.from) / Math.max(1, span.to - span.from)) * (width - axis.width - RIGHT);
  // A name that would be cut off at the edge is left out.
  const named = ticks.filter(({ day, label }) => place(dayNumber(day)) + label.length * HALF_GLYPH <= width);
  return {
    data,
    scale,
    axis,
    span,
    byDay: new Map(data.map((row) => [row.x, row])),
    /** Pixels from the left of a day's place. */
    place,
    /** The day that is drawn nearest to a place. */
    nearest: (pixels: number): number =>
      data.reduce((best, { x }) => (Math.abs(place(x) - pixels) < Math.abs(place(best) - pixels) ? x : best), span.to),
    ticks: named.map((tick) => dayNumber(tick.day)),
    labels: new Map(named.map((tick) => [dayNumber(tick.day), tick.label])),
  };
}
