/** Records of all sources that did not fit: what is wrong with each, as it came, and another try. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { isOver, stateOf, useActiveJob, useEngine, useJob } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { SetAsideSheet, setAsideColumns, type SetAside } from '../../../ui/set-aside-sheet.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const PAGE = 100;
const OutcomeSchema = z.object({ records: z.number(), released: z.number() });

export function QuarantineTab(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [opened, setOpened] = useState<SetAside | null>(null);
  const [jobId, setJobId] = useState<number | null>(null);
  const sources = useQuery(api.sources.list.queryOptions());
  const retry = useMutation({
    ...api.sources.retry.mutationOptions(),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const job = useJob(jobId);
  const busy = useActiveJob() !== null;
  const pages = useInfiniteQuery(
    api.sources.quarantine.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const nameOf = (sourceId: number | null): string =>
    sourceId === null
      ? 'Files'
      : (sources.data?.find((source) => source.sourceId === sourceId)?.name ?? `Source ${sourceId}`);
  const state = stateOf(pages);
  return (
    <div className="flex flex-col gap-4">
      {job !== undefined && isOver(job) && (
        <Callout tone={job.state === 'done' ? 'gain' : 'loss'} title={outcomeText(job, format)}>
          {job.error?.message}
        </Callout>
      )}
      <Tile
        title="Set aside"
        subtitle="Records that did not fit the vendor’s own description, and rows of files that were left out. They count in no figure."
        actions={
          <Button
            icon={RotateCcw}
            busy={retry.isPending || (job !== undefined && !isOver(job))}
            disabled={busy}
            onClick={() => retry.mutate()}
          >
            Read kept records again
          </Button>
        }
        flush
      >
        <DataTable
          label="Records set aside"
          columns={columnsOf(nameOf, format)}
          rows={rows}
          rowKey={(row) => row.key}
          onOpen={setOpened}
          exportName="set aside"
          onEnd={() => {
            if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
          }}
          toolbar={total > 0 ? format.count(total, { one: 'record', other: 'records' }) : undefined}
          state={
            state.kind === 'ready' && rows.length === 0
              ? {
                  kind: 'empty',
                  title: 'Nothing was set aside',
                  hint: 'Every record that came could be read. One that cannot waits here with its reason, instead of counting as 0.',
                }
              : state
          }
        />
      </Tile>
      {opened !== null && <SetAsideSheet row={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

function outcomeText(job: { state: string; result: unknown }, format: Formatter): string {
  if (job.state !== 'done') return `The kept records were not read to the end (${job.state})`;
  const outcome = OutcomeSchema.safeParse(job.result);
  if (!outcome.success) return 'The kept records were read again';
  return `${format.count(outcome.data.records, { one: 'kept record', other: 'kept records' })} read again, ${format.count(outcome.data.released)} of those set aside fit now`;
}

function columnsOf(nameOf: (sourceId: number | null) => string, format: Formatter): Column<SetAside>[] {
  return [
    { id: 'source', header: 'Source', value: (row) => nameOf(row.sourceId), width: 120 },
    ...setAsideColumns(format),
  ];
}
