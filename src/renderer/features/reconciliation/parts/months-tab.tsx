/** Closed months: as reported beside as known today, closing and reopening, and every restatement with its cause. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ClosedMonth, ClosingList } from '../../../../shared/contract/closing.ts';
import { isoOfInstant } from '../../../../shared/kernel/instant.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { StateGate } from '../../../ui/states.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { AutomaticClosing } from './automatic-closing.tsx';
import { CloseMonths } from './close-months.tsx';
import { MonthSheet } from './month-sheet.tsx';
import type { TabProps } from './policy-tab.tsx';
import { Restatements } from './restatements.tsx';

export function MonthsTab({ search, onChange }: TabProps): ReactNode {
  const { api } = useEngine();
  const closing = useQuery(api.closing.list.queryOptions());
  return (
    <StateGate state={stateOf(closing)}>
      {closing.data !== undefined && <Loaded list={closing.data} search={search} onChange={onChange} />}
    </StateGate>
  );
}

function Loaded({ list, search, onChange }: TabProps & { list: ClosingList }): ReactNode {
  const format = useFormat();
  const closed = list.months.filter(({ state }) => state === 'closed');
  return (
    <div className="flex flex-col gap-4">
      {closed.length === 0 && (
        <Callout tone="accent" title="No month is closed yet">
          Closing freezes a month’s figures as they were reported, with the ledger run, the rules, the rates and the
          proofs they rest on. What becomes known later is noted beside them with its cause, and never overwrites them.
        </Callout>
      )}
      {list.next !== null && list.obstacles.length > 0 && (
        <Callout tone="warn" title="Known to be missing now">
          <ul className="list-disc pl-4">
            {list.obstacles.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Callout>
      )}
      <Tile
        title="Months"
        subtitle={
          closed.length === 0
            ? 'Months are closed in order, from the first on'
            : `${format.count(closed.length)} of ${format.count(list.months.length)} closed. Open a month for what was reported and what is known`
        }
        actions={<CloseMonths list={list} />}
        flush
      >
        <DataTable
          label="Months as reported and as known"
          columns={columnsOf(format)}
          rows={list.months}
          rowKey={({ month }) => month}
          onOpen={({ month, close }) => {
            if (close !== null) onChange({ month }, false);
          }}
          maxHeight={380}
          exportName="months as reported"
          toolbar={<AutomaticClosing list={list} />}
          state={
            list.months.length === 0
              ? {
                  kind: 'empty',
                  title: 'No month is over yet',
                  hint: 'The first month can be closed when it is over and everything that belongs to it was read.',
                }
              : { kind: 'ready' }
          }
        />
      </Tile>
      {closed.length > 0 && <Restatements search={search} onChange={onChange} />}
      <MonthSheet
        month={list.months.find(({ month }) => month === search.month) ?? null}
        onClose={() => onChange({ month: undefined })}
      />
    </div>
  );
}

const STATES = { closed: 'Closed', open: 'Open', reopened: 'Open again' } as const;

function columnsOf(format: Formatter): Column<ClosedMonth>[] {
  const amount = (id: 'reportedArr' | 'knownArr', header: string): Column<ClosedMonth> => ({
    id,
    header,
    align: 'end',
    width: 145,
    value: (row) => row[id],
    text: ({ [id]: arr, currency }) => (arr === null ? '—' : format.money(money(arr, currency))),
    exported: ({ [id]: arr, currency }) => (arr === null ? null : decimalText(arr, currency)),
  });
  return [
    {
      id: 'month',
      header: 'Month',
      width: 140,
      value: (row) => row.month,
      text: (row) => format.month(row.month, 'long'),
      exported: (row) => row.month,
    },
    {
      id: 'state',
      header: 'State',
      width: 120,
      value: (row) => STATES[row.state],
      cell: (row) => <State row={row} />,
    },
    amount('reportedArr', 'ARR as reported'),
    amount('knownArr', 'ARR as known'),
    {
      id: 'difference',
      header: 'Restated',
      align: 'end',
      width: 120,
      value: (row) => differenceOf(row),
      text: (row) => {
        const difference = differenceOf(row);
        if (difference === null) return '—';
        return difference === 0 ? 'none' : format.money(money(difference, row.currency), { signed: true });
      },
      exported: ({ reportedArr, knownArr, currency }) =>
        reportedArr === null || knownArr === null
          ? null
          : decimalText(money(knownArr - reportedArr, currency).minor, currency),
    },
    {
      id: 'restatements',
      header: 'Entries',
      align: 'end',
      width: 80,
      value: (row) => row.restatements,
      text: (row) => (row.state === 'closed' ? format.count(row.restatements) : '—'),
    },
    {
      id: 'closed',
      header: 'Closed on',
      width: 192,
      value: (row) => row.close?.closedAt ?? null,
      text: (row) => format.instant(row.state === 'closed' ? (row.close?.closedAt ?? null) : null),
      exported: (row) => (row.close === null ? null : isoOfInstant(row.close.closedAt)),
    },
  ];
}

function differenceOf({ reportedArr, knownArr }: ClosedMonth): number | null {
  return reportedArr === null || knownArr === null ? null : knownArr - reportedArr;
}

function State({ row }: { row: ClosedMonth }): ReactNode {
  if (row.state === 'open') return <span className="text-muted">Open</span>;
  if (row.state === 'reopened')
    return (
      <Badge tone="warn" sign>
        Open again
      </Badge>
    );
  return (
    <span className="flex items-center gap-1.5">
      <Badge tone="accent">Closed</Badge>
      {(row.close?.version ?? 1) > 1 && <span className="text-xs text-subtle">version {row.close?.version}</span>}
      {row.gaps.length > 0 && <span className="text-xs text-warn">with gaps</span>}
    </span>
  );
}
