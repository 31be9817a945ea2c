/** The engine's answers behind the room, for what the address asks. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CohortKind, CohortSplit, CohortUnit } from '../../../shared/contract/retention.ts';
import { addToMonth, firstDayOf, monthOf, type PlainDay } from '../../../shared/kernel/day.ts';
import type { FilterCondition } from '../../../shared/contract/segments.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import { conditionsOf, type RetentionSearch } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface Choice {
  readonly kind: CohortKind;
  readonly unit: CohortUnit;
  readonly by: CohortSplit | undefined;
  readonly group: string | undefined;
  readonly where: readonly FilterCondition[];
  readonly span: '12' | '24' | 'all';
}

/** The address with its defaults: customers kept, the last 24 months. */
export function choiceOf(search: RetentionSearch): Choice {
  return {
    kind: search.measure ?? 'logo',
    unit: search.unit ?? 'month',
    by: search.by,
    group: search.by === undefined ? undefined : search.group,
    where: conditionsOf(search.where),
    span: search.span ?? '24',
  };
}

function selection({ by, group, where }: Choice): { by?: CohortSplit; group?: string; slice?: Slice } {
  return {
    ...(by === undefined ? {} : { by }),
    ...(group === undefined ? {} : { group }),
    ...sliceOf(where),
  };
}

function sliceOf(where: Choice['where']): { slice?: Slice } {
  return where.length === 0 ? {} : { slice: { where: where.map(({ dimension, values }) => ({ dimension, values })) } };
}

export function useCohorts(choice: Choice) {
  const { api } = useEngine();
  const { kind, unit, span } = choice;
  const last = unit === 'month' && span !== 'all' ? { last: Number(span) } : {};
  return useQuery({
    ...api.retention.cohorts.queryOptions({ input: { kind, unit, ...last, ...selection(choice) } }),
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

/** Trials know no group and no filter: they are of the company. */
export function useTrials({ unit, span }: Choice) {
  const { api } = useEngine();
  const last = unit === 'month' && span !== 'all' ? { last: Number(span) } : {};
  return useQuery({
    ...api.retention.trials.queryOptions({ input: { unit, ...last } }),
    placeholderData: keepPreviousData,
  });
}

export function useReturned() {
  const { api } = useEngine();
  return useInfiniteQuery(
    api.retention.returned.infiniteOptions({
      input: (offset: number) => ({ offset, limit: PAGE }),
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

/** NRR and GRR of the last three years by month. */
export function useRevenueRetention(today: PlainDay | undefined, where: Choice['where']) {
  const { api } = useEngine();
  const to = today ?? ('1970-01-01' as PlainDay);
  return useQuery({
    ...api.metrics.series.queryOptions({
      input: {
        metrics: ['nrr', 'grr'],
        from: firstDayOf(addToMonth(monthOf(to), -35)),
        to,
        grain: 'month',
        ...sliceOf(where),
      },
    }),
    enabled: today !== undefined,
  });
}
