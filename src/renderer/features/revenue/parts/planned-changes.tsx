/** What subscriptions are planned to become: scheduled ends, trials, phases of schedules, pauses. The next one first. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlannedChange } from '../../../../shared/contract/cash.ts';
import { partOf, useFilters } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 360;
const SHOWN = 500;

const KINDS: Record<PlannedChange['kind'], string> = {
  ends: 'Ends',
  trial_ends: 'Trial ends',
  changes: 'Changes to',
  pauses: 'Pauses',
  resumes: 'Goes on',
};

export function PlannedChanges(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const { slice } = partOf(useFilters());
  const planned = useQuery(
    api.cash.plannedChanges.queryOptions({ input: { limit: SHOWN, ...(slice !== undefined && { slice }) } }),
  );
  const { data } = planned;
  const state = stateOf(planned);
  return (
    <Tile flush title="Planned changes" subtitle={data === undefined ? ' ' : summary(data.total, format)}>
      <DataTable
        label="Planned changes"
        columns={columnsOf(format)}
        rows={data?.rows ?? []}
        rowKey={({ subscriptionId, kind, on }) => `${subscriptionId} ${kind} ${on}`}
        state={
          state.kind === 'ready' && data?.rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing is planned',
                hint: 'No subscription is to end, change, pause or leave its trial.',
              }
            : state
        }
        maxHeight={HEIGHT}
        onOpen={({ customerId }) => void navigate({ to: '/customers/$customerId', params: { customerId } })}
        exportName="planned changes"
      />
    </Tile>
  );
}

function summary(total: number, format: Formatter): string {
  const count = format.count(total, { one: 'change', other: 'changes' });
  return `${count} of subscriptions ahead${total > SHOWN ? `, the first ${format.count(SHOWN)} shown` : ''}`;
}

function columnsOf(format: Formatter): Column<PlannedChange>[] {
  return [
    { id: 'on', header: 'On', width: 120, value: (row) => row.on, text: (row) => format.day(row.on) },
    { id: 'customer', header: 'Customer', value: (row) => row.customerName },
    { id: 'kind', header: 'What', width: 110, value: (row) => KINDS[row.kind] },
    { id: 'detail', header: 'Why, or what it becomes', value: (row) => row.detail },
  ];
}
