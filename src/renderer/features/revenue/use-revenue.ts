/** The engine's answers behind the room, for what the address asks. */
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { SeriesMetric } from '../../../shared/contract/metrics.ts';
import {
  addToMonth,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { partOf, useFilters } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { comparedSpan, type Choice } from './choice.ts';

export function useLines(choice: Choice, metrics: readonly SeriesMetric[], grain = choice.grain) {
  const { api } = useEngine();
  const { from, to } = choice;
  return useQuery({
    ...api.metrics.series.queryOptions({ input: { metrics: [...metrics], from, to, grain, ...choice.askedAtRates } }),
    placeholderData: keepPreviousData,
  });
}

/** The same line over the stretch that it is compared with. */
export function useComparison(choice: Choice) {
  const { api } = useEngine();
  const span = comparedSpan(choice);
  return useQuery({
    ...api.metrics.series.queryOptions({
      input: {
        metrics: [choice.measure],
        from: span?.from ?? choice.from,
        to: span?.to ?? choice.to,
        grain: choice.grain,
        ...choice.askedAtRates,
      },
    }),
    enabled: span !== null,
    placeholderData: keepPreviousData,
  });
}

/** `asked`: by which rules and of which part; nothing of the company as it is set up. */
export function useSnapshot(
  when: { asOf: PlainDay } | { month: PlainMonth },
  asked: Choice['askedAtRates'] | Record<string, never> = {},
) {
  const { api } = useEngine();
  const input = { ...when, ...asked };
  return useQuery({ ...api.metrics.snapshot.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useBridge(choice: Choice) {
  const { api } = useEngine();
  const input = { from: choice.monthFrom, to: choice.monthTo, ...choice.askedAtRates };
  return useQuery({ ...api.metrics.bridge.queryOptions({ input }), placeholderData: keepPreviousData });
}

const PAGE = 500;

export function useMovements({ monthFrom: from, monthTo: to, moved, asked }: Choice) {
  const { api } = useEngine();
  return useInfiniteQuery(
    api.metrics.movements.infiniteOptions({
      input: (cursor: string | null) => ({
        from,
        to,
        ...(moved === undefined ? {} : { kind: moved }),
        ...asked,
        limit: PAGE,
        cursor,
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
}

export function useDimensions() {
  const { api } = useEngine();
  return useQuery(api.metrics.dimensions.queryOptions());
}

const BREAKDOWN_ROWS = 200;

export function useBreakdown(choice: Choice) {
  const { api } = useEngine();
  const { cut: by, monthFrom: from, monthTo: to } = choice;
  return useQuery({
    ...api.metrics.breakdown.queryOptions({ input: { by, from, to, limit: BREAKDOWN_ROWS, ...choice.askedAtRates } }),
    placeholderData: keepPreviousData,
  });
}

/** Revenue and cash of the chosen month by the values of the dimension. */
export function useRevenueParts(choice: Choice) {
  const { api } = useEngine();
  const { cut: by, monthFrom: from, monthTo: to, asked } = choice;
  const slice = asked.slice === undefined ? {} : { slice: asked.slice };
  return useQuery({
    ...api.revenue.byPart.queryOptions({ input: { by, from, to, limit: BREAKDOWN_ROWS, ...slice } }),
    placeholderData: keepPreviousData,
  });
}

export const MIX_MONTHS = 12;
const MIX_PARTS = 5;

/** The mix at the end of each of the last months. */
export function useMix({ cut: by, to, askedAtRates }: Pick<Choice, 'cut' | 'to' | 'askedAtRates'>) {
  const { api } = useEngine();
  const months = Array.from({ length: MIX_MONTHS }, (_, index) => addToMonth(monthOf(to), index - MIX_MONTHS + 1));
  const answers = useQueries({
    queries: months.map((month) => {
      const end = lastDayOf(month) < to ? lastDayOf(month) : to;
      return {
        ...api.metrics.breakdown.queryOptions({
          input: { by, from: firstDayOf(month), to: end, limit: MIX_PARTS, ...askedAtRates },
        }),
        staleTime: 60_000,
      };
    }),
  });
  return { months, answers };
}

/** A stretch of months of a part of the company. */
type MonthsOf = Pick<Choice, 'from' | 'to' | 'asked'>;

function monthsOf({ from, to, asked: { slice } }: MonthsOf) {
  return { from: monthOf(from), to: monthOf(to), ...(slice && { slice }) };
}

export function useRecovery(choice: MonthsOf) {
  const { api } = useEngine();
  return useQuery({
    ...api.revenue.recovery.queryOptions({ input: monthsOf(choice) }),
    placeholderData: keepPreviousData,
  });
}

export function useChurn(choice: MonthsOf) {
  const { api } = useEngine();
  return useQuery({
    ...api.revenue.churn.queryOptions({ input: monthsOf(choice) }),
    placeholderData: keepPreviousData,
  });
}

export function useTimeToPay(choice: MonthsOf) {
  const { api } = useEngine();
  return useQuery({
    ...api.revenue.timeToPay.queryOptions({ input: monthsOf(choice) }),
    placeholderData: keepPreviousData,
  });
}

/** Of the part of the company that the filters choose. */
export function useCliffs() {
  const { api } = useEngine();
  const { slice } = partOf(useFilters());
  return useQuery({
    ...api.revenue.cliffs.queryOptions({
      input: { months: 12, pastMonths: 24, ...(slice !== undefined && { slice }) },
    }),
    placeholderData: keepPreviousData,
  });
}

/** The same. */
export function useDiscounts() {
  const { api } = useEngine();
  const { slice } = partOf(useFilters());
  return useQuery({
    ...api.revenue.discounts.queryOptions({ input: slice === undefined ? {} : { slice } }),
    placeholderData: keepPreviousData,
  });
}

/** From the company's own rules to those of Stripe. */
export function usePolicyBridge() {
  const { api } = useEngine();
  return useQuery(api.metrics.policyBridge.queryOptions({ input: { to: 'stripe' } }));
}
