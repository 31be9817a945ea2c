/** One file on its way in: being handed over, being read, or read and ready to be mapped. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { FileKind, FileUpload } from '../../../../shared/contract/files.ts';
import { useEngine, useFileIntake, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ProgressBar } from '../../../ui/meter.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useUpload, type Upload } from '../use-upload.ts';
import { bytesText } from '../words.ts';
import { Detection } from './detection.tsx';
import { JobProgress } from './job-progress.tsx';
import { KindChoice } from './kind-choice.tsx';
import { MapAndTry } from './map-and-try.tsx';

export function FileView({ uploadId }: { uploadId: number }): ReactNode {
  const file = useUpload(uploadId);
  const format = useFormat();
  const { upload } = file;
  return (
    <StateGate state={file.state}>
      {upload !== undefined && (
        <div className="flex flex-col gap-4">
          <div className="flex items-baseline gap-3">
            <h2 className="min-w-0 truncate text-md font-semibold">{upload.name}</h2>
            <span className="text-muted">{bytesText(upload.bytes, format)}</span>
            <span className="flex-1" />
            <Button size="sm" onClick={file.discard}>
              Discard
            </Button>
          </div>
          <Inside upload={upload} file={file} />
        </div>
      )}
    </StateGate>
  );
}

function Inside({ upload, file }: { upload: FileUpload; file: Upload }): ReactNode {
  const format = useFormat();
  const { sending } = useFileIntake();
  const job = useJob(upload.jobId);
  const own = sending.get(upload.uploadId);
  if (own?.failure)
    return (
      <Callout tone="loss" title="The file was not handed over">
        {own.failure.message}
      </Callout>
    );
  switch (upload.state) {
    case 'receiving':
      return own === undefined ? (
        <Callout tone="warn" title="This file was handed over in part only">
          The window that sent it was closed. Discard it and choose the file again.
        </Callout>
      ) : (
        <ProgressBar
          label="Handing the file over"
          fraction={own.bytes === 0 ? null : own.sent / own.bytes}
          text={`${bytesText(own.sent, format)} of ${bytesText(own.bytes, format)}`}
        />
      );
    case 'received':
    case 'reading':
      return <JobProgress job={job} afterStop="The file is not read; it can be discarded." />;
    case 'failed':
      return (
        <>
          <Callout tone="loss" title="This file cannot be read as a table">
            {upload.problem ?? 'It holds no rows.'}
          </Callout>
          {upload.detection !== null && <Found upload={upload} file={file} />}
        </>
      );
    case 'ready':
      return <Ready upload={upload} file={file} />;
  }
}

function Found({ upload, file }: { upload: FileUpload; file: Upload }): ReactNode {
  if (upload.detection === null) return null;
  return (
    <Detection detection={upload.detection} rows={upload.rows} columns={upload.columns?.length ?? 0} file={file} />
  );
}

function Ready({ upload, file }: { upload: FileUpload; file: Upload }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const asked = useSearch({ from: '/frame/import' }).table;
  const kinds = useQuery(api.files.kinds.queryOptions());
  const mappings = useQuery(api.files.mappings.queryOptions());
  const [isAgain, setAgain] = useState(false);
  const wanted = asked ?? keptKind(mappings.data ?? [], upload) ?? upload.suggestions[0]?.kind;
  const kind: FileKind | undefined = kinds.data?.find((known) => known.kind === wanted);
  const { importedBefore } = upload;
  return (
    <>
      {importedBefore !== null && !isAgain && (
        <Callout
          tone="warn"
          title={`A file with exactly these bytes was imported on ${format.instant(importedBefore.at)}`}
          action={<Button onClick={() => setAgain(true)}>Go on</Button>}
        >
          Importing it again changes nothing that is there already.
        </Callout>
      )}
      <Found upload={upload} file={file} />
      {upload.rows === 0 ? (
        <Callout tone="warn" title="There is no row below the names of the columns" />
      ) : (
        <>
          <KindChoice
            kinds={kinds.data ?? []}
            upload={upload}
            chosen={kind}
            onChoose={(chosen) =>
              void navigate({ to: '/import', search: { upload: upload.uploadId, table: chosen }, replace: true })
            }
          />
          {kind !== undefined && (
            <MapAndTry key={`${kind.kind} ${JSON.stringify(upload.detection)}`} upload={upload} kind={kind} />
          )}
        </>
      )}
    </>
  );
}

/** What the last file with the same columns was imported as. */
function keptKind(
  mappings: readonly { readonly kind: string; readonly header: readonly string[]; readonly usedAt: number }[],
  { columns }: FileUpload,
): string | undefined {
  const header = JSON.stringify((columns ?? []).map(({ name }) => name));
  return mappings.filter((kept) => JSON.stringify(kept.header) === header).toSorted((a, b) => b.usedAt - a.usedAt)[0]
    ?.kind;
}
