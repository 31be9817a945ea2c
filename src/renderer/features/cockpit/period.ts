/** Which day and month the cockpit shows, from the address and the company's today. */
import {
  addMonths,
  addToMonth,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';

export interface Period {
  /** The state shown is that at the end of this day. */
  readonly asOf: PlainDay;
  /** The month of the bridge. */
  readonly month: PlainMonth;
  readonly bridgeFrom: PlainDay;
  readonly bridgeTo: PlainDay;
  /** The same day one month earlier: what figures are compared with, so that a running month meets an equal stretch. */
  readonly comparedWith: PlainDay;
  /** First day of the course: 36 months with the current one. */
  readonly courseFrom: PlainDay;
  readonly isToday: boolean;
}

const COURSE_MONTHS = 36;

/** A day after today is today. Without a day, a named month is shown at its end. */
export function periodOf(
  search: { asOf?: PlainDay | undefined; month?: PlainMonth | undefined },
  today: PlainDay,
): Period {
  const wanted = search.asOf ?? (search.month === undefined ? today : lastDayOf(search.month));
  const asOf = wanted > today ? today : wanted;
  const asked = search.month ?? monthOf(asOf);
  const month = asked > monthOf(today) ? monthOf(today) : asked;
  const end = lastDayOf(month);
  return {
    asOf,
    month,
    bridgeFrom: firstDayOf(month),
    bridgeTo: month === monthOf(asOf) && asOf < end ? asOf : end > today ? today : end,
    comparedWith: addMonths(asOf, -1),
    courseFrom: firstDayOf(addToMonth(monthOf(asOf), 1 - COURSE_MONTHS)),
    isToday: asOf === today,
  };
}
