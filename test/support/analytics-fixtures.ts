/** Sources of product analytics for the conformance suite: the demo's PostHog, and servers of their own for the others. */
import { onTestFinished } from 'vitest';
import type { DemoServers } from '../../src/main/demo/index.ts';
import type { VendorFixture } from '../conformance/vendor-fixture.ts';
import { KESTREL_EVENTS } from './analytics.ts';
import {
  AMPLITUDE_KEYS,
  SERVICE_ACCOUNT,
  SERVICE_SECRET,
  startAmplitude,
  startMixpanel,
  testEvents,
  type AnalyticsServer,
} from './analytics-servers.ts';

const unchanged = (text: string): string => text;

export const postHogFixture: VendorFixture = {
  vendor: 'posthog',
  connection: ({ posthog: { personalApiKey, apiBase, projectId } }) => ({
    config: { apiBase, projectId, ...KESTREL_EVENTS },
    secrets: { personalApiKey },
  }),
  spoil: (text) => text.replace(/("[^"]*","[^"]*","dashboard opened"),(\d+),/, '$1,-$2,'),
  change({ control: { posthog } }) {
    posthog.makeReports(7);
    return unchanged;
  },
  holds: ({ control: { posthog } }) => ({ product_account: accountsOf(posthog).size }),
};

function accountsOf(posthog: DemoServers['control']['posthog']): Set<string> {
  return new Set(posthog.uses().flatMap(({ person }) => person.account?.id ?? []));
}

type Start = typeof startMixpanel;

/** One server per test: a test may ask for its connection more than once. */
function beside(start: Start) {
  const started = new WeakMap<DemoServers, Promise<AnalyticsServer>>();
  const running = new WeakMap<DemoServers, AnalyticsServer>();
  return {
    running,
    async of(servers: DemoServers): Promise<AnalyticsServer> {
      let server = started.get(servers);
      if (server === undefined) started.set(servers, (server = start(testEvents(servers.control.now()))));
      const ready = await server;
      if (!running.has(servers)) onTestFinished(() => ready.close());
      running.set(servers, ready);
      return ready;
    },
  };
}

/** What the test's events mean. */
export const TEST_EVENTS = { visitedEvent: 'visited', signUpEvent: 'signed up', activationEvent: 'first report made' };

/** Something happens this morning, early enough for every export to have it. */
function happens({ events }: AnalyticsServer): void {
  const last = events.at(-1);
  const latest = Math.max(...events.map(({ uploadedAt }) => uploadedAt));
  if (last) events.push({ ...last, id: 'news', at: latest + 1, uploadedAt: latest + 1 });
}

const mixpanel = beside(startMixpanel);

export const mixpanelFixture: VendorFixture = {
  vendor: 'mixpanel',
  async connection(servers) {
    const { apiBase } = await mixpanel.of(servers);
    const account = { projectId: '2195193', serviceAccount: SERVICE_ACCOUNT };
    return { config: { apiBase, historyDays: '40', ...account, ...TEST_EVENTS }, secrets: { secret: SERVICE_SECRET } };
  },
  // An export of days without events has no line.
  emptyIsAnAnswer: true,
  spoil: (text) => text.replace('"event":"report made"', '"event":[]'),
  change(servers) {
    const server = mixpanel.running.get(servers);
    if (server) happens(server);
    return unchanged;
  },
};

const amplitude = beside(startAmplitude);

export const amplitudeFixture: VendorFixture = {
  vendor: 'amplitude',
  async connection(servers) {
    const { apiBase } = await amplitude.of(servers);
    return { config: { apiBase, historyDays: '40', ...TEST_EVENTS }, secrets: AMPLITUDE_KEYS };
  },
  // As long as before: the archive says how long each file is.
  spoil: (text) => text.replace('"event_type":"report made"', '"event_typo":"report made"'),
  change(servers) {
    const server = amplitude.running.get(servers);
    if (server) happens(server);
    return unchanged;
  },
};
