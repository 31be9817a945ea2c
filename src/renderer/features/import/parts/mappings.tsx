/** Mappings that are kept for the next file with the same columns. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';

type Saved = Awaited<ReturnType<EngineClient['files']['mappings']>>[number];

export function Mappings(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const queries = useQueryClient();
  const saved = useQuery(api.files.mappings.queryOptions());
  const toast = useToast();
  const again = () => queries.invalidateQueries({ queryKey: api.files.key() });
  const recall = useMutation({ ...api.files.recallMapping.mutationOptions(), onSuccess: again });
  const forget = useMutation({
    ...api.files.forgetMapping.mutationOptions(),
    onSuccess: (_done, { mappingId }) => {
      toast({ text: 'Mapping forgotten', undo: () => recall.mutate({ mappingId }) });
      return again();
    },
  });
  const rows = saved.data ?? [];
  const state = stateOf(saved);
  return (
    <Tile
      title="Mappings that are kept"
      subtitle="Kept with every import. The next file with the same columns needs no work."
      flush
    >
      <DataTable
        label="Kept mappings"
        columns={columnsOf(format, forget.isPending, (mappingId) => forget.mutate({ mappingId }))}
        rows={rows}
        rowKey={({ mappingId }) => String(mappingId)}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'No mapping is kept', hint: 'The mapping of a file is kept when it is imported.' }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter, busy: boolean, forget: (mappingId: number) => void): Column<Saved>[] {
  return [
    { id: 'kind', header: 'Kind', value: ({ kindTitle }) => kindTitle, width: 200 },
    {
      id: 'header',
      header: 'For files with the columns',
      value: ({ header }) => header.join(', '),
      cell: ({ header }) => <span title={header.join(', ')}>{header.join(', ')}</span>,
    },
    {
      id: 'read',
      header: 'Read',
      align: 'end',
      width: 80,
      value: ({ mapping }) => Object.keys(mapping.columns).length,
      text: ({ mapping }) => format.count(Object.keys(mapping.columns).length),
    },
    {
      id: 'used',
      header: 'Last used',
      width: 150,
      value: ({ usedAt }) => usedAt,
      text: ({ usedAt }) => format.instant(usedAt),
    },
    {
      id: 'forget',
      header: 'Forget',
      width: 100,
      sortable: false,
      value: () => null,
      cell: ({ mappingId }) => (
        <Button size="sm" icon={Trash2} disabled={busy} onClick={() => forget(mappingId)}>
          Forget
        </Button>
      ),
    },
  ];
}
