/** What goes on behind the form: the account's history comes in, and figures come with it. */
import type { ReactNode } from 'react';
import { useActiveJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';

export function ReadingNow(): ReactNode {
  const job = useActiveJob();
  const format = useFormat();
  return (
    <section
      aria-label="What happens next"
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <p className="text-pretty text-muted">
        The history is being read already, the newest first, and goes on in the background: also while the cockpit is
        used. A small account takes seconds. Of a large one, figures of what has come so far stand after some minutes;
        until all is there, the cockpit says that it is incomplete.
      </p>
      {job !== null && (
        <ProgressBar
          label={job.step ?? job.title}
          fraction={job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total}
          text={
            job.done === null
              ? ''
              : `${format.count(job.done)}${job.total === null ? '' : ` of ${format.count(job.total)}`}`
          }
        />
      )}
    </section>
  );
}
