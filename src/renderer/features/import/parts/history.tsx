/** Imports so far, newest first: what each brought, what it left out, and the way back. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { ListX, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { FileImport } from '../../../../shared/contract/files.ts';
import { stateOf, useEngine, useJob } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { IMPORT_STATES } from '../words.ts';
import { JobProgress } from './job-progress.tsx';
import { RejectedSheet } from './rejected-rows.tsx';

const PAGE = 100;

export function History(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [undoing, setUndoing] = useState<FileImport | null>(null);
  const [rejected, setRejected] = useState<FileImport | null>(null);
  const undo = useMutation(api.files.undo.mutationOptions());
  const job = useJob(undo.data?.jobId ?? null);
  const pages = useInfiniteQuery(
    api.files.imports.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const state = stateOf(pages);
  return (
    <>
      {undo.data !== undefined && <JobProgress job={job} afterStop="The import stands as it stood." />}
      <Tile title="Imports" subtitle="Taking one back brings back what stood before it." flush>
        <DataTable
          label="Imports"
          columns={columnsOf(format, setUndoing, setRejected)}
          rows={rows}
          rowKey={({ importId }) => String(importId)}
          rowKeys={{
            u: (row) => {
              if (row.canUndo) setUndoing(row);
            },
          }}
          exportName="imports"
          onEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
          state={
            state.kind === 'ready' && rows.length === 0
              ? {
                  kind: 'empty',
                  title: 'Nothing was imported yet',
                  hint: 'Every import is kept here with its way back.',
                }
              : state
          }
        />
      </Tile>
      {rejected !== null && <RejectedSheet of={rejected} onClose={() => setRejected(null)} />}
      {undoing !== null && (
        <Dialog
          open
          onClose={() => setUndoing(null)}
          title={`Take ${undoing.file} back?`}
          description={`What it added goes (${format.count(undoing.added)}), what it changed stands as before (${format.count(undoing.changed)}). The figures follow. The file can be imported again.`}
          footer={
            <>
              <Button onClick={() => setUndoing(null)}>Keep it</Button>
              <Button
                kind="primary"
                icon={Undo2}
                onClick={() => {
                  undo.mutate({ importId: undoing.importId });
                  setUndoing(null);
                }}
              >
                Take it back
              </Button>
            </>
          }
        />
      )}
    </>
  );
}

function columnsOf(
  format: Formatter,
  onUndo: (row: FileImport) => void,
  onRejected: (row: FileImport) => void,
): Column<FileImport>[] {
  const count = (id: 'added' | 'changed' | 'rejected', header: string): Column<FileImport> => ({
    id,
    header,
    align: 'end',
    width: 92,
    value: (row) => row[id],
    text: (row) => format.count(row[id]),
  });
  return [
    { id: 'file', header: 'File', value: ({ file }) => file },
    { id: 'kind', header: 'Kind', value: ({ kindTitle }) => kindTitle, width: 150 },
    {
      id: 'at',
      header: 'When',
      width: 180,
      value: ({ startedAt }) => startedAt,
      text: ({ startedAt }) => format.instant(startedAt),
    },
    count('added', 'New'),
    count('changed', 'Changed'),
    count('rejected', 'Left out'),
    { id: 'state', header: 'State', width: 110, value: ({ state }) => IMPORT_STATES[state] },
    {
      id: 'act',
      header: 'Actions',
      width: 210,
      sortable: false,
      value: () => null,
      cell: (row) => (
        <span className="flex gap-1.5">
          {row.state === 'done' && (
            <Button
              size="sm"
              icon={Undo2}
              disabled={!row.canUndo}
              title={row.whyNot ?? undefined}
              onClick={() => onUndo(row)}
            >
              Take back
            </Button>
          )}
          {row.rejected > 0 && (
            <Button size="sm" icon={ListX} onClick={() => onRejected(row)}>
              Left out
            </Button>
          )}
        </span>
      ),
    },
  ];
}
