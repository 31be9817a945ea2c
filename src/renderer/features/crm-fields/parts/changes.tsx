/** What was said of fields, with the way back. */
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CrmFieldChange } from '../../../../shared/contract/crm-fields.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useSay, type Say } from '../use-say.ts';
import { OBJECT_WORDS, saidText } from '../words.ts';

export function Changes(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const say = useSay();
  const changes = useQuery(api.crmFields.changes.queryOptions());
  const rows = changes.data ?? [];
  const state = stateOf(changes);
  return (
    <Tile title="Changes" subtitle="The latest hundred. Taking one back is a change of its own." flush>
      <DataTable
        label="Changes"
        columns={columnsOf(format, say)}
        rows={rows}
        rowKey={({ changeId }) => String(changeId)}
        rowKeys={{
          u: ({ canUndo, changeId }) => {
            if (canUndo && !say.busy) say.undo(changeId);
          },
        }}
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing was said yet',
                hint: 'What is said of a field is kept here, with the way back.',
              }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter, say: Say): Column<CrmFieldChange>[] {
  return [
    { id: 'at', header: 'When', width: 185, value: ({ at }) => at, text: ({ at }) => format.instant(at) },
    {
      id: 'what',
      header: 'What',
      value: ({ label, before, after }) =>
        `${label}: ${saidText(after)}${before === null ? '' : `, before ${saidText(before)}`}`,
    },
    {
      id: 'of',
      header: 'Of',
      width: 180,
      value: ({ object, sourceName }) => `${OBJECT_WORDS[object]} in ${sourceName}`,
    },
    {
      id: 'undo',
      header: 'Undo',
      width: 120,
      sortable: false,
      value: () => null,
      cell: ({ canUndo, changeId }) =>
        canUndo ? (
          <Button size="sm" icon={Undo2} disabled={say.busy} onClick={() => say.undo(changeId)}>
            Take back
          </Button>
        ) : null,
    },
  ];
}
