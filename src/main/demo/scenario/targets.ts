/** What the founder of the demo company has set out to reach: a year that is nearly over, and the next one. */
import {
  addDays,
  addToMonth,
  dayAt,
  firstDayOf,
  lastDayOf,
  monthOf,
  UTC,
  type PlainDay,
} from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

export interface DemoTarget {
  readonly metric: 'arr' | 'customers';
  readonly startsOn: PlainDay;
  readonly dueOn: PlainDay;
  /** US cents, or customers. */
  readonly value: number;
  readonly shape: 'linear' | 'compound';
}

const CENTS = 100;

/** The year of targets ends with the month after the present one, so that the company always stands near its end. */
export function demoTargets(now: Instant): DemoTarget[] {
  const month = monthOf(dayAt(now, UTC));
  const begins = addDays(firstDayOf(addToMonth(month, -10)), -1);
  const ends = lastDayOf(addToMonth(month, 1));
  const nextEnds = lastDayOf(addToMonth(month, 13));
  return [
    { metric: 'arr', startsOn: begins, dueOn: ends, value: 1_000_000 * CENTS, shape: 'compound' },
    { metric: 'arr', startsOn: ends, dueOn: nextEnds, value: 1_600_000 * CENTS, shape: 'compound' },
    { metric: 'customers', startsOn: begins, dueOn: ends, value: 440, shape: 'linear' },
  ];
}
