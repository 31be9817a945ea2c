/** Retention by cohort (R24) as the pack prints it: months that are over, customers and net revenue side by side. */
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { PlainDay, PlainMonth } from '../../../shared/kernel/day.ts';
import { closedMonthCohorts, valueAt, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

type CohortRow = BoardPack['retention'][number];

/** The cohorts of the last `count` months that were over at the end of `asOf`, oldest first; a month nobody began in has no row. */
export function retentionCohorts(db: ReadDb, asOf: PlainDay, count: number, context: MetricsContext): CohortRow[] {
  return closedMonthCohorts(db, asOf, count, context).map((cohort) => {
    const ages = Array.from({ length: cohort.reached }, (_, age) => age);
    return {
      cohort: cohort.period.label as PlainMonth,
      size: cohort.size,
      logo: ages.map((age) => valueAt(cohort, 'logo', age)),
      net: ages.map((age) => valueAt(cohort, 'net', age)),
    };
  });
}
