/** The path of a figure: from its beginning over each target to the last. Pure. */
import type { Target, TargetShape } from '../../../shared/contract/targets.ts';
import { addDays, daysBetween, type PlainDay } from '../../../shared/kernel/day.ts';

/** From the end of one day to the end of another. */
export interface Stretch {
  readonly from: PlainDay;
  readonly start: number;
  readonly to: PlainDay;
  readonly end: number;
  readonly shape: TargetShape;
}

/** In order, each beginning where the one before it ends; at least one. */
export type Path = readonly [Stretch, ...Stretch[]];

/**
 * @param waypoints targets of one figure and currency, by day.
 * @param startValue what the figure was at the end of the first target's first day.
 * @returns null without a target.
 */
export function pathOver(waypoints: readonly Target[], startValue: number): Path | null {
  const [first, ...rest] = waypoints;
  if (!first) return null;
  let at = { on: first.startsOn, value: first.startValue ?? startValue };
  const stretch = ({ dueOn, value, shape }: Target): Stretch => {
    const made = { from: at.on, start: at.value, to: dueOn, end: value, shape };
    at = { on: dueOn, value };
    return made;
  };
  return [stretch(first), ...rest.map(stretch)];
}

/** The stretch that a day's end lies on: the last one after the path's end; null before it begins. */
export function stretchOn(path: Path, day: PlainDay): Stretch | null {
  if (day < path[0].from) return null;
  return path.find(({ to }) => day <= to) ?? path.at(-1) ?? null;
}

/**
 * What the path asks for at the end of a day, rounded to whole units: the last target's value after its end, null before
 * its beginning. A compounding stretch from nothing cannot compound and is linear.
 * @example valueOn(path from 100 on 1 Jan to 200 on 11 Jan, linear, 6 Jan) // 150
 */
export function valueOn(path: Path, day: PlainDay): number | null {
  const stretch = stretchOn(path, day);
  if (stretch === null) return null;
  const { from, start, to, end, shape } = stretch;
  const part = Math.min(1, daysBetween(from, day) / daysBetween(from, to));
  const exact = shape === 'compound' && start > 0 ? start * (end / start) ** part : start + (end - start) * part;
  return Math.round(exact);
}

/**
 * By how many days a value is behind the path: the days since the path asked for as much or less. Negative ahead of it:
 * the days until it asks for as much. Null where the path nowhere asks for so little, or so much.
 */
export function daysBehind(path: Path, day: PlainDay, actual: number): number | null {
  const planned = valueOn(path, day);
  if (planned === null) return null;
  if (actual === planned) return 0;
  const isBehind = actual < planned;
  const last = path.at(-1)?.to ?? day;
  const limit = isBehind ? daysBetween(path[0].from, day) : daysBetween(day, last);
  for (let days = 1; days <= limit; days++) {
    const value = valueOn(path, addDays(day, isBehind ? -days : days));
    if (value !== null && (isBehind ? value <= actual : value >= actual)) return isBehind ? days : -days;
  }
  return null;
}
