/** Everything as tables that other programs read. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ExportedSchema, type ExportStyle } from '../../../../shared/contract/data.ts';
import { failureOf, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useStartedJob } from '../use-started-job.ts';
import { SettingRow } from './setting-row.tsx';

export function ExportTile(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const [kind, setKind] = useState<'csv' | 'xlsx'>('csv');
  const [style, setStyle] = useState<ExportStyle | null>(null);
  const start = useMutation({ ...api.data.exportAll.mutationOptions(), meta: { showsFailure: true } });
  const job = useJob(start.data?.jobId ?? null);
  const busy = useStartedJob(job, () => undefined);
  const result = ExportedSchema.safeParse(job?.state === 'done' ? job.result : null);
  const problem = start.error === null ? (job?.error?.message ?? null) : failureOf(start.error).message;
  return (
    <Tile title="Take everything along" subtitle="Every table but keys and secrets; the file is not encrypted">
      <SettingRow id="exportAll" title="Export everything">
        <div className="flex flex-col items-start gap-2.5">
          <Segmented
            label="Kind of file"
            choices={[
              { value: 'csv', label: 'CSV files in a zip' },
              { value: 'xlsx', label: 'Workbook (XLSX)' },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === 'csv' && (
            <Segmented
              label="How figures are written"
              choices={[
                { value: 'machine', label: 'For other programs' },
                { value: 'locale', label: 'As I write' },
              ]}
              value={style ?? workspace.data?.exportFormat ?? 'machine'}
              onChange={setStyle}
            />
          )}
          <Button busy={start.isPending || busy} onClick={() => start.mutate({ format: kind, style })}>
            Export everything
          </Button>
          {kind === 'xlsx' && (
            <p className="text-xs text-subtle">
              A long table goes on in further sheets; the workbook holds up to {format.count(200_000)} rows, CSV has
              them all.
            </p>
          )}
          {result.success && (
            <Callout tone="gain" title="Everything is exported">
              <span className="break-all">{result.data.file}</span>:{' '}
              {format.count(result.data.tables, { one: 'table', other: 'tables' })},{' '}
              {format.count(result.data.rows, { one: 'row', other: 'rows' })}, {format.bytes(result.data.bytes)}
            </Callout>
          )}
          {problem !== null && (
            <Callout tone="loss" title="The export could not be written">
              {problem}
            </Callout>
          )}
        </div>
      </SettingRow>
    </Tile>
  );
}
