/**
 * Fewer points for drawing than there are to draw. A screen shows about one
 * point per pixel; ten years of days are 3,650. The table keeps them all.
 */

/**
 * The indices of the points that keep the look of a line: largest triangle, three buckets.
 * First and last are always kept; so is, in each bucket, the point that spans the largest
 * triangle with the one chosen before and the mean of the bucket after.
 * Unknown values (null) are kept where a gap begins and ends, so that gaps stay gaps.
 * Source: Steinarsson 2013, https://skemman.is/handle/1946/15343
 */
export function keptIndices(values: readonly (number | null)[], most: number): number[] {
  if (values.length <= most || most < 3) return values.map((_, index) => index);
  const kept = new Set<number>([0, values.length - 1]);
  const size = (values.length - 2) / (most - 2);
  let chosen = 0;
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const start = Math.floor(bucket * size) + 1;
    const end = Math.floor((bucket + 1) * size) + 1;
    const ahead = meanOf(values, end, Math.min(values.length, Math.floor((bucket + 2) * size) + 1));
    chosen = largestTriangle(values, chosen, start, end, ahead);
    kept.add(chosen);
  }
  for (let index = 1; index < values.length; index++)
    if ((values[index] === null) !== (values[index - 1] === null)) kept.add(index).add(index - 1);
  return [...kept].sort((a, b) => a - b);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function meanOf(values: readonly (number | null)[], start: number, end: number): Point {
  let sum = 0;
  let known = 0;
  for (let index = start; index < end; index++) {
    const value = values[index];
    if (value === null || value === undefined) continue;
    sum += value;
    known += 1;
  }
  return { x: (start + end - 1) / 2, y: known === 0 ? 0 : sum / known };
}

function largestTriangle(
  values: readonly (number | null)[],
  before: number,
  start: number,
  end: number,
  ahead: Point,
): number {
  const from = { x: before, y: values[before] ?? 0 };
  let largest = -1;
  let best = start;
  for (let index = start; index < end; index++) {
    const value = values[index];
    if (value === null || value === undefined) continue;
    const area = Math.abs((from.x - ahead.x) * (value - from.y) - (from.x - index) * (ahead.y - from.y));
    if (area > largest) {
      largest = area;
      best = index;
    }
  }
  return best;
}

/** The union of what each line needs, as rows of a table in which all lines share the index. */
export function keptRows(columns: readonly (readonly (number | null)[])[], most: number): number[] {
  const kept = new Set<number>();
  for (const column of columns) for (const index of keptIndices(column, most)) kept.add(index);
  return [...kept].sort((a, b) => a - b);
}
