/** A job on a file: how far it is, and the way to stop it. */
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Job } from '../../../../shared/contract/jobs.ts';
import { isOver, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';

export interface JobProgressProps {
  job: Job | undefined;
  /** What stopping leaves: «Nothing is written». */
  afterStop: string;
}

/** Nothing for a job that has ended well. */
export function JobProgress({ job, afterStop }: JobProgressProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const cancel = useMutation(api.jobs.cancel.mutationOptions());
  if (job === undefined) return <SkeletonRows rows={2} />;
  if (job.state === 'done') return null;
  if (isOver(job))
    return (
      <Callout tone={job.state === 'failed' ? 'loss' : 'neutral'} title={endText(job)}>
        {job.error?.message ?? afterStop}
      </Callout>
    );
  const { done, total } = job;
  const text = done === null ? '' : `${format.count(done)}${total === null ? '' : ` of ${format.count(total)}`}`;
  return (
    <div className="flex items-end gap-3">
      <div className="min-w-0 flex-1">
        <ProgressBar
          label={job.step ?? job.title}
          fraction={done === null || total === null || total === 0 ? null : done / total}
          text={text}
        />
      </div>
      <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.jobId })}>
        Stop
      </Button>
    </div>
  );
}

function endText({ state, title }: Job): string {
  if (state === 'failed') return `${title}: this failed`;
  return state === 'interrupted' ? `${title}: the program ended before it was done` : `${title}: stopped`;
}
