/** The first sync, live; when it is done the cockpit opens by itself. */
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';

export function FirstSync({ jobId }: { jobId: number }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const job = useJob(jobId);
  const cancel = useMutation(api.jobs.cancel.mutationOptions());
  const done = job?.state === 'done';
  useEffect(() => {
    if (done) void navigate({ to: '/', replace: true });
  }, [done, navigate]);
  if (job === undefined) return <SkeletonRows rows={3} />;
  if (isOver(job) && !done)
    return (
      <Callout
        tone="loss"
        title={job.state === 'failed' ? 'The first sync failed' : 'The first sync was stopped'}
        action={<Button onClick={() => void navigate({ to: '/sources' })}>Open sources</Button>}
      >
        {job.error?.message ?? 'What was read so far is kept. The next sync goes on from there.'}
      </Callout>
    );
  const share = job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total;
  return (
    <section aria-label="First sync" className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-6">
      <p className="text-pretty text-muted">
        Customers, subscriptions and invoices are read, checked against the vendor’s own totals and kept encrypted. The
        cockpit opens when the first figures are complete.
      </p>
      <ProgressBar
        label={job.step ?? job.title}
        fraction={share}
        text={
          job.done === null
            ? ''
            : `${format.count(job.done)}${job.total === null ? '' : ` of ${format.count(job.total)}`}`
        }
      />
      <div className="flex gap-2">
        <Button kind="primary" onClick={() => void navigate({ to: '/', replace: true })}>
          Open the cockpit now
        </Button>
        <Button busy={cancel.isPending} onClick={() => cancel.mutate({ jobId })}>
          Stop
        </Button>
      </div>
    </section>
  );
}
