/**
 * Mixpanel as a source.
 * Answers: which account did what on which day, who came from where, who took which step?
 * Never: keeps a single event, writes to Mixpanel, or decides which customer an account is.
 */
import { z } from 'zod';
import { addDays, dayAt, UTC } from '../../../../shared/kernel/day.ts';
import { addMs, HOUR_MS } from '../../../../shared/kernel/instant.ts';
import { defineSource } from '../kit/index.ts';
import { exportStream, isOtherMapping, mappingFields, mappingText } from '../usage/index.ts';
import { EventSchema, mixpanelExport } from './export.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://data.mixpanel.com')
    .meta({
      label: 'Address',
      help: 'https://data.mixpanel.com, https://data-eu.mixpanel.com for projects in the EU, https://data-in.mixpanel.com for those in India.',
      placeholder: 'https://data-eu.mixpanel.com',
    }),
  projectId: z
    .string()
    .trim()
    .regex(/^\d{1,12}$/, 'is not a project’s number')
    .meta({
      label: 'Project ID',
      help: 'Mixpanel → Settings → Project settings → Project ID.',
      placeholder: '2195193',
    }),
  serviceAccount: z
    .string()
    .trim()
    .regex(/^[^\s:]{3,200}$/, 'is not the name of a service account')
    .meta({
      label: 'Service account',
      help: 'Its user name: name.abc123.mp-service-account.',
      placeholder: 'vario.1a2b3c.mp-service-account',
    }),
  ...mappingFields(
    {
      customerProperty: 'company_id',
      billingIdProperty: 'stripe_customer_id',
      channelProperty: 'utm_source',
      visitedEvent: '$mp_web_page_view',
      signUpEvent: '',
      activationEvent: '',
      idleEvents: '$mp_web_page_view, $identify, $create_alias',
    },
    'A group’s key or an event’s property; distinct_id for each person alone.',
  ),
  historyDays: z
    .string()
    .regex(/^\d{1,4}$/, 'is not a number of days')
    .default('365')
    .meta({ label: 'Days of history', help: 'How far back the first sync goes.', placeholder: '365' }),
  rereadDays: z
    .string()
    .regex(/^\d{1,2}$/, 'is not a number of days')
    .default('5')
    .meta({
      label: 'Days read again',
      help: 'Events may come up to five days late: so many days are read again at every sync.',
      placeholder: '5',
    }),
});

const SecretsSchema = z.object({
  secret: z
    .string()
    .trim()
    .regex(/^\S{8,200}$/, 'is not the secret of a service account')
    .meta({
      label: 'Secret of the service account',
      help: 'Mixpanel → Settings → Organization → Service accounts; the role “Analyst” for this project is enough.',
    }),
});

/** The export API allows 60 requests an hour: https://developer.mixpanel.com/reference/raw-event-export */
const PER_SECOND = 60 / 3_600;
/** Projects keep their own time zone: none is further ahead of UTC. */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

export const mixpanelSource = defineSource({
  id: 'mixpanel',
  family: 'analytics',
  title: 'Mixpanel',
  description: 'Usage per customer, event and day, rolled up from Mixpanel’s raw export while it streams by.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: [],
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : PER_SECOND,
      perEndpointPerSecond: isLocal ? 10_000 : PER_SECOND,
      concurrency: 1,
      attempts: 8,
      endpointOf: () => 'export',
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open(config, secrets, { http, clock }) {
    const today = dayAt(addMs(clock.now(), FURTHEST_AHEAD_MS), UTC);
    const source = mixpanelExport({ ...config, ...secrets, mapping: config, http, today });
    const wanted = mappingText(config);
    return {
      streams: [
        exportStream({
          id: 'usage',
          title: 'Usage by day',
          mapping: config,
          wanted,
          row: EventSchema,
          today,
          historyDays: Number(config.historyDays),
          rereadDays: Number(config.rereadDays),
          longestSpan: 30,
          walked: 'days',
          read: async (from, until, sink) => await source.read(from, until, sink),
        }),
      ],
      check: async () => await source.check(addDays(today, -1)),
      plan: (cursors) =>
        isOtherMapping(cursors.get('usage') ?? null, wanted)
          ? { relist: true, notes: ['Events mean something else than before: all days are read again.'] }
          : { relist: false, notes: [] },
    };
  },
});
