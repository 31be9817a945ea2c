/** What a line chart draws, worked out from its rows: points, scale, ticks, and where a day stands. */
import { dayNumber, type PlainDay } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { valueAxis } from './axis.ts';
import type { FanPoint } from './fan.ts';
import { FLAG_ROOM, markGroups } from './mark-groups.ts';
import type { ChartMark } from './marks.tsx';
import { BOTTOM_ROOM } from './plot-axes.tsx';
import { placing, type PlotArea } from './plot-paths.ts';
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
  readonly marks: readonly ChartMark[];
  readonly format: Formatter;
}

const NO_BOUNDS: FanPoint['bounds'] = [];
/** Air at the right of the plot. */
const RIGHT = 8;
/** Pixels below which flags would take the room of the line itself; the table has the marks all the same. */
const LEAST_HEIGHT = 90;
/** Half the width of a glyph on an axis, in pixels. */
const HALF_GLYPH = 3.2;

/** Air at the top, where no flags need room. */
const AIR = 8;

export type LineModel = NonNullable<ReturnType<typeof plotModel>>;

/** Null without any row. */
export function plotModel({ rows, bounds, unit, fromZero, width, height, marks, format }: PlotInput) {
  const [firstRow] = rows;
  const lastRow = rows.at(-1);
  if (firstRow === undefined || lastRow === undefined) return null;
  const data: PlotRow[] = drawnRows(rows, width).map((row) => ({
    x: dayNumber(row.day),
    values: row.values,
    bounds: bounds.get(row.day) ?? NO_BOUNDS,
  }));
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  for (const { bounds: bands } of data) for (const [low, high] of bands) values.push(low, high);
  const scale = valueScale(values, Math.max(2, Math.floor(height / 56)), fromZero, unit.kind === 'count');
  const axis = valueAxis(scale, unit, format);
  const span = { from: data[0]?.x ?? 0, to: data.at(-1)?.x ?? 0 };
  const [left, right, bottom] = [axis.width, width - RIGHT, height - BOTTOM_ROOM];
  const place = placing(span.from, span.to, left, right);
  const groups = height < LEAST_HEIGHT ? [] : markGroups(marks, span, place);
  const area: PlotArea = { left, right, top: groups.length > 0 ? FLAG_ROOM : AIR, bottom };
  const ticks = timeTicks(firstRow.day, lastRow.day, Math.max(2, Math.floor(width / 84)), format)
    .map(({ day, label }) => ({ x: place(dayNumber(day)), text: label }))
    // A name that would be cut off at the edge is left out.
    .filter(({ x, text }) => x + text.length * HALF_GLYPH <= width);
  return {
    data,
    scale,
    marks: axis.marks,
    span,
    area,
    groups,
    ticks,
    byDay: new Map(data.map((row) => [row.x, row])),
    stops: data.map(({ x }) => ({ at: x, x: place(x) })),
    /** Pixels from the left of a day's place. */
    place,
    /** Pixels from the top of a value's place. */
    top: placing(scale.min, scale.max, area.bottom, area.top),
  };
}
