/** The paths of a sparkline. The scale is its own: lowest value at the bottom, highest at the top. */

export interface SparkPoint {
  /** Position among all values. */
  readonly index: number;
  readonly value: number | null;
}

export interface SparkPaths {
  readonly line: string;
  readonly area: string;
  /** The last known value, for the dot; null without any. */
  readonly last: { readonly x: number; readonly y: number } | null;
  readonly targetY: number | null;
}

const AIR = 3;

/** Paths in a box of `width` × `height`; a gap (null) breaks the line. A level line runs through the middle. */
export function sparkPaths(
  points: readonly SparkPoint[],
  count: number,
  width: number,
  height: number,
  target: number | null,
): SparkPaths {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return { line: '', area: '', last: null, targetY: null };
  const bounds = target === null ? known : [...known, target];
  const low = Math.min(...bounds);
  const span = Math.max(...bounds) - low;
  const x = (index: number): number => round(count <= 1 ? width / 2 : (index / (count - 1)) * width);
  const y = (value: number): number =>
    round(span === 0 ? height / 2 : height - AIR - ((value - low) / span) * (height - 2 * AIR));
  let line = '';
  let area = '';
  let run: { x: number; y: number }[] = [];
  const close = (): void => {
    const first = run[0];
    const end = run.at(-1);
    if (first === undefined || end === undefined) return;
    const path = run.map((point, index) => `${index === 0 ? 'M' : 'L'} ${point.x} ${point.y}`).join(' ');
    line += `${path} `;
    area += `${path} L ${end.x} ${height} L ${first.x} ${height} Z `;
    run = [];
  };
  let last: SparkPaths['last'] = null;
  for (const { index, value } of points) {
    if (value === null) {
      close();
      continue;
    }
    last = { x: x(index), y: y(value) };
    run.push(last);
  }
  close();
  return { line: line.trim(), area: area.trim(), last, targetY: target === null ? null : y(target) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
