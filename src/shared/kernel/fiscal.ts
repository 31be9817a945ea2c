/** Quarters and years of a company whose year need not begin in January. */
import { addToMonth, type PlainMonth } from './day.ts';

export interface FiscalQuarter {
  /** The calendar year in which the fiscal year ends, after which it is called. */
  readonly year: number;
  /** 1 to 4. */
  readonly quarter: number;
  readonly first: PlainMonth;
  readonly last: PlainMonth;
}

/**
 * The quarter that a month belongs to.
 * @param yearStart the month (1 to 12) in which the fiscal year begins.
 * @example fiscalQuarter('2025-04', 4) // { year: 2026, quarter: 1, first: '2025-04', last: '2025-06' }
 */
export function fiscalQuarter(month: PlainMonth, yearStart: number): FiscalQuarter {
  const elapsed = (Number(month.slice(5)) - yearStart + 12) % 12;
  const first = addToMonth(month, -(elapsed % 3));
  return {
    year: Number(addToMonth(month, 11 - elapsed).slice(0, 4)),
    quarter: Math.floor(elapsed / 3) + 1,
    first,
    last: addToMonth(first, 2),
  };
}

/**
 * What a quarter is called: after the fiscal year where that is not the calendar's.
 * @example quarterName('2025-04', 4) // 'FY26 Q1'
 * @example quarterName('2026-04', 1) // 'Q2 2026'
 */
export function quarterName(month: PlainMonth, yearStart: number): string {
  const { year, quarter } = fiscalQuarter(month, yearStart);
  return yearStart === 1 ? `Q${quarter} ${year}` : `FY${String(year % 100).padStart(2, '0')} Q${quarter}`;
}

/** @example yearName('2025-04', 4) // 'FY26' */
export function yearName(month: PlainMonth, yearStart: number): string {
  const { year } = fiscalQuarter(month, yearStart);
  return yearStart === 1 ? String(year) : `FY${String(year % 100).padStart(2, '0')}`;
}
