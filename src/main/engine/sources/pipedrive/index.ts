/**
 * Pipedrive as a source.
 * Answers: which organisations, persons and deals does a company keep in Pipedrive, and what changed?
 * Never: writes to Pipedrive, reads the text of a note or mail, or decides
 * which customer an organisation is.
 */
import { z } from 'zod';
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { defineSource, gapError, type Json } from '../kit/index.ts';
import { budgetOf } from './budget.ts';
import { checkToken, MeSchema } from './check.ts';
import { pipedriveClient } from './client.ts';
import { dealsStream, stageHistoryStream } from './deal-streams.ts';
import { readFieldBook } from './field-book.ts';
import type { Shared } from './object-stream.ts';
import { organizationsStream, personsStream } from './plain-streams.ts';
import { snapshots } from './snapshots.ts';
import { walkStateOf } from './walk.ts';

const ConfigSchema = z.object({
  companyDomain: z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => text.replace(/^https?:\/\//, '').replace(/\.pipedrive\.com.*$/, ''))
    .pipe(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is not the first part of an address such as acme.pipedrive.com'),
    )
    .meta({
      label: 'Company domain',
      help: 'The first part of the address under which the company opens Pipedrive: acme for acme.pipedrive.com.',
      placeholder: 'acme',
    }),
  apiBase: z
    .string()
    .trim()
    .regex(/^$|^https?:\/\/[^\s/?#]+\/?$/, 'is not an http(s) address')
    .default('')
    .meta({
      label: 'API address',
      help: 'Only for a proxy or a local test server.',
      placeholder: 'https://acme.pipedrive.com',
    }),
});
type Config = z.output<typeof ConfigSchema>;

const SecretsSchema = z.object({
  apiToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{20,200}$/, 'is not an API token of Pipedrive')
    .meta({
      label: 'API token',
      help: 'Pipedrive → Personal preferences → API, of a user who sees all deals. Nothing is ever written with it.',
      placeholder: '0123456789abcdef0123456789abcdef01234567',
    }),
});

/** Deleted organisations and persons are in no list, and deals only for 30 days: from time to time everything is listed again. */
const RELIST_DAYS = 7;

function baseOf({ apiBase, companyDomain }: Config): string {
  return apiBase === '' ? `https://${companyDomain}.pipedrive.com` : apiBase;
}

export const pipedriveSource = defineSource({
  id: 'pipedrive',
  family: 'crm',
  title: 'Pipedrive',
  description: 'Organizations, persons, deals with their stages and products, and users, read with an API token.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  // A token may read whatever its user sees.
  scopes: [],
  /** https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting: 20 in two seconds on the smallest plan. */
  limits: (config) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseOf(config)).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 10,
      perEndpointPerSecond: isLocal ? 10_000 : 10,
      concurrency: 6,
      attempts: 8,
      endpointOf: () => 'all',
      budgetOf,
    };
  },
  hosts: (config) => [new URL(baseOf(config)).host],
  open(config, { apiToken }, { http, clock }) {
    const client = pipedriveClient({ base: baseOf(config), apiToken, http });
    const shared: Shared = {
      client,
      now: () => clock.now(),
      fields: once(async () => await readFieldBook(client)),
      timeZone: once(async () => {
        const me = MeSchema.safeParse(await client.me());
        if (!me.success) throw gapError('refused', 'Pipedrive does not say whose token this is; try again later');
        return me.data.timezone_name;
      }),
    };
    const walked = [
      organizationsStream(shared),
      personsStream(shared),
      dealsStream(shared),
      stageHistoryStream(shared),
    ];
    return {
      streams: [...snapshots(client, shared.fields), ...walked],
      check: async () => await checkToken(client, config.companyDomain),
      plan: (cursors, now) =>
        planOf(
          walked.map(({ id }) => id),
          cursors,
          now,
        ),
    };
  },
});

function planOf(
  ids: readonly string[],
  cursors: ReadonlyMap<string, Json>,
  now: Instant,
): { relist: boolean; notes: string[] } {
  const listed = ids.flatMap((id) => walkStateOf(cursors.get(id) ?? null)?.listedAt ?? []);
  const days = Math.max(0, ...listed.map((at) => Math.floor((now - at) / DAY_MS)));
  if (days < RELIST_DAYS) return { relist: false, notes: [] };
  return {
    relist: true,
    notes: [
      `The last full listing was ${days} days ago: everything is listed again, to see what was deleted or merged.`,
    ],
  };
}

/** Asks once per session; a refusal is not remembered. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return async () => {
    asked ??= ask();
    try {
      return await asked;
    } catch (error) {
      asked = null;
      throw error;
    }
  };
}
