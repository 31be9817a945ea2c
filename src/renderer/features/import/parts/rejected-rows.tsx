/** Rows that did not fit: where they stand, what is wrong, and the row itself; all of them as a file to mend. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FileImport, ImportReport } from '../../../../shared/contract/files.ts';
import { toCsv, type ExportCell } from '../../../lib/delimited.ts';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import { saveText } from '../../../ui/export-buttons.tsx';
import type { Column } from '../../../ui/table-model.ts';

type RejectedRow = ImportReport['rejectedRows'][number];

const COLUMNS: readonly Column<RejectedRow>[] = [
  { id: 'line', header: 'Line', align: 'end', width: 72, value: ({ line }) => line },
  {
    id: 'reason',
    header: 'What is wrong',
    value: ({ field, reason }) => (field === null ? reason : `${field}: ${reason}`),
    cell: ({ field, reason }) => {
      const text = field === null ? reason : `${field}: ${reason}`;
      return <span title={text}>{text}</span>;
    },
  },
  {
    id: 'text',
    header: 'The row',
    value: ({ text }) => text,
    cell: ({ text }) => (
      <code className="font-mono text-xs" title={text}>
        {text}
      </code>
    ),
  },
];

export function RejectedTable(props: { rows: readonly RejectedRow[]; onEnd?: () => void }): ReactNode {
  const { rows, onEnd } = props;
  return (
    <DataTable
      label="Rows left out"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ line, field }) => `${line} ${field ?? ''}`}
      maxHeight={420}
      {...(onEnd === undefined ? {} : { onEnd })}
    />
  );
}

/** More than the 200 rows above which a table is virtual, so that reaching the end is noticed. */
const PAGE = 300;
const MOST_PER_CALL = 500;

export function RejectedSheet({ of, onClose }: { of: FileImport; onClose: () => void }): ReactNode {
  const { api, client } = useEngine();
  const format = useFormat();
  const pages = useInfiniteQuery(
    api.files.rejected.infiniteOptions({
      input: (cursor: string | null) => ({ importId: of.importId, limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const state = stateOf(pages);
  const save = useMutation({ mutationFn: () => saveRejected(client, of) });
  return (
    <Sheet
      open
      onClose={onClose}
      title={`Rows of ${of.file} that were left out`}
      description="Mend them in the file itself and import it again: what is there already stays as it is."
      className="w-[min(56rem,100vw)]"
      footer={
        <Button icon={Download} busy={save.isPending} disabled={total === 0} onClick={() => save.mutate()}>
          Save {format.count(total, { one: 'row', other: 'rows' })} as CSV
        </Button>
      }
    >
      {state.kind === 'ready' ? (
        <RejectedTable
          rows={rows}
          onEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
        />
      ) : (
        <DataTable
          label="Rows left out"
          columns={COLUMNS}
          rows={[]}
          rowKey={({ line }) => String(line)}
          state={state}
        />
      )}
    </Sheet>
  );
}

/** All rows that were left out, page by page from the engine, with their lines and reasons. */
async function saveRejected(client: EngineClient, { importId, file }: FileImport): Promise<void> {
  const found: ExportCell[][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<EngineClient['files']['rejected']>> = await client.files.rejected({
      importId,
      limit: MOST_PER_CALL,
      cursor,
    });
    for (const { line, field, reason, text } of page.rows) found.push([line, field, reason, text]);
    cursor = page.cursor;
  } while (cursor !== null);
  const name = `${file.replace(/\.[^.]*$/, '')} left out.csv`;
  saveText(name, toCsv(['Line', 'Field', 'Reason', 'Row'], found), 'text/csv');
}
