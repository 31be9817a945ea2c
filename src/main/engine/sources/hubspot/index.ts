/**
 * HubSpot as a source.
 * Answers: which companies, contacts and deals are in a HubSpot portal, and what changed?
 * Never: writes to HubSpot, keeps a field that nobody asked for, or decides
 * which customer a company is.
 */
import { z } from 'zod';
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { defineSource, gapOf, type Json } from '../kit/index.ts';
import { dailyQuota } from './budget.ts';
import { checkToken } from './check.ts';
import { hubSpotClient, type HubSpotClient } from './client.ts';
import { ACCOUNT_PROPERTIES, accountType } from './objects/account.ts';
import { CONTACT_PROPERTIES, contactType } from './objects/contact.ts';
import { DEAL_PROPERTIES, dealLineType, dealType, LINE_PROPERTIES } from './objects/deal.ts';
import { PortalSchema, type Portal } from './objects/fields.ts';
import { objectStream, wantedText, type ObjectStreamSpec } from './object-stream.ts';
import { SCOPES } from './scopes.ts';
import { fieldsStream, ownersStream, pipelinesStream } from './snapshots.ts';
import { walkStateOf } from './walk.ts';

/** Names of fields, divided by commas. */
const FieldNames = z
  .string()
  .trim()
  .regex(
    /^$|^[a-z0-9_]{1,100}(\s*,\s*[a-z0-9_]{1,100}){0,99}$/,
    'is not a list of internal field names, divided by commas',
  )
  .default('');

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://api.hubapi.com')
    .meta({
      label: 'API address',
      help: 'Only for a proxy or a local test server.',
      placeholder: 'https://api.hubapi.com',
    }),
  customerIdProperty: z
    .string()
    .trim()
    .regex(/^[a-z0-9_]{0,100}$/, 'is not an internal field name')
    .default('')
    .meta({
      label: 'Field with the Stripe customer',
      help: 'The internal name of the company field in which the id of the Stripe customer is kept, if there is one. It links companies to customers without guessing.',
      placeholder: 'stripe_customer_id',
    }),
  companyFields: FieldNames.meta({
    label: 'Further company fields',
    help: 'Internal names, divided by commas.',
    placeholder: 'segment, region',
  }),
  contactFields: FieldNames.meta({
    label: 'Further contact fields',
    help: 'Internal names, divided by commas.',
    placeholder: 'persona',
  }),
  dealFields: FieldNames.meta({
    label: 'Further deal fields',
    help: 'Internal names, divided by commas.',
    placeholder: 'competitor, contract_months',
  }),
});

const SecretsSchema = z.object({
  accessToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{8,500}$/, 'is not a private-app token (pat-…)')
    .meta({
      label: 'Private-app access token',
      help: 'HubSpot → Settings → Integrations → Private apps → Create, with the read scopes listed here.',
      placeholder: 'pat-eu1-…',
    }),
});

/** Merged objects leave no trace among the changes: from time to time everything is listed again. */
const RELIST_DAYS = 30;

export const hubSpotSource = defineSource({
  id: 'hubspot',
  family: 'crm',
  title: 'HubSpot',
  description: 'Companies, contacts, deals with their stages, and owners, read with a private app’s token.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: SCOPES.map(({ id, title, why, required }) => ({ id, title, why, required })),
  /** https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines: 190 in 10 seconds; searches 5 a second. */
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 18,
      perEndpointPerSecond: (endpoint) => (isLocal ? 10_000 : endpoint === 'search' ? 4 : 18),
      concurrency: 8,
      attempts: 8,
      endpointOf: (url) => (url.pathname.endsWith('/search') ? 'search' : 'other'),
      budgetOf: dailyQuota,
    };
  },
  furtherFields: { account: 'companyFields', contact: 'contactFields', deal: 'dealFields' },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open(config, { accessToken }, { http, clock }) {
    const client = hubSpotClient({ apiBase: config.apiBase, accessToken, http });
    const specs = objectStreams(config);
    const portal = once(async () => await portalOf(client));
    return {
      streams: [
        ownersStream(client),
        pipelinesStream(client),
        fieldsStream(client, {
          account: namesOf(config.companyFields, ACCOUNT_PROPERTIES),
          contact: namesOf(config.contactFields, CONTACT_PROPERTIES),
          deal: namesOf(config.dealFields, DEAL_PROPERTIES),
        }),
        ...specs.map((spec) => objectStream(spec, { client, portal, now: () => clock.now() })),
      ],
      check: async () => await checkToken(client),
      plan: (cursors, now) => planOf(specs, cursors, now),
    };
  },
});

