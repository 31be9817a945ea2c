/** The company's history in months before now: what every life can refer to. */
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { dayAt, startOfDay, UTC } from '../../../shared/kernel/day.ts';
import { monthsAfter } from './calendar.ts';
import type { Random } from './random.ts';

export interface Chapters {
  readonly now: Instant;
  readonly foundedAt: Instant;
  /** New customers pay the current prices from here on. */
  readonly newPricesAt: Instant;
  /** Existing customers move to them at their first renewal from here on. */
  readonly migrationAt: Instant;
  /** The quarter in which an outage and a rival's launch cost customers. */
  readonly badQuarter: readonly [Instant, Instant];
}

export const HISTORY_MONTHS = 36;

export function chaptersUntil(now: Instant): Chapters {
  return {
    now,
    foundedAt: monthsAfter(now, -HISTORY_MONTHS),
    newPricesAt: monthsAfter(now, -15),
    migrationAt: monthsAfter(now, -12),
    badQuarter: [monthsAfter(now, -20), monthsAfter(now, -17)],
  };
}

/** A moment in office hours (08:00–19:59 UTC) of the day `days` before now, cut to the second. */
export function daysAgo(chapters: Chapters, days: number, hour: number, minute = 0): Instant {
  const today = startOfDay(dayAt(chapters.now, UTC), UTC);
  return instant(today - days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS);
}

/** A moment in office hours of some day between two moments, or null where none lies strictly between them. */
export function momentBetween(random: Random, from: Instant, until: Instant): Instant | null {
  const days = Math.floor((until - from) / DAY_MS);
  const day = startOfDay(dayAt(instant(from + random.int(1, Math.max(1, days - 1)) * DAY_MS), UTC), UTC);
  const at = instant(day + random.int(8 * 3600, 20 * 3600 - 1) * 1000);
  return at > from && at < until ? at : null;
}
