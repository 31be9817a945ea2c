/** What the renderer remembers of answers, and when it asks again. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf, mayRepeat, type Failure } from './failure.ts';

const REPEATS = 4;

export interface QueryEvents {
  /** A query was refused because the database is locked. */
  readonly onLocked: () => void;
  /** A command failed that does not show its failure itself (`meta: { showsFailure: true }`). */
  readonly onCommandFailed: (failure: Failure) => void;
}

/**
 * Answers stay fresh until the `changes` stream says otherwise: there is no
 * polling and no refetching on focus. Queries are repeated on retryable
 * failures; commands never. The network is loopback or none, so being offline
 * pauses nothing.
 */
export function createQueryClient(events: QueryEvents): QueryClient {
  const noticeLock = (error: unknown): void => {
    if (failureOf(error).code === 'locked') events.onLocked();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: noticeLock }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        noticeLock(error);
        if (mutation.meta?.['showsFailure'] !== true) events.onCommandFailed(failureOf(error));
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < REPEATS && mayRepeat(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
