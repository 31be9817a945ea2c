/** Records that did not fit: what is wrong with each, and the record as it came. They count in no figure. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { SetAsideSheet, type SetAside } from './set-aside-sheet.tsx';

const PAGE = 100;

export function Quarantine(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [opened, setOpened] = useState<SetAside | null>(null);
  const pages = useInfiniteQuery(
    api.sources.quarantine.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const state = stateOf(pages);
  return (
    <Tile
      title="Set aside"
      subtitle="Records that did not fit the vendor’s own description. They count in no figure."
      flush
    >
      <DataTable
        label="Records set aside"
        columns={columnsOf(format)}
        rows={rows}
        rowKey={(row) => String(row.quarantineId)}
        onOpen={setOpened}
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        toolbar={total > 0 ? format.count(total, { one: 'record', other: 'records' }) : undefined}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing was set aside', hint: 'Every record that came could be read.' }
            : state
        }
      />
      {opened !== null && <SetAsideSheet row={opened} onClose={() => setOpened(null)} />}
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<SetAside>[] {
  return [
    { id: 'stream', header: 'Stream', value: (row) => row.stream, width: 140 },
    { id: 'object', header: 'Object', value: (row) => row.objectId, width: 210 },
    { id: 'path', header: 'Where', value: (row) => row.path, width: 160 },
    { id: 'reason', header: 'What is wrong', value: (row) => row.reason },
    {
      id: 'seen',
      header: 'Last seen',
      width: 150,
      value: (row) => row.lastSeenAt,
      text: (row) => format.instant(row.lastSeenAt),
      exported: (row) => format.instant(row.lastSeenAt),
    },
  ];
}
