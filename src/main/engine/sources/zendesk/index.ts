/**
 * Zendesk as a source.
 * Answers: what have customers asked for help with, when was it answered, what
 * is still open?
 * Never: writes to Zendesk, keeps what anybody has written, or decides which
 * customer somebody is.
 */
import { z } from 'zod';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import { instant, SECOND_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { HttpResponse } from '../../runtime/ports.ts';
import { defineSource, gapOf, headerCount, type BudgetReading, type SourceReport } from '../kit/index.ts';
import { zendeskApi, type ZendeskApi } from './client.ts';
import { ticketStream } from './ticket-stream.ts';

const ConfigSchema = z.object({
  apiBase: z.url({ protocol: /^https?$/, error: 'is not an http(s) address' }).meta({
    label: 'Address of your Zendesk',
    help: 'As in the browser, without anything behind the host.',
    placeholder: 'https://yourcompany.zendesk.com',
  }),
  email: z
    .union([z.literal(''), z.email({ error: 'is not an e-mail address' })])
    .default('')
    .meta({
      label: 'Administrator’s e-mail address',
      help: 'Whose API token it is. Leave it empty for an OAuth token.',
      placeholder: 'you@yourcompany.com',
    }),
});

const SecretsSchema = z.object({
  accessToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{8,500}$/, 'is not an API token or OAuth token')
    .meta({
      label: 'API token or OAuth token',
      help: 'Zendesk → Admin Center → Apps and integrations → APIs → API tokens, made by an administrator.',
      placeholder: 'ZD…',
    }),
});

const SCOPE = {
  id: 'tickets',
  title: 'Administrator',
  why: 'the export of tickets, which Zendesk opens to administrators only',
  required: true,
} as const;

export const zendeskSource = defineSource({
  id: 'zendesk',
  family: 'support',
  title: 'Zendesk',
  description: 'Tickets: when they were opened, answered and solved, and for whom; never their text.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: [SCOPE],
  /** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#rate-limits: 10 exports a minute. */
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 3,
      perEndpointPerSecond: (endpoint) => (isLocal ? 10_000 : endpoint === 'export' ? 10 / 60 : 3),
      concurrency: 2,
      attempts: 8,
      endpointOf: (url) => (url.pathname.includes('/incremental/') ? 'export' : 'other'),
      budgetOf,
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open({ apiBase, email }, { accessToken }, { http, clock }) {
    const api = zendeskApi({ apiBase, email, token: accessToken }, http);
    return {
      streams: [ticketStream(api, () => clock.now())],
      check: async () => await checkToken(api, new URL(apiBase).hostname),
      // Deleted tickets come with the export, and its cursor does not run out.
      plan: () => ({ relist: false, notes: [] }),
    };
  },
});

const MeSchema = z.object({ user: z.object({ id: z.number().nullable(), role: z.string().nullish() }) });

/** Zendesk answers a stranger too: then it knows no id. The export is for administrators only. */
async function checkToken(api: ZendeskApi, account: string): Promise<SourceReport> {
  const report = { accountId: account, accountName: account, liveMode: null, missingScopes: [], warnings: [] };
  const asked = await meOrProblem(api);
  if (typeof asked === 'string') return { ...report, ok: false, problem: asked };
  if (asked?.user.id == null)
    return {
      ...report,
      ok: false,
      problem: 'Zendesk does not know whose token this is. Check the address and the token.',
    };
  if (asked.user.role !== 'admin')
    return {
      ...report,
      ok: false,
      missingScopes: [SCOPE],
      problem:
        'The token belongs to somebody who is no administrator, and Zendesk exports tickets to administrators only.',
    };
  return { ...report, ok: true, problem: null };
}

async function meOrProblem(api: ZendeskApi): Promise<z.output<typeof MeSchema> | null | string> {
  try {
    return MeSchema.safeParse(await api.me()).data ?? null;
  } catch (error) {
    if (isAppError(error, 'auth_failed')) return error.message;
    if (gapOf(error) !== null) return null;
    throw error;
  }
}

/** Every answer states the requests of the present minute: https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
function budgetOf(response: HttpResponse, now: Instant): readonly BudgetReading[] {
  const remaining = headerCount(response, 'ratelimit-remaining') ?? headerCount(response, 'x-rate-limit-remaining');
  if (remaining === null) return [];
  const resetS = headerCount(response, 'ratelimit-reset');
  return [
    {
      budget: 'requests',
      title: 'Requests a minute',
      allowed: headerCount(response, 'ratelimit-limit') ?? headerCount(response, 'x-rate-limit'),
      remaining,
      resetsAt: resetS === null ? null : instant(now + resetS * SECOND_MS),
    },
  ];
}
