/** Who changed what is simple here: what was done, when, and the way to take it back. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CostEdit } from '../../../../shared/contract/costs.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import type { CostActs } from '../use-costs.ts';

const SHOWN = 30;

export function History({ acts }: { acts: CostActs }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const edits = useQuery(api.costs.edits.queryOptions({ input: { limit: SHOWN } }));
  const rows = edits.data ?? [];
  const state = stateOf(edits);
  return (
    <Tile
      title="Changes"
      subtitle="The latest first; each can be taken back while no later one touched its costs"
      flush
    >
      <DataTable
        label="Changes of costs"
        columns={columnsOf(format, acts)}
        rows={rows}
        rowKey={({ editId }) => String(editId)}
        maxHeight={224}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing was changed yet', hint: 'Every entry, import and undo is listed here.' }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter, acts: CostActs): Column<CostEdit>[] {
  return [
    {
      id: 'at',
      header: 'When',
      width: 190,
      value: ({ madeAt }) => madeAt,
      text: ({ madeAt }) => format.instant(madeAt),
    },
    { id: 'what', header: 'What', sortable: false, value: (edit) => wordsOf(edit) },
    { id: 'costs', header: 'Costs', sortable: false, value: (edit) => countsOf(edit, format) },
    {
      id: 'undo',
      header: 'Undo',
      width: 90,
      sortable: false,
      value: () => null,
      cell: (edit) =>
        edit.undoneAt === null ? (
          <Button
            size="sm"
            kind="ghost"
            onClick={() => acts.undoEdit(edit.editId)}
            aria-label={`Undo: ${wordsOf(edit)}`}
          >
            Undo
          </Button>
        ) : (
          <span className="text-xs text-subtle">taken back</span>
        ),
    },
  ];
}

function wordsOf({ act, file }: CostEdit): string {
  if (act === 'import') return `Imported ${file ?? ''}`;
  return act === 'entry' ? 'Entered here' : 'Taken back';
}

function countsOf({ added, changed, removed }: CostEdit, format: Formatter): string {
  const parts = [
    ...(added > 0 ? [`${format.count(added)} added`] : []),
    ...(changed > 0 ? [`${format.count(changed)} changed`] : []),
    ...(removed > 0 ? [`${format.count(removed)} removed`] : []),
  ];
  return parts.length === 0 ? 'none' : format.list(parts);
}
