/** The paths of drawings with axes, in pixels with two decimals: a line is one element, whatever its number of points. */

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
  let path = '';
  let last: number | null = null;
  for (const { x, y } of points) {
    if (y === null) {
      last = null;
      continue;
    }
    if (last === null) path += `M${place(x, y)}`;
    else path += stepped ? `H${short(x)}V${short(y)}` : `L${place(x, y)}`;
    last = y;
  }
  return path;
}

/** What lies between two lines; an unknown value of either parts it in two. */
export function bandPath(points: readonly (PathBand | null)[], stepped = false): string {
  let path = '';
  let run: PathBand[] = [];
  const close = (): void => {
    if (run.length > 0) path += closed(run, stepped);
    run = [];
  };
  for (const point of points) {
    if (point === null) close();
    else run.push(point);
  }
  close();
  return path;
}

function closed(run: readonly PathBand[], stepped: boolean): string {
  const over = linePath(
    run.map(({ x, high }) => ({ x, y: high })),
    stepped,
  );
  let back = '';
  for (const [index, { x, low }] of run.toReversed().entries()) {
    if (index === 0) back += `L${place(x, low)}`;
    else back += stepped ? `V${short(low)}H${short(x)}` : `L${place(x, low)}`;
  }
  return `${over}${back}Z`;
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
  return Math.round(pixels * 100) / 100;
}
