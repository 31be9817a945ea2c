/** A plain HTTP client of the demo's Stripe server, for tests. */
import { z } from 'zod';
import type { DemoServers } from '../../src/main/demo/index.ts';

const jsonObject = z.record(z.string(), z.unknown());
export type JsonRecord = z.infer<typeof jsonObject>;

const page = z.object({ object: z.literal('list'), data: z.array(jsonObject), has_more: z.boolean(), url: z.string() });

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonRecord;
}

export interface DemoClient {
  get(path: string, key?: string | null): Promise<Reply>;
  page(path: string): Promise<z.infer<typeof page>>;
  /** All pages of a list, at 100 a page. */
  all(path: string): Promise<JsonRecord[]>;
}

export function createDemoClient(servers: DemoServers): DemoClient {
  async function get(path: string, key: string | null = servers.stripe.apiKey): Promise<Reply> {
    const response = await fetch(
      servers.stripe.apiBase + path,
      key === null ? {} : { headers: { authorization: `Bearer ${key}` } },
    );
    return { status: response.status, headers: response.headers, body: jsonObject.parse(await response.json()) };
  }
  async function getPage(path: string): Promise<z.infer<typeof page>> {
    const reply = await get(path);
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return page.parse(reply.body);
  }
  return {
    get,
    page: getPage,
    all: async (path) => {
      const found: JsonRecord[] = [];
      for (let after = ''; ;) {
        const next = await getPage(`${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
        found.push(...next.data);
        if (!next.has_more) return found;
        after = `&starting_after=${String(next.data.at(-1)?.['id'])}`;
      }
    },
  };
}

/** Error fields of a refused request. */
export function errorOf(reply: Reply): JsonRecord {
  return jsonObject.parse(reply.body['error']);
}
