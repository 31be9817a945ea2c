/**
 * Stripe as a source.
 * Answers: what is in a Stripe account, what changed in it, and is that all?
 * Never: writes to Stripe, keeps a field that is not on the list, or computes a metric.
 */
import { z } from 'zod';
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { defineSource, type Json, type Limits } from '../kit/index.ts';
import { statedBalance } from './balance.ts';
import { checkKey } from './check.ts';
import { stripeClient } from './client.ts';
import { FeedCursorSchema, RETENTION_SECONDS, WARNING_SECONDS } from './feed.ts';
import { SCOPES } from './scopes.ts';
import { stripeStreams } from './streams.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://api.stripe.com')
    .meta({
      label: 'API address',
      help: 'Only for a proxy or a local test server.',
      placeholder: 'https://api.stripe.com',
    }),
});

const SecretsSchema = z.object({
  apiKey: z
    .string()
    .trim()
    .refine((key) => !key.startsWith('pk_'), {
      abort: true,
      error: 'is a publishable key, which can read nothing; make a restricted key (rk_live_…)',
    })
    .regex(/^(rk|sk)_[A-Za-z0-9_-]{1,500}$/, 'is not a Stripe API key (rk_live_… or sk_live_…)')
    .meta({
      label: 'Restricted API key',
      help: 'Stripe dashboard → Developers → API keys → Create restricted key, with the read permissions listed here.',
      placeholder: 'rk_live_…',
    }),
});

export const stripeSource = defineSource({
  id: 'stripe',
  family: 'billing',
  title: 'Stripe',
  description:
    'Customers, subscriptions, invoices, payments and payouts of one account, read with a restricted key. Further accounts are connected one by one; those of a platform’s sellers (Stripe Connect) are left out.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  changesKeptDays: RETENTION_SECONDS / 86_400,
  scopes: SCOPES.map(({ id, title, why, required }) => ({ id, title, why, required })),
  /** Stripe's read allocation: 500 reads for each transaction of 30 days, 10,000 at least. */
  allowance: {
    title: 'Reads in 30 days',
    days: 30,
    least: 10_000,
    perPayment: 500,
    statedAt: 'https://docs.stripe.com/rate-limits',
  },
  limits: ({ apiBase }, { apiKey }) => limitsOf(new URL(apiBase), apiKey),
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open({ apiBase }, { apiKey }, { http }) {
    const client = stripeClient({ apiBase, apiKey, http });
    return {
      streams: stripeStreams(client),
      check: async () => await checkKey(client, apiKey),
      totals: async () => await statedBalance(client),
      plan: planOf,
    };
  },
});

/** Today's MRR is whole long before its history is; payments that were never made are worth knowing last. */
const PRIORITIES: Readonly<Record<string, number>> = {
  '/v1/customers': 1,
  '/v1/subscriptions': 1,
  '/v1/payment_intents': -1,
};

/** Stripe allows 100 reads a second, 25 in a sandbox, and 25 per endpoint: https://docs.stripe.com/rate-limits */
function limitsOf(base: URL, apiKey: string): Limits {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(base.hostname);
  const requestsPerSecond = loopback ? 100_000 : apiKey.includes('_test_') ? 25 : 100;
  return {
    requestsPerSecond,
    perEndpointPerSecond: Math.min(requestsPerSecond, loopback ? requestsPerSecond : 25),
    concurrency: loopback ? 10 : 40,
    attempts: 10,
    endpointOf: (url) => url.pathname.split('/').slice(0, 3).join('/'),
    priorityOf: (endpoint) => PRIORITIES[endpoint] ?? 0,
  };
}

/** Events live for 30 days: with an older place in the feed, what happened in between can only be listed. */
function planOf(cursors: ReadonlyMap<string, Json>, now: Instant): { relist: boolean; notes: string[] } {
  const feed = FeedCursorSchema.safeParse(cursors.get('events'));
  if (!feed.success) return { relist: true, notes: [] };
  // A feed that has never said anything proves nothing.
  if (feed.data.events === 0 && !feed.data.lookBack) return { relist: true, notes: [] };
  const agoSeconds = (now - feed.data.reachedAt) / 1_000;
  const days = Math.floor((now - feed.data.reachedAt) / DAY_MS);
  if (agoSeconds > RETENTION_SECONDS - 3_600)
    return {
      relist: true,
      notes: [`The last sync was ${days} days ago and Stripe keeps events for 30: everything is listed again.`],
    };
  if (agoSeconds > WARNING_SECONDS)
    return {
      relist: false,
      notes: [
        `The last sync was ${days} days ago. Stripe keeps events for 30 days; after that everything has to be listed again.`,
      ],
    };
  return { relist: false, notes: [] };
}
