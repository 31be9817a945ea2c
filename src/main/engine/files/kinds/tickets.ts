/** Requests as help desks export them. Subjects and texts have no field: they are not read. */
import { secondsOfInstant } from '../../../../shared/kernel/instant.ts';
import type { Fact, TicketPriority, TicketStatus } from '../../domain/index.ts';
import { field, REQUIRED, type FamilySpec, type KindSpec, type Values } from './kind.ts';
import { instantOf, needed, neededInstant, optional } from './read-values.ts';

export const HELP_DESK_FILES: FamilySpec = {
  family: 'help_desk',
  title: 'Help desk exports',
  vendors: ['intercom', 'zendesk'],
  dependents: {},
  assemble: {},
  atOnce: [],
};

const STATUSES: Readonly<Record<TicketStatus, readonly string[]>> = {
  new: ['neu', 'submitted', 'unassigned'],
  open: ['in progress', 'active', 'offen'],
  pending: ['waiting on customer', 'waiting', 'wartend'],
  on_hold: ['hold', 'snoozed', 'on hold'],
  solved: ['closed', 'resolved', 'done', 'gelöst', 'geschlossen'],
};
const PRIORITIES: Readonly<Record<TicketPriority, readonly string[]>> = {
  low: ['niedrig'],
  normal: ['medium', 'not priority', 'not_priority'],
  high: ['priority', 'hoch'],
  urgent: ['critical', 'dringend'],
};

export const ticketKind: KindSpec = {
  family: 'help_desk',
  metadata: false,
  kind: 'tickets',
  title: 'Support tickets',
  description:
    'One line for each request: when it was opened, first answered and solved, who asked, its state and priority. Subjects and texts are not read.',
  goesWith: [],
  template: [
    'id',
    'opened_at',
    'status',
    'priority',
    'requester_email',
    'requester_name',
    'company',
    'first_response_at',
    'solved_at',
  ],
  fields: [
    field('id', 'id', 'id', ['ticket id', 'conversation id', 'ticket number', 'number'], REQUIRED),
    field('opened_at', 'opened_at', 'instant', ['created at', 'opened', 'created', 'requested', 'erstellt'], REQUIRED),
    field('status', 'status', 'choice', ['state', 'ticket status'], { required: true, choices: STATUSES }),
    field('priority', 'priority', 'choice', ['ticket priority'], { choices: PRIORITIES }),
    field('email', 'requester_email', 'email', ['requester email', 'customer email', 'contact email', 'email', 'from']),
    field('name', 'requester_name', 'text', ['requester', 'requester name', 'customer', 'contact', 'name']),
    field('company', 'company', 'text', ['organization', 'organisation', 'account', 'firma']),
    field('channel', 'channel', 'text', ['via', 'source']),
    field('first_response_at', 'first_response_at', 'instant', [
      'first response',
      'first reply at',
      'first replied at',
    ]),
    field('first_response_minutes', 'first_response_minutes', 'number', [
      'first reply time in minutes',
      'first reply time min',
      'first response time minutes',
    ]),
    field('solved_at', 'solved_at', 'instant', ['closed at', 'resolved at', 'solved']),
    field('reopens', 'reopens', 'number', ['reopened', 'times reopened']),
  ],
  object: 'support_ticket',
  key: (values) => needed(values, 'id'),
  check(values) {
    const opened = neededInstant(values, 'opened_at');
    const wrong = (['first_response_at', 'solved_at'] as const).find(
      (name) => (instantOf(values, name) ?? opened) < opened,
    );
    if (wrong !== undefined) return { field: wrong, reason: 'It lies before the request was opened' };
    const minutes = Number(values['first_response_minutes'] ?? 0);
    return minutes >= 0 ? null : { field: 'first_response_minutes', reason: 'It is less than nothing' };
  },
  facts: ticketFacts,
};

function ticketFacts(values: Values, id: string): Fact[] {
  const openedAt = neededInstant(values, 'opened_at');
  const email = optional(values, 'email')?.toLowerCase() ?? null;
  const name = optional(values, 'name');
  const company = optional(values, 'company');
  const companyId = company === null ? null : `company ${company}`;
  const contactId = email ?? (name === null ? null : `person ${name}`);
  const status = needed(values, 'status') as TicketStatus;
  return [
    ...(companyId === null
      ? []
      : [
          {
            kind: 'support_company' as const,
            value: { id: companyId, name: company, domain: null, externalId: null, seenAt: openedAt },
          },
        ]),
    ...(contactId === null
      ? []
      : [
          {
            kind: 'support_contact' as const,
            value: { id: contactId, companyId, name, email, externalId: null, seenAt: openedAt },
          },
        ]),
    {
      kind: 'support_ticket',
      value: {
        id,
        contactId,
        companyId,
        status,
        priority: (values['priority'] as TicketPriority | undefined) ?? null,
        channel: optional(values, 'channel'),
        openedAt,
        firstResponseSeconds: firstResponseOf(values),
        solvedAt: status === 'solved' ? instantOf(values, 'solved_at') : null,
        reopens: values['reopens'] === undefined ? null : Number(values['reopens']),
        deletedAt: null,
      },
    },
  ];
}

/** The moment where the file has it, else the minutes that the desk worked out itself. */
function firstResponseOf(values: Values): number | null {
  const answered = instantOf(values, 'first_response_at');
  if (answered !== null) return secondsOfInstant(answered) - secondsOfInstant(neededInstant(values, 'opened_at'));
  const minutes = values['first_response_minutes'];
  return minutes === undefined ? null : Math.round(Number(minutes) * 60);
}
