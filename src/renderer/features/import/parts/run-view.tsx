/** An import under way or done: progress with the way to stop it, then what became of the rows, with the way back. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListX, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ImportReportSchema } from '../../../../shared/contract/files.ts';
import { isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { JobProgress } from './job-progress.tsx';
import { Report } from './report.tsx';

export function RunView({ jobId }: { jobId: number }): ReactNode {
  const { api } = useEngine();
  const job = useJob(jobId);
  const [undone, setUndone] = useState<number | null>(null);
  const undo = useMutation({
    ...api.files.undo.mutationOptions(),
    onSuccess: ({ jobId: undoing }) => setUndone(undoing),
  });
  const undoJob = useJob(undone);
  const report = ImportReportSchema.safeParse(job?.result);
  const importId = report.success ? report.data.importId : null;
  return (
    <div className="flex flex-col gap-4">
      <JobProgress job={job} afterStop="Nothing of the file was kept. It waits to be tried again." />
      {undone !== null && <JobProgress job={undoJob} afterStop="The import stands as it stood." />}
      {undoJob?.state === 'done' && (
        <Callout tone="neutral" title="The import was taken back: what stood before it stands again" />
      )}
      {report.success && job?.state === 'done' && (
        <Report
          report={report.data}
          actions={
            importId !== null &&
            undone === null && (
              <Button size="sm" icon={Undo2} busy={undo.isPending} onClick={() => undo.mutate({ importId })}>
                Take it back
              </Button>
            )
          }
        />
      )}
      {job !== undefined && isOver(job) && (
        <nav aria-label="After the import" className="flex flex-wrap gap-4 text-sm">
          <Link to="/" className="text-accent hover:underline">
            See the figures
          </Link>
          <Link to="/import" className="text-accent hover:underline">
            Import another file
          </Link>
          <Link
            to="/import"
            search={{ view: 'history' }}
            className="inline-flex items-center gap-1 text-accent hover:underline"
          >
            <ListX size={13} aria-hidden />
            All imports and rows left out
          </Link>
        </nav>
      )}
    </div>
  );
}
