/** Answers HubSpot's CRM calls from memory: lists, searches, batches, links, owners, pipelines, the portal's settings. */
import { instant, instantOfIso, isoOfInstant } from '../../../shared/kernel/instant.ts';
import type { JsonObject } from '../stripe/json.ts';
import type { Crm, CrmKind, CrmObject } from './crm-objects.ts';
import { propertiesOf } from './crm-properties.ts';

export interface HubSpotRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface HubSpotAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

export const PORTAL_ID = 48_151_623;

/** So many links of an object to another kind are in one answer. */
const LINKS_PAGE = 100;

/** At most so many results of one search can be paged through. */
const SEARCH_LIMIT = 10_000;

/** @returns 404 in HubSpot's words for what it does not have. */
export function answerHubSpot(crm: Crm, { method, path, query, body }: HubSpotRequest): HubSpotAnswer {
  const objects = /^\/crm\/v3\/objects\/([a-z_]+)(\/search|\/batch\/read)?$/.exec(path);
  if (objects !== null) {
    const kind = kindOf(objects[1] ?? '');
    if (kind === null) return problem(404, `Unable to infer object type from: ${objects[1]}`);
    const all = crm.objects[kind];
    if (objects[2] === undefined && method === 'GET') return list(kind, all, query);
    if (objects[2] === '/search' && method === 'POST') return search(all, record(body));
    if (objects[2] === '/batch/read' && method === 'POST')
      return batchRead(all, record(body), query.get('archived') === 'true');
  }
  const links = /^\/crm\/v4\/associations\/([a-z_]+)\/([a-z_]+)\/batch\/read$/.exec(path);
  if (links !== null && method === 'POST') {
    const from = kindOf(links[1] ?? '');
    const to = kindOf(links[2] ?? '');
    if (from !== null && to !== null) return batchLinks(crm.objects[from], to, record(body));
  }
  const properties = /^\/crm\/v3\/properties\/([a-z_]+)$/.exec(path);
  if (properties !== null && method === 'GET') {
    const kind = kindOf(properties[1] ?? '');
    if (kind !== null) return { status: 200, body: { results: propertiesOf(kind) } };
  }
  if (method === 'GET' && path === '/crm/v3/owners')
    return page(
      crm.owners.filter(({ archived }) => archived === (query.get('archived') === 'true')),
      query,
    );
  if (method === 'GET' && path === '/crm/v3/pipelines/deals') return { status: 200, body: { results: crm.pipelines } };
  if (method === 'GET' && path === '/account-info/v3/details')
    return {
      status: 200,
      body: { portalId: PORTAL_ID, accountType: 'STANDARD', timeZone: 'Etc/UTC', companyCurrency: 'USD' },
    };
  return problem(404, `No route found for ${path}`);
}

export function problem(status: number, message: string, category = 'OBJECT_NOT_FOUND'): HubSpotAnswer {
  return { status, body: { status: 'error', message, correlationId: 'demo', category } };
}

function kindOf(text: string): CrmKind | null {
  return text === 'companies' || text === 'contacts' || text === 'deals' || text === 'line_items' ? text : null;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return Number(a.id) - Number(b.id);
}

function list(kind: CrmKind, all: ReadonlyMap<string, CrmObject>, query: URLSearchParams): HubSpotAnswer {
  const archived = query.get('archived') === 'true';
  const history = many(query, 'propertiesWithHistory');
  const limit = Number(query.get('limit') ?? 10);
  const most = history.length > 0 ? 50 : 100;
  if (limit > most) return problem(400, `limit ${limit} is above the maximum of ${most}`, 'VALIDATION_ERROR');
  const linked = many(query, 'associations');
  const shown = [...all.values()]
    .filter(({ archivedAt }) => (archivedAt !== null) === archived)
    .toSorted(byId)
    .map((object) => ({
      ...plain(object, many(query, 'properties'), history),
      ...(linked.length > 0 ? associationsOf(kind, object, linked) : {}),
    }));
  return page(shown, query, limit);
}

function page(shown: readonly (JsonObject & { id?: unknown })[], query: URLSearchParams, limit = 100): HubSpotAnswer {
  const after = query.get('after');
  const start = after === null ? 0 : shown.findIndex(({ id }) => Number(id) > Number(after));
  const results = start < 0 ? [] : shown.slice(start, start + limit);
  const last = results.at(-1);
  const hasMore = start >= 0 && start + limit < shown.length;
  return {
    status: 200,
    body: {
      results,
      ...(hasMore && last ? { paging: { next: { after: String(last.id), link: 'about:blank' } } } : {}),
    },
  };
}

function many(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''));
}

/** HubSpot adds these three whether or not they are asked for. */
function plain(object: CrmObject, wanted: readonly string[], history: readonly string[]): JsonObject & { id: string } {
  const { id, properties, createdAt, updatedAt, archivedAt } = object;
  const names = [...new Set([...wanted, ...history])];
  const shown = Object.fromEntries(names.map((name) => [name, properties[name] ?? null]));
  return {
    id,
    properties: {
      ...shown,
      createdate: isoOfInstant(createdAt),
      hs_lastmodifieddate: isoOfInstant(updatedAt),
      lastmodifieddate: isoOfInstant(updatedAt),
      hs_object_id: id,
    },
    ...(history.length > 0
      ? {
          propertiesWithHistory: Object.fromEntries(
            history.map((name) => [
              name,
              (object.history[name] ?? []).map((entry) => ({ ...entry, sourceType: 'CRM_UI' })),
            ]),
          ),
        }
      : {}),
    createdAt: isoOfInstant(createdAt),
    updatedAt: isoOfInstant(updatedAt),
    archived: archivedAt !== null,
    ...(archivedAt === null ? {} : { archivedAt: isoOfInstant(archivedAt) }),
  };
}

