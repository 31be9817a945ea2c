/** Everything that became known of closed months later, newest first, by month and cause. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { RESTATEMENT_CAUSES, type Restatement, type RestatementCause } from '../../../../shared/contract/closing.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { toCsv } from '../../../lib/delimited.ts';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { saveText } from '../../../ui/export-buttons.tsx';
import { Select } from '../../../ui/select.tsx';
import { exportRows, type Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { LINE_WORDS } from '../../../lib/closing-lines.ts';
import { CAUSE_WORDS } from '../words.ts';
import type { TabProps } from './policy-tab.tsx';

const PAGE = 200;
const LARGEST_PAGE = 1_000;

export function Restatements({ search, onChange }: TabProps): ReactNode {
  const { api, client } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const filter = { ...(search.cause !== undefined && { cause: search.cause }) };
  const pages = useInfiniteQuery(
    api.closing.restatements.infiniteOptions({
      input: (cursor: string | null) => ({ ...filter, limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const columns = columnsOf(format);
  const save = useMutation({
    mutationFn: () => allRows(client, filter),
    onSuccess: (rows) =>
      saveText(
        'restatements.csv',
        toCsv(
          [...columns, ...FURTHER].map(({ header }) => header),
          exportRows([...columns, ...FURTHER], rows),
          format.tableStyle(),
        ),
        'text/csv',
      ),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  const state = stateOf(pages);
  return (
    <Tile
      title="Restatements"
      subtitle="As reported plus these is what is known today, to the cent. Lines of ARR are a year’s worth"
      flush
    >
      <DataTable
        label="Restatements"
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.restatementId)}
        onOpen={({ customerId }) => {
          if (customerId !== null) void navigate({ to: '/customers/$customerId', params: { customerId } });
        }}
        onEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        toolbar={
          <div className="flex items-center gap-3">
            <div className="w-56">
              <Select
                label="Cause"
                labelHidden
                options={[
                  { value: 'all', label: 'Every cause' },
                  ...RESTATEMENT_CAUSES.map((cause) => ({ value: cause, label: CAUSE_WORDS[cause] })),
                ]}
                value={search.cause ?? 'all'}
                onChange={(value) => onChange({ cause: value === 'all' ? undefined : value })}
              />
            </div>
            <span className="flex-1">{format.count(total, { one: 'entry', other: 'entries' })}</span>
            <Button
              size="sm"
              kind="ghost"
              icon={Download}
              busy={save.isPending}
              disabled={total === 0}
              onClick={() => save.mutate()}
            >
              All as CSV
            </Button>
          </div>
        }
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: search.cause === undefined ? 'Nothing was restated' : 'Nothing was restated for this cause',
                hint: 'Closed months are what they were reported to be. A late invoice, a changed object, another rate or another policy would be listed here.',
              }
            : state
        }
      />
    </Tile>
  );
}

async function allRows(
  client: EngineClient,
  filter: { readonly month?: PlainMonth; readonly cause?: RestatementCause },
): Promise<Restatement[]> {
  const rows: Restatement[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<EngineClient['closing']['restatements']>> = await client.closing.restatements({
      ...filter,
      limit: LARGEST_PAGE,
      cursor,
    });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
}

function columnsOf(format: Formatter): Column<Restatement>[] {
  const amount = (id: 'before' | 'after' | 'change', header: string): Column<Restatement> => ({
    id,
    header,
    align: 'end',
    width: 112,
    value: (row) => row[id],
    text: (row) => format.money(money(row[id], row.currency), { signed: id === 'change' }),
    exported: (row) => decimalText(row[id], row.currency),
  });
  return [
    {
      id: 'month',
      header: 'Month',
      width: 90,
      value: (row) => row.month,
      text: (row) => format.month(row.month),
      exported: (row) => row.month,
    },
    { id: 'line', header: 'Line', width: 100, value: (row) => LINE_WORDS[row.line] },
    {
      id: 'customer',
      header: 'Customer',
      width: 150,
      value: (row) => row.customerName,
      text: (row) => row.customerName ?? 'all of the company',
    },
    amount('before', 'Reported'),
    amount('after', 'Known'),
    amount('change', 'Change'),
    {
      id: 'cause',
      header: 'Cause',
      value: (row) => CAUSE_WORDS[row.cause],
      cell: (row) => (
        <span
          className="flex items-center gap-2"
          title={`${row.detail}${row.objectId === null ? '' : ` (${row.objectId})`}`}
        >
          <span className="truncate">
            <span className="font-medium">{CAUSE_WORDS[row.cause]}</span>{' '}
            <span className="text-muted">{row.detail}</span>
          </span>
          {row.sourceUrl !== null && (
            <ExternalLink href={row.sourceUrl} className="shrink-0 text-xs">
              Object
            </ExternalLink>
          )}
        </span>
      ),
    },
    {
      id: 'found',
      header: 'Found',
      width: 180,
      value: (row) => row.foundAt,
      text: (row) => format.instant(row.foundAt),
      exported: (row) => isoOfInstant(row.foundAt),
    },
  ];
}

/** Said in the file only. */
const FURTHER: readonly Column<Restatement>[] = [
  { id: 'detail', header: 'Why', value: (row) => row.detail },
  { id: 'object', header: 'Object', value: (row) => row.objectId },
  { id: 'native', header: 'Native currency', value: (row) => row.nativeCurrency },
];
