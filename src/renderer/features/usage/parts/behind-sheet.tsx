/** Whose use a figure is made of: the accounts with their times, days and people. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import type { UseBehind } from '../../../../shared/contract/usage.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import type { Column } from '../../../ui/table-model.ts';
import type { Span } from '../use-usage.ts';

export interface BehindSheetProps {
  span: Span;
  /** Null: anything that counts as use. Undefined: closed. */
  event: string | null | undefined;
  isMeters: boolean;
  onClose: () => void;
}

type Row = UseBehind['rows'][number];

export function BehindSheet({ span, event, isMeters, onClose }: BehindSheetProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const behind = useQuery({
    ...api.usage.behind.queryOptions({ input: { ...span, event: event ?? null } }),
    enabled: event !== undefined,
  });
  const state = stateOf(behind);
  const rows = behind.data?.rows ?? [];
  const title = event === null || event === undefined ? 'Who was active' : `Who used ${event}`;
  return (
    <Sheet
      open={event !== undefined}
      onClose={onClose}
      title={title}
      description={`From ${format.day(span.from)} to ${format.day(span.to)}, by the source’s days.`}
      className="w-[min(52rem,100vw)]"
    >
      {behind.data !== undefined && <p className="mb-2 text-pretty text-muted">{sentence(behind.data, format)}</p>}
      <DataTable
        label={title}
        columns={columnsOf(format, isMeters)}
        rows={rows}
        rowKey={({ account }) => account}
        maxHeight={Math.max(320, window.innerHeight - 170)}
        onOpen={({ customerId }) => {
          if (customerId !== null) void navigate({ to: '/customers/$customerId', params: { customerId } });
        }}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'No account did this', hint: 'What happened belongs to nobody in particular.' }
            : state
        }
        exportName={title.toLowerCase()}
      />
    </Sheet>
  );
}

/** How the rows come to the figure. */
function sentence({ total, rows, others, ofNobody }: UseBehind, format: Formatter): string {
  const parts = [
    `${format.count(rows.length, { one: 'account', other: 'accounts' })} below`,
    ...(others.accounts === 0
      ? []
      : [`${format.count(others.count)} by ${format.count(others.accounts, { one: 'other', other: 'others' })}`]),
    ...(ofNobody === 0 ? [] : [`${format.count(ofNobody)} by nobody in particular`]),
  ];
  return `${format.count(total)} times in all: ${format.list(parts)}.`;
}

function columnsOf(format: Formatter, isMeters: boolean): Column<Row>[] {
  return [
    { id: 'name', header: 'Customer', value: ({ name }) => name },
    { id: 'account', header: isMeters ? 'Customer at the source' : 'Account', value: ({ account }) => account },
    {
      id: 'count',
      header: 'Times',
      align: 'end',
      width: 92,
      value: ({ count }) => count,
      text: ({ count }) => format.count(count),
    },
    {
      id: 'days',
      header: 'Days',
      align: 'end',
      width: 72,
      value: ({ days }) => days,
      text: ({ days }) => format.count(days),
    },
    ...(isMeters
      ? []
      : [
          {
            id: 'people',
            header: 'Most people a day',
            align: 'end' as const,
            width: 164,
            value: ({ peakPeople }: Row) => peakPeople,
            text: ({ peakPeople }: Row) => (peakPeople === null ? NO_VALUE : format.count(peakPeople)),
          },
        ]),
  ];
}
