/** The engine's answers behind the room, for the span that the address asks. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import { daysOf } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';

export interface Span {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** The span of the same length right before. */
export function spanBefore(span: Span): Span {
  const days = daysOf(span);
  return { from: addDays(span.from, -days), to: addDays(span.to, -days) };
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
