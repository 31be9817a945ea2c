/** The state of a query as one of the designed states of data. */
import type { DataState } from '../data-state.ts';
import { failureOf } from './failure.ts';

interface QueryLike {
  readonly status: 'pending' | 'error' | 'success';
  readonly error: unknown;
  readonly data: unknown;
  refetch(): unknown;
}

/** Loading, error (with a way to ask again), or ready. Data that is already there stays when asking again fails. */
export function stateOf(query: QueryLike): Extract<DataState, { kind: 'ready' | 'loading' | 'error' }> {
  if (query.status === 'pending') return { kind: 'loading' };
  if (query.status === 'error' && query.data === undefined) {
    const { code, message } = failureOf(query.error);
    return { kind: 'error', code, message, retry: () => void query.refetch() };
  }
  return { kind: 'ready' };
}
