/** The engine's answers behind the room, for what the address asks. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CohortKind, CohortSplit, CohortUnit } from '../../../shared/contract/retention.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import {
  monthsOf,
  partOf,
  scopeOf,
  type FiltersText,
  type Period,
  type RetentionSearch,
} from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface Choice {
  readonly kind: CohortKind;
  readonly unit: CohortUnit;
  readonly by: CohortSplit | undefined;
  readonly group: string | undefined;
  /** By which rules and of which part of the company. */
  readonly asked: ReturnType<typeof partOf>;
  /** Cohorts of the last so many months; undefined: of all. */
  readonly months: number | undefined;
  /** The day whose state is shown. */
  readonly asOf: PlainDay;
  /** First day of the course of NRR and GRR. */
  readonly courseFrom: PlainDay;
}

const USUAL_PERIOD = '24' satisfies Period;
const COURSE_PERIOD = '36' satisfies Period;

/** The address with its defaults: customers kept, the last 24 months. */
export function choiceOf(
  search: RetentionSearch & FiltersText,
  known: { today: PlainDay; firstDay: PlainDay | null },
): Choice {
  const scope = scopeOf(search, known, USUAL_PERIOD);
  const unit = search.unit ?? 'month';
  // Longer periods are few: unless a stretch is chosen, all of them are shown.
  const all = scope.period === 'all' || (unit !== 'month' && search.period === undefined);
  return {
    kind: search.measure ?? 'logo',
    unit,
    by: search.by,
    group: search.by === undefined ? undefined : search.group,
    asked: partOf(search),
    months: all ? undefined : monthsOf(scope),
    asOf: scope.to,
    courseFrom: scopeOf(search, known, COURSE_PERIOD).from,
  };
}

function selection({ by, group, asked, asOf }: Choice) {
  return { asOf, ...asked, ...(by === undefined ? {} : { by }), ...(group === undefined ? {} : { group }) };
}

/** The stretch in periods of the unit, the first one counted whole. */
function lastOf({ unit, months }: Choice): { last?: number } {
  return months === undefined ? {} : { last: Math.max(1, Math.ceil(months / MONTHS_IN[unit])) };
}

const MONTHS_IN: Readonly<Record<CohortUnit, number>> = {
  month: 1,
  quarter: 3,
  year: 12,
  fiscal_quarter: 3,
  fiscal_year: 12,
};

export function useCohorts(choice: Choice) {
  const { api } = useEngine();
  const { kind, unit } = choice;
  return useQuery({
    ...api.retention.cohorts.queryOptions({ input: { kind, unit, ...lastOf(choice), ...selection(choice) } }),
    placeholderData: keepPreviousData,
  });
}

export function useSurvival(choice: Choice) {
  const { api } = useEngine();
  return useQuery({
    ...api.retention.survival.queryOptions({ input: selection(choice) }),
    placeholderData: keepPreviousData,
  });
}

/** Trials follow the part of the company, and know no group. */
export function useTrials(choice: Choice) {
  const { api } = useEngine();
  const { unit, asOf, asked } = choice;
  const slice = asked.slice === undefined ? {} : { slice: asked.slice };
  return useQuery({
    ...api.retention.trials.queryOptions({ input: { unit, asOf, ...lastOf(choice), ...slice } }),
    placeholderData: keepPreviousData,
  });
}

/** Of the same lives as the curve. */
export function useReturned(choice: Choice) {
  const { api } = useEngine();
  return useInfiniteQuery(
    api.retention.returned.infiniteOptions({
      input: (offset: number) => ({ ...selection(choice), offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
    }),
  );
}

export function useMembers(choice: Choice, cell: { cohort: string; age: number } | null) {
  const { api } = useEngine();
  return useInfiniteQuery({
    ...api.retention.members.infiniteOptions({
      input: (offset: number) => ({
        unit: choice.unit,
        ...selection(choice),
        cohort: cell?.cohort ?? '',
        age: cell?.age ?? 0,
        offset,
        limit: PAGE,
      }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
    }),
    enabled: cell !== null,
  });
}

const PAGE = 300;

function nextOffset(
  last: { rows: readonly unknown[]; total: number },
  all: readonly { rows: readonly unknown[] }[],
): number | undefined {
  const loaded = all.reduce((sum, { rows }) => sum + rows.length, 0);
  return last.rows.length > 0 && loaded < last.total ? loaded : undefined;
}

/** NRR and GRR over the stretch, by month. */
export function useRevenueRetention({ courseFrom: from, asOf, asked }: Choice) {
  const { api } = useEngine();
  return useQuery({
    ...api.metrics.series.queryOptions({
      input: { metrics: ['nrr', 'grr'], from, to: asOf, grain: 'month', ...asked },
    }),
    placeholderData: keepPreviousData,
  });
}
