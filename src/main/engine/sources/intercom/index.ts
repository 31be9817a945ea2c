/**
 * Intercom as a source.
 * Answers: what have customers asked for help with, when was it answered, what
 * is still open?
 * Never: writes to Intercom, keeps what anybody has written, or decides which
 * customer somebody is.
 */
import { z } from 'zod';
import { DAY_MS, instant, SECOND_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { HttpResponse } from '../../runtime/ports.ts';
import { defineSource, headerCount, type BudgetReading, type Json } from '../kit/index.ts';
import { checkToken, SCOPES } from './check.ts';
import { intercomApi } from './client.ts';
import { conversationType } from './objects/conversation.ts';
import { ticketId, ticketType } from './objects/ticket.ts';
import { requestStream } from './request-stream.ts';
import { walkStateOf } from './walk.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://api.intercom.io')
    .meta({
      label: 'API address',
      help: 'Workspaces with data in the EU: https://api.eu.intercom.io, in Australia: https://api.au.intercom.io.',
      placeholder: 'https://api.intercom.io',
    }),
});

const SecretsSchema = z.object({
  accessToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_=:+/-]{8,500}$/, 'is not an access token')
    .meta({
      label: 'Access token',
      help: 'Intercom → Settings → Integrations → Developer Hub → your app → Authentication.',
      placeholder: 'dG9rOj…',
    }),
});

/** What was deleted leaves no trace among the changes: from time to time everything is listed again. */
const RELIST_DAYS = 30;

export const intercomSource = defineSource({
  id: 'intercom',
  family: 'support',
  title: 'Intercom',
  description: 'Conversations and tickets: when they were opened, answered and closed, and by whom; never their text.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: SCOPES,
  /** https://developers.intercom.com/docs/references/rest-api/errors/rate-limiting: 10,000 a minute, searches 1,000. */
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 100,
      perEndpointPerSecond: (endpoint) => (isLocal ? 10_000 : endpoint === 'search' ? 15 : 100),
      concurrency: 6,
      attempts: 8,
      endpointOf: (url) => (url.pathname.endsWith('/search') ? 'search' : 'other'),
      budgetOf,
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open(config, { accessToken }, { http, clock }) {
    const api = intercomApi({ apiBase: config.apiBase, accessToken, http });
    const now = () => clock.now();
    return {
      streams: [
        requestStream(
          {
            id: 'conversations',
            title: 'Conversations',
            type: conversationType,
            scope: 'read_conversations',
            besides: () => ({}),
            vendorId: (id) => id,
          },
          api,
          now,
        ),
        requestStream(
          {
            id: 'tickets',
            title: 'Tickets',
            type: ticketType,
            scope: 'read_tickets',
            // A conversation that was turned into a ticket has the same id in both lists.
            besides: (id, run) => ({ is_conversation: run.stored(conversationType.type, id) !== null }),
            vendorId: (id) => id.slice(ticketId('').length),
          },
          api,
          now,
        ),
      ],
      check: async () => await checkToken(api),
      plan: planOf,
    };
  },
});

function planOf(cursors: ReadonlyMap<string, Json>, now: Instant): { relist: boolean; notes: string[] } {
  const days = Math.max(
    0,
    ...[...cursors.values()].map((cursor) => Math.floor((now - (walkStateOf(cursor)?.listedAt ?? now)) / DAY_MS)),
  );
  if (days < RELIST_DAYS) return { relist: false, notes: [] };
  return {
    relist: true,
    notes: [`The last full listing was ${days} days ago: everything is listed again, to see what was deleted.`],
  };
}

/** The quota of the present ten seconds, as every answer states it. */
function budgetOf(response: HttpResponse): readonly BudgetReading[] {
  const remaining = headerCount(response, 'x-ratelimit-remaining');
  if (remaining === null) return [];
  const resetS = headerCount(response, 'x-ratelimit-reset');
  return [
    {
      budget: 'requests',
      title: 'Requests',
      allowed: headerCount(response, 'x-ratelimit-limit'),
      remaining,
      resetsAt: resetS === null ? null : instant(resetS * SECOND_MS),
    },
  ];
}
