/** When digests are due: on a wall clock, in the founder's zone. Pure. */
import type { DailyDigest, WeeklyDigest } from '../../../shared/contract/workspace.ts';
import { addDays, dayAt, dayNumber, startOfDay, type PlainDay, type TimeZone } from '../../../shared/kernel/day.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { nextTime } from '../../../shared/kernel/time-of-day.ts';

/** 1 = Monday … 7 = Sunday. */
function weekdayOf(day: PlainDay): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

const SATURDAY = 6;
const DAYS_OF_WEEK = 7;

/**
 * The latest moment up to now at which the digest of a day was due. A time that the clock skips is that after the gap, one
 * that comes twice counts the first time.
 */
export function lastDailyDue(now: Instant, { at, workdaysOnly }: DailyDigest, zone: TimeZone): Instant {
  return lastDue(now, at, zone, (day) => !workdaysOnly || weekdayOf(day) < SATURDAY);
}

/** The latest moment up to now at which the view of a week was due. */
export function lastWeeklyDue(now: Instant, { on, at }: WeeklyDigest, zone: TimeZone): Instant {
  return lastDue(now, at, zone, (day) => weekdayOf(day) === on);
}

function lastDue(now: Instant, at: DailyDigest['at'], zone: TimeZone, suits: (day: PlainDay) => boolean): Instant {
  let day = dayAt(now, zone);
  // Today may be too early still: then the suiting day before it, at most a week and a day back.
  for (let back = 0; back <= DAYS_OF_WEEK; back++, day = addDays(day, -1)) {
    if (!suits(day)) continue;
    const due = nextTime(instant(startOfDay(day, zone) - 1), at, zone);
    if (due <= now) return due;
  }
  return startOfDay(day, zone);
}
