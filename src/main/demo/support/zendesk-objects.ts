/** Cases as Zendesk holds them: tickets with their metrics, requesters and organizations. */
import { isoOfInstant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Life } from '../scenario/life.ts';
import { hashText } from '../scenario/random.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { SupportCase } from './support-story.ts';

/** As Zendesk writes times: without fractions. */
function timeText(at: Instant): string {
  return isoOfInstant(at).replace('.000Z', 'Z');
}

function numberFor(kind: string, key: string): number {
  const [high, low] = hashText(`zendesk/${kind}/${key}`);
  return 1_000_000_000 + (high % 900_000) * 1_000 + (low % 1_000);
}

export function userObject(life: Life): JsonObject & { id: number } {
  return {
    id: numberFor('user', life.key),
    url: 'https://kestrel.zendesk.example/api/v2/users/1.json',
    name: life.contact,
    email: life.email,
    role: 'end-user',
    external_id: null,
    organization_id: organizationObject(life).id,
    active: true,
    verified: true,
    created_at: timeText(life.joinedAt),
    updated_at: timeText(life.joinedAt),
  };
}

export function organizationObject(life: Life): JsonObject & { id: number } {
  return {
    id: numberFor('organization', life.key),
    url: 'https://kestrel.zendesk.example/api/v2/organizations/1.json',
    name: life.company,
    domain_names: [life.email.split('@')[1] ?? ''],
    external_id: null,
    created_at: timeText(life.joinedAt),
    updated_at: timeText(life.joinedAt),
  };
}

const STATUS = { new: 'new', open: 'open', pending: 'pending', on_hold: 'hold', solved: 'solved' } as const;

/** @param deletedAt when it went to the bin, or null. */
export function ticketObject(told: SupportCase, deletedAt: Instant | null): JsonObject & { id: number } {
  const { life, number, openedAt, updatedAt, status, priority, channel } = told;
  return {
    id: number,
    url: `https://kestrel.zendesk.example/api/v2/tickets/${number}.json`,
    external_id: null,
    via: { channel: channel === 'email' ? 'email' : 'web', source: { from: {}, to: {}, rel: null } },
    created_at: timeText(openedAt),
    updated_at: timeText(deletedAt ?? updatedAt),
    generated_timestamp: Math.floor((deletedAt ?? updatedAt) / 1_000),
    type: null,
    subject: `Question ${number}`,
    raw_subject: `Question ${number}`,
    description: `Nobody but the desk reads this, says ${life.contact}`,
    priority,
    status: deletedAt === null ? STATUS[status] : 'deleted',
    requester_id: userObject(life).id,
    submitter_id: userObject(life).id,
    assignee_id: 814_860,
    organization_id: organizationObject(life).id,
    group_id: null,
    tags: [],
    has_incidents: false,
    is_public: true,
  };
}

export function metricSetObject(told: SupportCase): JsonObject {
  const { number, openedAt, answeredAt, solvedAt, updatedAt, reopens } = told;
  const minutesTo = (at: Instant | null): JsonObject => {
    const minutes = at === null ? null : Math.round((at - openedAt) / MINUTE_MS);
    return { calendar: minutes, business: minutes === null ? null : Math.round(minutes / 3) };
  };
  return {
    id: 7_000_000_000 + number,
    ticket_id: number,
    url: `https://kestrel.zendesk.example/api/v2/ticket_metrics/${number}.json`,
    created_at: timeText(openedAt),
    updated_at: timeText(updatedAt),
    group_stations: 1,
    assignee_stations: 1,
    reopens,
    replies: answeredAt === null ? 0 : 1,
    assignee_updated_at: null,
    requester_updated_at: timeText(openedAt),
    status_updated_at: timeText(updatedAt),
    initially_assigned_at: timeText(openedAt),
    assigned_at: timeText(openedAt),
    solved_at: solvedAt === null ? null : timeText(solvedAt),
    latest_comment_added_at: timeText(updatedAt),
    reply_time_in_minutes: minutesTo(answeredAt),
    first_resolution_time_in_minutes: minutesTo(solvedAt),
    full_resolution_time_in_minutes: minutesTo(solvedAt),
    agent_wait_time_in_minutes: minutesTo(null),
    requester_wait_time_in_minutes: minutesTo(solvedAt),
    on_hold_time_in_minutes: { calendar: 0, business: 0 },
  };
}
