/**
 * Salesforce as a source.
 * Answers: which accounts, contacts and opportunities are in an organisation, and what changed?
 * Never: writes to Salesforce, keeps long texts, files or encrypted fields, or
 * decides which customer an account is.
 */
import { z } from 'zod';
import { isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { defineSource, gapOf, type Json } from '../kit/index.ts';
import { activitiesStream } from './activities.ts';
import { hostsOf, isLocal, LoginAddress } from './address.ts';
import { budgetOf } from './budget.ts';
import { checkAccess } from './check.ts';
import { salesforceClient } from './client.ts';
import { dealSpec, valueOf } from './deals.ts';
import { objectStream, wantedText, type Asking, type ObjectStreamSpec } from './object-stream.ts';
import { ACCOUNT_FIELDS, accountType } from './objects/account.ts';
import { CONTACT_FIELDS, contactType } from './objects/contact.ts';
import { LINE_FIELDS, lineType, opportunityType } from './objects/opportunity.ts';
import { SYSTEM_FIELDS } from './objects/values.ts';
import type { ObjectType } from '../kit/index.ts';
import { organisation } from './organisation.ts';
import type { FlatRecord } from './records.ts';
import { SCOPES } from './scopes.ts';
import { beginSignIn } from './sign-in.ts';
import { fieldsStream, ownersStream, pipelinesStream, territoriesStream } from './snapshots.ts';
import { isFieldName } from './soql.ts';
import { stageHistorySpec } from './stage-history.ts';
import { walkStateOf } from './walk.ts';

const FIELD_LIST = /^$|^[A-Za-z]\w{0,79}(\s*,\s*[A-Za-z]\w{0,79}){0,49}$/;
const FieldNames = z.string().trim().regex(FIELD_LIST, 'is not a list of API names, divided by commas').default('');
const FieldName = z
  .string()
  .trim()
  .refine((name) => name === '' || isFieldName(name), 'is not the API name of a field')
  .default('');

const ConfigSchema = z.object({
  apiBase: LoginAddress.prefault('production').meta({
    label: 'Login address',
    help: 'Left empty: production. “sandbox”, or the organisation’s own address (My Domain). An access token alone needs the latter.',
    placeholder: 'https://kestrel.my.salesforce.com',
  }),
  clientId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{0,300}$/, 'is not a consumer key')
    .default('')
    .meta({
      label: 'Consumer key of the app',
      help: 'Salesforce → Setup → External Client App Manager → New External Client App → Enable OAuth, with the callback address below, the scopes api and refresh_token, and PKCE required. Under Settings: Consumer Key.',
      placeholder: '3MVG9…',
    }),
  redirectUri: z
    .string()
    .trim()
    .regex(
      /^http:\/\/(localhost|127\.0\.0\.1):\d{1,5}\/[\w/-]*$/,
      'is not an address of this machine, such as http://localhost:17170/salesforce',
    )
    .default('http://localhost:17170/salesforce')
    .meta({
      label: 'Callback address',
      help: 'As the app has it, to the letter: Salesforce sends the browser back to it after signing in. Port 0 takes any free port, where the login address allows it.',
      placeholder: 'http://localhost:17170/salesforce',
    }),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => code === '' || isCurrencyCode(code), 'is not a currency known to Vario (ISO 4217)')
    .default('')
    .meta({
      label: 'Currency of the organisation',
      help: 'Only where Salesforce does not tell it, and opportunities name none.',
      placeholder: 'EUR',
    }),
  customerIdField: FieldName.meta({
    label: 'Field with the Stripe customer',
    help: 'The API name of the account field in which the id of the Stripe customer is kept, if there is one. It links accounts to customers without guessing.',
    placeholder: 'Stripe_Customer__c',
  }),
  lossReasonField: FieldName.meta({
    label: 'Field with the reason of a loss',
    help: 'The API name of the opportunity field, if there is one.',
    placeholder: 'Loss_Reason__c',
  }),
  accountFields: FieldNames.meta({
    label: 'Further account fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Type, AnnualRevenue',
  }),
  contactFields: FieldNames.meta({
    label: 'Further contact fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Department',
  }),
  opportunityFields: FieldNames.meta({
    label: 'Further opportunity fields',
    help: 'API names of standard fields, divided by commas. Custom fields come by themselves.',
    placeholder: 'Type, LeadSource',
  }),
});
type Config = z.output<typeof ConfigSchema>;

const Secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{0,10000}$/, 'holds characters that no token has')
  .default('');

/** Signing in fills these; pasted they connect a machine without a browser. */
const SecretsSchema = z.object({
  refreshToken: Secret.meta({
    label: 'Refresh token',
    help: 'Left empty when signing in. For machines without a browser: a refresh token of the app, as an OAuth tool gives it.',
    placeholder: '5Aep861…',
  }),
  accessToken: Secret.meta({
    label: 'Access token',
    help: 'Left empty when signing in. For a short look: an access token of the organisation; it ends after some hours.',
    placeholder: '00D…!AQ…',
  }),
  clientSecret: Secret.meta({
    label: 'Consumer secret of the app',
    help: 'Only where the app requires its secret as well.',
  }),
});

/** What became visible to the user is found by no change: from time to time everything is listed again. */
const RELIST_DAYS = 30;
/** Salesforce knows of deletions for 15 days. */
const DELETIONS_DAYS = 14;

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

type Further = Readonly<Record<'Account' | 'Contact' | 'Opportunity', readonly string[]>>;

function furtherOf(config: Config): Further {
  return {
    Account: namesOf(config.accountFields, config.customerIdField),
    Contact: namesOf(config.contactFields),
    Opportunity: namesOf(config.opportunityFields, config.lossReasonField),
  };
}

function namesOf(...lists: readonly string[]): string[] {
  return [...new Set(lists.flatMap((list) => list.split(',')).map((name) => name.trim()))].filter(
    (name) => name !== '',
  );
}

function fieldOrNull(name: string): string | null {
  return name === '' ? null : name;
}

/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/: an answer holds 2,000 records at the most. */
const PAGE_SIZE = 2_000;

function objectSpecs(config: Config, further: Further, asking: Asking): ObjectStreamSpec[] {
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

async function planOf(
  specs: readonly ObjectStreamSpec[],
  cursors: ReadonlyMap<string, Json>,
  now: Instant,
): Promise<{ relist: boolean; notes: string[] }> {
  const states = specs.flatMap((spec) => {
    const state = walkStateOf(cursors.get(spec.id) ?? null);
    return state === null ? [] : [{ spec, state }];
  });
  for (const { spec, state } of states)
    if (((await wantedOrNull(spec)) ?? state.wanted) !== state.wanted)
      return { relist: true, notes: [`${spec.title} have other fields than before: everything is listed again.`] };
  const daysSince = (ms: number): number => Math.floor((now - ms) / DAY_MS);
  const missed = states.filter(({ spec }) => spec.logsDeletions);
  if (missed.some(({ state }) => state.lostDeletions || daysSince(state.deletedThroughMs) >= DELETIONS_DAYS))
    return {
      relist: true,
      notes: ['Salesforce no longer tells all that was deleted since the last sync: everything is listed again.'],
    };
  const days = Math.max(0, ...states.map(({ state }) => daysSince(state.listedAt ?? now)));
  if (days >= RELIST_DAYS)
    return {
      relist: true,
      notes: [`The last full listing was ${days} days ago: everything is listed again, to see what became visible.`],
    };
  return { relist: false, notes: [] };
}

/** A hidden object is no reason to list the others again: its stream says that it is hidden. */
async function wantedOrNull(spec: ObjectStreamSpec): Promise<string | null> {
  try {
    return await wantedText(spec);
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return null;
  }
}
