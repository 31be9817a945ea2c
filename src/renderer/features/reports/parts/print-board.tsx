/** Prints the pack as a job: its progress stays in sight and survives a reload. */
import { useMutation } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ReportFileSchema } from '../../../../shared/contract/reports.ts';
import type { Job } from '../../../../shared/contract/jobs.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';

export interface PrintBoardProps {
  month: PlainMonth;
  paper: 'A4' | 'Letter';
  /** Of a closed month: as reported, or as known today. */
  shows: 'known' | 'reported';
  /** Whether the charts have the workspace's notes and releases. */
  notes: boolean;
}

export function PrintBoard({ month, paper, shows, notes }: PrintBoardProps): ReactNode {
  const { api } = useEngine();
  const [jobId, setJobId] = useState<number | null>(null);
  const print = useMutation({
    ...api.reports.printBoard.mutationOptions(),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const job = useJob(jobId);
  const running = print.isPending || (job !== undefined && !isOver(job));
  return (
    <>
      <Button
        kind="primary"
        icon={Printer}
        busy={running}
        className="h-8"
        onClick={() => print.mutate({ month, format: paper, shows, notes })}
      >
        Print PDF
      </Button>
      {job !== undefined && (
        <div className="basis-full">
          <PrintOutcome job={job} />
        </div>
      )}
    </>
  );
}

function PrintOutcome({ job }: { job: Job }): ReactNode {
  const format = useFormat();
  if (!isOver(job)) {
    const share = job.done === null || job.total === null || job.total === 0 ? null : job.done / job.total;
    return <ProgressBar label={job.title} fraction={share} text={job.step ?? 'under way'} />;
  }
  if (job.state !== 'done')
    return (
      <Callout tone="loss" title={`The pack was not printed (${job.state})`}>
        {job.error?.message ?? 'It was stopped before it was finished. Print it again.'}
      </Callout>
    );
  const file = ReportFileSchema.safeParse(job.result);
  if (!file.success) return <Callout tone="gain" title="The pack was printed. It stands in the archive." />;
  const pages = file.data.pages === null ? '' : `${format.count(file.data.pages, { one: 'page', other: 'pages' })}, `;
  return (
    <Callout tone="gain" title={`Printed: ${pages}${format.count(Math.ceil(file.data.bytes / 1024))} kB`}>
      <span className="font-mono text-xs break-all">{file.data.file}</span>
    </Callout>
  );
}
