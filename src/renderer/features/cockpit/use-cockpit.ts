/** All calls of the cockpit. They go out together; each part is drawn as its answer comes. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '../../../shared/kernel/day.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { useEngine } from '../../lib/engine/index.ts';
import type { Period } from './period.ts';

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

export function useSnapshot(asOf: PlainDay) {
  const { api } = useEngine();
  return useQuery({
    ...api.metrics.snapshot.queryOptions({ input: { asOf } }),
    placeholderData: keepPreviousData,
  });
}

export function useClimb(asOf: PlainDay) {
  const { api } = useEngine();
  return useQuery({ ...api.metrics.climb.queryOptions({ input: { asOf } }), placeholderData: keepPreviousData });
}

export function useBridge(period: Period) {
  const { api } = useEngine();
  const input = { from: period.bridgeFrom, to: period.bridgeTo };
  return useQuery({ ...api.metrics.bridge.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useCourse(period: Period) {
  const { api } = useEngine();
  const input = { metrics: [...COURSE_METRICS], from: period.courseFrom, to: period.asOf, grain: 'month' as const };
  return useQuery({ ...api.metrics.series.queryOptions({ input }), placeholderData: keepPreviousData });
}

export function useMovements(asOf: PlainDay) {
  const { api } = useEngine();
  const input = { from: addDays(asOf, -MOVEMENT_DAYS), to: asOf, limit: MOVEMENTS };
  return useQuery({ ...api.metrics.movements.queryOptions({ input }), placeholderData: keepPreviousData });
}
