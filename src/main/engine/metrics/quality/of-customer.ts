/** `support.ofCustomer` and a customer's part of the timeline: requests and answers. */
import type { TimelineEntry } from '../../../../shared/contract/customers.ts';
import type { NpsAnswer, Ticket } from '../../../../shared/contract/support.ts';
import { startOfDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { answersOfCustomer } from './answers.ts';
import { ticketsOfCustomer } from './tickets.ts';
import { counted } from '../../wording/index.ts';

const MOST_SHOWN = 50;
const MOST_ENTRIES = 2_000;

export function supportOfCustomer(
  db: ReadDb,
  { customerId }: { readonly customerId: CustomerId },
): { open: number; total: number; tickets: Ticket[]; answers: NpsAnswer[] } {
  const tickets = ticketsOfCustomer(db, customerId);
  return {
    open: tickets.filter(({ status }) => status !== 'solved').length,
    total: tickets.length,
    tickets: tickets.slice(0, MOST_SHOWN),
    answers: answersOfCustomer(db, customerId, MOST_SHOWN),
  };
}

const STATUS: Readonly<Record<Ticket['status'], string>> = {
  new: 'waits for a first answer',
  open: 'open',
  pending: 'waits for the customer',
  on_hold: 'on hold',
  solved: 'solved',
};

/** Requests at the moment of their opening, answers at the beginning of their day. */
export function supportEntries(db: ReadDb, customerId: CustomerId, { zone }: MetricsContext): TimelineEntry[] {
  const tickets = ticketsOfCustomer(db, customerId).map((ticket): TimelineEntry => ({
    ...PLAIN,
    at: ticket.openedAt,
    kind: 'ticket',
    title: 'Request',
    detail: detailOf(ticket),
    tone: ticket.status === 'new' ? 'warning' : 'neutral',
    sourceObjectId: ticket.ticketId,
  }));
  const answers = answersOfCustomer(db, customerId, MOST_ENTRIES).map(
    ({ on, score, kind, comment, answerId }): TimelineEntry => ({
      ...PLAIN,
      at: startOfDay(on, zone),
      kind: 'nps',
      title: `Would recommend: ${score} of 10`,
      detail: comment,
      tone: kind === 'promoter' ? 'gain' : kind === 'detractor' ? 'loss' : 'neutral',
      sourceObjectId: answerId,
    }),
  );
  return [...tickets, ...answers];
}

const PLAIN = { amountMinor: null, currency: null, evidence: null, sourceUrl: null } as const;

function detailOf({ sourceName, status, priority, firstResponseSeconds }: Ticket): string {
  const isUrgent = priority === 'high' || priority === 'urgent';
  const answered = firstResponseSeconds === null ? [] : [`answered after ${spanText(firstResponseSeconds)}`];
  return [...(isUrgent ? [`${priority} priority`] : []), STATUS[status], ...answered, sourceName].join(', ');
}

/** `45 minutes`, `3 hours`, `2 days`: cut, not rounded. */
function spanText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
}
