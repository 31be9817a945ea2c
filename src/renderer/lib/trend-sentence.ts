/** The sentence that stands for a chart where it cannot be seen: a screen reader's name for the picture. */
import type { PlainDay } from '../../shared/kernel/day.ts';
import type { Formatter } from './format.ts';
import type { Unit } from './unit.ts';

export interface TrendPoint {
  readonly day: PlainDay;
  /** In the unit of the trend; null where the value is not known. */
  readonly value: number | null;
}

export interface Trend {
  /** What is drawn: «MRR». */
  readonly name: string;
  readonly unit: Unit;
  /** In order of time. */
  readonly points: readonly TrendPoint[];
}

/**
 * First and last known value, the change between them, highest and lowest, and how many days are unknown.
 * @example 'MRR rose 579.0% from $12.4K on Jan 1, 2024 to $84.2K on Nov 1, 2026. Highest $86K on …, lowest $12.4K on ….'
 */
export function trendSentence(trend: Trend, format: Formatter): string {
  const known = trend.points.filter(isKnown);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return `${trend.name}: no data in this period.`;
  const write = (value: number): string => format.value(value, trend.unit, { form: 'compact' });
  const at = (point: KnownPoint): string => `${write(point.value)} on ${format.day(point.day)}`;
  if (known.length === 1)
    return `${trend.name}: ${at(first)}, the only known value.${missing(trend, known.length, format)}`;

  const course = `${trend.name} ${courseWords(first.value, last.value, trend.unit, format)} from ${at(first)} to ${at(last)}.`;
  let highest = first;
  let lowest = first;
  for (const point of known) {
    if (point.value > highest.value) highest = point;
    if (point.value < lowest.value) lowest = point;
  }
  const range = highest.value === lowest.value ? '' : ` Highest ${at(highest)}, lowest ${at(lowest)}.`;
  return course + range + missing(trend, known.length, format);
}

interface KnownPoint {
  readonly day: PlainDay;
  readonly value: number;
}

function isKnown(point: TrendPoint): point is KnownPoint {
  return point.value !== null;
}

/** «rose 12.0%», «fell 1.2 pp», «rose» where the start is zero or the sign changes, «stayed level». */
function courseWords(from: number, to: number, unit: Unit, format: Formatter): string {
  if (from === to) return 'stayed level';
  const verb = to > from ? 'rose' : 'fell';
  const distance = Math.abs(to - from);
  if (unit.kind === 'percent') return `${verb} ${format.points(distance).replace('+', '')}`;
  if (from <= 0 || to < 0) return verb;
  return `${verb} ${format.percent(distance / from)}`;
}

function missing(trend: Trend, knownCount: number, format: Formatter): string {
  const count = trend.points.length - knownCount;
  if (count === 0) return '';
  return ` ${format.count(count, { one: 'point has', other: 'points have' })} no value.`;
}
