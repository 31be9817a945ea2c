/**
 * Amplitude as a source.
 * Answers: which account did what on which day, who came from where, who took which step?
 * Never: keeps a single event, writes to Amplitude, or decides which customer an account is.
 */
import { z } from 'zod';
import { dayAt, UTC } from '../../../../shared/kernel/day.ts';
import { addMs, HOUR_MS } from '../../../../shared/kernel/instant.ts';
import { defineSource } from '../kit/index.ts';
import { exportStream, isOtherMapping, mappingFields, mappingText } from '../usage/index.ts';
import { amplitudeExport } from './export.ts';
import { EventSchema } from './event.ts';

const ConfigSchema = z.object({
  apiBase: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
    .default('https://amplitude.com')
    .meta({
      label: 'Address',
      help: 'https://amplitude.com, or https://analytics.eu.amplitude.com for projects in the EU.',
      placeholder: 'https://analytics.eu.amplitude.com',
    }),
  ...mappingFields(
    {
      customerProperty: 'group.company',
      billingIdProperty: 'stripe_customer_id',
      channelProperty: 'user.initial_utm_source',
      visitedEvent: '[Amplitude] Page Viewed',
      signUpEvent: '',
      activationEvent: '',
      idleEvents: '[Amplitude] Page Viewed, session_start, session_end, $identify, $groupidentify',
    },
    'group.company for a kind of group, user.company for a user’s property, company for an event’s; user_id for each person alone.',
  ),
  historyDays: z
    .string()
    .regex(/^\d{1,4}$/, 'is not a number of days')
    .default('365')
    .meta({ label: 'Days of history', help: 'How far back the first sync goes.', placeholder: '365' }),
});

const SecretsSchema = z.object({
  apiKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{16,64}$/, 'is not a project’s API key')
    .meta({ label: 'API key', help: 'Amplitude → Settings → Projects → the project → API key.' }),
  secretKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{16,64}$/, 'is not a project’s secret key')
    .meta({ label: 'Secret key', help: 'On the same page, beside the API key.' }),
});

/** What was uploaded can be exported two hours after its hour at the soonest. */
const DELAY_MS = 2 * HOUR_MS;
/** An upload is final once it can be exported: the day that was not over is read again, and two more, should this machine's clock be ahead. */
const REREAD_DAYS = 3;

export const amplitudeSource = defineSource({
  id: 'amplitude',
  family: 'analytics',
  title: 'Amplitude',
  description: 'Usage per customer, event and day, rolled up from Amplitude’s export while it streams by.',
  config: ConfigSchema,
  secrets: SecretsSchema,
  scopes: [],
  limits: ({ apiBase }) => {
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(apiBase).hostname);
    return {
      requestsPerSecond: isLocal ? 10_000 : 1,
      perEndpointPerSecond: isLocal ? 10_000 : 1,
      concurrency: 1,
      attempts: 8,
      endpointOf: () => 'export',
    };
  },
  hosts: ({ apiBase }) => [new URL(apiBase).host],
  open(config, { apiKey, secretKey }, { http, clock }) {
    const ready = addMs(clock.now(), -DELAY_MS);
    const source = amplitudeExport({ apiBase: config.apiBase, apiKey, secretKey, mapping: config, http, ready });
    const wanted = mappingText(config);
    return {
      streams: [
        exportStream({
          id: 'usage',
          title: 'Usage by day of upload',
          mapping: config,
          wanted,
          row: EventSchema,
          today: dayAt(ready, UTC),
          historyDays: Number(config.historyDays),
          rereadDays: REREAD_DAYS,
          longestSpan: 30,
          walked: 'uploads',
          read: async (from, until, sink) => await source.read(from, until, sink),
        }),
      ],
      check: async () => await source.check(),
      plan: (cursors) =>
        isOtherMapping(cursors.get('usage') ?? null, wanted)
          ? { relist: true, notes: ['Events mean something else than before: all days are read again.'] }
          : { relist: false, notes: [] },
    };
  },
});
