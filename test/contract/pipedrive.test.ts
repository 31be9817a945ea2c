/**
 * Pipedrive in both directions. What the test server answers fits the official client's types and, since those accept
 * an empty object, the fields that the documentation promises; what the source asks is what the documentation allows.
 * https://developers.pipedrive.com/docs/api/v1
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { connectedPipedrive } from '../support/pipedrive/connected.ts';
import { API_TOKEN } from '../support/pipedrive/server.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(JSON.parse(readFileSync(new URL('./schemas/pipedrive.json', import.meta.url), 'utf8')), 'pipedrive');

/** Fields that the documentation shows in every object of a list; the typings make all of them optional. */
const PROMISED: Readonly<Record<string, readonly string[]>> = {
  GetDealsResponse: [
    'id',
    'title',
    'owner_id',
    'pipeline_id',
    'stage_id',
    'value',
    'currency',
    'add_time',
    'update_time',
    'stage_change_time',
    'is_deleted',
    'is_archived',
    'status',
    'won_time',
    'lost_time',
    'lost_reason',
    'expected_close_date',
    'custom_fields',
  ],
  GetOrganizationsResponse: ['id', 'name', 'owner_id', 'add_time', 'update_time', 'is_deleted', 'custom_fields'],
  GetPersonsResponse: ['id', 'name', 'owner_id', 'org_id', 'add_time', 'update_time', 'emails', 'is_deleted'],
  GetActivitiesResponse: ['id', 'type', 'owner_id', 'deal_id', 'due_date', 'due_time', 'done', 'update_time'],
  GetPipelinesResponse: ['id', 'name', 'order_nr', 'is_deleted', 'is_deal_probability_enabled'],
  GetStagesResponse: ['id', 'name', 'order_nr', 'is_deleted', 'deal_probability', 'pipeline_id'],
  GetDealsProductsResponse: ['id', 'deal_id', 'product_id', 'name', 'quantity', 'sum', 'currency', 'is_enabled'],
};

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/v2\/deals(\/archived)?$/, 'GetDealsResponse'],
  [/^\/api\/v2\/organizations$/, 'GetOrganizationsResponse'],
  [/^\/api\/v2\/persons$/, 'GetPersonsResponse'],
  [/^\/api\/v2\/activities$/, 'GetActivitiesResponse'],
  [/^\/api\/v2\/pipelines$/, 'GetPipelinesResponse'],
  [/^\/api\/v2\/stages$/, 'GetStagesResponse'],
  [/^\/api\/v2\/deals\/products$/, 'GetDealsProductsResponse'],
];

/** Every parameter with what it may be, by address; another parameter or another value is an offence. */
const WHOLE = /^(?:[1-9]\d{0,2})$/;
const PAGED = { limit: WHOLE, cursor: /^.+$/ };
const WALKED = {
  ...PAGED,
  ids: /^\d+(,\d+){0,99}$/,
  sort_by: /^(id|update_time)$/,
  sort_direction: /^asc$/,
  updated_since: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
};
const DEALS = {
  ...WALKED,
  include_fields: /^(next_activity_id|last_activity_id|products_count|,)+$/,
  status: /^deleted$/,
};
const ALLOWED: readonly (readonly [RegExp, Readonly<Record<string, RegExp>>])[] = [
  [/^\/api\/v2\/deals$/, DEALS],
  [/^\/api\/v2\/deals\/archived$/, DEALS],
  [/^\/api\/v2\/(organizations|persons|activities)$/, WALKED],
  [/^\/api\/v2\/deals\/products$/, { ...PAGED, deal_ids: /^\d+(,\d+){0,99}$/ }],
  [/^\/api\/v2\/(pipelines|stages|dealFields|organizationFields|personFields)$/, PAGED],
  [/^\/api\/v1\/deals\/\d+\/changelog$/, PAGED],
  [/^\/api\/v1\/users(\/me)?$/, {}],
];

interface Exchange {
  readonly request: HttpRequest;
  readonly answer: { readonly data: readonly Record<string, unknown>[] };
}

/** A first sync, something of every kind happening, a second sync, and a listing of everything again. */
async function exchanges(): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  const { server, sync, skipAhead } = await connectedPipedrive(async (request) => {
    const response = await systemHttp(request);
    seen.push({ request, answer: JSON.parse(new TextDecoder().decode(response.body)) });
    return response;
  });
  await sync();
  server.win(9);
  server.archive(11);
  server.deleteDeal(13);
  server.change('activities', 15, { done: true, marked_as_done_time: '2026-11-20T11:00:00Z' });
  skipAhead(HOUR_MS);
  await sync();
  server.vanish('persons', 4);
  server.vanish('deals', 21);
  await sync({ full: true });
  return seen;
}

function violations(definition: string, { data }: Exchange['answer'], whole: unknown): string[] {
  const validate = ajv.getSchema(`pipedrive#/$defs/${definition}`);
  if (!validate) throw new Error(`The contract has no ${definition}`);
  const typed =
    validate(whole) === true ? [] : (validate.errors ?? []).map((e) => `${definition}${e.instancePath} ${e.message}`);
  const missing = data.flatMap((object) =>
    (PROMISED[definition] ?? []).filter((name) => !(name in object)).map((name) => `${definition} lacks ${name}`),
  );
  return [...typed, ...missing];
}

/** After the last page the cursor is null, says the documentation; the typings know only text and none. */
function withoutEnd(answer: object): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => (key === 'next_cursor' && value === null ? undefined : value)),
  );
}

function offencesOf({ method, url, headers }: HttpRequest): string[] {
  const { pathname, searchParams } = new URL(url);
  const allowed = ALLOWED.find(([path]) => path.test(pathname))?.[1];
  if (allowed === undefined) return [`${pathname} is not in the contract`];
  return [
    ...(method === 'GET' ? [] : [`${pathname} is asked by ${method}`]),
    ...(headers['x-api-token'] === API_TOKEN ? [] : [`${pathname} is asked without the token`]),
    ...[...searchParams]
      .filter(([name, value]) => allowed[name]?.test(value) !== true || (name === 'limit' && Number(value) > 500))
      .map(([name, value]) => `${pathname}?${name}=${value}`),
  ];
}

it('asks and is answered as the contract and the documentation say', async () => {
  const offences = new Set<string>();
  const met = new Set<string>();
  for (const { request, answer } of await exchanges()) {
    for (const offence of offencesOf(request)) offences.add(offence);
    const definition = ANSWERS.find(([path]) => path.test(new URL(request.url).pathname))?.[1];
    if (definition === undefined) continue;
    met.add(definition);
    for (const one of violations(definition, answer, withoutEnd(answer))) offences.add(one.replaceAll(/\/\d+/g, '/n'));
  }
  expect([...offences]).toEqual([]);
  expect(met.size).toBe(ANSWERS.length);
});

it('refuses a shape that is not in the contract, also where the typings would take it', () => {
  const wrong = { success: true, data: [{ id: '7', title: 'Deal' }] };
  const offences = violations('GetDealsResponse', wrong, wrong);
  expect(offences.join('\n')).toMatch(/\/data\/0\/id must be number/);
  expect(offences).toContain('GetDealsResponse lacks stage_id');
  expect(
    offencesOf({ method: 'GET', url: 'http://x/api/v2/deals?limit=501', headers: { 'x-api-token': API_TOKEN } }),
  ).toEqual(['/api/v2/deals?limit=501']);
});
