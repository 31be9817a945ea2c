/** Rows of imported files that did not fit: where they stand and what is wrong with them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RejectedRow } from '../../../../shared/contract/costs.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';

const COLUMNS: readonly Column<RejectedRow>[] = [
  { id: 'line', header: 'Line', align: 'end', width: 84, value: ({ line }) => line },
  {
    id: 'reason',
    header: 'What is wrong',
    value: ({ reason }) => reason,
    cell: ({ reason }) => <span className="whitespace-normal">{reason}</span>,
  },
  {
    id: 'text',
    header: 'The row',
    value: ({ text }) => text,
    cell: ({ text }) => <code className="font-mono text-xs">{text}</code>,
  },
];

export function RejectedTable({ rows }: { rows: readonly RejectedRow[] }): ReactNode {
  return (
    <DataTable
      label="Rows that do not fit"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ line }) => String(line)}
      maxHeight={260}
    />
  );
}

/** Nothing where every row fitted. */
export function RejectedRows(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const queries = useQueryClient();
  const files = useQuery(api.costs.rejected.queryOptions());
  const toast = useToast();
  const again = () => queries.invalidateQueries({ queryKey: api.costs.rejected.key() });
  const restore = useMutation({ ...api.costs.restoreRejected.mutationOptions(), onSuccess: again });
  const dismiss = useMutation({
    ...api.costs.dismissRejected.mutationOptions(),
    onSuccess: (_done, { editId }) => {
      toast({ text: 'Rows dismissed', undo: () => restore.mutate({ editId }) });
      return again();
    },
  });
  return (files.data ?? []).map(({ editId, file, at, rows }) => (
    <Tile
      key={editId}
      flush
      title={`${format.count(rows.length, { one: 'row', other: 'rows' })} of ${file} not imported`}
      subtitle={`${format.instant(at)}. Mend them in the file and import it again: what is there already stays.`}
      actions={
        <Button size="sm" kind="ghost" busy={dismiss.isPending} onClick={() => dismiss.mutate({ editId })}>
          Dismiss
        </Button>
      }
    >
      <RejectedTable rows={rows} />
    </Tile>
  ));
}
