/** Starts the vendors' servers of the demo company on the loopback interface. */
import { instant, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { PRODUCT_NAMES, USD } from '../scenario/price-list.ts';
import { demoCompany } from '../scenario/company.ts';
import { demoTargets, type DemoTarget } from '../scenario/targets.ts';
import { companyCosts, costsCsv } from '../scenario/costs.ts';
import { createHubSpot, type HubSpotControl } from '../hubspot/hubspot-server.ts';
import { startDesks, type Desks, type DesksControl } from '../support/desks.ts';
import { createPostHog, PROJECT_ID, type PostHogControl } from '../posthog/posthog-server.ts';
import { EVENTS, REPORTS_INCLUDED } from '../posthog/usage-story.ts';
import { createFaultBoard, type FaultBoard, type FaultRule } from './faults.ts';
import { createRatesServer, createStripeServer, listen, stop, type RequestLog } from './http-server.ts';
import { createStory, type Story } from './story-control.ts';
import type { ApiKey } from './stripe-api.ts';

export interface DemoServersOptions {
  /** The company's present, the end of its history; the machine's clock where it is left out. */
  readonly now?: Instant;
  readonly seed?: string;
  /** Multiplies the number of customers; 1 is the documented company. */
  readonly scale?: number;
  /** Port of the Stripe server; 0 (the default) takes a free one. The rates server always takes a free one. */
  readonly port?: number;
  readonly faults?: readonly FaultRule[];
  /** Requests per second beyond which the Stripe server answers 429; no limit where it is left out. */
  readonly rate?: number;
}

export interface DemoControl extends Omit<Story, 'store'> {
  readonly faults: FaultBoard;
  /** Faults of the rates server. */
  readonly ratesFaults: FaultBoard;
  readonly hubspotFaults: FaultBoard;
  readonly hubspot: HubSpotControl;
  readonly posthogFaults: FaultBoard;
  readonly posthog: PostHogControl;
  posthogRequests(): readonly RequestLog[];
  hubspotRequests(): readonly RequestLog[];
  readonly desks: DesksControl;
  /** Every request since the start, or since `forgetRequests`. */
  requests(): readonly RequestLog[];
  rateRequests(): readonly RequestLog[];
  forgetRequests(): void;
  /** How many objects a resource lists at present (`customers`, `invoices` …). */
  count: (collection: Parameters<ReturnType<Story['store']>['count']>[0]) => number;
}

export interface DemoServers {
  readonly stripe: {
    /** `http://127.0.0.1:PORT`; Stripe's paths begin with `/v1`. */
    readonly apiBase: string;
    /** A restricted key that may read everything. */
    readonly apiKey: string;
    /** A restricted key that may read customers, products and prices only. */
    readonly limitedKey: string;
  };
  /** Answers with and without the leading `/v2`. */
  readonly frankfurter: { readonly apiBase: string };
  /** The same rates in the central bank's file format: `/stats/eurofxref/eurofxref-hist.csv`. */
  readonly ecb: { readonly apiBase: string };
  readonly hubspot: { readonly apiBase: string; readonly accessToken: string };
  readonly posthog: {
    readonly apiBase: string;
    readonly projectId: string;
    readonly personalApiKey: string;
    readonly limits: readonly { readonly plan: string; readonly event: string; readonly amount: number }[];
  };
  readonly intercom: Desks['intercom'];
  readonly zendesk: Desks['zendesk'];
  /** The answers to the survey, as CSV. */
  readonly survey: Desks['survey'];
  /** The costs that the founder keeps in a spreadsheet, as CSV. */
  readonly costs: { readonly file: string; readonly text: string };
  /** What the founder has set out to reach, in the reporting currency. */
  readonly targets: readonly DemoTarget[];
  readonly company: { readonly name: string; readonly reportingCurrency: CurrencyCode; readonly timeZone: string };
  /** Lets what comes to light late come to light: the next sync brings it. */
  readonly later: () => void;
  readonly control: DemoControl;
  close(): Promise<void>;
}

/** Built from parts, so that no scanner takes them for real ones. */
const [API_KEY, LIMITED_KEY] = ['ReadAll', 'ReadFew'].map((word) =>
  ['rk', 'test', `51Kestrel${word}0000000000000000`].join('_'),
) as [string, string];
const POSTHOG_KEY = ['phx', 'KestrelReadAll0000'].join('_');
const HUBSPOT_TOKEN = ['pat', 'demo1', 'KestrelReadAll0000'].join('-');

/** Starts the Stripe server and the exchange-rate server, both answering from memory. @throws when a port is taken. */
export async function startDemoServers(options: DemoServersOptions = {}): Promise<DemoServers> {
  const company = demoCompany({ ...options, now: options.now ?? thisSecond() });
  const story = createStory(company);
  const faults = createFaultBoard(options.faults);
  const ratesFaults = createFaultBoard();
  const hubspotFaults = createFaultBoard();
  const log: RequestLog[] = [];
  const hubspotLog: RequestLog[] = [];
  const posthogFaults = createFaultBoard();
  const posthogLog: RequestLog[] = [];
  const ratesLog: RequestLog[] = [];
  const keys: ApiKey[] = [
    { key: API_KEY, permissions: 'all' },
    { key: LIMITED_KEY, permissions: new Set(['customer', 'product', 'plan']) },
  ];
  const stripe = createStripeServer({ keys, store: story.store, faults, rate: options.rate ?? null, log: log });
  const rates = createRatesServer(story.now, ratesFaults, ratesLog);
  const hubspot = createHubSpot({
    company,
    now: story.now,
    accessToken: HUBSPOT_TOKEN,
    faults: hubspotFaults,
    log: hubspotLog,
  });
  const posthog = createPostHog({
    company,
    now: story.now,
    personalApiKey: POSTHOG_KEY,
    faults: posthogFaults,
    log: posthogLog,
  });
  story.store();
  const stripePort = await listen(stripe, options.port ?? 0);
  const ratesPort = await listen(rates, 0);
  const hubspotPort = await listen(hubspot.server, 0);
  const posthogPort = await listen(posthog.server, 0);
  const { control: desksControl, close: closeDesks, ...desks } = await startDesks(company, story.now);
  return {
    company: { name: company.name, reportingCurrency: USD, timeZone: 'UTC' },
    costs: { file: 'kestrel-costs.csv', text: costsCsv(companyCosts(company)) },
    targets: demoTargets(story.now()),
    stripe: { apiBase: `http://127.0.0.1:${stripePort}`, apiKey: API_KEY, limitedKey: LIMITED_KEY },
    frankfurter: { apiBase: `http://127.0.0.1:${ratesPort}` },
    ecb: { apiBase: `http://127.0.0.1:${ratesPort}` },
    hubspot: { apiBase: `http://127.0.0.1:${hubspotPort}`, accessToken: HUBSPOT_TOKEN },
    ...desks,
    posthog: {
      apiBase: `http://127.0.0.1:${posthogPort}`,
      projectId: PROJECT_ID,
      personalApiKey: POSTHOG_KEY,
      limits: planLimits(),
    },
    later: story.enterLateAgreement,
    control: {
      ...story,
      faults,
      ratesFaults,
      hubspotFaults,
      hubspot: hubspot.control,
      posthogFaults,
      posthog: posthog.control,
      posthogRequests: () => posthogLog,
      hubspotRequests: () => hubspotLog,
      desks: desksControl,
      requests: () => log,
      rateRequests: () => ratesLog,
      forgetRequests: () => {
        log.length = 0;
        ratesLog.length = 0;
        hubspotLog.length = 0;
        posthogLog.length = 0;
      },
      count: (collection) => story.store().count(collection),
    },
    close: async () => {
      await Promise.all([stop(stripe), stop(rates), stop(hubspot.server), stop(posthog.server), closeDesks()]);
    },
  };
}

/** As the price page says them. */
function planLimits(): DemoServers['posthog']['limits'] {
  return Object.entries(REPORTS_INCLUDED).map(([plan, amount]) => ({
    plan: PRODUCT_NAMES[plan as keyof typeof REPORTS_INCLUDED],
    event: EVENTS.report,
    amount,
  }));
}

function thisSecond(): Instant {
  const now = Math.floor(performance.timeOrigin + performance.now());
  return instant(now - (now % SECOND_MS));
}
