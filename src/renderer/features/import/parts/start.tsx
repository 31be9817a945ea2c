/** Where a file is handed over: a surface to drop it on, a chooser, and files that wait from before. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileSpreadsheet } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FileUpload } from '../../../../shared/contract/files.ts';
import { useEngine, useFileIntake } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DropSurface, FileButton, TABLE_FILES } from '../../../ui/file-drop.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useTake } from '../use-upload.ts';
import { bytesText } from '../words.ts';

export function Start(): ReactNode {
  const take = useTake();
  return (
    <>
      <DropSurface hint="Drop the file to see what is in it" onFile={take}>
        <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong bg-surface px-6 py-10 text-center">
          <FileSpreadsheet size={28} strokeWidth={1.5} aria-hidden className="text-subtle" />
          <p className="text-base font-medium text-ink">Drop a CSV, TSV or Excel file here</p>
          <p className="max-w-prose text-pretty text-muted">
            Exports of Stripe, HubSpot, Salesforce, Pipedrive and ChartMogul are known by their columns; any other table
            is mapped by hand. A file can be tried without writing anything, and every import can be taken back.
          </p>
          <FileButton kind="primary" text="Choose a file…" label="File to import" accept={TABLE_FILES} onFile={take} />
        </div>
      </DropSurface>
      <WaitingFiles />
    </>
  );
}

function WaitingFiles(): ReactNode {
  const { api } = useEngine();
  const { data } = useQuery(api.files.uploads.queryOptions());
  if (data === undefined || data.length === 0) return null;
  return (
    <Tile title="Files that wait" subtitle="Handed over, and neither imported nor discarded.">
      <ul className="flex flex-col divide-y divide-line">
        {data.map((upload) => (
          <WaitingFile key={upload.uploadId} upload={upload} />
        ))}
      </ul>
    </Tile>
  );
}

const STATES: Readonly<Record<FileUpload['state'], string>> = {
  receiving: 'Being handed over',
  received: 'Not read yet',
  reading: 'Being read',
  ready: 'Ready to be mapped',
  failed: 'Cannot be read',
};

function WaitingFile({ upload }: { upload: FileUpload }): ReactNode {
  const format = useFormat();
  const { sending } = useFileIntake();
  const { uploadId, name, bytes, state } = upload;
  // A window that was closed took its file along.
  const text = state === 'receiving' && !sending.has(uploadId) ? 'Broken off: choose the file again' : STATES[state];
  return (
    <li className="flex items-baseline gap-3 py-1.5">
      <Link to="/import" search={{ upload: uploadId }} className="min-w-0 flex-1 truncate text-accent hover:underline">
        {name}
      </Link>
      <span className="text-xs text-muted">{bytesText(bytes, format)}</span>
      <span className="w-44 text-right text-xs text-muted">{text}</span>
    </li>
  );
}
