/** When a milestone is reached if ARR goes on as it did over a stretch: no forecast, a way to say how fast it goes. */
import type { Climb } from '../../../shared/contract/metrics.ts';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';

export interface Pace {
  /** Days that it rests on. */
  readonly days: number;
  /** Minor units of net new ARR per week. */
  readonly perWeek: number;
  /** Null where ARR did not grow over those days, or the day is too far away to be named. */
  readonly on: PlainDay | null;
}

const WEEK = 7;
/** Beyond this a day says nothing. */
const MAX_DAYS = 36_500;

/** Over the instrument's own window, a quarter and a year, as far as weeks are known. */
export function pacesOf(climb: Climb): Pace[] {
  const { milestone, asOf } = climb;
  const distance = milestone?.distance ?? 0;
  const paceOver = (days: number, gained: number): Pace => {
    const left = gained > 0 ? Math.ceil((distance * days) / gained) : null;
    return { days, perWeek: (gained * WEEK) / days, on: left === null || left > MAX_DAYS ? null : addDays(asOf, left) };
  };
  const overWeeks = [13, 52].flatMap((count) => {
    const last = climb.weeks.slice(-count);
    if (last.length < count) return [];
    return [
      paceOver(
        count * WEEK,
        last.reduce((sum, { netNewArr }) => sum + netNewArr, 0),
      ),
    ];
  });
  const own = milestone === null ? [] : [{ days: climb.window, perWeek: climb.perWeek, on: milestone.expectedOn }];
  return [...own, ...overWeeks];
}
