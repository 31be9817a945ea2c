/** Pipedrive's API through its own client, over the engine's Http: reads only, as plain JSON, with refusals in our words. */
import { z } from 'zod';
import { AppError, unreachable } from '../../../../shared/kernel/errors.ts';
import { isoOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';
import { gapError, headerCount, jsonOrNull } from '../kit/index.ts';
import { TOKENS_ALLOWED, TOKENS_LEFT, type Tokens } from './budget.ts';

/** Lists that are paged by a cursor. Archived and deleted deals are in lists of their own. */
export type ListKind =
  | 'deals'
  | 'archived_deals'
  | 'deleted_deals'
  | 'organizations'
  | 'persons'
  | 'activities'
  | 'pipelines'
  | 'stages'
  | FieldList;
export type FieldList = 'dealFields' | 'organizationFields' | 'personFields';

export interface ListPage {
  readonly objects: readonly unknown[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

export interface Asked {
  readonly cursor: string | null;
  readonly limit: number;
  /** Only what changed at this moment or later, oldest change first; without it everything, by id. */
  readonly since?: Instant;
}

/** All of it throws AppError: `auth_failed`, `rate_limited`, `unavailable`, or a gap. */
export interface PipedriveClient {
  list(kind: ListKind, asked: Asked): Promise<ListPage>;
  /** Objects by id, at most 100; those that are gone are left out, and so are archived deals. */
  byIds(
    kind: 'deals' | 'archived_deals' | 'organizations' | 'persons' | 'activities',
    ids: readonly string[],
  ): Promise<readonly unknown[]>;
  /** Products on deals, at most 100 deals. */
  products(dealIds: readonly string[], cursor: string | null): Promise<ListPage>;
  /** Changes of a deal's fields, newest first. */
  changes(dealId: string, cursor: string | null): Promise<ListPage>;
  users(): Promise<readonly unknown[]>;
  /** The user whose token it is, with the company. */
  me(): Promise<unknown>;
  /** Tokens that are left of the day's, as of the last answer; null while none has said so. */
  tokens(): Tokens | null;
}

const MAX_PAGE_BYTES = 64 * 1024 * 1024;
/** https://developers.pipedrive.com/docs/api/v1/Deals: at most 500 a page; change logs likewise. */
export const LARGEST_PAGE = 500;

/** The client's typings allow one name where the API takes a list of them, divided by commas. */
type OneName = 'next_activity_id';
const DEAL_EXTRAS: string = 'next_activity_id,last_activity_id,products_count';

/** @param base `https://acme.pipedrive.com`. @param http keeps to Pipedrive's limits and repeats what can be repeated. */
export function pipedriveClient(options: { base: string; apiToken: string; http: Http }): PipedriveClient {
  const base = options.base.replace(/\/$/, '');
  let tokens: Tokens | null = null;
  const exchange = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await options.http({ maxBytes: MAX_PAGE_BYTES, ...request });
    const left = headerCount(response, TOKENS_LEFT);
    if (left !== null) tokens = { left, allowed: headerCount(response, TOKENS_ALLOWED) };
    if (response.status >= 400) throw refusalOf(response, new URL(request.url).pathname, options.apiToken);
    return response;
  };
  const open = async () => {
    const { vendorApis } = await import('./vendor-apis.ts');
    return vendorApis({ base, apiToken: options.apiToken, exchange });
  };
  // The client's files are loaded with the first request: an engine that shows figures needs none of them.
  let opened: ReturnType<typeof open> | null = null;
  const apis = async () => await (opened ??= open());

  async function ask(kind: ListKind, { cursor, limit, since }: Asked): Promise<unknown> {
    const api = await apis();
    const page = { limit, ...(cursor !== null && { cursor }) };
    const order =
      since === undefined
        ? { ...page, sort_by: 'id' as const, sort_direction: 'asc' as const }
        : {
            ...page,
            sort_by: 'update_time' as const,
            sort_direction: 'asc' as const,
            updated_since: isoOfInstant(since).replace(/\.\d+Z$/, 'Z'),
          };
    const dealOrder = { ...order, include_fields: DEAL_EXTRAS as OneName };
    switch (kind) {
      case 'deals':
        return await api.deals.getDeals(dealOrder);
      case 'archived_deals':
        return await api.deals.getArchivedDeals(dealOrder);
      case 'deleted_deals':
        return await api.deals.getDeals({ ...dealOrder, status: 'deleted' });
      case 'organizations':
        return await api.organizations.getOrganizations(order);
      case 'persons':
        return await api.persons.getPersons(order);
      case 'activities':
        return await api.activities.getActivities(order);
      case 'pipelines':
        return await api.pipelines.getPipelines(page);
      case 'stages':
        return await api.stages.getStages(page);
      case 'dealFields':
        return await api.dealFields.getDealFields(page);
      case 'organizationFields':
        return await api.organizationFields.getOrganizationFields(page);
      case 'personFields':
        return await api.personFields.getPersonFields(page);
      default:
        return unreachable(kind);
    }
  }

  return {
    list: async (kind, asked) => pageOf(await ask(kind, asked), kind),
    async byIds(kind, ids) {
      const api = await apis();
      const by = { ids: ids.join(','), limit: LARGEST_PAGE };
      const dealsBy = { ...by, include_fields: DEAL_EXTRAS as OneName };
      const answer =
        kind === 'deals'
          ? await api.deals.getDeals(dealsBy)
          : kind === 'archived_deals'
            ? await api.deals.getArchivedDeals(dealsBy)
            : kind === 'organizations'
              ? await api.organizations.getOrganizations(by)
              : kind === 'persons'
                ? await api.persons.getPersons(by)
                : await api.activities.getActivities(by);
      return pageOf(answer, kind).objects;
    },
    async products(dealIds, cursor) {
      const { products } = await apis();
      const asked = { deal_ids: dealIds.map(Number), limit: LARGEST_PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(await products.getDealsProducts(asked), 'deals/products');
    },
    async changes(dealId, cursor) {
      const { changes } = await apis();
      const asked = { id: Number(dealId), limit: LARGEST_PAGE, ...(cursor !== null && { cursor }) };
      return pageOf(await changes.getDealChangelog(asked), `deals/${dealId}/changelog`);
    },
    async users() {
      const { users } = await apis();
      return pageOf(await users.getUsers(), 'users').objects;
    },
    async me() {
      const { users } = await apis();
      return readAnswer(MeSchema, await users.getCurrentUser(), 'users/me').data;
    },
    tokens: () => tokens,
  };
}

/** Every answer comes in the same frame: https://pipedrive.readme.io/docs/core-api-concepts-responses */
const PageSchema = z.object({
  success: z.literal(true),
  // An empty list is sent as null by some of the older calls.
  data: z.array(z.unknown()).nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
const MeSchema = z.object({ success: z.literal(true), data: z.unknown() });

function pageOf(answer: unknown, what: string): ListPage {
  const { data, additional_data } = readAnswer(PageSchema, answer, what);
  return { objects: data ?? [], next: additional_data?.next_cursor ?? null };
}

function readAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw gapError('refused', `Pipedrive's answer for ${what} cannot be read; try again later`, parsed.error);
  return parsed.data;
}

const RefusalSchema = z.object({ error: z.string().optional(), error_info: z.string().nullish() });

/** The token never comes along, even where Pipedrive repeats it. */
function refusalOf(response: HttpResponse, path: string, apiToken: string): AppError {
  const refusal = RefusalSchema.safeParse(jsonOrNull(new TextDecoder().decode(response.body))).data;
  const said = (refusal?.error ?? `the answer is ${response.status}, without a reason`)
    .replaceAll(apiToken, '•••')
    .slice(0, 500);
  switch (response.status) {
    case 401:
      return new AppError(
        'auth_failed',
        `Pipedrive does not accept the token: ${said}. Connect Pipedrive again with a valid API token.`,
      );
    case 402:
      return gapError('permission', `The Pipedrive account is not open: ${said}`);
    case 403:
      return gapError('permission', `The token may not read ${path}: ${said}`);
    case 404:
    case 410:
      return gapError('not_found', `Pipedrive knows no ${path}: ${said}`);
    default:
      return gapError('refused', `Pipedrive refuses the request for ${path}: ${said}`);
  }
}
