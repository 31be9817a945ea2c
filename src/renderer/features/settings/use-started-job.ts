/** A job that this page started: whether it is under way, and what to do when it has ended. */
import { useEffect, useEffectEvent } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isOver } from '../../lib/engine/index.ts';

/** @returns whether it is queued or running. `onEnd` is called once for each job that ends. */
export function useStartedJob(job: Job | undefined, onEnd: () => void): boolean {
  const over = job !== undefined && isOver(job);
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    if (over) ended();
  }, [over]);
  return job !== undefined && !over;
}
