/** Pipedrive on the loopback interface: both versions of its API as far as they are read, and what a test can make happen. */
import { createServer, type Server } from 'node:http';
import { listen, stop } from '../../../src/main/demo/server/http-server.ts';
import { addMs, SECOND_MS, type Instant } from '../../../src/shared/kernel/instant.ts';
import { oldTimeOf, pipedrivePortal, timeOf, type Portal, type Thing } from './company.ts';

export const API_TOKEN = '0123456789abcdef0123456789abcdef01234567';
export const COMPANY_DOMAIN = 'acme';

export interface PipedriveServer {
  readonly apiBase: string;
  readonly portal: Portal;
  /** Paths with their queries, as asked. */
  readonly asked: string[];
  /** Tokens that are left of the day's. */
  tokens: number;
  moveDeal(id: number, stageId: number): void;
  win(id: number): void;
  reopen(id: number): void;
  change(kind: 'organizations' | 'persons' | 'deals' | 'activities', id: number, change: Record<string, unknown>): void;
  archive(id: number): void;
  deleteDeal(id: number): void;
  /** Gone from every list, as a deleted organization is. */
  vanish(kind: 'organizations' | 'persons' | 'deals', id: number): void;
  takeOff(dealId: number): void;
  close(): Promise<void>;
}

const TOKENS_A_DAY = 30_000;
/** Tokens by kind of request: https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting */
const COST = { second: 10, first: 20 };

export async function startPipedrive(now: Instant): Promise<PipedriveServer> {
  const portal = pipedrivePortal(now);
  const asked: string[] = [];
  let tokens = TOKENS_A_DAY;
  let changes = 0;
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(`${url.pathname}${url.search}`);
    const cost = url.pathname.startsWith('/api/v2/') ? COST.second : COST.first;
    const isSpent = tokens < cost;
    if (!isSpent) tokens -= cost;
    const [status, body] =
      request.headers['x-api-token'] !== API_TOKEN
        ? ([401, { success: false, error: 'unauthorized access' }] as const)
        : isSpent
          ? ([429, { success: false, error: 'request over limit' }] as const)
          : answer(portal, url);
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-ratelimit-limit': '20',
      'x-ratelimit-remaining': '19',
      'x-ratelimit-reset': '2',
      'x-daily-ratelimit-token-limit': String(TOKENS_A_DAY),
      'x-daily-ratelimit-token-remaining': String(isSpent ? 0 : tokens),
    });
    response.end(JSON.stringify(body));
  });
  const port = await listen(server, 0);
  const tick = () => addMs(now, ++changes * SECOND_MS);

  function alter(
    kind: 'organizations' | 'persons' | 'deals' | 'activities',
    id: number,
    change: Record<string, unknown>,
  ) {
    const before = portal[kind].get(id);
    if (before === undefined) throw new Error(`There is no ${kind} ${id}`);
    portal[kind].set(id, Object.assign({}, before, change, { update_time: timeOf(tick()) }));
  }

  function log(id: number, field_key: string, old_value: string, new_value: string): string {
    const at = tick();
    portal.logs.set(id, [{ field_key, old_value, new_value, time: oldTimeOf(at) }, ...(portal.logs.get(id) ?? [])]);
    return timeOf(at);
  }

  return {
    apiBase: `http://127.0.0.1:${port}`,
    portal,
    asked,
    get tokens() {
      return tokens;
    },
    set tokens(left) {
      tokens = left;
    },
    change: alter,
    moveDeal(id, stageId) {
      const at = log(id, 'stage_id', String(portal.deals.get(id)?.['stage_id']), String(stageId));
      alter('deals', id, { stage_id: stageId, stage_change_time: at });
    },
    win(id) {
      const at = log(id, 'status', String(portal.deals.get(id)?.['status']), 'won');
      alter('deals', id, { status: 'won', won_time: at, close_time: at });
    },
    reopen(id) {
      log(id, 'status', String(portal.deals.get(id)?.['status']), 'open');
      alter('deals', id, { status: 'open', won_time: null, lost_time: null, close_time: null });
    },
    archive: (id) => alter('deals', id, { is_archived: true }),
    deleteDeal: (id) => alter('deals', id, { is_deleted: true }),
    vanish: (kind, id) => void portal[kind].delete(id),
    takeOff(dealId) {
      portal.lines.delete(dealId);
      alter('deals', dealId, { products_count: 0 });
    },
    close: async () => await stop(server),
  };
}

