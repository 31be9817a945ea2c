/** One job: what it does and how long still, or what became of it and where its result stands. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Ban, CircleCheck, CircleX, Unplug, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { useOpenTarget } from '../../lib/address/index.ts';
import { classNames } from '../../lib/class-names.ts';
import { isOver, useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/meter.tsx';
import { targetOf } from './job-target.ts';
import { shareOf, stepText } from './job-words.ts';
import { remainingMs, type Watched } from './remaining-time.ts';

export interface JobLineProps {
  job: Job;
  watched: Watched | undefined;
  now: Instant;
  /** Another page is opened from here. */
  onLeave: () => void;
}

export function JobLine(props: JobLineProps): ReactNode {
  return (
    <li className="rounded-md border border-line p-2.5">
      {isOver(props.job) ? <Ended {...props} /> : <Active {...props} />}
    </li>
  );
}

/** Younger than this, a job has no age worth a number. */
const JUST_MS = 10 * SECOND_MS;

function Active({ job, watched, now }: JobLineProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const cancel = useMutation(api.jobs.cancel.mutationOptions());
  const ofSources = useSourcesRemaining(job, now);
  const rest = ofSources ?? (watched === undefined ? null : remainingMs(watched, now));
  const age = job.startedAt === null ? 0 : now - job.startedAt;
  const begun = age < JUST_MS ? 'Just begun' : `Under way for ${format.duration(age)}`;
  const left =
    rest === null
      ? 'how long still is not known'
      : `about ${format.duration(rest)} left${ofSources === null ? ' of this step' : ''}`;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 font-medium text-ink">{job.title}</span>
        <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.jobId })}>
          Cancel<span className="sr-only"> {job.title}</span>
        </Button>
      </div>
      <ProgressBar label={stepText(job, format)} fraction={shareOf(job)} text="" />
      <p className="text-xs text-subtle">
        {job.state === 'queued' ? 'Waits for the job before it' : `${begun}; ${left}`}
      </p>
    </div>
  );
}

/** A sync knows from its sources how much is to come, and at which pace; the slowest tells when it is over. */
function useSourcesRemaining({ jobId }: Job, now: Instant): number | null {
  const { api } = useEngine();
  const sources = useQuery(api.sources.list.queryOptions()).data ?? [];
  const rests = sources.flatMap((source) => {
    const { remaining } = source;
    if (source.jobId !== jobId || remaining === null || remaining.seconds === null) return [];
    return [remaining.seconds * SECOND_MS - (now - remaining.measuredAt)];
  });
  const longest = Math.max(0, ...rests);
  return longest > 0 ? longest : null;
}

interface Outcome {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly word: string;
}

const OUTCOMES: Readonly<Record<'done' | 'failed' | 'cancelled' | 'interrupted', Outcome>> = {
  done: { icon: CircleCheck, tone: 'text-gain', word: 'Done' },
  failed: { icon: CircleX, tone: 'text-loss', word: 'Failed' },
  cancelled: { icon: Ban, tone: 'text-muted', word: 'Cancelled' },
  interrupted: { icon: Unplug, tone: 'text-warn', word: 'Interrupted: Vario was closed' },
};

function Ended({ job, now, onLeave }: JobLineProps): ReactNode {
  const format = useFormat();
  const openTarget = useOpenTarget();
  if (job.state === 'queued' || job.state === 'running') return null;
  const { icon: Icon, tone, word } = OUTCOMES[job.state];
  const target = targetOf(job);
  const took = job.startedAt === null || job.endedAt === null ? null : job.endedAt - job.startedAt;
  return (
    <div className="flex items-start gap-2">
      <Icon size={15} aria-hidden className={classNames('mt-0.5 shrink-0', tone)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{job.title}</p>
        <p className="text-xs text-subtle">
          {word} {format.relative(job.endedAt, now)}
          {took !== null && job.state === 'done' && `, took ${format.duration(took)}`}
        </p>
        {job.error !== null && <p className="text-xs text-pretty break-words text-loss">{job.error.message}</p>}
      </div>
      {target !== null && (
        <Button
          size="sm"
          onClick={() => {
            onLeave();
            openTarget(target.path);
          }}
        >
          {target.label}
        </Button>
      )}
    </div>
  );
}
