/** One record that did not fit: why, as it came, and another try for it or for all of its kind. */
import { useMutation } from '@tanstack/react-query';
import { isoOfInstant } from '../../shared/kernel/instant.ts';
import { RotateCcw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { isOver, useEngine, useJob, type EngineClient } from '../lib/engine/index.ts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import { prettyRecord } from '../lib/pretty-record.ts';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { Sheet } from './dialog.tsx';
import type { Column } from './table-model.ts';

export type SetAside = Awaited<ReturnType<EngineClient['sources']['quarantine']>>['rows'][number];

const OutcomeSchema = z.object({ tried: z.number(), released: z.number(), offline: z.string().nullable() });

export function SetAsideSheet({ row, onClose }: { row: SetAside; onClose: () => void }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [jobId, setJobId] = useState<number | null>(null);
  const retry = useMutation({
    ...api.sources.retryQuarantined.mutationOptions(),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const job = useJob(jobId);
  const busy = retry.isPending || (jobId !== null && (job === undefined || !isOver(job)));
  const { sourceId, quarantineId, reason, file } = row;
  return (
    <Sheet
      open
      onClose={onClose}
      title={row.objectId}
      description={row.path === '' ? reason : `${reason} (at ${row.path})`}
    >
      <div className="flex flex-col gap-3">
        {sourceId !== null && quarantineId !== null && (
          <div className="flex flex-wrap gap-2">
            <Button icon={RotateCcw} busy={busy} onClick={() => retry.mutate({ sourceId, quarantineId })}>
              Try again
            </Button>
            <Button disabled={busy} onClick={() => retry.mutate({ sourceId, reason })}>
              Try all with this reason
            </Button>
          </div>
        )}
        {file !== null && (
          <Callout tone="warn" title={`Line ${file.line} of ${file.name} was left out`}>
            Put the line right in the file and import it again: rows that stand already are recognised and change
            nothing.
          </Callout>
        )}
        {job !== undefined && isOver(job) && <Outcome job={job} format={format} />}
        <p className="text-xs text-subtle">
          {file === null ? `The record as it came from ${row.stream}:` : 'The row as it stands in the file:'}
        </p>
        <pre
          aria-label="Record"
          className="rounded-md bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap text-ink"
        >
          {file === null ? prettyRecord(row.record) : row.record}
        </pre>
      </div>
    </Sheet>
  );
}

interface OutcomeProps {
  job: { state: string; result: unknown; error: { message: string } | null };
  format: Formatter;
}

function Outcome({ job, format }: OutcomeProps): ReactNode {
  const outcome = OutcomeSchema.safeParse(job.result);
  if (job.state !== 'done' || !outcome.success)
    return (
      <Callout tone="loss" title="It could not be tried to the end">
        {job.error?.message ?? `The try was ${job.state}.`}
      </Callout>
    );
  const { tried, released, offline } = outcome.data;
  return (
    <Callout
      tone={released > 0 ? 'gain' : 'warn'}
      title={`${format.count(tried, { one: 'record', other: 'records' })} tried, ${format.count(released, { one: 'fits', other: 'fit' })} now`}
    >
      {offline === null
        ? released < tried
          ? 'What still does not fit stays here; it can be put right at the vendor.'
          : 'What fits counts in the figures from now on.'
        : `The vendor could not be asked (${offline}); the kept records were read again.`}
    </Callout>
  );
}

/** What is told of such a record in a list. */
export function setAsideColumns(format: Formatter): Column<SetAside>[] {
  return [
    { id: 'stream', header: 'Stream', value: (row) => row.stream, width: 130 },
    { id: 'object', header: 'Object', value: (row) => row.objectId, width: 210 },
    { id: 'path', header: 'Where', value: (row) => row.path, width: 150 },
    { id: 'reason', header: 'What is wrong', value: (row) => row.reason },
    {
      id: 'seen',
      header: 'Last seen',
      width: 180,
      value: (row) => row.lastSeenAt,
      text: (row) => format.instant(row.lastSeenAt),
      exported: (row) => isoOfInstant(row.lastSeenAt),
    },
  ];
}
