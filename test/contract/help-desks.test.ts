/** Intercom and Zendesk in both directions: what the sources ask, and what the demo's servers answer, fit the vendors' shapes. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { syncSource } from '../../src/main/engine/sync/index.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { connectIntercom, connectZendesk } from '../support/desks.ts';
import { testCompany } from '../support/synced-company.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
for (const vendor of ['intercom', 'zendesk'])
  ajv.addSchema(JSON.parse(readFileSync(new URL(`./schemas/${vendor}.json`, import.meta.url), 'utf8')), vendor);

function violations(vendor: string, definition: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${vendor}#/$defs/${definition}`);
  if (!validate) throw new Error(`The contract has no ${definition}`);
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${definition}${instancePath} ${message}`);
}

interface Exchange {
  readonly request: HttpRequest;
  readonly answer: unknown;
}

const CONNECT = { intercom: connectIntercom, zendesk: connectZendesk } as const;

/** A check, a first sync, things happening, a second sync, and a listing of everything again with one request gone. */
async function exchanges(vendor: keyof typeof CONNECT): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  const company = await testCompany({
    scale: 0.1,
    http: async (request) => {
      const response = await systemHttp(request);
      seen.push({ request, answer: JSON.parse(new TextDecoder().decode(response.body)) });
      return response;
    },
  });
  const sourceId = await CONNECT[vendor](company);
  await syncSource(company.deps, sourceId);
  const { cases } = company.servers.control.desks;
  const [first, second, third] = cases.cases();
  cases.solve(first?.key ?? '');
  company.skipAhead(HOUR_MS);
  await syncSource(company.deps, sourceId);
  cases.erase(second?.key ?? '');
  cases.vanish(third?.key ?? '');
  await syncSource(company.deps, sourceId, { full: true });
  return seen.filter(({ request }) => request.url.startsWith(company.servers[vendor].apiBase));
}

type Route = readonly [pattern: RegExp, definition: string];

const BODIES: Readonly<Record<string, readonly Route[]>> = {
  intercom: [[/^POST \/(conversations|tickets|contacts)\/search$/, 'SearchRequest']],
  zendesk: [],
};
const QUERIES: Readonly<Record<string, readonly Route[]>> = {
  intercom: [],
  zendesk: [
    [/^GET \/api\/v2\/incremental\/tickets\/cursor\.json$/, 'ExportQuery'],
    [/^GET \/api\/v2\/tickets\/show_many\.json$/, 'ShowManyQuery'],
  ],
};
const ANSWERS: Readonly<Record<string, readonly Route[]>> = {
  intercom: [
    [/^POST \/conversations\/search$/, 'ConversationList'],
    [/^POST \/tickets\/search$/, 'TicketList'],
    [/^POST \/contacts\/search$/, 'ContactList'],
    [/^GET \/me$/, 'AdminWithApp'],
  ],
  zendesk: [
    [/^GET \/api\/v2\/incremental\/tickets\/cursor\.json$/, 'CursorBasedExportIncrementalTicketsResponse'],
    [/^GET \/api\/v2\/users\/me\.json$/, 'CurrentUserResponse'],
  ],
};

describe.each(['intercom', 'zendesk'] as const)('%s', (vendor) => {
  it('asks and is answered in the vendor’s shapes', { timeout: 180_000 }, async () => {
    const offences = new Set<string>();
    const met = new Set<string>();
    for (const { request, answer } of await exchanges(vendor)) {
      const { pathname, searchParams } = new URL(request.url);
      const line = `${request.method} ${pathname}`;
      const hold = (routes: readonly Route[] = [], value: () => unknown) => {
        for (const [route, definition] of routes)
          if (route.test(line)) {
            met.add(definition);
            for (const one of violations(vendor, definition, value())) offences.add(one.replaceAll(/\/\d+/g, '/n'));
          }
      };
      hold(BODIES[vendor], () => JSON.parse(String(request.body)));
      hold(QUERIES[vendor], () => Object.fromEntries(searchParams));
      hold(ANSWERS[vendor], () => answer);
    }
    expect([...offences]).toEqual([]);
    const all = [BODIES, QUERIES, ANSWERS].flatMap((routes) => routes[vendor] ?? []);
    expect([...met].toSorted()).toEqual(all.map(([, definition]) => definition).toSorted());
  });
});

it('refuses shapes that are not in the contract', () => {
  expect(violations('intercom', 'ConversationList', { conversations: [{ id: 7 }], total_count: 1 })).not.toEqual([]);
  expect(violations('intercom', 'SearchRequest', { query: { field: 'x' }, sort: {} })).not.toEqual([]);
  expect(violations('zendesk', 'ExportQuery', { per_page: '1001' })).not.toEqual([]);
});
