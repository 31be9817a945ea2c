/** Hours in which nothing is to disturb: what comes meanwhile is told once they are over. */
import type { QuietHours } from '../../../shared/contract/workspace.ts';
import type { TimeZone } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { nextTime, timeAt } from '../../../shared/kernel/time-of-day.ts';
import type { ReadDb } from '../store/index.ts';

export interface Quiet {
  /** Null: no hours are quiet. */
  readonly hours: QuietHours | null;
  /** The company's zone, in which the hours are meant. */
  readonly zone: TimeZone;
}

/**
 * Whether a moment is quiet. The hours begin with the minute `from` and end with the minute `to`; they may go over
 * midnight.
 * @example isQuiet(at('23:10'), { hours: { from: '22:00', to: '07:00', … }, zone: UTC }) // true
 */
export function isQuiet(at: Instant, { hours, zone }: Quiet): boolean {
  if (hours === null) return false;
  const { from, to } = hours;
  const time = timeAt(at, zone);
  return from < to ? time >= from && time < to : time >= from || time < to;
}

/** When the quiet hours that hold at `at` end; null where none do. */
export function quietUntil(at: Instant, quiet: Quiet): Instant | null {
  return quiet.hours !== null && isQuiet(at, quiet) ? nextTime(at, quiet.hours.to, quiet.zone) : null;
}

/** Whether it is quiet now, until when, and how many notifications wait for the end. */
export function quietNow(db: ReadDb, quiet: Quiet, now: Instant): { until: Instant | null; held: number } {
  const { held } = db.one(
    db.build
      .selectFrom('alert')
      .where('delivery', '=', 'pending')
      .select((of) => of.fn.countAll<number>().as('held')),
    'count of notifications held back',
  );
  return { until: quietUntil(now, quiet), held };
}
