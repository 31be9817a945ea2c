/** HubSpot in both directions: what the source asks, and what the demo's server answers, fit the official client's types. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { syncSource } from '../../src/main/engine/sync/index.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { connectHubSpot } from '../support/crm.ts';
import { testCompany } from '../support/synced-company.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(JSON.parse(readFileSync(new URL('./schemas/hubspot.json', import.meta.url), 'utf8')), 'hubspot');

function violations(definition: string, value: unknown): string[] {
  const validate = ajv.getSchema(`hubspot#/$defs/${definition}`);
  if (!validate) throw new Error(`The contract has no ${definition}`);
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${definition}${instancePath} ${message}`);
}

interface Exchange {
  readonly request: HttpRequest;
  readonly answer: unknown;
}

/** A first sync, something of every kind happening, a second sync, and a listing of everything again. */
async function exchanges(): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  const company = await testCompany({
    http: async (request) => {
      const response = await systemHttp(request);
      seen.push({ request, answer: JSON.parse(new TextDecoder().decode(response.body)) });
      return response;
    },
  });
  const sourceId = await connectHubSpot(company);
  await syncSource(company.deps, sourceId);
  const { hubspot } = company.servers.control;
  const [first, second, third] = [...hubspot.crm().objects.deals.keys()];
  hubspot.moveDeal(first ?? '', 'closedlost');
  hubspot.archive('deals', second ?? '');
  company.skipAhead(HOUR_MS);
  await syncSource(company.deps, sourceId);
  hubspot.vanish('deals', third ?? '');
  await syncSource(company.deps, sourceId, { full: true });
  return seen;
}

const REQUESTS: readonly (readonly [RegExp, string])[] = [
  [/^POST \/crm\/v3\/objects\/[a-z_]+\/search$/, 'PublicObjectSearchRequest'],
  [/^POST \/crm\/v3\/objects\/[a-z_]+\/batch\/read$/, 'BatchReadInputSimplePublicObjectId'],
];

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/crm\/v3\/objects\/[a-z_]+$/, 'CollectionResponseSimplePublicObjectWithAssociationsForwardPaging'],
  [/^POST \/crm\/v3\/objects\/[a-z_]+\/search$/, 'CollectionResponseWithTotalSimplePublicObjectForwardPaging'],
  [/^POST \/crm\/v3\/objects\/[a-z_]+\/batch\/read$/, 'BatchResponseSimplePublicObject'],
  [/^GET \/crm\/v3\/owners\/?$/, 'CollectionResponsePublicOwnerForwardPaging'],
  [/^GET \/crm\/v3\/pipelines\/deals$/, 'CollectionResponsePipelineNoPaging'],
];

it('asks and is answered in the shapes of the official client', { timeout: 180_000 }, async () => {
  const offences = new Set<string>();
  const met = new Set<string>();
  for (const { request, answer } of await exchanges()) {
    const line = `${request.method} ${new URL(request.url).pathname}`;
    for (const [route, definition] of REQUESTS)
      if (route.test(line))
        for (const one of violations(definition, JSON.parse(String(request.body)))) offences.add(one);
    for (const [route, definition] of ANSWERS)
      if (route.test(line)) {
        met.add(definition);
        for (const one of violations(definition, answer)) offences.add(one.replaceAll(/\/\d+/g, '/n'));
      }
  }
  expect([...offences]).toEqual([]);
  expect(met.size).toBe(ANSWERS.length);
});

it('refuses a shape that is not in the contract', () => {
  expect(violations('PublicOwner', { id: 7 })).not.toEqual([]);
});
