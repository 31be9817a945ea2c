/** Calendar months, quarters and years as cohorts count them. */
import {
  addToMonth,
  dayNumber,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../../shared/kernel/day.ts';
import type { CohortUnit } from '../../../../shared/contract/retention.ts';

const MONTHS: Readonly<Record<CohortUnit, number>> = { month: 1, quarter: 3, year: 12 };

export interface CohortPeriod {
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly label: string;
  readonly fromNumber: number;
  /** The day looked at: the period's last, or the as-of day in a period that is not over. */
  readonly end: PlainDay;
  readonly endNumber: number;
  /** Not over at the end of the as-of day. */
  readonly running: boolean;
}

/** The calendar periods that touch [from, asOf], oldest first. Quarters and years are those of the calendar. */
export function cohortPeriods(from: PlainDay, asOf: PlainDay, unit: CohortUnit): CohortPeriod[] {
  const step = MONTHS[unit];
  const periods: CohortPeriod[] = [];
  for (let month = firstMonth(monthOf(from), step); firstDayOf(month) <= asOf; month = addToMonth(month, step)) {
    const last = lastDayOf(addToMonth(month, step - 1));
    const end = last < asOf ? last : asOf;
    periods.push({
      label: labelOf(month, unit),
      fromNumber: dayNumber(firstDayOf(month)),
      end,
      endNumber: dayNumber(end),
      running: asOf < last,
    });
  }
  return periods;
}

function firstMonth(month: PlainMonth, step: number): PlainMonth {
  return addToMonth(month, -((Number(month.slice(5)) - 1) % step));
}

function labelOf(month: PlainMonth, unit: CohortUnit): string {
  if (unit === 'month') return month;
  const year = month.slice(0, 4);
  return unit === 'year' ? year : `${year}-Q${Math.floor((Number(month.slice(5)) - 1) / 3) + 1}`;
}
