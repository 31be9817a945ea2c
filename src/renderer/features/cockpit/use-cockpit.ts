/** All calls of the cockpit. They go out together; each part is drawn as its answer comes. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '../../../shared/kernel/day.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { cutOf, partOf, scopeOf } from '../../lib/address/index.ts';
import { useCockpitFilters } from './cockpit-context.tsx';
import type { CockpitMetric } from './metric-view.ts';
import { COURSE_PERIOD, earlierCourse, type Period } from './period.ts';

export const COURSE_METRICS = [
  'mrr',
  'arr',
  'nrr',
  'grr',
  'customers',
  'logoChurn',
  'arpa',
  'quickRatio',
  'cashCollected',
] as const;

const MOVEMENT_DAYS = 30;
/** One page of the engine: more than a month of movements of most companies. */
const MOVEMENTS = 1_000;

export function useFreshness() {
  const { api } = useEngine();
  return useQuery(api.metrics.freshness.queryOptions());
}

/** What the filters ask of every call: by which rules, of which part; constant currency at the rates of the shown day. */
function useCut() {
  const filters = useCockpitFilters();
  const { data } = useFreshness();
  return data === undefined ? partOf(filters) : cutOf(filters, scopeOf(filters, data, COURSE_PERIOD).to);
}

export function useSnapshot(asOf: PlainDay) {
  const { api } = useEngine();
  const input = { asOf, ...useCut() };
  return useQuery({ ...api.metrics.snapshot.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useClimb(asOf: PlainDay) {
  const { api } = useEngine();
  const input = { asOf, ...useCut() };
  return useQuery({ ...api.metrics.climb.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useBridge(period: Period) {
  const { api } = useEngine();
  const input = { from: period.bridgeFrom, to: period.bridgeTo, ...useCut() };
  return useQuery({ ...api.metrics.bridge.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useCourse(period: Period) {
  const { api } = useEngine();
  const input = {
    metrics: [...COURSE_METRICS],
    from: period.courseFrom,
    to: period.asOf,
    grain: period.grain,
    ...useCut(),
  };
  return useQuery({ ...api.metrics.series.queryOptions({ input }), placeholderData: keepPreviousData });
}

/** MRR over the stretch that the course is compared with: as long, right before it, or the same a year earlier. */
export function useEarlierCourse(period: Period, compare: 'before' | 'year' | undefined) {
  const { api } = useEngine();
  const span = earlierCourse(period, compare ?? 'year');
  const input = { metrics: ['mrr' as const], ...span, grain: period.grain, ...useCut() };
  return useQuery({
    ...api.metrics.series.queryOptions({ input }),
    enabled: compare !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function useMovements(asOf: PlainDay) {
  const { api } = useEngine();
  const input = { from: addDays(asOf, -MOVEMENT_DAYS), to: asOf, limit: MOVEMENTS, ...partOf(useCockpitFilters()) };
  return useQuery({ ...api.metrics.movements.queryOptions({ input }), placeholderData: keepPreviousData });
}

/** The course of a figure that is not among those of the first screen. */
export function useCourseOf(metric: CockpitMetric, period: Period, enabled: boolean) {
  const { api } = useEngine();
  const input = { metrics: [metric], from: period.courseFrom, to: period.asOf, grain: period.grain, ...useCut() };
  return useQuery({ ...api.metrics.series.queryOptions({ input }), placeholderData: keepPreviousData, enabled });
}

/** Of which part of the company, for what knows no policies. */
function useSlice() {
  const { slice } = partOf(useCockpitFilters());
  return slice === undefined ? {} : { slice };
}

/** Days ahead that are looked at. */
const AHEAD_DAYS = 30;
/** More rows than a tile shows; all are behind it. */
const ROWS = 50;

export function useAhead() {
  const { api } = useEngine();
  const input = { days: AHEAD_DAYS, limit: ROWS, ...useSlice() };
  return useQuery({ ...api.cockpit.ahead.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useLeaving() {
  const { api } = useEngine();
  const input = { limit: ROWS, ...useSlice() };
  return useQuery({ ...api.cockpit.leaving.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useNextActions() {
  const { api } = useEngine();
  return useQuery(api.cockpit.nextActions.queryOptions({ input: { limit: ROWS } }));
}

export function useTrials(asOf: PlainDay) {
  const { api } = useEngine();
  const input = { asOf, ...useSlice() };
  return useQuery({ ...api.cockpit.trials.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useSince() {
  const { api } = useEngine();
  return useQuery(api.since.changes.queryOptions({ input: { limit: 200 } }));
}
