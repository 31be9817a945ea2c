/** Closing by hand: the next month, or all that are over; what is known to be missing is said first. */
import { useMutation } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClosingList } from '../../../../shared/contract/closing.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';
import { useToast } from '../../../ui/toast.tsx';

export function CloseMonths({ list }: { list: ClosingList }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const toast = useToast();
  const [asked, setAsked] = useState<'next' | 'all' | null>(null);
  const [accepted, setAccepted] = useState(false);
  const [jobId, setJobId] = useState<number | null>(null);
  const close = useMutation({
    ...api.closing.close.mutationOptions(),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const job = useJob(jobId);
  const running = close.isPending || (job !== undefined && !isOver(job));
  const failed = job !== undefined && isOver(job) && job.state !== 'done';
  const { next, last, months, obstacles } = list;
  if (next === null || last === null) return null;
  const open = months.filter(({ state, month }) => state !== 'closed' && month <= last).length;
  const shut = (): void => {
    setAsked(null);
    setAccepted(false);
    setJobId(null);
  };
  if (job !== undefined && job.state === 'done' && asked !== null) {
    shut();
    toast({
      text:
        asked === 'all' ? `Closed through ${format.month(last, 'long')}.` : `${format.month(next, 'long')} is closed.`,
    });
  }
  const month: PlainMonth = asked === 'all' ? last : next;
  return (
    <>
      {open > 1 && <Button onClick={() => setAsked('all')}>Close all through {format.month(last)}</Button>}
      <Button kind="primary" icon={Lock} onClick={() => setAsked('next')}>
        Close {format.month(next, 'long')}
      </Button>
      <Dialog
        open={asked !== null}
        onClose={shut}
        title={asked === 'all' ? `Close ${format.count(open)} months?` : `Close ${format.month(next, 'long')}?`}
        description={
          asked === 'all'
            ? `Every open month through ${format.month(last, 'long')} is frozen as it is known now.`
            : 'Its figures are frozen as they are known now. What becomes known later is noted beside them.'
        }
        footer={
          <>
            <Button onClick={shut}>Cancel</Button>
            <Button
              kind="primary"
              busy={running}
              disabled={obstacles.length > 0 && !accepted}
              onClick={() => close.mutate({ month, through: asked === 'all', acceptGaps: accepted })}
            >
              {asked === 'all' ? 'Close them' : 'Close the month'}
            </Button>
          </>
        }
      >
        {obstacles.length > 0 && (
          <div className="flex flex-col gap-3">
            <Callout tone="warn" title="Known to be missing">
              <ul className="list-disc pl-4">
                {obstacles.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Callout>
            <Checkbox
              label="Close in spite of it"
              hint="What is missing is frozen with the month, and said wherever it is reported."
              checked={accepted}
              onChange={setAccepted}
            />
          </div>
        )}
        {job !== undefined && !isOver(job) && (
          <ProgressBar
            label={job.title}
            fraction={job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total}
            text={job.step ?? 'under way'}
          />
        )}
        {failed && (
          <Callout tone="loss" title="Not closed">
            {job.error?.message ?? 'It was stopped.'}
          </Callout>
        )}
      </Dialog>
    </>
  );
}
