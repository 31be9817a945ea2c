/** Digests of days and weeks as they were told, saved or printed, newest first; a row opens it as it was then. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ArchivedDigest } from '../../../../shared/contract/digest.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 320;

export function DigestArchive(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const archive = useQuery(api.digests.archive.queryOptions());
  const rows = archive.data ?? [];
  const state = stateOf(archive);
  return (
    <Tile title="Digests of days and weeks" flush>
      <DataTable
        label="Digests"
        columns={columnsOf(format)}
        rows={rows}
        rowKey={(row) => String(row.digestId)}
        initialSort={{ column: 'made', descending: true }}
        maxHeight={HEIGHT}
        onOpen={({ kind, digestId: digest }) =>
          void (kind === 'daily'
            ? navigate({ to: '/today', search: { digest } })
            : navigate({ to: '/week', search: { digest } }))
        }
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'No digest yet',
                hint: 'What was told as a notification, saved or printed is kept here as it was. Today and Week stand in the sidebar.',
              }
            : state
        }
      />
    </Tile>
  );
}

const MADE_AS: Readonly<Record<ArchivedDigest['madeAs'], string>> = {
  notification: 'Notification',
  pdf: 'PDF',
  markdown: 'Markdown',
};

function columnsOf(format: Formatter): Column<ArchivedDigest>[] {
  return [
    { id: 'kind', header: 'Of', value: (row) => (row.kind === 'daily' ? 'Day' : 'Week'), width: 64 },
    {
      id: 'days',
      header: 'Days',
      value: (row) => row.from,
      text: (row) =>
        row.from === row.to ? format.day(row.from) : `${format.day(row.from, 'short')} – ${format.day(row.to)}`,
      width: 170,
    },
    { id: 'headline', header: 'What it said', value: (row) => row.headline },
    { id: 'as', header: 'As', value: (row) => MADE_AS[row.madeAs], width: 104 },
    {
      id: 'made',
      header: 'Made',
      value: (row) => row.madeAt,
      text: (row) => format.instant(row.madeAt),
      exported: (row) => format.instant(row.madeAt),
      width: 160,
    },
    {
      id: 'file',
      header: 'File',
      value: (row) => row.file,
      width: 150,
      cell: (row) => (
        <span title={row.file ?? undefined} className="font-mono text-xs">
          {row.file === null ? '' : row.file.split(/[\\/]/).at(-1)}
        </span>
      ),
    },
  ];
}
