/** The packs printed so far, newest first. */
import { useQuery } from '@tanstack/react-query';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import type { ReactNode } from 'react';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

type ReportFile = Awaited<ReturnType<EngineClient['reports']['archive']>>[number];

export function Archive(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const archive = useQuery(api.reports.archive.queryOptions());
  const rows = archive.data ?? [];
  const state = stateOf(archive);
  return (
    <Tile title="Printed so far" flush>
      <DataTable
        label="Printed board packs"
        columns={columnsOf(format)}
        rows={rows}
        rowKey={(row) => String(row.reportId)}
        initialSort={{ column: 'created', descending: true }}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing printed yet', hint: 'Every printed pack is listed here with its file.' }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<ReportFile>[] {
  return [
    { id: 'month', header: 'Month', value: (row) => row.month, text: (row) => format.month(row.month), width: 120 },
    { id: 'format', header: 'Paper', value: (row) => row.format, width: 100 },
    { id: 'pages', header: 'Pages', align: 'end', value: (row) => row.pages, width: 100 },
    {
      id: 'created',
      header: 'Printed',
      width: 200,
      value: (row) => row.createdAt,
      text: (row) => format.instant(row.createdAt),
      exported: (row) => isoOfInstant(row.createdAt),
    },
    {
      id: 'file',
      header: 'File',
      value: (row) => row.file,
      cell: (row) => (
        <span title={row.file} className="font-mono text-xs">
          {row.file.split(/[\\/]/).at(-1)}
        </span>
      ),
    },
  ];
}
