/**
 * Zendesk's API over the engine's Http: reads only, as plain JSON, with refusals in our words. Zendesk has no client
 * of its own for JavaScript that is kept up, so the few documented addresses are asked directly.
 */
import { z } from 'zod';
import type { AppError } from '../../../../shared/kernel/errors.ts';
import type { Http, HttpResponse } from '../../runtime/ports.ts';
import { jsonOrNull, readAnswer, refusalError } from '../kit/index.ts';

/** Tickets with what comes beside them, each record by itself. */
export interface TicketPage {
  readonly tickets: readonly unknown[];
  readonly metricSets: readonly unknown[];
  readonly users: readonly unknown[];
  readonly organizations: readonly unknown[];
}

export interface ExportPage extends TicketPage {
  /** Where the export goes on, also after its present end. */
  readonly after: string | null;
  readonly isEnd: boolean;
}

/** All of it throws AppError: `auth_failed`, `rate_limited`, `unavailable`, or a gap. */
export interface ZendeskApi {
  /** A page of the incremental export, from the beginning or from a cursor. */
  exported(cursor: string | null): Promise<ExportPage>;
  /** Tickets by id, at most 100; those that are gone are left out. */
  byIds(ids: readonly string[]): Promise<TicketPage>;
  /** Whose token it is. */
  me(): Promise<unknown>;
}

export interface ZendeskAccess {
  readonly apiBase: string;
  /** The agent's address for an API token; empty for an OAuth token. */
  readonly email: string;
  readonly token: string;
}

const BESIDES = 'metric_sets,users,organizations';
/** The most that a page of the export holds: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */
const PAGE_SIZE = '1000';
export const IDS_AT_ONCE = 100;
/** Tickets carry all their fields and their text. */
const MAX_PAGE_BYTES = 128 * 1024 * 1024;

export function zendeskApi({ apiBase, email, token }: ZendeskAccess, http: Http): ZendeskApi {
  const base = apiBase.replace(/\/$/, '');
  // https://developer.zendesk.com/api-reference/introduction/security-and-auth/
  const authorization =
    email === '' ? `Bearer ${token}` : `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
  const ask = async <Schema extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string>>,
    schema: Schema,
  ): Promise<z.output<Schema>> => {
    const url = new URL(`${base}/api/v2/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = { accept: 'application/json', authorization };
    const response = await http({ method: 'GET', url: url.href, headers, maxBytes: MAX_PAGE_BYTES });
    if (response.status >= 400) throw refusalOf(response, path, [token, authorization]);
    return readAnswer('Zendesk', schema, jsonOrNull(response.body), path);
  };
  return {
    exported: async (cursor) =>
      await ask(
        'incremental/tickets/cursor.json',
        { ...(cursor === null ? { start_time: '0' } : { cursor }), include: BESIDES, per_page: PAGE_SIZE },
        ExportSchema,
      ),
    byIds: async (ids) => await ask('tickets/show_many.json', { ids: ids.join(','), include: BESIDES }, TicketsSchema),
    me: async () => await ask('users/me.json', {}, z.unknown()),
  };
}

const Records = z.array(z.unknown()).default([]);
const PAGE = { tickets: z.array(z.unknown()), metric_sets: Records, users: Records, organizations: Records };

const TicketsSchema = z
  .object(PAGE)
  .transform(({ metric_sets: metricSets, ...rest }): TicketPage => ({ ...rest, metricSets }));

const ExportSchema = z
  .object({ ...PAGE, after_cursor: z.string().nullish(), end_of_stream: z.boolean() })
  .transform(({ metric_sets: metricSets, after_cursor, end_of_stream, ...rest }): ExportPage => ({
    ...rest,
    metricSets,
    after: after_cursor ?? null,
    isEnd: end_of_stream,
  }));

const RefusalSchema = z.object({
  error: z.union([z.string(), z.object({ title: z.string().optional(), message: z.string().optional() })]),
  description: z.string().optional(),
});

/** Zendesk says what is wrong in a word or two; the token never comes along. */
function refusalOf(response: HttpResponse, path: string, secrets: readonly string[]): AppError {
  const refusal = RefusalSchema.safeParse(jsonOrNull(response.body)).data;
  const short = typeof refusal?.error === 'string' ? refusal.error : refusal?.error.message;
  const told = refusal?.description ?? short ?? '';
  return refusalError({
    vendor: 'Zendesk',
    status: response.status,
    path,
    // A word or two, with a full stop or without.
    told: told === '' ? null : `${told.replace(/\.$/, '')}.`,
    credential: 'a valid token',
    secrets,
  });
}
