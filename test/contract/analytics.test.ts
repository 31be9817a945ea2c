/**
 * Product analytics in both directions. Mixpanel is held to its own OpenAPI; PostHog and Amplitude publish none, so
 * that what they document is written down here as schemas: https://posthog.com/docs/api/queries and
 * https://amplitude.com/docs/apis/analytics/export.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { Http, HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { syncSource, type SyncDeps } from '../../src/main/engine/sync/index.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { connectPostHog } from '../support/analytics.ts';
import { TEST_EVENTS } from '../support/analytics-fixtures.ts';
import {
  AMPLITUDE_KEYS,
  SERVICE_ACCOUNT,
  SERVICE_SECRET,
  startAmplitude,
  startMixpanel,
  testEvents,
} from '../support/analytics-servers.ts';
import { exportCompany, type ExportCompany } from '../support/export-company.ts';
import { NOW, testCompany } from '../support/synced-company.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true });
formats.default(ajv);

interface Exchange {
  readonly request: HttpRequest;
  readonly status: number;
  readonly body: Uint8Array;
}

/** Notes what is asked and answered; what would be taken piece by piece is handed on whole. */
function listening(seen: Exchange[]): Http {
  return async (request) => {
    const { receive, ...whole } = request;
    const response = await systemHttp(whole);
    seen.push({ request, status: response.status, body: response.body });
    if (receive === undefined || response.status >= 400) return response;
    receive()(response.body);
    return { ...response, body: new Uint8Array() };
  };
}

async function listened(company: ExportCompany): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  company.http = listening(seen);
  await company.sync();
  company.skipAhead(30 * HOUR_MS);
  await company.sync({ full: true });
  return seen;
}

const ParameterSchema = z.object({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()),
});
const OpenApiSchema = z.object({
  paths: z.object({ '/export': z.object({ get: z.object({ parameters: z.array(ParameterSchema) }) }) }),
  components: z.object({ securitySchemes: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

it('asks Mixpanel for nothing but what its OpenAPI has', async () => {
  const contract = OpenApiSchema.parse(
    JSON.parse(readFileSync(new URL('./schemas/mixpanel.json', import.meta.url), 'utf8')),
  );
  const parameters = contract.paths['/export'].get.parameters.filter((parameter) => parameter.in === 'query');
  const company = await exportCompany(await startMixpanel(testEvents(NOW)), 'mixpanel', {
    config: { projectId: '2195193', serviceAccount: SERVICE_ACCOUNT, ...TEST_EVENTS },
    secrets: { secret: SERVICE_SECRET },
  });
  const seen = await listened(company);
  expect(seen.length).toBeGreaterThan(4);
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  expect(required).toEqual(expect.arrayContaining(['from_date', 'to_date']));
  for (const { request } of seen) {
    const url = new URL(request.url);
    expect([request.method, url.pathname]).toEqual(['GET', '/api/2.0/export']);
    // A service account is one of the ways to sign in: basic.
    expect(contract.components.securitySchemes['ServiceAccount']).toMatchObject({ type: 'http', scheme: 'basic' });
    expect(request.headers['authorization']).toMatch(/^Basic /);
    expect([...url.searchParams.keys()]).toEqual(expect.arrayContaining([...required, 'project_id']));
    for (const [name, value] of url.searchParams) {
      const parameter = parameters.find((one) => one.name === name);
      if (!parameter) throw new Error(`Mixpanel has no parameter ${name}`);
      const { description: _text, example: _example, ...schema } = parameter.schema;
      expect(ajv.validate({ type: 'object', properties: { value: schema } }, { value }), name).toBe(true);
    }
    expect(url.searchParams.get('from_date')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

/** https://posthog.com/docs/api/queries: the body of a query, and its answer. */
const PostHogRequestSchema = z.strictObject({
  query: z.strictObject({ kind: z.literal('HogQLQuery'), query: z.string().min(1) }),
  refresh: z.enum([
    'blocking',
    'async',
    'force_blocking',
    'force_async',
    'lazy_async',
    'force_cache',
    'async_except_on_cache_miss',
  ]),
});
const PostHogAnswerSchema = z.object({
  results: z.array(z.array(z.unknown())),
  columns: z.array(z.string()),
  hasMore: z.boolean(),
});

it('asks PostHog with queries alone, each bounded, and reads rows in the order of their columns', async () => {
  const company = await testCompany();
  const seen: Exchange[] = [];
  const deps: SyncDeps = { ...company.deps, http: listening(seen) };
  const sourceId = await connectPostHog({ ...company, deps });
  await syncSource(deps, sourceId);
  company.skipAhead(HOUR_MS);
  await syncSource(deps, sourceId);
  const queries = seen.map(({ request, body }) => {
    expect(request.method).toBe('POST');
    expect(new URL(request.url).pathname).toMatch(/^\/api\/projects\/\d+\/query\/$/);
    expect(request.headers['authorization']).toMatch(/^Bearer phx_/);
    const answer = PostHogAnswerSchema.parse(JSON.parse(new TextDecoder().decode(body)));
    for (const row of answer.results) expect(row).toHaveLength(answer.columns.length);
    return PostHogRequestSchema.parse(JSON.parse(String(request.body))).query.query;
  });
  // Without a limit an answer ends after a hundred rows; more than fifty thousand are not to be had.
  for (const query of queries)
    if (/GROUP BY/.test(query)) expect(Number(/LIMIT (\d+)$/.exec(query)?.[1])).toBeLessThanOrEqual(50_000);
  // No question asks for single events.
  expect(queries.filter((query) => !/GROUP BY|count\(\)|^SELECT 1$/.test(query))).toEqual([]);
});

it('is refused by the demo’s PostHog for a question that it does not understand', async () => {
  const { servers } = await testCompany();
  const { apiBase, projectId, personalApiKey } = servers.posthog;
  const response = await systemHttp({
    method: 'POST',
    url: `${apiBase}/api/projects/${projectId}/query/`,
    headers: { authorization: `Bearer ${personalApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: { kind: 'HogQLQuery', query: 'SELECT event FROM events' } }),
  });
  expect(response.status).toBe(400);
});

it('asks Amplitude for spans of hours of at most a year, as its documentation writes them', async () => {
  const company = await exportCompany(await startAmplitude(testEvents(NOW)), 'amplitude', {
    config: TEST_EVENTS,
    secrets: AMPLITUDE_KEYS,
  });
  const seen = await listened(company);
  for (const { request, status, body } of seen) {
    const url = new URL(request.url);
    expect([request.method, url.pathname]).toEqual(['GET', '/api/2/export']);
    expect([...url.searchParams.keys()]).toEqual(['start', 'end']);
    const [start = '', end = ''] = [...url.searchParams.values()];
    expect(start).toMatch(/^\d{8}T([01]\d|2[0-3])$/);
    expect(end).toMatch(/^\d{8}T([01]\d|2[0-3])$/);
    expect(start <= end).toBe(true);
    // A zip archive, or 404 where there is nothing.
    if (status === 200) expect([...body.subarray(0, 2)]).toEqual([0x50, 0x4b]);
    else expect(status).toBe(404);
  }
});
