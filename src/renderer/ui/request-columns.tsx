/** Requests of customers as a table shows them, wherever one stands. */
import type { Ticket } from '../../shared/contract/support.ts';
import { isoOfInstant, SECOND_MS } from '../../shared/kernel/instant.ts';
import type { Formatter } from '../lib/format.ts';
import { NO_VALUE } from '../../shared/formats/number.ts';
import type { Column } from './table-model.ts';

const STATUS: Readonly<Record<Ticket['status'], string>> = {
  new: 'Waits for an answer',
  open: 'Open',
  pending: 'Waits for the customer',
  on_hold: 'On hold',
  solved: 'Solved',
};

/** @param who the header over whoever asked: a customer, or a person of one. */
export function requestColumns(format: Formatter, who: string): Column<Ticket>[] {
  return [
    { id: 'from', header: who, value: ({ from }) => from },
    {
      id: 'opened',
      header: 'Opened',
      width: 186,
      value: ({ openedAt }) => openedAt,
      text: ({ openedAt }) => format.instant(openedAt),
      exported: ({ openedAt }) => isoOfInstant(openedAt),
    },
    { id: 'status', header: 'State', width: 168, value: ({ status }) => STATUS[status] },
    { id: 'priority', header: 'Priority', width: 92, value: ({ priority }) => priority },
    {
      id: 'answered',
      header: 'Answered in',
      align: 'end',
      width: 116,
      value: ({ firstResponseSeconds }) => firstResponseSeconds,
      text: ({ firstResponseSeconds }) =>
        firstResponseSeconds === null ? NO_VALUE : format.duration(firstResponseSeconds * SECOND_MS),
    },
  ];
}
