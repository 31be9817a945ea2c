/**
 * How long the step of a job will go on, from what it got done while it was watched. Only a step whose size is known,
 * that has been seen going on for a while, has an estimate: a guess from two moments would be no truth.
 */
import type { Job } from '../../../shared/contract/jobs.ts';
import { SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';

/** So much of a step must have been seen before anything is said of its rest. */
const SEEN_MS = 4 * SECOND_MS;
const SEEN_STEPS = 3;
/** Older moments say less than the latest: the speed of the last so long counts. */
const WINDOW_MS = 60 * SECOND_MS;

interface Moment {
  readonly at: Instant;
  readonly done: number;
}

/** What was seen of a job's present step. */
export interface Watched {
  readonly step: string | null;
  readonly total: number | null;
  readonly moments: readonly Moment[];
}

/** Adds what a job shows at a moment. Another step, another total, or less done than before: the watching begins anew. */
export function watch(before: Watched | undefined, job: Pick<Job, 'step' | 'done' | 'total'>, at: Instant): Watched {
  const { step, done, total } = job;
  const last = before?.moments.at(-1);
  const goesOn = before !== undefined && before.step === step && before.total === total && done !== null;
  if (done === null) return { step, total, moments: [] };
  if (!goesOn || last === undefined || done < last.done) return { step, total, moments: [{ at, done }] };
  if (done === last.done) return before;
  return { step, total, moments: [...before.moments.filter((moment) => at - moment.at <= WINDOW_MS), { at, done }] };
}

/** Milliseconds that the step will go on at the speed seen; null while that cannot be said. */
export function remainingMs({ total, moments }: Watched, now: Instant): number | null {
  const [first] = moments;
  const last = moments.at(-1);
  if (total === null || first === undefined || last === undefined) return null;
  const [seen, gained] = [last.at - first.at, last.done - first.done];
  if (moments.length < SEEN_STEPS || seen < SEEN_MS || gained <= 0 || total <= last.done) return null;
  const rest = ((total - last.done) * seen) / gained - (now - last.at);
  return rest > 0 ? rest : null;
}
