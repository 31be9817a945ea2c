/** Tickets that are no conversations: of customers, from a form. What was written in them is not kept. */
import { z } from 'zod';
import { instantOfSeconds } from '../../../../../shared/kernel/instant.ts';
import type { Fact, TicketStatus } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { contactOf, OptionalSeconds, optionalInstant, PersonSchema, Seconds, secondsToAnswer } from './person.ts';

const Word = z
  .string()
  .max(100)
  .nullish()
  .transform((value) => value ?? null);

const TicketSchema = z.object({
  id: z.string().min(1).max(100),
  category: z.enum(['Customer', 'Back-office', 'Tracker']),
  created_at: Seconds,
  updated_at: Seconds,
  open: z.boolean().default(true),
  ticket_state: z
    .object({ category: z.enum(['submitted', 'in_progress', 'waiting_on_customer', 'resolved']) })
    .nullish()
    .transform((state) => state ?? null),
  linked_objects: z
    .object({ data: z.array(z.object({ type: Word, id: Word })).default([]) })
    .nullish()
    .transform((linked) => linked ?? { data: [] }),
  ticket_parts: z
    .object({
      ticket_parts: z
        .array(
          z.object({
            part_type: Word,
            created_at: OptionalSeconds,
            ticket_state: Word,
            author: z
              .object({ type: Word })
              .nullish()
              .transform((author) => author ?? { type: null }),
          }),
        )
        .default([]),
    })
    .nullish()
    .transform((parts) => parts ?? { ticket_parts: [] }),
  person: PersonSchema,
  /** Put in by the stream: whether the same request is counted as a conversation already. */
  is_conversation: z.boolean().default(false),
});
type Ticket = z.output<typeof TicketSchema>;

export const ticketType = objectType({
  type: 'support_request',
  version: 1,
  schema: TicketSchema,
  id: ({ id }) => ticketId(id),
  normalise: factsOf,
});

/** Tickets and conversations have numbers of their own: both are requests here. */
export function ticketId(id: string): string {
  return `ticket-${id}`;
}

/** Only what a customer has asked, and only once: work in the back office and tickets made of a conversation are left out. */
function factsOf(ticket: Ticket): Fact[] {
  const { id, category, person, created_at, updated_at } = ticket;
  const isLinked = ticket.linked_objects.data.some(({ type }) => type === 'conversation');
  if (category !== 'Customer' || isLinked || ticket.is_conversation) return [];
  const status = statusOf(ticket);
  return [
    ...(person === null
      ? []
      : [{ kind: 'support_contact' as const, value: contactOf(person, instantOfSeconds(updated_at)) }]),
    {
      kind: 'support_ticket',
      value: {
        id: ticketId(id),
        contactId: person?.id ?? null,
        companyId: null,
        status,
        priority: null,
        channel: 'ticket',
        openedAt: instantOfSeconds(created_at),
        firstResponseSeconds: secondsToAnswer(created_at, answeredAtS(ticket), 'ticket_parts'),
        solvedAt: status === 'solved' ? optionalInstant(resolvedAtS(ticket) ?? updated_at) : null,
        reopens: null,
        deletedAt: null,
      },
    },
  ];
}

/** The first public word of a teammate; notes are not seen by the customer. */
function answeredAtS({ ticket_parts: { ticket_parts } }: Ticket): number | null {
  return momentOf(
    ticket_parts.filter(({ part_type, author }) => part_type === 'comment' && author.type === 'admin'),
    Math.min,
  );
}

function resolvedAtS({ ticket_parts: { ticket_parts } }: Ticket): number | null {
  return momentOf(
    ticket_parts.filter(({ ticket_state }) => ticket_state === 'resolved'),
    Math.max,
  );
}

function momentOf(
  parts: readonly { readonly created_at: number | null }[],
  choose: (...times: number[]) => number,
): number | null {
  const times = parts.flatMap(({ created_at }) => (created_at === null ? [] : [created_at]));
  return times.length === 0 ? null : choose(...times);
}

function statusOf(ticket: Ticket): TicketStatus {
  switch (ticket.ticket_state?.category) {
    case 'resolved':
      return 'solved';
    case 'waiting_on_customer':
      return 'pending';
    case 'in_progress':
      return 'open';
    default:
      if (!ticket.open) return 'solved';
      return answeredAtS(ticket) === null ? 'new' : 'open';
  }
}
