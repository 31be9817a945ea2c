/**
 * PostHog as a source.
 * Answers: which account did what on which day, how many people were active,
 * who came from where, who signed up and was activated?
 * Never: reads single events, writes to PostHog, or decides which customer an account is.
 */
import { z } from 'zod';
import { dayAt, UTC } from '../../../../shared/kernel/day.ts';
import { addMs, HOUR_MS } from '../../../../shared/kernel/instant.ts';
import { defineSource } from '../kit/index.ts';
import { mappingFields, mappingText } from '../usage/index.ts';
import { accountStream } from './account-stream.ts';
import { postHogClient, QUERY_READ } from './client.ts';
import { queriesOf } from './hogql.ts';
import { peopleStream, propertyStream } from './people-stream.ts';
import type { Project } from './project.ts';
import { usageStream } from './usage-stream.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://us.posthog.com')
    .meta({
      label: 'Address',
      help: 'https://us.posthog.com, https://eu.posthog.com, or that of your own PostHog.',
      placeholder: 'https://eu.posthog.com',
    }),
  projectId: z
    .string()
    .trim()
    .regex(/^\d{1,12}$/, 'is not a project’s number')
    .meta({ label: 'Project ID', help: 'PostHog → Settings → Project → Project ID.', placeholder: '12345' }),
  ...mappingFields(
    {
      customerProperty: '$group_0',
      billingIdProperty: 'stripe_customer_id',
      channelProperty: 'person.$initial_utm_source',
      visitedEvent: '$pageview',
      signUpEvent: '',
      activationEvent: '',
      idleEvents:
        '$pageview, $pageleave, $autocapture, $identify, $groupidentify, $set, $feature_flag_called, $web_vitals',
    },
    '$group_0 for the first kind of group, person for each person alone, person.company for a person’s property, company for an event’s.',
  ),
  rereadDays: z
    .string()
    .regex(/^\d{1,2}$/, 'is not a number of days')
    .default('3')
    .meta({
      label: 'Days read again',
      help: 'Events may come late: so many days are read again at every sync.',
      placeholder: '3',
    }),
});

const SecretsSchema = z.object({
  personalApiKey: z
    .string()
    .trim()
    .regex(/^phx_[A-Za-z0-9_-]{8,200}$/, 'is not a personal API key (phx_…)')
    .meta({
      label: 'Personal API key',
      help: 'PostHog → Settings → Personal API keys → Create, with the scope “Query: Read” for this project.',
      placeholder: 'phx_…',
    }),
});

/** No zone is further ahead of UTC. */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

export const postHogSource = defineSource({
  id: 'posthog',
  family: 'analytics',
  title: 'PostHog',
  description: 'Usage per customer, event and day, active users and the sign-up funnel, aggregated at PostHog.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: [QUERY_READ],
  /** https://posthog.com/docs/api/queries#rate-limits: 240 queries a minute and three at once for a team. */
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 2,
      perEndpointPerSecond: isLocal ? 10_000 : 2,
      concurrency: 2,
      attempts: 8,
      endpointOf: () => 'query',
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open(config, { personalApiKey }, { http, clock }) {
    const asked = postHogClient({ apiBase: config.apiBase, projectId: config.projectId, personalApiKey, http });
    const queries = queriesOf(config);
    let isEmpty = false;
    const project: Project = {
      client: {
        ...asked,
        async ask(query) {
          const rows = await asked.ask(query);
          if (query === queries.firstDay) isEmpty = rows[0]?.[1] === 0;
          return rows;
        },
      },
      queries,
      wanted: mappingText(config),
      visitedEvent: config.visitedEvent,
      today: dayAt(addMs(clock.now(), FURTHEST_AHEAD_MS), UTC),
      rereadDays: Number(config.rereadDays),
      isEmpty: () => isEmpty,
    };
    return {
      streams: [accountStream(project), usageStream(project), peopleStream(project), propertyStream(project)],
      check: async () => await asked.check(),
      plan: (cursors) => {
        const known = z.object({ wanted: z.string() }).safeParse(cursors.get('accounts')).data;
        return known === undefined || known.wanted === project.wanted
          ? { relist: false, notes: [] }
          : { relist: true, notes: ['Events mean something else than before: all days are read again.'] };
      },
    };
  },
});
