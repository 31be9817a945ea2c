/** The engine's answers behind the room, for the span that the address asks. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface Span {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

export const SPANS = [
  { value: '90', label: '90 days' },
  { value: '365', label: '12 months' },
  { value: '730', label: '24 months' },
] as const;
export type SpanDays = (typeof SPANS)[number]['value'];

/** So many days up to today, which is one of them. */
export function spanOf(days: SpanDays, today: PlainDay): Span {
  return { from: addDays(today, 1 - Number(days)), to: today };
}

/** The span of the same length right before. */
export function spanBefore({ from, to }: Span, days: SpanDays): Span {
  return { from: addDays(from, -Number(days)), to: addDays(to, -Number(days)) };
}

export function useDesk(span: Span) {
  const { api } = useEngine();
  return useQuery({ ...api.support.desk.queryOptions({ input: span }), placeholderData: keepPreviousData });
}

export function useNps(span: Span) {
  const { api } = useEngine();
  return useQuery({ ...api.support.nps.queryOptions({ input: span }), placeholderData: keepPreviousData });
}

export type Desk = NonNullable<ReturnType<typeof useDesk>['data']>;
export type Nps = NonNullable<ReturnType<typeof useNps>['data']>;
