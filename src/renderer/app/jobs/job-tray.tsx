/** All long work in one place: what is under way, with its progress and an end to it, and what came of what ended. */
import { CircleAlert, ListChecks } from 'lucide-react';
import { useState, type ComponentProps, type ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { JobLine } from './job-line.tsx';
import { shareOf, stepText } from './job-words.ts';
import { useWatchedJobs } from './use-watched-jobs.ts';

export interface JobTrayProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function JobTray({ open, onOpenChange }: JobTrayProps): ReactNode {
  const { active, ended, watched, now } = useWatchedJobs();
  const [seenUpTo, setSeenUpTo] = useState(0);
  const [first, ...more] = active;
  const newestEnd = Math.max(0, ...ended.map(({ endedAt }) => endedAt ?? 0));
  // Old failures are no news to a window that was opened after them.
  const [openedAt] = useState(now);
  const failed = ended.some(
    ({ state, endedAt }) => state === 'failed' && endedAt !== null && endedAt > Math.max(seenUpTo, openedAt),
  );
  return (
    <Popover
      label="Jobs"
      align="end"
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        setSeenUpTo(newestEnd);
      }}
      className="max-h-[70dvh] w-96 max-w-[calc(100vw-1rem)] overflow-y-auto"
      trigger={first === undefined ? idleTrigger(failed) : <BusyTrigger job={first} others={more.length} />}
    >
      <div className="flex flex-col gap-3">
        {active.length === 0 && ended.length === 0 && (
          <p className="text-muted">
            Nothing is running, and nothing ended in the last day. Syncs, imports, exports, backups and prints stand
            here.
          </p>
        )}
        <Jobs title="Under way" jobs={active}>
          {(job) => (
            <JobLine
              key={job.jobId}
              job={job}
              watched={watched.get(job.jobId)}
              now={now}
              onLeave={() => onOpenChange(false)}
            />
          )}
        </Jobs>
        <Jobs title="Ended" jobs={ended}>
          {(job) => (
            <JobLine key={job.jobId} job={job} watched={undefined} now={now} onLeave={() => onOpenChange(false)} />
          )}
        </Jobs>
      </div>
    </Popover>
  );
}

function Jobs(props: { title: string; jobs: readonly Job[]; children: (job: Job) => ReactNode }): ReactNode {
  const { title, jobs, children } = props;
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-1 text-xs font-medium text-subtle">{title}</h2>
      <ul className="flex flex-col gap-2">{jobs.map(children)}</ul>
    </section>
  );
}

function idleTrigger(failed: boolean): ReactNode {
  return (
    <Button
      kind="ghost"
      aria-label={failed ? 'Jobs: one failed' : 'Jobs'}
      title={failed ? 'Jobs: one failed' : 'Jobs'}
      className={failed ? 'px-1.5! text-loss!' : 'px-1.5!'}
      icon={failed ? CircleAlert : ListChecks}
    />
  );
}

/** Takes the props that the popover gives its trigger. */
function BusyTrigger({ job, others, ...given }: ComponentProps<'button'> & { job: Job; others: number }): ReactNode {
  const format = useFormat();
  const share = shareOf(job);
  const words = stepText(job, format);
  return (
    <button
      type="button"
      {...given}
      aria-label={`Jobs: ${job.title}. ${words}${others === 0 ? '' : `, and ${format.count(others, { one: 'other job', other: 'other jobs' })}`}`}
      className="flex w-32 shrink-0 flex-col gap-1 rounded-md px-2 py-1 text-left hover:bg-hover max-[700px]:w-24"
    >
      <span className="truncate text-xs text-muted">
        {words}
        {others > 0 && <span className="text-subtle"> +{others}</span>}
      </span>
      <span aria-hidden className="h-0.5 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full bg-accent" style={{ width: share === null ? '33%' : `${share * 100}%` }} />
      </span>
    </button>
  );
}
