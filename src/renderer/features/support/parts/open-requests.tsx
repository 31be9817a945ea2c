/** What is open now, the oldest first; a row leads to its customer. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { requestColumns } from '../../../ui/request-columns.tsx';
import { Tile } from '../../../ui/tile.tsx';
import type { useDesk } from '../use-support.ts';

const HEIGHT = 330;

export function OpenRequests({ desk }: { desk: ReturnType<typeof useDesk> }): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const tickets = desk.data?.open.tickets ?? [];
  const total = desk.data?.open.total ?? 0;
  const nobody = tickets.filter(({ customerId }) => customerId === null).length;
  const shown = total > tickets.length ? `The oldest ${format.count(tickets.length)} of ${format.count(total)}` : 'All';
  return (
    <Tile
      flush
      title="Open requests"
      subtitle={nobody === 0 ? shown : `${shown}; ${format.count(nobody)} of nobody who is known as a customer`}
    >
      <DataTable
        label="Open requests"
        columns={requestColumns(format, 'From')}
        rows={tickets}
        rowKey={({ sourceName, ticketId }) => `${sourceName} ${ticketId}`}
        state={
          desk.data !== undefined && tickets.length === 0
            ? { kind: 'empty', title: 'No request is open', hint: 'Open requests are listed here with their age.' }
            : stateOf(desk)
        }
        maxHeight={HEIGHT}
        onOpen={({ customerId }) => {
          if (customerId !== null) void navigate({ to: '/customers/$customerId', params: { customerId } });
        }}
        exportName="open requests"
      />
    </Tile>
  );
}
