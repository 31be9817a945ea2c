/** Intercom's API through its own client, over the engine's Http: reads only, as plain JSON, with refusals in our words. */
import { z } from 'zod';
import type { AppError } from '../../../../shared/kernel/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';
import { jsonOrNull, readAnswer, refusalError } from '../kit/index.ts';

export type IntercomKind = 'conversations' | 'tickets';

export interface FoundPage {
  readonly records: readonly unknown[];
  /** Where the next page begins; null on the last. */
  readonly after: string | null;
  /** All that the search has found. */
  readonly total: number;
}

/** All of it throws AppError: `auth_failed`, `rate_limited`, `unavailable`, or a gap. */
export interface IntercomApi {
  /** What has changed after a moment (epoch seconds, excluded); 0 for everything. */
  changed(kind: IntercomKind, sinceS: number, after: string | null, limit?: number): Promise<FoundPage>;
  /** One object by its id. @throws AppError with the gap `not_found` for one that is gone. */
  byId(kind: IntercomKind, id: string): Promise<unknown>;
  /** Contacts by id; those that are gone are left out. */
  contacts(ids: readonly string[]): Promise<readonly unknown[]>;
  /** Whose token it is, and of which workspace. */
  me(): Promise<unknown>;
}

/** https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/pagination: 150 at most. */
const PAGE_SIZE = 150;
/** Ids in one search for contacts. */
const IDS_AT_ONCE = 50;

const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/** @param http keeps to Intercom's limits and repeats what can be repeated. */
export function intercomApi(options: { apiBase: string; accessToken: string; http: Http }): IntercomApi {
  const base = options.apiBase.replace(/\/$/, '');
  const exchange = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await options.http({ maxBytes: MAX_PAGE_BYTES, ...request });
    if (response.status >= 400) throw refusalOf(response, new URL(request.url).pathname, options.accessToken);
    return response;
  };
  const open = async () => {
    const { vendorClient } = await import('./vendor-client.ts');
    return vendorClient({ base, accessToken: options.accessToken, exchange });
  };
  // The client's thousand files are loaded with the first request: an engine that shows figures needs none of them.
  let opened: ReturnType<typeof open> | null = null;
  const client = async () => await (opened ??= open());

  return {
    async changed(kind, sinceS, after, limit = PAGE_SIZE) {
      const search = {
        query: { operator: 'AND' as const, value: [{ field: 'updated_at', operator: '>' as const, value: sinceS }] },
        pagination: { per_page: limit, ...(after === null ? {} : { starting_after: after }) },
      };
      const intercom = await client();
      const { response } =
        kind === 'conversations' ? await intercom.conversations.search(search) : await intercom.tickets.search(search);
      return pageOf(response, kind);
    },
    async byId(kind, id) {
      const intercom = await client();
      return kind === 'conversations'
        ? await intercom.conversations.find({ conversation_id: id })
        : await intercom.tickets.get({ ticket_id: id });
    },
    async contacts(ids) {
      const intercom = await client();
      const found: unknown[] = [];
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const { response } = await intercom.contacts.search({
          query: { field: 'id', operator: 'IN', value: ids.slice(from, from + IDS_AT_ONCE) },
          pagination: { per_page: IDS_AT_ONCE },
        });
        found.push(...readAnswer('Intercom', ContactsSchema, response, 'contacts/search').data);
      }
      return found;
    },
    async me() {
      return await (await client()).admins.identify();
    },
  };
}

const Pages = z
  .object({ next: z.object({ starting_after: z.string().nullish() }).nullish() })
  .nullish()
  .transform((pages) => pages?.next?.starting_after ?? null);
const Found = { pages: Pages, total_count: z.int().min(0) };
const FOUND = {
  conversations: z
    .object({ ...Found, conversations: z.array(z.unknown()) })
    .transform(({ conversations, ...rest }) => ({ ...rest, records: conversations })),
  tickets: z
    .object({ ...Found, tickets: z.array(z.unknown()) })
    .transform(({ tickets, ...rest }) => ({ ...rest, records: tickets })),
} as const;
const ContactsSchema = z.object({ data: z.array(z.unknown()) });

function pageOf(answer: unknown, kind: IntercomKind): FoundPage {
  const { records, pages, total_count } = readAnswer('Intercom', FOUND[kind], answer, `${kind}/search`);
  return { records, after: pages === '' ? null : pages, total: total_count };
}

const RefusalSchema = z.object({
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().nullish() })).min(1),
});

/** Intercom says in words what is missing; the token never comes along. */
function refusalOf(response: HttpResponse, path: string, accessToken: string): AppError {
  const [refusal] = RefusalSchema.safeParse(jsonOrNull(response.body)).data?.errors ?? [];
  return refusalError({
    vendor: 'Intercom',
    status: response.status,
    path,
    told: refusal?.message,
    credential: 'a valid access token',
    secrets: [accessToken],
  });
}
