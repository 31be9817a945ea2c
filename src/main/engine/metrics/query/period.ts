/** The periods that figures are asked for. */
import {
  addDays,
  addToMonth,
  dayNumber,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../../shared/kernel/day.ts';

export interface Period {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** The month of a day up to it, or the whole of a given month (of the present one, up to `today`). */
export function periodOf(asOf: PlainDay | undefined, month: PlainMonth | undefined, today: PlainDay): Period {
  if (month === undefined) return { from: firstDayOf(monthOf(asOf ?? today)), to: asOf ?? today };
  const last = lastDayOf(month);
  const to = asOf !== undefined && asOf < last ? asOf : last;
  return { from: firstDayOf(month), to: monthOf(today) === month && today < to ? today : to };
}

/** The last `count` whole months that are over at the end of a day. */
export function closedMonths(asOf: PlainDay, count: number): Period[] {
  const month = monthOf(asOf);
  const last = asOf === lastDayOf(month) ? month : addToMonth(month, -1);
  return Array.from({ length: count }, (_, index) => {
    const closed = addToMonth(last, index - count + 1);
    return { from: firstDayOf(closed), to: lastDayOf(closed) };
  });
}

export type Grain = 'day' | 'week' | 'month';

/** The days, weeks or months that touch [from, to], the last one cut at `to`. Weeks begin on the given weekday (1 = Monday). */
export function periodsOf(from: PlainDay, to: PlainDay, grain: Grain, weekStartsOn: number): Period[] {
  const periods: Period[] = [];
  for (let start = startOf(from, grain, weekStartsOn); start <= to;) {
    const next = nextStart(start, grain);
    const last = addDays(next, -1);
    periods.push({ from: start, to: last < to ? last : to });
    start = next;
  }
  return periods;
}

function startOf(day: PlainDay, grain: Grain, weekStartsOn: number): PlainDay {
  if (grain === 'month') return firstDayOf(monthOf(day));
  if (grain === 'day') return day;
  const weekday = ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
  return addDays(day, -((weekday - weekStartsOn + 7) % 7));
}

function nextStart(start: PlainDay, grain: Grain): PlainDay {
  if (grain === 'month') return firstDayOf(addToMonth(monthOf(start), 1));
  return addDays(start, grain === 'week' ? 7 : 1);
}
