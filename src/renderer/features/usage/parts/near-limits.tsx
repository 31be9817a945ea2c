/** Customers who have nearly used up, or gone beyond, what their plan includes. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LimitUse } from '../../../../shared/contract/usage.ts';
import type { SourceId } from '../../../../shared/kernel/ids.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Meter } from '../../../ui/meter.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { MEASURES } from '../words.ts';

const NEAR = 0.8;
const HEIGHT = 320;

export function NearLimits({ sourceId, onHow }: { sourceId: SourceId; onHow: () => void }): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const { api } = useEngine();
  const limits = useQuery(api.usage.limits.queryOptions({ input: { atLeast: NEAR, limit: 200 } }));
  const state = stateOf(limits);
  const isEmpty = state.kind === 'ready' && limits.data?.rows.length === 0;
  return (
    <Tile
      flush
      title="Near a limit"
      subtitle={
        limits.data === undefined
          ? ' '
          : `${format.count(limits.data.total, { one: 'customer', other: 'customers' })} at 80% or more this month or last`
      }
      actions={<IconButton icon={CircleHelp} label="How limits are compared" onClick={onHow} />}
    >
      <DataTable
        label="Near a limit"
        columns={columnsOf(format)}
        rows={limits.data?.rows ?? []}
        rowKey={({ customerId, event, measure }) => `${customerId} ${event} ${measure}`}
        maxHeight={HEIGHT}
        onOpen={({ customerId }) => void navigate({ to: '/customers/$customerId', params: { customerId } })}
        state={
          !isEmpty
            ? state
            : limits.data?.hasLimits === true
              ? {
                  kind: 'empty',
                  title: 'Nobody is near a limit',
                  hint: 'Customers at 80% of what their plan includes, this month or last, are listed here.',
                }
              : {
                  kind: 'empty',
                  title: 'No limits are known yet',
                  hint: 'Say what each plan includes, and customers who have nearly used it up are listed here.',
                  action: {
                    label: 'Enter limits',
                    run: () => void navigate({ to: '/usage/mapping', search: { source: sourceId } }),
                  },
                }
        }
        exportName="customers near a limit"
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<LimitUse>[] {
  return [
    { id: 'customer', header: 'Customer', value: ({ customerName }) => customerName },
    { id: 'plan', header: 'Plan', width: 100, value: ({ plan, isOwn }) => (isOwn ? 'Own limit' : plan) },
    {
      id: 'used',
      header: 'Used',
      width: 180,
      value: ({ used }) => used,
      cell: (row) => <Used row={row} format={format} />,
      text: (row) => usedText(row, format),
    },
    {
      id: 'share',
      header: 'Share',
      align: 'end',
      width: 80,
      value: ({ share }) => share,
      text: ({ share }) => format.percent(share, { form: 'whole' }),
    },
    {
      id: 'before',
      header: 'Last month',
      align: 'end',
      width: 100,
      value: ({ shareBefore }) => shareBefore,
      text: ({ shareBefore }) => format.percent(shareBefore, { form: 'whole' }),
    },
  ];
}

function Used({ row, format }: { row: LimitUse; format: Formatter }): ReactNode {
  const text = usedText(row, format);
  return (
    <span className="flex min-w-0 flex-col gap-1 py-1">
      <span className="truncate text-xs" title={text}>
        {text}
      </span>
      <Meter
        label={row.event}
        fraction={row.share}
        text={text}
        tone={row.share >= 1 ? 'loss' : row.share >= NEAR ? 'warn' : 'neutral'}
      />
    </span>
  );
}

function usedText({ used, limit, event, measure }: LimitUse, format: Formatter): string {
  return `${event}: ${format.count(used)} of ${format.count(limit)}${measure === 'peak_users' ? ` ${MEASURES[measure]}` : ''}`;
}