function objectStreams(config: z.output<typeof ConfigSchema>): ObjectStreamSpec[] {
  const idProperty = config.customerIdProperty === '' ? null : config.customerIdProperty;
  const companyFields = namesOf(config.companyFields, ACCOUNT_PROPERTIES);
  const contactFields = namesOf(config.contactFields, CONTACT_PROPERTIES);
  const dealFields = namesOf(config.dealFields, DEAL_PROPERTIES);
  return [
    {
      id: 'companies',
      title: 'Companies',
      kind: 'companies',
      scope: 'crm.objects.companies.read',
      type: accountType(idProperty, companyFields),
      wanted: {
        properties: [...ACCOUNT_PROPERTIES, ...(idProperty === null ? [] : [idProperty]), ...companyFields],
        history: [],
        associations: [],
      },
      modifiedProperty: 'hs_lastmodifieddate',
    },
    {
      id: 'contacts',
      title: 'Contacts',
      kind: 'contacts',
      scope: 'crm.objects.contacts.read',
      type: contactType(contactFields),
      wanted: { properties: [...CONTACT_PROPERTIES, ...contactFields], history: [], associations: [] },
      modifiedProperty: 'lastmodifieddate',
    },
    {
      id: 'deals',
      title: 'Deals',
      kind: 'deals',
      scope: 'crm.objects.deals.read',
      type: dealType(dealFields),
      wanted: {
        properties: [...DEAL_PROPERTIES, ...dealFields],
        history: ['dealstage'],
        associations: ['companies', 'contacts'],
      },
      modifiedProperty: 'hs_lastmodifieddate',
    },
    {
      id: 'line_items',
      title: 'Line items',
      kind: 'line_items',
      scope: 'crm.objects.line_items.read',
      type: dealLineType,
      wanted: { properties: [...LINE_PROPERTIES], history: [], associations: ['deals'] },
      modifiedProperty: 'hs_lastmodifieddate',
    },
  ];
}

/** What is read anyway has a column of its own and is not asked for twice. */
function namesOf(list: string, known: readonly string[]): string[] {
  return [...new Set(list.split(',').map((name) => name.trim()))].filter(
    (name) => name !== '' && !known.includes(name),
  );
}

function planOf(
  specs: readonly ObjectStreamSpec[],
  cursors: ReadonlyMap<string, Json>,
  now: Instant,
): { relist: boolean; notes: string[] } {
  const states = specs.flatMap((spec) => {
    const state = walkStateOf(cursors.get(spec.id) ?? null);
    return state === null ? [] : [{ spec, state }];
  });
  if (states.some(({ spec, state }) => state.wanted !== wantedText(spec.wanted)))
    return { relist: true, notes: ['Other fields are asked for than before: everything is listed again.'] };
  const days = Math.max(0, ...states.map(({ state }) => Math.floor((now - (state.listedAt ?? now)) / DAY_MS)));
  if (days >= RELIST_DAYS)
    return {
      relist: true,
      notes: [`The last full listing was ${days} days ago: everything is listed again, to see what was merged.`],
    };
  return { relist: false, notes: [] };
}

const AccountSchema = z.object({
  companyCurrency: z.string().nullish(),
  timeZone: z.string().nullish(),
});

/** Without leave to see the portal's settings, amounts count only where the deal names its currency, and days are UTC. */
async function portalOf(client: HubSpotClient): Promise<Portal> {
  try {
    const account = AccountSchema.safeParse(await client.account()).data;
    return PortalSchema.parse({
      currency: account?.companyCurrency ?? null,
      timeZone: account?.timeZone ?? null,
    });
  } catch (error) {
    if (gapOf(error) === null) throw error;
    return { currency: null, timeZone: null };
  }
}

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return async () => await (asked ??= ask());
}
