/** The demo company in one click. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureOf, useEngine } from '../../lib/engine/index.ts';
import { readClock } from '../../lib/now.ts';

export interface Demo {
  readonly busy: boolean;
  readonly failure: string | null;
  start(): void;
}

/**
 * Opens a database of the demo's own, under a key that nobody keeps, and fills
 * it from the demo's vendors. Nothing is asked, because nothing is to be kept.
 */
export function useDemo(onStarted: (jobId: number) => void): Demo {
  const { client, api } = useEngine();
  const queries = useQueryClient();
  const start = useMutation({
    meta: { showsFailure: true },
    mutationFn: async () => {
      const startedAt = readClock();
      const opened = await client.session.openDemo();
      await client.onboarding.begin({ startedAt });
      const { jobId } = await client.workspace.startDemo();
      return { opened, jobId };
    },
    onSuccess: async ({ opened, jobId }) => {
      onStarted(jobId);
      queries.setQueryData(api.session.status.queryKey(), opened);
      await queries.invalidateQueries();
    },
  });
  return {
    busy: start.isPending,
    failure: start.error === null ? null : failureOf(start.error).message,
    start: () => start.mutate(),
  };
}
