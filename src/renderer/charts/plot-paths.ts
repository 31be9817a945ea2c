/** The paths of drawings with axes, in pixels with two decimals: a line is one element, whatever its number of points. */
import { area, curveLinear, curveStepAfter, line, type CurveFactory } from 'd3-shape';

const DIGITS = 2;

/** The part of a drawing inside its axes. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A place on a line; without a value the line is broken there. */
export interface PathPoint {
  readonly x: number;
  readonly y: number | null;
}

export interface PathBand {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Places a value of an axis: `from` at the pixel `start`, `to` at `end`. An axis of no length has all in its middle. */
export function placing(from: number, to: number, start: number, end: number): (value: number) => number {
  const span = to - from;
  return (value) => (span === 0 ? (start + end) / 2 : start + ((value - from) / span) * (end - start));
}

/** From point to point, straight or level until the next one; an unknown value breaks it. */
export function linePath(points: readonly PathPoint[], stepped = false): string {
  return (
    line<PathPoint>()
      .defined(({ y }) => y !== null)
      .x(({ x }) => x)
      .y(({ y }) => y ?? 0)
      .curve(curveOf(stepped))
      .digits(DIGITS)(points) ?? ''
  );
}

/** What lies between two lines; an unknown value of either parts it in two. */
export function bandPath(points: readonly (PathBand | null)[], stepped = false): string {
  return (
    area<PathBand | null>()
      .defined((point) => point !== null)
      .x((point) => point?.x ?? 0)
      .y0((point) => point?.low ?? 0)
      .y1((point) => point?.high ?? 0)
      .curve(curveOf(stepped))
      .digits(DIGITS)(points) ?? ''
  );
}

function curveOf(stepped: boolean): CurveFactory {
  return stepped ? curveStepAfter : curveLinear;
}

/** A rectangle from one corner to the opposite one. */
export function boxPath(x: number, width: number, from: number, to: number): string {
  return `M${place(x, from)}h${short(width)}V${short(to)}h${short(-width)}Z`;
}

/** The index of the stop nearest to a place; `stops` lie in order from left to right. -1 without any. */
export function nearestStop(stops: readonly { readonly x: number }[], pixels: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const between = ((stops[middle]?.x ?? 0) + (stops[middle + 1]?.x ?? 0)) / 2;
    if (pixels <= between) high = middle;
    else low = middle + 1;
  }
  return high;
}

function place(x: number, y: number): string {
  return `${short(x)},${short(y)}`;
}

function short(pixels: number): number {
  return Number(pixels.toFixed(DIGITS));
}
