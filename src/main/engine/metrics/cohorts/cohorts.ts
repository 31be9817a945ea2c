/** `retention.cohorts` (R24): of those who began in a period, how many stay and how much of their MRR. */
import type {
  CohortKind,
  CohortMatrix,
  CohortRow,
  CohortSplit,
  CohortUnit,
} from '../../../../shared/contract/retention.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import { followedView } from '../slices/followed-view.ts';
import { viewUnder } from '../query/policy-view.ts';
import { groupsBy } from './groups.ts';
import { customersBehind, sumCohorts, valueAt, weightedMean, type Cohort, type Cohorts } from './matrix.ts';
import { cohortPeriods, type CohortPeriod } from './periods.ts';

export interface CohortsInput {
  readonly kind: CohortKind;
  readonly unit: CohortUnit;
  readonly asOf?: PlainDay | undefined;
  readonly policy?: PolicyInput | undefined;
  readonly slice?: Slice | undefined;
  readonly by?: CohortSplit | undefined;
  readonly group?: string | undefined;
  readonly last?: number | undefined;
}

/** The matrix of a kind; a period in which nobody began has no row. */
export function cohorts(db: ReadDb, input: CohortsInput, context: MetricsContext): CohortMatrix {
  const { kind, unit, last } = input;
  const asOf = input.asOf ?? context.today;
  const { view, policy } = followedView(db, input, context);
  const all = periodsUntil(view, asOf, unit, context);
  const periods = last === undefined ? all : all.slice(-last);
  const by = input.by ?? null;
  const group = by === null ? null : (input.group ?? null);
  const sums = sumCohorts(view, periods, context.currency, { groupOf: groupsBy(db, by), group, split: by !== null });
  return {
    unit,
    kind,
    asOf,
    policy: policy.name,
    currency: context.currency,
    by,
    group,
    running: periods.at(-1)?.running ?? false,
    rows: sums.cohorts.map((cohort) => rowOf(cohort, kind, periods.length)),
    average: weightedMean(sums.cohorts, kind, periods.length),
    behind: customersBehind(sums.cohorts, kind, periods.length),
    groups: sums.groups.map(({ group: name, cohorts: own }) => ({
      group: name,
      customers: own.reduce((sum, { size }) => sum + size, 0),
      average: weightedMean(own, kind, periods.length),
      behind: customersBehind(own, kind, periods.length),
    })),
  };
}

/** The last `count` months that are over, all kinds at once: for reports. */
export function closedMonthCohorts(
  db: ReadDb,
  asOf: PlainDay,
  count: number,
  context: MetricsContext,
): Cohorts['cohorts'] {
  const { view } = viewUnder(db, undefined, context);
  const periods = periodsUntil(view, asOf, 'month', context).filter(({ running }) => !running);
  const selection = { groupOf: groupsBy(db, null), group: null, split: false };
  return sumCohorts(view, periods.slice(-count), context.currency, selection).cohorts;
}

/** The periods from the ledger's first movement to a day; none before it. */
export function periodsUntil(
  { firstDay }: LedgerView,
  asOf: PlainDay,
  unit: CohortUnit,
  { fiscalYearStartMonth }: MetricsContext,
): CohortPeriod[] {
  return firstDay === null ? [] : cohortPeriods(firstDay, asOf, unit, fiscalYearStartMonth);
}

function rowOf(cohort: Cohort, kind: CohortKind, ages: number): CohortRow {
  const values = Array.from({ length: ages }, (_, age) => valueAt(cohort, kind, age));
  return {
    cohort: cohort.period.label,
    size: cohort.size,
    base: kind === 'logo' ? cohort.size : monthly(cohort.base),
    values,
    reason: values.slice(0, cohort.reached).includes(null) ? reasonOf(cohort) : null,
  };
}

function reasonOf({ base, period }: Cohort): string {
  if (base === 0) return `Nobody of ${period.label} paid at its end`;
  return 'For a level in another currency no exchange rate of the day or the seven days before is known';
}

function monthly(annual: number): number | null {
  return Number.isNaN(annual) ? null : divideRounded(Math.round(annual), 12);
}
