/** A stretch of days as one readable parameter of an address: `2026-01-15..2026-03-31`, or whole months: `2026-01..2026-03`. */
import { DaySchema, MonthSchema } from '../../../shared/contract/scalars.ts';
import { firstDayOf, lastDayOf, type PlainDay } from '../../../shared/kernel/day.ts';

/** Both ends included. */
export type StretchText = `${string}..${string}`;

interface Stretch {
  readonly from: PlainDay;
  readonly to: PlainDay;
  /** Its ends were said in months: it begins and ends with one. */
  readonly wholeMonths: boolean;
}

/**
 * Null for what is no stretch: ends that are no days, a day with a month, or an end before the start.
 * @example stretchOf('2026-02..2026-03') // { from: '2026-02-01', to: '2026-03-31', wholeMonths: true }
 */
export function stretchOf(text: string): Stretch | null {
  const [first, last, ...more] = text.split('..');
  if (more.length > 0) return null;
  const stretch = ofDays(first, last) ?? ofMonths(first, last);
  return stretch === null || stretch.from > stretch.to ? null : stretch;
}

function ofDays(first: string | undefined, last: string | undefined): Stretch | null {
  const [from, to] = [DaySchema.safeParse(first), DaySchema.safeParse(last)];
  return from.success && to.success ? { from: from.data, to: to.data, wholeMonths: false } : null;
}

function ofMonths(first: string | undefined, last: string | undefined): Stretch | null {
  const [from, to] = [MonthSchema.safeParse(first), MonthSchema.safeParse(last)];
  return from.success && to.success ? { from: firstDayOf(from.data), to: lastDayOf(to.data), wholeMonths: true } : null;
}

export function isStretchText(text: unknown): text is StretchText {
  return typeof text === 'string' && stretchOf(text) !== null;
}
