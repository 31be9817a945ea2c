/** Tickets with their metrics, their requester and its organization. Subject and text are not among the fields kept. */
import { z } from 'zod';
import { instantOfIso, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact, TicketStatus } from '../../domain/index.ts';
import { Misfit, objectType } from '../kit/index.ts';

const Id = z.union([z.string(), z.int()]).transform(String);
const OptionalId = Id.nullish().transform((value) => value ?? null);
const Text = z
  .string()
  .max(1_000)
  .nullish()
  .transform((value) => (value === '' ? null : (value ?? null)));
const Count = z
  .number()
  .min(0)
  .nullish()
  .transform((value) => value ?? null);
const Span = z
  .object({ calendar: Count })
  .nullish()
  .transform((span) => span ?? { calendar: null });

const TicketSchema = z.object({
  id: Id,
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted']),
  priority: z
    .enum(['low', 'normal', 'high', 'urgent'])
    .nullish()
    .transform((value) => value ?? null),
  requester_id: OptionalId,
  organization_id: OptionalId,
  created_at: z.string(),
  updated_at: z.string(),
  via: z
    .object({ channel: Text })
    .nullish()
    .transform((via) => via ?? { channel: null }),
  metric_set: z
    .object({
      /** Kept for messaging only, where minutes are too coarse. */
      reply_time_in_seconds: Span,
      reply_time_in_minutes: Span,
      solved_at: Text,
      reopens: Count,
    })
    .nullish()
    .transform((metrics) => metrics ?? null),
  requester: z
    .object({ id: Id, name: Text, email: Text, role: Text, external_id: OptionalId })
    .nullable()
    .default(null),
  organization: z
    .object({ id: Id, name: Text, domain_names: z.array(z.string().max(253)).default([]), external_id: OptionalId })
    .nullable()
    .default(null),
});
type Ticket = z.output<typeof TicketSchema>;

export const ticketType = objectType({
  type: 'support_ticket',
  version: 1,
  schema: TicketSchema,
  id: ({ id }) => id,
  normalise: factsOf,
});

/** Colleagues write tickets for each other: those are no requests of customers. */
function factsOf(ticket: Ticket): Fact[] {
  const { id, requester, organization, metric_set: metrics, priority, via } = ticket;
  if (requester !== null && requester.role !== null && requester.role !== 'end-user') return [];
  const seenAt = instantAt(ticket.updated_at, 'updated_at');
  const status = STATUS[ticket.status];
  const facts: Fact[] = [];
  if (organization !== null)
    facts.push({
      kind: 'support_company',
      value: {
        id: organization.id,
        name: organization.name,
        domain: organization.domain_names[0]?.toLowerCase() ?? null,
        externalId: organization.external_id,
        seenAt,
      },
    });
  if (requester !== null)
    facts.push({
      kind: 'support_contact',
      value: {
        id: requester.id,
        companyId: ticket.organization_id,
        name: requester.name,
        email: requester.email?.toLowerCase() ?? null,
        externalId: requester.external_id,
        seenAt,
      },
    });
  facts.push({
    kind: 'support_ticket',
    value: {
      id,
      contactId: ticket.requester_id,
      companyId: ticket.organization_id,
      status,
      priority,
      channel: via.channel,
      openedAt: instantAt(ticket.created_at, 'created_at'),
      firstResponseSeconds: metrics === null ? null : replySeconds(metrics),
      solvedAt: status === 'solved' ? instantAt(metrics?.solved_at ?? ticket.updated_at, 'metric_set.solved_at') : null,
      reopens: metrics?.reopens ?? null,
      deletedAt: ticket.status === 'deleted' ? seenAt : null,
    },
  });
  return facts;
}

/** `closed` is a solved ticket that can no longer be reopened; a deleted one counts nowhere. */
const STATUS: Readonly<Record<Ticket['status'], TicketStatus>> = {
  new: 'new',
  open: 'open',
  pending: 'pending',
  hold: 'on_hold',
  solved: 'solved',
  closed: 'solved',
  deleted: 'solved',
};

/** By the clock, not by office hours: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/ */
function replySeconds(metrics: NonNullable<Ticket['metric_set']>): number | null {
  const seconds = metrics.reply_time_in_seconds.calendar;
  if (seconds !== null) return Math.round(seconds);
  const minutes = metrics.reply_time_in_minutes.calendar;
  return minutes === null ? null : Math.round(minutes * 60);
}

/** @throws Misfit. */
function instantAt(text: string, path: string): Instant {
  try {
    return instantOfIso(text);
  } catch (cause) {
    throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not a time (${String(cause)})`);
  }
}
