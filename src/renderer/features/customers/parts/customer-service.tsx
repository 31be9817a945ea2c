/** A customer's requests and answers: what is open, how soon it was answered, the last score. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { requestColumns } from '../../../ui/request-columns.tsx';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 300;
const TONES = { promoter: 'gain', passive: 'neutral', detractor: 'loss' } as const satisfies Record<string, Tone>;

/** Shown only where something is known: without a help desk and a survey the page says nothing of them. */
export function CustomerService({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.support.ofCustomer.queryOptions({ input: { customerId } }));
  if (data === undefined || (data.total === 0 && data.answers.length === 0)) return null;
  const [last] = data.answers;
  const requests =
    data.total === 0
      ? 'No request so far'
      : `${format.count(data.open)} open of ${format.count(data.total, { one: 'request', other: 'requests' })}`;
  return (
    <Tile
      title="Support and NPS"
      subtitle={requests}
      actions={
        last === undefined ? null : (
          <Badge tone={TONES[last.kind]} sign>
            {`Would recommend: ${last.score} of 10 on ${format.day(last.on)}`}
          </Badge>
        )
      }
      flush
    >
      <DataTable
        label="Requests"
        columns={requestColumns(format, 'By')}
        rows={data.tickets}
        rowKey={({ sourceName, ticketId }) => `${sourceName} ${ticketId}`}
        state={
          data.tickets.length === 0
            ? { kind: 'empty', title: 'No request so far', hint: 'Answers to the survey stand in the timeline.' }
            : { kind: 'ready' }
        }
        maxHeight={HEIGHT}
      />
    </Tile>
  );
}