type Answer = readonly [status: number, body: unknown];

const LARGEST_PAGE = 500;

function answer(portal: Portal, url: URL): Answer {
  const { pathname, searchParams: query } = url;
  const second = /^\/api\/v2\/([A-Za-z/]+)$/.exec(pathname)?.[1];
  if (second !== undefined) return listed(portal, second, query);
  const log = /^\/api\/v1\/deals\/(\d+)\/changelog$/.exec(pathname)?.[1];
  if (log !== undefined) return page(portal.logs.get(Number(log)) ?? [], query);
  if (pathname === '/api/v1/users') return [200, { success: true, data: portal.users }];
  if (pathname === '/api/v1/users/me') return [200, { success: true, data: ME }];
  return [404, { success: false, error: 'Unknown method .' }];
}

const ME = {
  id: 1,
  name: 'Ines Prado',
  email: 'ines@acme.example',
  active_flag: true,
  company_id: 77,
  company_name: 'Acme Lda',
  company_domain: COMPANY_DOMAIN,
  timezone_name: 'Europe/Lisbon',
  access: [{ app: 'sales', admin: true, permission_set_id: 'x' }],
};

function listed(portal: Portal, path: string, query: URLSearchParams): Answer {
  const { deals } = portal;
  switch (path) {
    case 'deals':
      return objects(
        [...deals.values()].filter(({ is_deleted, is_archived }) =>
          query.get('status') === 'deleted' ? is_deleted === true : is_deleted === false && is_archived === false,
        ),
        query,
      );
    case 'deals/archived':
      return objects(
        [...deals.values()].filter(({ is_archived, is_deleted }) => is_archived === true && is_deleted === false),
        query,
      );
    case 'deals/products': {
      const ids = new Set(query.getAll('deal_ids').flatMap((text) => text.split(',').map(Number)));
      if (ids.size === 0 || ids.size > 100) return [400, { success: false, error: 'deal_ids: 1 to 100' }];
      return page(
        [...portal.lines.values()].filter(({ deal_id }) => ids.has(deal_id)),
        query,
      );
    }
    case 'organizations':
      return objects([...portal.organizations.values()], query);
    case 'persons':
      return objects([...portal.persons.values()], query);
    case 'activities':
      return objects([...portal.activities.values()], query);
    case 'pipelines':
      return page(portal.pipelines, query);
    case 'stages':
      return page(portal.stages, query);
    case 'dealFields':
    case 'organizationFields':
    case 'personFields':
      return page(portal.fields[path], query);
    default:
      return [404, { success: false, error: 'Unknown method .' }];
  }
}

/** `ids` (at most 100), `updated_since` (inclusive), order, and what is only shown when it is asked for. */
function objects(all: readonly Thing[], query: URLSearchParams): Answer {
  const ids = query.get('ids')?.split(',').map(Number);
  if (ids !== undefined && ids.length > 100) return [400, { success: false, error: 'ids: at most 100' }];
  const since = query.get('updated_since');
  if (since !== null && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(since))
    return [400, { success: false, error: 'updated_since: not RFC 3339' }];
  const extra = new Set((query.get('include_fields') ?? '').split(','));
  const found = all
    .filter(
      ({ id, update_time }) => (ids === undefined || ids.includes(id)) && (since === null || update_time >= since),
    )
    .toSorted((a, b) =>
      query.get('sort_by') === 'update_time' ? a.update_time.localeCompare(b.update_time) || a.id - b.id : a.id - b.id,
    )
    .map((thing) =>
      Object.fromEntries(Object.entries(thing).filter(([name]) => !OPTIONAL.has(name) || extra.has(name))),
    );
  return page(found, query);
}

const OPTIONAL = new Set(['next_activity_id', 'last_activity_id', 'products_count']);

/** The cursor is opaque: here the number of what was passed. */
function page(all: readonly unknown[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 100);
  if (limit > LARGEST_PAGE) return [400, { success: false, error: 'limit: at most 500' }];
  const cursor = query.get('cursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString('base64url') : null;
  return [200, { success: true, data: all.slice(from, from + limit), additional_data: { next_cursor: next } }];
}
