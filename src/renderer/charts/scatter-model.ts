/** Points of two values each: where they stand, which is nearest, and which comes next by a key. */
import type { Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';

export interface ScatterPoint {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export interface ScatterAxis {
  readonly label: string;
  readonly unit: Unit;
}

/** A point with its place on the drawing, in pixels. */
export interface PlacedPoint extends ScatterPoint {
  readonly left: number;
  readonly top: number;
}

/** The point nearest to a place, if one is within reach. */
export function nearestPoint(
  points: readonly PlacedPoint[],
  at: { readonly left: number; readonly top: number },
  reach: number,
): number | null {
  let best: number | null = null;
  let least = reach * reach;
  for (const [index, { left, top }] of points.entries()) {
    const square = (left - at.left) ** 2 + (top - at.top) ** 2;
    if (square > least) continue;
    least = square;
    best = index;
  }
  return best;
}

/**
 * The point that an arrow key leads to: left and right in the order of x; up and down to the nearest one that lies that
 * way. Home and End: the first and last by x. Null for other keys, and where there is nothing that way.
 * `points` are in the order of x.
 */
export function pointByKey(points: readonly PlacedPoint[], current: number | null, key: string): number | null {
  const last = points.length - 1;
  if (last < 0) return null;
  if (key === 'Home' || (current === null && key === 'ArrowRight')) return 0;
  if (key === 'End' || (current === null && key === 'ArrowLeft')) return last;
  if (current === null) return key === 'ArrowUp' || key === 'ArrowDown' ? 0 : null;
  if (key === 'ArrowRight') return Math.min(last, current + 1);
  if (key === 'ArrowLeft') return Math.max(0, current - 1);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const from = points[current];
  if (from === undefined) return null;
  const way = key === 'ArrowUp' ? -1 : 1;
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { left, top }] of points.entries()) {
    const rise = (top - from.top) * way;
    if (rise <= 0) continue;
    // What lies straight that way comes before what lies aside.
    const distance = rise ** 2 + 4 * (left - from.left) ** 2;
    if (distance >= least) continue;
    least = distance;
    best = index;
  }
  return best;
}

/** Points that fall on the same two pixels are drawn once; all of them can be reached and are in the table. */
export function drawnPoints(points: readonly PlacedPoint[]): PlacedPoint[] {
  const taken = new Set<number>();
  return points.filter(({ left, top }) => {
    const cell = Math.round(left / 2) * 10_000 + Math.round(top / 2);
    if (taken.has(cell)) return false;
    taken.add(cell);
    return true;
  });
}

export function scatterTable(
  points: readonly ScatterPoint[],
  name: string,
  x: ScatterAxis,
  y: ScatterAxis,
): ChartTable {
  return {
    columns: [
      { header: name, holds: 'text' },
      { header: x.label, holds: 'value', unit: x.unit },
      { header: y.label, holds: 'value', unit: y.unit },
    ],
    rows: points.map((point) => [point.label, point.x, point.y]),
  };
}
