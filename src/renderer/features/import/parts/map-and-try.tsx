/** From columns to rows: the mapping, what it makes of the first rows, the try of all of them, and the import. */
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ImportReportSchema, type FileKind, type FileUpload } from '../../../../shared/contract/files.ts';
import { failureOf, isOver, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useDraft } from '../use-upload.ts';
import { JobProgress } from './job-progress.tsx';
import { MappingTable } from './mapping-table.tsx';
import { OpenPoints } from './open-points.tsx';
import { PreviewTable } from './preview-table.tsx';
import { Report } from './report.tsx';

/** A try holds for the mapping that it was made with. */
interface Tried {
  readonly jobId: number;
  readonly mapping: string;
}

export function MapAndTry({ upload, kind }: { upload: FileUpload; kind: FileKind }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const draft = useDraft(upload.uploadId, kind.kind);
  const [tried, setTried] = useState<Tried | null>(null);
  const quiet = { meta: { showsFailure: true } };
  const dryRun = useMutation({ ...api.files.dryRun.mutationOptions(), ...quiet });
  const run = useMutation({ ...api.files.import.mutationOptions(), ...quiet });
  const { preview } = draft;
  const mappingText = JSON.stringify(preview?.mapping);
  const job = useJob(tried?.jobId ?? null);
  const holds = tried !== null && tried.mapping === mappingText;
  const report = ImportReportSchema.safeParse(job?.result);
  const isTrying = dryRun.isPending || (holds && (job === undefined || !isOver(job)));
  const failure = dryRun.error ?? run.error;
  const tryIt = (): void => {
    if (preview === undefined) return;
    const { mapping } = preview;
    dryRun.mutate(
      { uploadId: upload.uploadId, mapping },
      { onSuccess: ({ jobId }) => setTried({ jobId, mapping: JSON.stringify(mapping) }) },
    );
  };
  const importIt = (): void => {
    if (preview === undefined) return;
    const { mapping } = preview;
    run.mutate(
      { uploadId: upload.uploadId, mapping },
      { onSuccess: ({ jobId }) => void navigate({ to: '/import', search: { job: jobId } }) },
    );
  };
  return (
    <StateGate state={draft.state}>
      {preview !== undefined && (
        <>
          <OpenPoints fields={kind.fields} preview={preview} draft={draft} />
          <MappingTable columns={upload.columns ?? []} fields={kind.fields} preview={preview} draft={draft} />
          <PreviewTable preview={preview} behind={draft.behind} />
          {holds && <JobProgress job={job} afterStop="Nothing was written." />}
          {holds && report.success && <Report report={report.data} />}
          {failure !== null && <Callout tone="loss" title={failureOf(failure).message} />}
          <div className="sticky bottom-0 z-10 -mx-1 flex items-center justify-end gap-2 border-t border-line bg-canvas px-1 py-2">
            <p className="min-w-0 flex-1 truncate text-xs text-muted">
              {preview.ready ? 'Trying goes through all rows and writes nothing.' : 'Answer what is open above first.'}
            </p>
            <Button icon={Play} busy={isTrying} disabled={!preview.ready || draft.behind} onClick={tryIt}>
              Try all rows
            </Button>
            <Button
              kind="primary"
              busy={run.isPending}
              disabled={!preview.ready || draft.behind || isTrying}
              onClick={importIt}
            >
              Import {format.count(upload.rows, { one: 'row', other: 'rows' })}
            </Button>
          </div>
        </>
      )}
    </StateGate>
  );
}
