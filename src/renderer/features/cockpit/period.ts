/** Which day, month and years the cockpit shows, from the filters of all rooms. */
import {
  addDays,
  addMonths,
  addToMonth,
  daysBetween,
  firstDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { monthsOf, type Period as PeriodText, type Scope } from '../../lib/address/index.ts';

export interface Period {
  /** The state shown is that at the end of this day. */
  readonly asOf: PlainDay;
  /** The month of the bridge: that of the day. */
  readonly month: PlainMonth;
  readonly bridgeFrom: PlainDay;
  readonly bridgeTo: PlainDay;
  /** The same day one month earlier: what figures are compared with, so that a running month meets an equal stretch. */
  readonly comparedWith: PlainDay;
  /** First day of the course. */
  readonly courseFrom: PlainDay;
  /** Its months, the current one counted. */
  readonly courseMonths: number;
  readonly grain: 'day' | 'month';
  readonly isToday: boolean;
}

/** What the course shows unless the filters say otherwise: 36 months with the current one. */
export const COURSE_PERIOD = '36' satisfies PeriodText;

/** Up to so many months are drawn by day: fewer months than that are no line. */
const FEW_MONTHS = 2;

export function periodOf(scope: Scope): Period {
  const { from, to, today } = scope;
  const month = monthOf(to);
  const courseMonths = monthsOf(scope);
  return {
    asOf: to,
    month,
    bridgeFrom: firstDayOf(month),
    bridgeTo: to,
    comparedWith: addMonths(to, -1),
    courseFrom: from,
    courseMonths,
    grain: courseMonths <= FEW_MONTHS ? 'day' : 'month',
    isToday: to === today,
  };
}

/** The stretch that the course is compared with: the same a year earlier, or as many months or days right before it. */
export function earlierCourse(
  { courseFrom, courseMonths, asOf, grain }: Period,
  compare: 'before' | 'year',
): { from: PlainDay; to: PlainDay } {
  if (compare === 'year') return { from: addMonths(courseFrom, -12), to: addMonths(asOf, -12) };
  const to = addDays(courseFrom, -1);
  return grain === 'day'
    ? { from: addDays(to, -daysBetween(courseFrom, asOf)), to }
    : { from: firstDayOf(addToMonth(monthOf(courseFrom), -courseMonths)), to };
}
