/** Billing arithmetic on instants in UTC: calendar months are added to the day, the time of day stays. */
import { addMonths, dayAt, startOfDay, UTC } from '../../../shared/kernel/day.ts';
import { addMs, type Instant } from '../../../shared/kernel/instant.ts';

/**
 * The moment `months` calendar months after (or before) an anchor; the 31st
 * becomes the last day of a shorter month, as billing systems do.
 * @example monthsAfter(instantOfIso('2026-01-31T09:00:00Z'), 1) // 2026-02-28T09:00:00Z
 */
export function monthsAfter(anchor: Instant, months: number): Instant {
  const day = dayAt(anchor, UTC);
  const timeOfDay = anchor - startOfDay(day, UTC);
  return addMs(startOfDay(addMonths(day, months), UTC), timeOfDay);
}

/** The first billing moment strictly after `at` of a cycle of `intervalMonths` that is anchored at `anchor`. */
export function cycleMomentAfter(anchor: Instant, intervalMonths: number, at: Instant): Instant {
  const averageMonthMs = 2_629_746_000;
  let cycle = Math.max(0, Math.floor((at - anchor) / (averageMonthMs * intervalMonths)) - 1);
  let moment = monthsAfter(anchor, cycle * intervalMonths);
  while (moment <= at) moment = monthsAfter(anchor, ++cycle * intervalMonths);
  return moment;
}
