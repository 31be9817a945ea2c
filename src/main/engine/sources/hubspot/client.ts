/** HubSpot's API through its own client, over the engine's Http: reads only, as plain JSON, with refusals in our words. */
import { z } from 'zod';
import type { AppError } from '../../../../shared/kernel/errors.ts';
import { instantOfIso } from '../../../../shared/kernel/instant.ts';
import type { Http, HttpRequest, HttpResponse } from '../../runtime/ports.ts';
import { jsonOrNull, readAnswer, refusalError } from '../kit/index.ts';

/** Which fields of an object are asked for, and what is to come with it. */
export interface Wanted {
  readonly properties: readonly string[];
  /** Fields whose former values come too; then a page holds 50 objects at most. */
  readonly history: readonly string[];
  /** Kinds of object to which links are wanted. */
  readonly associations: readonly string[];
}

export interface ObjectPage {
  readonly results: readonly unknown[];
  /** Where the next page begins; null on the last. */
  readonly after: string | null;
}

export interface ChangedSince {
  /** The field that holds the time of the last change: contacts call it otherwise. */
  readonly property: string;
  readonly sinceMs: number;
  /** Only objects with a greater id: pages are walked by id, because a search ends after 10,000 results. */
  readonly afterId: string;
}

export interface Changed {
  readonly id: string;
  readonly modifiedMs: number;
}

/** All of it throws AppError: `auth_failed`, `rate_limited`, `unavailable`, or a gap. */
export interface HubSpotClient {
  page(kind: string, wanted: Wanted, archived: boolean, after: string | null): Promise<ObjectPage>;
  /** Changed objects by ascending id; `total` counts them and all that come after. */
  changed(kind: string, since: ChangedSince): Promise<{ readonly found: readonly Changed[]; readonly total: number }>;
  /** Objects by id, at most 50; those that are gone are left out. Links are not in the answer. */
  byIds(kind: string, ids: readonly string[], wanted: Wanted, archived: boolean): Promise<readonly unknown[]>;
  /** All links from objects to another kind: raw results of the v4 API, several of one object where it has many. */
  links(from: string, to: string, ids: readonly string[]): Promise<readonly unknown[]>;
  owners(archived: boolean, after: string | null): Promise<ObjectPage>;
  dealPipelines(): Promise<readonly unknown[]>;
  /** The fields that objects of a kind have: raw. */
  properties(kind: string): Promise<readonly unknown[]>;
  /** The portal's id, currency and address. */
  account(): Promise<unknown>;
}

/** https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide: 100 a page, 50 with history. */
const PAGE_SIZE = 100;
export const HISTORY_PAGE_SIZE = 50;
/** https://developers.hubspot.com/docs/api-reference/crm-search-v3/guide */
const SEARCH_PAGE_SIZE = 200;

