/** Terms: the billing periods of an item, rolled from the one that is known. */
import { monthsLater } from '../../../../shared/kernel/day.ts';
import { addMs, DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Price } from '../../domain/index.ts';

type Recurring = NonNullable<Price['recurring']>;

const APPROXIMATE_DAYS = { day: 1, week: 7, month: 30.436_875, year: 365.2425 } as const;

/** The moment `terms` whole terms after (before, when negative) a moment. Months keep their day, or end on the month's last. */
export function addTerms(at: Instant, { interval, intervalCount }: Recurring, terms: number): Instant {
  const count = intervalCount * terms;
  if (interval === 'day') return addMs(at, count * DAY_MS);
  if (interval === 'week') return addMs(at, count * 7 * DAY_MS);
  return monthsLater(at, interval === 'year' ? count * 12 : count);
}

/**
 * The start of the term that contains `at`, on the grid given by any known
 * term start.
 */
export function termStartAt(known: Instant, recurring: Recurring, at: Instant): Instant {
  const length = APPROXIMATE_DAYS[recurring.interval] * recurring.intervalCount * DAY_MS;
  let terms = Math.floor((at - known) / length);
  while (addTerms(known, recurring, terms) > at) terms -= 1;
  while (addTerms(known, recurring, terms + 1) <= at) terms += 1;
  return addTerms(known, recurring, terms);
}
