/** Conversations. What was said in them is not among the fields that are kept. */
import { z } from 'zod';
import { instantOfSeconds } from '../../../../../shared/kernel/instant.ts';
import type { Fact, TicketStatus } from '../../../domain/index.ts';
import { objectType } from '../../kit/index.ts';
import { contactOf, OptionalSeconds, optionalInstant, PersonSchema, Seconds, secondsToAnswer } from './person.ts';

const ConversationSchema = z.object({
  id: z.string().min(1).max(100),
  created_at: Seconds,
  updated_at: Seconds,
  waiting_since: OptionalSeconds,
  state: z.enum(['open', 'closed', 'snoozed']),
  priority: z
    .string()
    .max(50)
    .nullish()
    .transform((value) => value ?? null),
  source: z
    .object({
      type: z.string().max(100).nullish(),
      delivered_as: z.string().max(100).nullish(),
    })
    .nullish()
    .transform((source) => ({ type: source?.type ?? null, delivered_as: source?.delivered_as ?? null })),
  first_contact_reply: z
    .object({ created_at: OptionalSeconds })
    .nullish()
    .transform((reply) => reply ?? { created_at: null }),
  statistics: z
    .object({
      first_contact_reply_at: OptionalSeconds,
      first_admin_reply_at: OptionalSeconds,
      last_close_at: OptionalSeconds,
      count_reopens: z
        .int()
        .min(0)
        .nullish()
        .transform((value) => value ?? null),
    })
    .nullish()
    .transform((statistics) => statistics ?? NO_STATISTICS),
  person: PersonSchema,
});
type Conversation = z.output<typeof ConversationSchema>;

const NO_STATISTICS = {
  first_contact_reply_at: null,
  first_admin_reply_at: null,
  last_close_at: null,
  count_reopens: null,
};

export const conversationType = objectType({
  type: 'support_ticket',
  version: 1,
  schema: ConversationSchema,
  id: ({ id }) => id,
  normalise: factsOf,
});

/** A message that was sent out and never answered is no request: nothing is made of it. */
function factsOf(conversation: Conversation): Fact[] {
  const openedS = openedAtS(conversation);
  if (openedS === null) return [];
  const { id, person, state, priority, source, statistics, updated_at } = conversation;
  const isClosed = state === 'closed';
  return [
    ...(person === null
      ? []
      : [{ kind: 'support_contact' as const, value: contactOf(person, instantOfSeconds(updated_at)) }]),
    {
      kind: 'support_ticket',
      value: {
        id,
        contactId: person?.id ?? null,
        companyId: null,
        status: statusOf(conversation),
        priority: priority === 'priority' ? 'high' : 'normal',
        channel: source.type,
        openedAt: instantOfSeconds(openedS),
        firstResponseSeconds: secondsToAnswer(
          openedS,
          statistics.first_admin_reply_at,
          'statistics.first_admin_reply_at',
        ),
        solvedAt: isClosed ? optionalInstant(statistics.last_close_at ?? updated_at) : null,
        reopens: statistics.count_reopens,
        deletedAt: null,
      },
    },
  ];
}

/** When the customer first wrote, or null where nobody but the company did. */
function openedAtS({ created_at, source, first_contact_reply, statistics }: Conversation): number | null {
  const replied = statistics.first_contact_reply_at ?? first_contact_reply.created_at;
  return replied ?? (source.delivered_as === 'customer_initiated' ? created_at : null);
}

/** Open with nobody waiting means that the last word was the company's. */
function statusOf({ state, statistics, waiting_since }: Conversation): TicketStatus {
  if (state === 'closed') return 'solved';
  if (state === 'snoozed') return 'on_hold';
  if (statistics.first_admin_reply_at === null) return 'new';
  return waiting_since === null ? 'pending' : 'open';
}