const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/** @param http keeps to HubSpot's limits and repeats what can be repeated; the client's own limiter is not used. */
export function hubSpotClient(options: { apiBase: string; accessToken: string; http: Http }): HubSpotClient {
  const base = options.apiBase.replace(/\/$/, '');
  const exchange = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await options.http({ maxBytes: MAX_PAGE_BYTES, ...request });
    const path = new URL(request.url).pathname;
    if (response.status >= 400) throw refusalOf(response, path, options.accessToken);
    // HubSpot's client reads an answer before it is read here, and breaks on half of one.
    read(z.record(z.string(), z.unknown()), new TextDecoder().decode(response.body), path);
    return response;
  };
  const open = async () => {
    const { vendorApis } = await import('./vendor-apis.ts');
    return vendorApis({ base, accessToken: options.accessToken, exchange });
  };
  // The client's hundred files are loaded with the first request: an engine that shows figures needs none of them.
  let opened: ReturnType<typeof open> | null = null;
  const apis = async () => await (opened ??= open());

  return {
    async page(kind, { properties, history, associations: linked }, archived, after) {
      const limit = history.length > 0 ? HISTORY_PAGE_SIZE : PAGE_SIZE;
      const { list } = await apis();
      const { body } = await list.getPageWithHttpInfo(
        kind,
        limit,
        after ?? undefined,
        [...properties],
        [...history],
        [...linked],
        archived,
      );
      return pageOf(await body.text(), kind);
    },
    async changed(kind, { property, sinceMs, afterId }) {
      const { search, FilterOperatorEnum } = await apis();
      const { body } = await search.doSearchWithHttpInfo(kind, {
        limit: SEARCH_PAGE_SIZE,
        after: '0',
        sorts: ['hs_object_id'],
        properties: [property],
        filterGroups: [
          {
            filters: [
              { propertyName: property, operator: FilterOperatorEnum.Gte, value: String(sinceMs) },
              { propertyName: 'hs_object_id', operator: FilterOperatorEnum.Gt, value: afterId },
            ],
          },
        ],
      });
      const { total, results } = read(FoundSchema, await body.text(), `${kind}/search`);
      const found = results.map(({ id, properties, updatedAt }) => ({
        id,
        modifiedMs: instantOfIso(properties[property] ?? updatedAt),
      }));
      return { found, total };
    },
    async byIds(kind, ids, { properties, history }, archived) {
      const { batch } = await apis();
      const { body } = await batch.readWithHttpInfo(
        kind,
        {
          inputs: ids.map((id) => ({ id })),
          properties: [...properties],
          propertiesWithHistory: [...history],
        },
        archived,
      );
      return read(ResultsSchema, await body.text(), `${kind}/batch/read`).results;
    },
    async links(from, to, ids) {
      const { links } = await apis();
      const all: unknown[] = [];
      let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
      while (inputs.length > 0) {
        const { body } = await links.getPageWithHttpInfo(from, to, { inputs });
        const { results } = read(ResultsSchema, await body.text(), `associations/${from}/${to}`);
        all.push(...results);
        inputs = results.flatMap(restOfLinks);
      }
      return all;
    },
    async owners(archived, after) {
      const { owners } = await apis();
      const { body } = await owners.getPageWithHttpInfo(undefined, after ?? undefined, PAGE_SIZE, archived);
      return pageOf(await body.text(), 'owners');
    },
    async dealPipelines() {
      const { pipelines } = await apis();
      const { body } = await pipelines.getAllWithHttpInfo('deals');
      return read(ResultsSchema, await body.text(), 'pipelines').results;
    },
    async properties(kind) {
      const { properties } = await apis();
      const { body } = await properties.getAllWithHttpInfo(kind);
      return read(ResultsSchema, await body.text(), `properties/${kind}`).results;
    },
    async account() {
      const response = await exchange({
        method: 'GET',
        url: `${base}/account-info/v3/details`,
        headers: { accept: 'application/json', authorization: `Bearer ${options.accessToken}` },
      });
      return read(z.unknown(), new TextDecoder().decode(response.body), 'account-info');
    },
  };
}

const ResultsSchema = z.object({ results: z.array(z.unknown()) });
const PageSchema = z.object({
  results: z.array(z.unknown()),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});
const FoundSchema = z.object({
  total: z.int().min(0),
  results: z.array(
    z.object({
      id: z.string().regex(/^\d+$/),
      properties: z.record(z.string(), z.string().nullable()),
      updatedAt: z.iso.datetime({ offset: true }),
    }),
  ),
});

const MoreLinks = z.object({
  from: z.object({ id: z.union([z.string(), z.number()]).transform(String) }),
  paging: z.object({ next: z.object({ after: z.string() }) }),
});

/** What to ask next of an object whose links did not fit one answer. */
function restOfLinks(result: unknown): { id: string; after: string }[] {
  const { data } = MoreLinks.safeParse(result);
  return data === undefined ? [] : [{ id: data.from.id, after: data.paging.next.after }];
}

function pageOf(text: string, what: string): ObjectPage {
  const { results, paging } = read(PageSchema, text, what);
  return { results, after: paging?.next?.after ?? null };
}

function read<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> {
  return readAnswer('HubSpot', schema, jsonOrNull(text), what);
}

const RefusalSchema = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
});

/** HubSpot names the missing scopes in its message; the token never comes along. */
function refusalOf(response: HttpResponse, path: string, accessToken: string): AppError {
  return refusalError({
    vendor: 'HubSpot',
    status: response.status,
    path,
    told: RefusalSchema.safeParse(jsonOrNull(response.body)).data?.message,
    credential: 'a valid private-app token',
    secrets: [accessToken],
  });
}
