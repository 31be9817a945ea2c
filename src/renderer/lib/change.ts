/**
 * The change of a value against an earlier one: direction, amount, and whether
 * it is good. The judgement needs to know which way is up for the business:
 * a falling churn rate is a gain.
 */
import type { Formatter } from './format.ts';
import type { Quantity } from './unit.ts';

/** Which direction is good; values of `neither` are shown without judgement. */
export type GoodDirection = 'up' | 'down' | 'neither';
export type Judgement = 'gain' | 'loss' | 'neutral';

export interface Change {
  readonly direction: 'up' | 'down' | 'flat';
  readonly judgement: Judgement;
  /** The difference in the unit of the values (fractions for percentages). */
  readonly difference: number;
  /** Difference ÷ |previous|; null where the earlier value is 0, and for percentages and scores (they change by points). */
  readonly fraction: number | null;
}

/** Null when either value is unknown or the units differ: no change can then be stated. */
export function changeBetween(current: Quantity, previous: Quantity, good: GoodDirection = 'up'): Change | null {
  if (current.value === null || previous.value === null) return null;
  if (current.unit.kind !== previous.unit.kind) return null;
  if (
    current.unit.kind === 'money' &&
    previous.unit.kind === 'money' &&
    current.unit.currency !== previous.unit.currency
  )
    return null;
  const difference = current.value - previous.value;
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'flat';
  const relative = current.unit.kind !== 'percent' && current.unit.kind !== 'score' && previous.value !== 0;
  return {
    direction,
    judgement: judge(direction, good),
    difference,
    fraction: relative ? difference / Math.abs(previous.value) : null,
  };
}

function judge(direction: Change['direction'], good: GoodDirection): Judgement {
  if (direction === 'flat' || good === 'neither') return 'neutral';
  return direction === good ? 'gain' : 'loss';
}

/** The change in words and signs: «+12.3%», «−1.2 pp», «+$1,200» where the earlier value was zero, «no change». */
export function changeText(change: Change, current: Quantity, format: Formatter): string {
  if (change.direction === 'flat') return 'no change';
  if (current.unit.kind === 'percent') return format.points(change.difference);
  if (change.fraction !== null) return format.percent(change.fraction, { signed: true });
  return format.value(change.difference, current.unit, { signed: true, form: 'compact' });
}
