/** Records that did not fit: what is wrong with each, and the record as it came. They count in no figure. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { SetAsideSheet, setAsideColumns, type SetAside } from '../../../ui/set-aside-sheet.tsx';
import { Tile } from '../../../ui/tile.tsx';

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
      subtitle="Records that did not fit the vendor’s own description, and rows of files that were left out. They count in no figure."
      flush
    >
      <DataTable
        label="Records set aside"
        columns={setAsideColumns(format)}
        rows={rows}
        rowKey={(row) => row.key}
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
