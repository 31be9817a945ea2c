/** Retention by cohort (R24): who of those who began in a month still pays, and how much of their MRR is left. */
import { addToMonth, lastDayOf, monthOf, monthsBetween, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { CustomerMonths, MonthLevels } from './month-levels.ts';

type CohortRow = BoardPack['retention'][number];

/**
 * The last `count` cohorts, oldest first. A cohort is the month of the first
 * positive MRR; column 0 is the end of that month. `logo` is the share of the
 * cohort's customers who pay; `net` is their MRR over that of column 0 (null
 * where it was 0, or a rate is missing). Months that have not ended are left
 * out; a cohort nobody began in has no row.
 */
export function retentionCohorts({ ends, customers }: MonthLevels, count: number): CohortRow[] {
  const asOf = ends.at(-1);
  if (asOf === undefined) return [];
  const complete = ends.filter((end) => end === lastDayOf(monthOf(end)));
  const last = complete.at(-1);
  if (last === undefined) return [];
  const first = addToMonth(monthOf(last), 1 - count);
  const byCohort = new Map<PlainMonth, CustomerMonths[]>();
  for (const customer of customers) {
    if (customer.firstPaid < first) continue;
    const cohort = byCohort.get(customer.firstPaid);
    if (cohort) cohort.push(customer);
    else byCohort.set(customer.firstPaid, [customer]);
  }
  return monthsBetween(first, monthOf(last)).flatMap((cohort) => {
    const members = byCohort.get(cohort);
    const start = complete.findIndex((end) => monthOf(end) === cohort);
    if (!members || start < 0) return [];
    const columns = complete.slice(start).map((_end, offset) => start + offset);
    const base = sumAt(members, start);
    return [
      {
        cohort,
        size: members.length,
        logo: columns.map((index) => paying(members, index) / members.length),
        net: columns.map((index) => {
          const total = sumAt(members, index);
          return total === null || base === null || base === 0 ? null : total / base;
        }),
      },
    ];
  });
}

/** A level that cannot be valued is no zero: the customer pays. */
function paying(members: readonly CustomerMonths[], index: number): number {
  return members.filter(({ levels }) => levels[index] === null || levels[index]! > 0).length;
}

function sumAt(members: readonly CustomerMonths[], index: number): number | null {
  let total = 0;
  for (const { levels } of members) {
    const level = levels[index];
    if (level === null || level === undefined) return null;
    total += level;
  }
  return total;
}
