/** The variometer in words and as a table. */
import type { Climb } from '../../shared/contract/metrics.ts';
import type { Formatter } from '../lib/format.ts';
import { money, type Money } from '../../shared/kernel/money.ts';
import { moneyUnit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';

/** What the needle says about the climb that is needed. */
export type ClimbVerdict = 'above' | 'below' | 'falling' | 'level' | 'climbing';

/** `climbing` and `level` where there is no milestone to judge by. */
export function climbVerdict(climb: Climb): ClimbVerdict {
  if (climb.perWeek < 0) return 'falling';
  if (climb.milestone !== null) return climb.perWeek >= climb.milestone.neededPerWeek ? 'above' : 'below';
  return climb.perWeek === 0 ? 'level' : 'climbing';
}

/**
 * The accessible name of the instrument.
 * @example 'Climbing $12.4K ARR per week; $9.8K needed for $1M by Mar 14, 2027.'
 */
export function climbSentence(climb: Climb, format: Formatter): string {
  const write = (amount: number): string => format.money(amountOf(climb, amount), { form: 'compact' });
  const course =
    climb.perWeek === 0
      ? 'Level, no net new ARR per week'
      : `${climb.perWeek > 0 ? 'Climbing' : 'Falling'} ${write(Math.abs(climb.perWeek))} ARR per week`;
  const { milestone } = climb;
  if (milestone === null) return `${course}; no next milestone is set.`;
  return `${course}; ${write(milestone.neededPerWeek)} needed for ${write(milestone.target)} by ${format.day(milestone.dueOn)}.`;
}

/** The weeks of the tape. */
export function climbTable(climb: Climb): ChartTable {
  return {
    columns: [
      { header: 'Week ending', holds: 'day' },
      { header: 'Net new ARR', holds: 'value', unit: moneyUnit(climb.currency) },
    ],
    rows: climb.weeks.map((week) => [week.endsOn, week.netNewArr]),
  };
}

export function amountOf(climb: Climb, minorUnits: number): Money {
  return money(minorUnits, climb.currency);
}
