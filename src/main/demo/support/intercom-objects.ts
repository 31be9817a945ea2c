/** Cases as Intercom holds them: conversations, tickets of its larger customers, and the people behind them. */
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { hashText } from '../scenario/random.ts';
import type { Life } from '../scenario/life.ts';
import { stripeId } from '../stripe/ids.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { SupportCase } from './support-story.ts';

const ADMIN = { type: 'admin', id: '814860', name: 'Noor', email: 'noor@kestrel.example' };

/** Customers won by sales write by a form: those are tickets. */
export function isTicket({ life }: SupportCase): boolean {
  return life.channel === 'sales';
}

export function contactId({ key }: Life): string {
  return hashText(`intercom/${key}`)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')
    .slice(0, 24);
}

export function caseId({ key }: SupportCase): string {
  const [high, low] = hashText(`case/${key}`);
  return `2154${high % 1_000_000}${String(low % 1_000_000).padStart(6, '0')}`;
}

/** One in three is known to Intercom by the id that billing has for it. */
export function contactObject(life: Life): JsonObject {
  const { key, contact, email, joinedAt } = life;
  const at = secondsOfInstant(joinedAt);
  return {
    type: 'contact',
    id: contactId(life),
    workspace_id: WORKSPACE.id_code,
    external_id: hashText(`external/${key}`)[0] % 3 === 0 ? stripeId('cus', key, 14) : null,
    role: 'user',
    email,
    name: contact,
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: false,
    created_at: at,
    updated_at: at,
  };
}

export const WORKSPACE = {
  type: 'app',
  id_code: 'kstrl123',
  name: 'Kestrel Labs',
  region: 'US',
  timezone: 'Etc/UTC',
  created_at: 1_690_000_000,
  identity_verification: false,
} as const;

export function meObject(): JsonObject {
  return { ...ADMIN, email_verified: true, app: WORKSPACE };
}

function secondsOrNull(at: Instant | null): number | null {
  return at === null ? null : secondsOfInstant(at);
}

function peopleOf(told: SupportCase): JsonObject {
  return { type: 'contact.list', contacts: [{ type: 'contact', id: contactId(told.life) }] };
}

export function conversationObject(told: SupportCase): JsonObject {
  const { life, openedAt, answeredAt, solvedAt, updatedAt, status, priority, channel, reopens } = told;
  const opened = secondsOfInstant(openedAt);
  const state = status === 'solved' ? 'closed' : status === 'on_hold' ? 'snoozed' : 'open';
  return {
    type: 'conversation',
    id: caseId(told),
    title: `Question ${told.number}`,
    created_at: opened,
    updated_at: secondsOfInstant(updatedAt),
    waiting_since: status === 'new' || status === 'open' ? opened : null,
    snoozed_until: state === 'snoozed' ? secondsOfInstant(updatedAt) + 7 * 86_400 : null,
    open: state === 'open',
    state,
    read: true,
    priority: priority === 'high' ? 'priority' : 'not_priority',
    admin_assignee_id: 814_860,
    source: {
      type: channel,
      id: `message-${told.number}`,
      delivered_as: 'customer_initiated',
      subject: '',
      body: `<p>Nobody but the desk reads this, says ${life.contact}</p>`,
      author: { type: 'user', id: contactId(life), name: life.contact, email: life.email },
      attachments: [],
      redacted: false,
    },
    contacts: peopleOf(told),
    custom_attributes: {},
    first_contact_reply: { created_at: opened, type: channel, url: null },
    statistics: {
      type: 'conversation_statistics',
      time_to_admin_reply: answeredAt === null ? null : secondsOfInstant(answeredAt) - opened,
      first_contact_reply_at: opened,
      first_admin_reply_at: secondsOrNull(answeredAt),
      last_close_at: secondsOrNull(solvedAt),
      count_reopens: reopens,
      count_conversation_parts: 4,
    },
    ai_agent_participated: false,
  };
}

const TICKET_STATE = {
  new: 'submitted',
  open: 'in_progress',
  pending: 'waiting_on_customer',
  on_hold: 'in_progress',
  solved: 'resolved',
} as const;

export function ticketObject(told: SupportCase): JsonObject {
  const { openedAt, answeredAt, solvedAt, updatedAt, status } = told;
  const part = (kind: string, at: Instant, more: JsonObject): JsonObject => ({
    type: 'ticket_part',
    id: `${told.number}-${kind}`,
    part_type: kind,
    created_at: secondsOfInstant(at),
    updated_at: secondsOfInstant(at),
    author: ADMIN,
    attachments: [],
    ...more,
  });
  const parts = [
    ...(answeredAt === null ? [] : [part('comment', answeredAt, { body: '<p>Only the desk reads this</p>' })]),
    ...(solvedAt === null
      ? []
      : [
          part('ticket_state_updated_by_admin', solvedAt, {
            previous_ticket_state: 'in_progress',
            ticket_state: 'resolved',
          }),
        ]),
  ];
  return {
    type: 'ticket',
    id: caseId(told),
    ticket_id: String(told.number),
    category: 'Customer',
    ticket_attributes: { _default_title_: `Request ${told.number}`, _default_description_: 'Only the desk reads this' },
    ticket_state: { type: 'ticket_state', id: '1', category: TICKET_STATE[status], internal_label: status },
    contacts: peopleOf(told),
    created_at: secondsOfInstant(openedAt),
    updated_at: secondsOfInstant(updatedAt),
    open: status !== 'solved',
    linked_objects: { type: 'list', total_count: 0, has_more: false, data: [] },
    ticket_parts: { type: 'ticket_part.list', ticket_parts: parts, total_count: parts.length },
    is_shared: true,
  };
}
