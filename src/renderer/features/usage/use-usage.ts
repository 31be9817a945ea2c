/** What the room asks the engine for. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface Span {
  readonly sourceId: SourceId | undefined;
  readonly from: PlainDay;
  readonly to: PlainDay;
}

export function useActive(span: Span, period: 'day' | 'week' | 'month') {
  const { api } = useEngine();
  return useQuery({
    ...api.usage.active.queryOptions({ input: { ...span, period } }),
    placeholderData: keepPreviousData,
  });
}

export function useFeatures(span: Span) {
  const { api } = useEngine();
  return useQuery({ ...api.usage.features.queryOptions({ input: span }), placeholderData: keepPreviousData });
}

export function useFunnel(span: Span, withinDays: number) {
  const { api } = useEngine();
  return useQuery({
    ...api.usage.funnel.queryOptions({ input: { ...span, by: 'channel', withinDays } }),
    placeholderData: keepPreviousData,
  });
}