const SINGULAR: Readonly<Record<CrmKind, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  line_items: 'line_item',
};

/** Deals name their primary company twice: once as such, once like any other. */
function associationsOf(kind: CrmKind, { links }: CrmObject, wanted: readonly string[]): JsonObject {
  const entries = wanted.flatMap((name) => {
    const to = kindOf(name);
    const ids = to === null ? [] : (links[to] ?? []);
    if (to === null || ids.length === 0) return [];
    const word = `${SINGULAR[kind]}_to_${SINGULAR[to]}`;
    const hasPrimary = kind === 'deals' && to === 'companies';
    return [
      [
        to,
        {
          results: ids
            .slice(0, LINKS_PAGE)
            .flatMap((id, index) =>
              hasPrimary
                ? [...(index === 0 ? [{ id, type: word }] : []), { id, type: `${word}_unlabeled` }]
                : [{ id, type: word }],
            ),
          ...(ids.length > LINKS_PAGE
            ? { paging: { next: { after: ids[LINKS_PAGE] ?? '', link: 'about:blank' } } }
            : {}),
        },
      ] as const,
    ];
  });
  return entries.length === 0 ? {} : { associations: Object.fromEntries(entries) };
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry): entry is string => typeof entry === 'string');
}

function search(all: ReadonlyMap<string, CrmObject>, body: Fields): HubSpotAnswer {
  const limit = Number(body['limit'] ?? 10);
  const after = Number(body['after'] ?? 0);
  if (limit > 200 || after + limit > SEARCH_LIMIT)
    return problem(400, 'A search ends after 10,000 results', 'VALIDATION_ERROR');
  const wanted = textsOf(body['properties']);
  const filters = listOf(record(listOf(body['filterGroups'])[0])['filters']).map(record);
  const matching = [...all.values()]
    .filter(({ archivedAt }) => archivedAt === null)
    .filter((object) => filters.every((filter) => passes(plain(object, wanted, []), filter)))
    .toSorted(byId);
  const results = matching.slice(after, after + limit).map((object) => plain(object, wanted, []));
  return { status: 200, body: { total: matching.length, results } };
}

function passes(object: JsonObject, { propertyName, operator, value }: Fields): boolean {
  const held = record(object['properties'])[String(propertyName)];
  const number = numeric(String(held));
  const bound = numeric(String(value));
  if (operator === 'GTE') return number >= bound;
  if (operator === 'GT') return number > bound;
  return operator === 'EQ' && String(held) === String(value);
}

function numeric(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : instantOfIso(text);
}

function batchRead(all: ReadonlyMap<string, CrmObject>, body: Fields, archived: boolean): HubSpotAnswer {
  const inputs = idsOf(body);
  const history = textsOf(body['propertiesWithHistory']);
  const most = history.length > 0 ? 50 : 100;
  if (inputs.length > most) return problem(400, `More than ${most} inputs`, 'VALIDATION_ERROR');
  const found = inputs.flatMap((id) => {
    const object = all.get(id);
    return object !== undefined && (object.archivedAt !== null) === archived ? [object] : [];
  });
  return batchAnswer(
    found.map((object) => plain(object, textsOf(body['properties']), history)),
    found.length === inputs.length,
  );
}

function batchLinks(from: ReadonlyMap<string, CrmObject>, to: CrmKind, body: Fields): HubSpotAnswer {
  const results = listOf(body['inputs'])
    .map(record)
    .flatMap((input) => {
      const id = String(input['id']);
      const all = from.get(id)?.links[to] ?? [];
      const start = input['after'] === undefined ? 0 : Math.max(0, all.indexOf(String(input['after'])));
      const ids = all.slice(start, start + LINKS_PAGE);
      const next = all[start + LINKS_PAGE];
      if (ids.length === 0) return [];
      return [
        {
          from: { id },
          ...(next === undefined ? {} : { paging: { next: { after: next, link: 'about:blank' } } }),
          to: ids.map((toObjectId, index) => ({
            toObjectId: Number(toObjectId),
            associationTypes: [
              ...(to === 'companies' && start + index === 0
                ? [{ category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' }]
                : []),
              { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
            ],
          })),
        },
      ];
    });
  return batchAnswer(results, results.length === idsOf(body).length);
}

function idsOf(body: Fields): string[] {
  return listOf(body['inputs']).map((input) => String(record(input)['id']));
}

/** 207 where not all that was asked for is there. */
function batchAnswer(results: readonly JsonObject[], isWhole: boolean): HubSpotAnswer {
  const at = isoOfInstant(instant(0));
  return { status: isWhole ? 200 : 207, body: { status: 'COMPLETE', results, startedAt: at, completedAt: at } };
}
