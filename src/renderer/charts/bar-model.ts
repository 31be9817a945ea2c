/** What a bar chart draws, worked out from its rows: scale, axis, places, and one path for all bars of a part. */
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { valueAxis } from './axis.ts';
import { barExtremes, barSum, type BarRow } from './bars.ts';
import { FLAG_ROOM, monthGroups } from './mark-groups.ts';
import type { ChartMark } from './marks.tsx';
import { BOTTOM_ROOM } from './plot-axes.tsx';
import { boxPath, placing, type PlotArea } from './plot-paths.ts';
import { valueScale } from './value-scale.ts';

export interface BarInput {
  readonly rows: readonly BarRow[];
  readonly parts: number;
  readonly unit: Unit;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly ChartMark[];
  readonly format: Formatter;
}

/** Air at the right of the plot, and at its top where no flags need room. */
const RIGHT = 8;
const AIR = 8;
/** Air at either side of a bar, as a share of its place; pixels that a bar is wide at most. */
const SIDE = 0.22;
const WIDEST = 48;
/** Pixels: a letter of a mark at the axis, the space between two marks, the least of a mark, the room of the value axis. */
const LETTER = 6;
const GAP = 10;
const LEAST_MARK = 44;
const AXIS_ROOM = 44;

export function barModel({ rows, parts, unit, width, height, marks, format }: BarInput) {
  const scale = valueScale(barExtremes(rows), Math.max(2, Math.floor(height / 56)), true, unit.kind === 'count');
  const axis = valueAxis(scale, unit, format);
  const [left, right, bottom] = [axis.width, width - RIGHT, height - BOTTOM_ROOM];
  const pitch = (right - left) / Math.max(1, rows.length);
  const middle = (index: number): number => left + (index + 0.5) * pitch;
  const groups = monthGroups(
    marks,
    rows.map(({ month }) => month),
    middle,
  );
  const area: PlotArea = { left, right, top: groups.length > 0 ? FLAG_ROOM : AIR, bottom };
  const top = placing(scale.min, scale.max, area.bottom, area.top);
  const widest = Math.max(...rows.map(({ label }) => label.length), 0) * LETTER + GAP;
  const spacing = Math.max(1, Math.ceil((rows.length * Math.max(LEAST_MARK, widest)) / Math.max(1, width - AXIS_ROOM)));
  return {
    area,
    marks: axis.marks,
    groups,
    pitch,
    top,
    ticks: rows.flatMap(({ label }, index) => (index % spacing === 0 ? [{ x: middle(index), text: label }] : [])),
    stops: rows.map((_, index) => ({ at: index, x: middle(index) })),
    paths: partPaths(rows, parts, { left, pitch, top }),
    sums: rows.map((row, index) => ({ x: middle(index), y: top(barSum(row)) })),
  };
}

interface Places {
  readonly left: number;
  readonly pitch: number;
  readonly top: (value: number) => number;
}

/** One path per part: gains pile up from zero, losses down. */
function partPaths(rows: readonly BarRow[], parts: number, { left, pitch, top }: Places): string[] {
  const room = pitch * (1 - 2 * SIDE);
  const whole = room > 1 ? Math.round(room) : room;
  const wide = Math.min(whole, WIDEST);
  const paths = Array.from({ length: parts }, () => '');
  for (const [index, { values }] of rows.entries()) {
    const x = left + (index + SIDE) * pitch + (whole - wide) / 2;
    let above = 0;
    let below = 0;
    for (let part = 0; part < parts; part++) {
      const value = values[part] ?? 0;
      if (value === 0) continue;
      const from = value > 0 ? above : below;
      paths[part] += boxPath(x, wide, top(from), top(from + value));
      if (value > 0) above += value;
      else below += value;
    }
  }
  return paths;
}
