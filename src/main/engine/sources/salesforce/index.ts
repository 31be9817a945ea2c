/**
 * Salesforce as a source.
 * Answers: which accounts, contacts and opportunities are in an organisation, and what changed?
 * Never: writes to Salesforce, keeps long texts, files or encrypted fields, or
 * decides which customer an account is.
 */
import type { z } from 'zod';
import { defineSource, type ObjectType } from '../kit/index.ts';
import { activitiesStream } from './activities.ts';
import { hostsOf, isLocal } from './address.ts';
import { budgetOf } from './budget.ts';
import { checkAccess } from './check.ts';
import { salesforceClient } from './client.ts';
import { ConfigSchema, furtherOf, SecretsSchema, type Further } from './config.ts';
import { dealSpec, valueOf } from './deals.ts';
import { objectStream, type Asking, type ObjectStreamSpec } from './object-stream.ts';
import { ACCOUNT_FIELDS, accountType } from './objects/account.ts';
import { CONTACT_FIELDS, contactType } from './objects/contact.ts';
import { LINE_FIELDS, lineType, opportunityType } from './objects/opportunity.ts';
import { SYSTEM_FIELDS } from './objects/values.ts';
import { organisation } from './organisation.ts';
import { planOf } from './plan.ts';
import type { FlatRecord } from './records.ts';
import { SCOPES } from './scopes.ts';
import { beginSignIn } from './sign-in.ts';
import { fieldsStream, ownersStream, pipelinesStream, territoriesStream } from './snapshots.ts';
import { stageHistorySpec } from './stage-history.ts';

const CONCURRENCY = 5;
const REQUESTS_PER_SECOND = 20;

export const salesforceSource = defineSource({
  id: 'salesforce',
  family: 'crm',
  title: 'Salesforce',
  description:
    'Accounts, contacts, opportunities with their stages and products, and owners, read by signing in to an app of your own organisation. Salesforce has no read-only scope: sign in as a user who may only read.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: SCOPES.map(({ id, title, why, required }) => ({ id, title, why, required })),
  /** Salesforce limits what runs at once and what is asked in a day, not the pace: https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm */
  limits: ({ apiBase }) => {
    const perSecond = isLocal(apiBase) ? 10_000 : REQUESTS_PER_SECOND;
    return {
      requestsPerSecond: perSecond,
      perEndpointPerSecond: perSecond,
      concurrency: CONCURRENCY,
      attempts: 8,
      endpointOf: (url) => url.pathname,
      budgetOf,
    };
  },
  hosts: ({ apiBase }) => hostsOf(apiBase),
  signIn: {
    fields: ['apiBase', 'clientId', 'redirectUri'],
    redirectUri: ({ redirectUri }) => redirectUri,
    begin: async (config, { clientSecret = '' }, request) => await beginSignIn(config, clientSecret, request),
  },
  open(config, _secrets, { http, clock, secrets }) {
    const client = salesforceClient({ address: config.apiBase, clientId: config.clientId, http, secrets });
    const org = organisation(client, config.currency === '' ? null : config.currency);
    const asking: Asking = { client, org, now: () => clock.now() };
    const further = furtherOf(config);
    const deals = dealSpec(
      opportunityType(further.Opportunity, fieldOrNull(config.lossReasonField)),
      further.Opportunity,
      asking,
    );
    const specs = [...objectSpecs(config, further, asking), deals, lineSpec(asking), stageHistorySpec(asking)];
    return {
      streams: [
        ownersStream(asking),
        pipelinesStream(asking),
        territoriesStream(asking),
        fieldsStream(further, asking),
        ...specs.map((spec) => objectStream(spec, asking)),
        activitiesStream(deals, asking),
      ],
      check: async () => await checkAccess(org, further),
      plan: async (cursors, now) => await planOf(specs, cursors, now),
    };
  },
});

function fieldOrNull(name: string): string | null {
  return name === '' ? null : name;
}

/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/: an answer holds 2,000 records at the most. */
const PAGE_SIZE = 2_000;

function objectSpecs(config: z.output<typeof ConfigSchema>, further: Further, asking: Asking): ObjectStreamSpec[] {
  return [
    plainSpec(
      'accounts',
      'Accounts',
      'Account',
      accountType(fieldOrNull(config.customerIdField), further.Account),
      asking,
      [...ACCOUNT_FIELDS, ...further.Account],
    ),
    plainSpec('contacts', 'Contacts', 'Contact', contactType(further.Contact), asking, [
      ...CONTACT_FIELDS,
      ...further.Contact,
    ]),
  ];
}

function lineSpec(asking: Asking): ObjectStreamSpec {
  return plainSpec('line_items', 'Products on opportunities', 'OpportunityLineItem', lineType, asking, LINE_FIELDS);
}

function plainSpec(
  id: string,
  title: string,
  object: string,
  type: ObjectType,
  { org }: Asking,
  named: readonly string[],
): ObjectStreamSpec {
  return {
    id,
    title,
    scope: object,
    phase: 2,
    object,
    type,
    pageSize: PAGE_SIZE,
    fields: async () => await org.selectable(object, [...SYSTEM_FIELDS, ...named]),
    changes: async () => ({ object, timeField: 'SystemModstamp', idField: 'Id', where: [] }),
    values: async (records: readonly FlatRecord[]) => {
      const facts = await org.facts();
      return records.map((record) => valueOf(record, facts));
    },
    logsDeletions: true,
  };
}
