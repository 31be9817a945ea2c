/** Customers who had left and came back, the latest first. */
import { useNavigate } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReturnedCustomer } from '../../../../shared/contract/retention.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { FilterNote } from '../../../ui/filter-note.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import { amountColumns } from '../amount-column.ts';
import { useReturned, type Choice } from '../use-retention.ts';

const HEIGHT = 296;

export function ReturnedCustomers({ choice, onHow }: { choice: Choice; onHow: () => void }): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const returned = useReturned(choice);
  const first = returned.data?.pages[0];
  const rows = returned.data?.pages.flatMap((page) => page.rows) ?? [];
  const state = stateOf(returned);
  return (
    <Tile
      flush
      title="Customers who came back"
      subtitle={
        first === undefined ? ' ' : format.count(first.total, { one: 'return so far', other: 'returns so far' })
      }
      actions={<IconButton icon={CircleHelp} label="Who counts as returned" onClick={onHow} />}
    >
      <FilterNote ignores={['period']} because="everybody who came back so far is listed" className="px-4 pb-2" />
      <DataTable
        label="Customers who came back"
        columns={first === undefined ? [] : columnsFor(first.currency, format)}
        rows={rows}
        rowKey={(row) => `${row.customerId} ${row.returnedOn}`}
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: 'Nobody came back so far',
                hint: 'Who leaves and pays again later is listed here, with the time away.',
              }
            : state
        }
        maxHeight={HEIGHT}
        onEnd={() => {
          if (returned.hasNextPage && !returned.isFetchingNextPage) void returned.fetchNextPage();
        }}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        exportName="customers who came back"
      />
    </Tile>
  );
}

function columnsFor(currency: CurrencyCode, format: Formatter): Column<ReturnedCustomer>[] {
  const amount = amountColumns<ReturnedCustomer>(currency, format, 96);
  return [
    { id: 'name', header: 'Customer', value: (row) => row.name },
    {
      id: 'returnedOn',
      header: 'Returned',
      width: 124,
      value: (row) => row.returnedOn,
      text: (row) => format.day(row.returnedOn),
    },
    {
      id: 'away',
      header: 'Away',
      align: 'end',
      width: 84,
      value: (row) => row.away,
      text: (row) => format.value(row.away, { kind: 'days' }),
    },
    amount({ id: 'before', header: 'Before', of: (row) => row.before }),
    amount({ id: 'now', header: 'Now', of: (row) => row.now }),
  ];
}
