/** What was decided about records, by rule or by hand, with the way back. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { IdentityDecision } from '../../../../shared/contract/identity.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { useUndoDecisions } from '../use-decide.ts';
import { decisionText } from '../words.ts';

const PAGE = 100;

export function Decisions(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { busy, undo } = useUndoDecisions();
  const pages = useInfiniteQuery(
    api.identity.decisions.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const state = stateOf(pages);
  return (
    <Tile title="Decisions" subtitle="Nothing is overwritten: taking something back is a decision of its own." flush>
      <DataTable
        label="Decisions"
        columns={columnsOf(format, busy, undo)}
        rows={rows}
        rowKey={({ decisionId }) => String(decisionId)}
        rowKeys={{
          u: ({ canUndo, decisionId }) => {
            if (canUndo && !busy) undo([decisionId]);
          },
        }}
        exportName="matching decisions"
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing was decided yet', hint: 'Links, merges and rejections are kept here.' }
            : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter, busy: boolean, undo: (ids: number[]) => void): Column<IdentityDecision>[] {
  return [
    { id: 'at', header: 'When', value: ({ at }) => at, text: ({ at }) => format.instant(at), width: 188 },
    { id: 'what', header: 'What', value: decisionText },
    { id: 'why', header: 'Why', value: ({ evidence }) => evidence, width: 280 },
    { id: 'by', header: 'By', value: ({ byHand }) => (byHand ? 'Hand' : 'Rule'), width: 70 },
    {
      id: 'undo',
      header: 'Undo',
      width: 132,
      sortable: false,
      value: () => null,
      cell: ({ canUndo, decisionId }) =>
        canUndo ? (
          <Button size="sm" icon={Undo2} disabled={busy} onClick={() => undo([decisionId])}>
            Take back
          </Button>
        ) : null,
    },
  ];
}
