/** Long work as the renderer sees it: the list is asked for once, then kept by the stream of changes. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useEngine, type Engine } from './engine-context.tsx';

/** Enough for a day of scheduled syncs beside what was started by hand. */
const REMEMBERED = 100;

function listOptions(api: Engine['api']) {
  return api.jobs.list.queryOptions({ input: { limit: REMEMBERED } });
}

/** Puts the newest state of a job where the queries look for it. */
export function rememberJob(queries: QueryClient, api: Engine['api'], job: Job): void {
  queries.setQueryData(api.jobs.get.queryKey({ input: { jobId: job.jobId } }), job);
  queries.setQueryData(listOptions(api).queryKey, (known: Job[] | undefined) => withJob(known ?? [], job));
}

/** The list, newest first, with the job in its newest state. */
export function withJob(known: readonly Job[], job: Job): Job[] {
  const others = known.filter((other) => other.jobId !== job.jobId);
  return [...others, job].sort((a, b) => b.jobId - a.jobId).slice(0, REMEMBERED);
}

export function isOver(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

/** The job under way now, if any. With a kind, the one of that kind. */
export function useActiveJob(kind?: string): Job | null {
  const { api } = useEngine();
  const { data } = useQuery(listOptions(api));
  return data?.find((job) => !isOver(job) && (kind === undefined || job.kind === kind)) ?? null;
}

/** All that are remembered, newest first; none until they are known. */
export function useJobs(): readonly Job[] {
  const { api } = useEngine();
  return useQuery(listOptions(api)).data ?? NONE;
}

const NONE: readonly Job[] = [];

/** One job by its id; undefined until it is known. */
export function useJob(jobId: number | null): Job | undefined {
  const { api } = useEngine();
  const { data } = useQuery({
    ...api.jobs.get.queryOptions({ input: { jobId: jobId ?? 0 } }),
    enabled: jobId !== null,
  });
  return data;
}

/** The job that was started last, in whatever state it is. */
export function useNewestJob(kind?: string): Job | undefined {
  const { api } = useEngine();
  return useQuery(listOptions(api)).data?.find((job) => kind === undefined || job.kind === kind);
}
