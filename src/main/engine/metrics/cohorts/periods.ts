/** Months, quarters and years, of the calendar or of the fiscal year, as cohorts count them. */
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

const MONTHS: Readonly<Record<CohortUnit, number>> = {
  month: 1,
  quarter: 3,
  year: 12,
  fiscal_quarter: 3,
  fiscal_year: 12,
};

export interface CohortPeriod {
  /** `2026-03`, `2026-Q1`, `2026`, `FY2027-Q1` or `FY2027`. */
  readonly label: string;
  readonly fromNumber: number;
  /** The day looked at: the period's last, or the as-of day in a period that is not over. */
  readonly end: PlainDay;
  readonly endNumber: number;
  /** Not over at the end of the as-of day. */
  readonly running: boolean;
}

/**
 * The periods that touch [from, asOf], oldest first. `fiscalStart` is the month (1 to 12) in which the
 * fiscal year begins; only fiscal units look at it.
 */
export function cohortPeriods(from: PlainDay, asOf: PlainDay, unit: CohortUnit, fiscalStart = 1): CohortPeriod[] {
  const step = MONTHS[unit];
  const yearStart = isFiscal(unit) ? fiscalStart : 1;
  const periods: CohortPeriod[] = [];
  for (let month = firstMonth(monthOf(from), step, yearStart); firstDayOf(month) <= asOf;) {
    const next = addToMonth(month, step);
    const last = lastDayOf(addToMonth(next, -1));
    const end = last < asOf ? last : asOf;
    periods.push({
      label: labelOf(month, unit, yearStart),
      fromNumber: dayNumber(firstDayOf(month)),
      end,
      endNumber: dayNumber(end),
      running: asOf < last,
    });
    month = next;
  }
  return periods;
}

function isFiscal(unit: CohortUnit): boolean {
  return unit === 'fiscal_quarter' || unit === 'fiscal_year';
}

/** Months since the year that counts began: 0 to 11. */
function monthInYear(month: PlainMonth, yearStart: number): number {
  return (Number(month.slice(5)) - yearStart + 12) % 12;
}

function firstMonth(month: PlainMonth, step: number, yearStart: number): PlainMonth {
  return addToMonth(month, -(monthInYear(month, yearStart) % step));
}

/** A fiscal year is named after the calendar year in which it ends. */
function labelOf(month: PlainMonth, unit: CohortUnit, yearStart: number): string {
  if (unit === 'month') return month;
  const elapsed = monthInYear(month, yearStart);
  const year = isFiscal(unit) ? `FY${addToMonth(month, 11 - elapsed).slice(0, 4)}` : month.slice(0, 4);
  return unit === 'year' || unit === 'fiscal_year' ? year : `${year}-Q${Math.floor(elapsed / 3) + 1}`;
}
