/** All jobs that are known, newest first, and what was seen of those under way. */
import { useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { HOUR_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { isOver, useJobs } from '../../lib/engine/index.ts';
import { readClock, useNow } from '../../lib/now.ts';
import { watch, type Watched } from './remaining-time.ts';

/** How long an ended job is worth a line. */
const RECENT_MS = 24 * HOUR_MS;
const MOST_ENDED = 8;

export interface WatchedJobs {
  readonly active: readonly Job[];
  readonly ended: readonly Job[];
  readonly watched: ReadonlyMap<number, Watched>;
  readonly now: Instant;
}

export function useWatchedJobs(): WatchedJobs {
  const jobs = useJobs();
  const now = useNow();
  const [{ seen, watched }, setSeen] = useState<{ seen: readonly Job[]; watched: ReadonlyMap<number, Watched> }>({
    seen: [],
    watched: new Map(),
  });
  const active = jobs.filter((job) => !isOver(job));
  if (jobs !== seen) {
    const at = readClock();
    setSeen({
      seen: jobs,
      watched: new Map(active.map((job) => [job.jobId, watch(watched.get(job.jobId), job, at)])),
    });
  }
  return { active, ended: recentlyEnded(jobs, now), watched, now };
}

/** Of syncs that went well only the last one: the schedule brings one every few minutes, and they would hide the rest. */
export function recentlyEnded(jobs: readonly Job[], now: Instant): Job[] {
  const lastSync = jobs.find(isGoodSync);
  return jobs
    .filter((job) => isOver(job) && now - (job.endedAt ?? job.createdAt) < RECENT_MS)
    .filter((job) => !isGoodSync(job) || job === lastSync)
    .slice(0, MOST_ENDED);
}

function isGoodSync({ kind, state }: Job): boolean {
  return kind === 'sync' && state === 'done';
}
