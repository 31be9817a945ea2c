/** Salesforce in both directions: what the source asks, and what the local server answers, fit jsforce's types and standard objects. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import type { HttpRequest } from '../../src/main/engine/runtime/ports.ts';
import { HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { connectedSalesforce } from '../support/salesforce/connected.ts';
import { fieldsNamed, parseSoql } from '../support/salesforce/soql.ts';

const schema = JSON.parse(readFileSync(new URL('./schemas/salesforce.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(schema, 'salesforce');

function violations(definition: string, value: unknown): string[] {
  const validate = ajv.getSchema(`salesforce#/$defs/${definition}`);
  if (!validate) throw new Error(`The contract has no ${definition}`);
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${definition}${instancePath} ${message}`);
}

interface Exchange {
  readonly request: HttpRequest;
  readonly answer: unknown;
}

/** A first sync, something of every kind happening, a second sync with an expired token, and everything listed again. */
async function exchanges(): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  const { org, server, sync } = await connectedSalesforce({
    batchSize: 3,
    config: { lossReasonField: 'Loss_Reason__c', opportunityFields: 'LeadSource' },
    http: async (request) => {
      const response = await systemHttp(request);
      const text = new TextDecoder().decode(response.body);
      if (response.status < 400) seen.push({ request, answer: text.startsWith('<') ? text : JSON.parse(text) });
      return response;
    },
  });
  await sync();
  org.pass(HOUR_MS);
  const [first = '', second = ''] = org.rows('Opportunity').map(({ Id }) => Id);
  org.moveTo(first, 'Closed Lost');
  org.purge('Opportunity', second);
  org.pass();
  server.oauth.expire();
  await sync();
  await sync({ full: true });
  return seen;
}

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/services\/data\/v[\d.]+\/query(All)?(\/01g\S+)?$/, 'QueryResult'],
  [/^GET \/services\/data\/v[\d.]+\/sobjects$/, 'DescribeGlobalResult'],
  [/^GET \/services\/data\/v[\d.]+\/sobjects\/\w+\/describe$/, 'DescribeSObjectResult'],
  [/^GET \/services\/data\/v[\d.]+\/sobjects\/\w+\/deleted$/, 'DeletedResult'],
  [/^POST \/services\/oauth2\/token$/, 'TokenResponse'],
];

const RELATED: Readonly<Record<string, string>> = {
  'Product2.Name': 'Product2Id',
  'UserRole.Name': 'UserRoleId',
  'What.Type': 'WhatId',
};

/** Fields of a query that the standard object does not have: the organisation's own ones aside. */
function strangeFields(soql: string): string[] {
  const query = parseSoql(soql, '2026-11-20');
  const known = schema.$defs[`SObject${query.from}`]?.properties ?? {};
  return fieldsNamed(query)
    .filter((field) => !field.endsWith('__c') && !((RELATED[field] ?? field) in known))
    .map((field) => `${query.from}.${field}`);
}

it('asks and is answered in the shapes of jsforce and of the standard objects', async () => {
  const offences = new Set<string>();
  const met = new Set<string>();
  for (const { request, answer } of await exchanges()) {
    const url = new URL(request.url);
    const line = `${request.method} ${url.pathname}`;
    const soql = url.searchParams.get('q');
    if (soql !== null) for (const one of strangeFields(soql)) offences.add(`asked: ${one}`);
    if (line.endsWith('/oauth2/token'))
      for (const one of violations('TokenRequest', Object.fromEntries(new URLSearchParams(String(request.body)))))
        offences.add(one);
    for (const [route, definition] of ANSWERS)
      if (route.test(line)) {
        met.add(definition);
        for (const one of violations(definition, answer)) offences.add(one.replaceAll(/\/\d+/g, '/n'));
        for (const one of recordViolations(answer)) offences.add(one);
      }
  }
  expect([...offences]).toEqual([]);
  expect(met.size).toBe(ANSWERS.length);
});

function recordViolations(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('records' in answer) || !Array.isArray(answer.records))
    return [];
  return answer.records.flatMap((record: { attributes: { type: string } }) =>
    violations(`SObject${record.attributes.type}`, record),
  );
}

it('asks the older API for the user in an envelope, with the token that is in force', async () => {
  const soap = (await exchanges()).filter(({ request }) => request.url.endsWith('/services/Soap/u/68.0'));
  expect(soap.length).toBeGreaterThan(0);
  for (const { request, answer } of soap) {
    expect(String(request.body)).toMatch(/<SessionHeader\b[^>]*><sessionId>00D!access\.\d+<\/sessionId>/);
    expect(String(request.body)).toMatch(/<getUserInfo\b/);
    expect(request.headers['Authorization']).toBeUndefined();
    expect(String(answer)).toContain('<orgDefaultCurrencyIsoCode>');
  }
});

it('refuses a shape that is not in the contract', () => {
  expect(violations('DeletedResult', { deletedRecords: [{ id: 7 }] })).not.toEqual([]);
  expect(violations('TokenRequest', { grant_type: 'password', username: 'ada' })).not.toEqual([]);
  expect(strangeFields('SELECT Id, Nmae FROM Account')).toEqual(['Account.Nmae']);
  expect(() => strangeFields('SELECT Id FROM Account USING SCOPE mine')).toThrow('unexpected token');
});
