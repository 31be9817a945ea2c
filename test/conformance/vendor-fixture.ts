/** How each registered source is reached in tests, and what to change so that its next sync has something to see. */
import type { Http, HttpRequest, HttpResponse } from '../../src/main/engine/runtime/ports.ts';
import type { DemoServers } from '../../src/main/demo/index.ts';
import type { Source } from '../../src/main/engine/sources/kit/index.ts';
import type { WriteDb } from '../../src/main/engine/store/handles.ts';
import { amplitudeFixture, mixpanelFixture, postHogFixture } from '../support/analytics-fixtures.ts';
import { pipedriveFixture } from '../support/pipedrive/fixture.ts';
import { salesforceFixture } from '../support/salesforce/fixture.ts';

interface Connection {
  readonly config: Record<string, string>;
  readonly secrets: Record<string, string>;
}

export interface VendorFixture {
  readonly vendor: string;
  /** May start a server of its own, once per company; it is closed when the test is over. */
  connection(servers: DemoServers): Connection | Promise<Connection>;
  /** Spoils one record in an answer; gives the answer back as it is where there is none. */
  spoil(text: string, url: URL): string;
  /** Makes something happen at the vendor, or returns answers with something changed. */
  change(servers: DemoServers, db: WriteDb): (text: string, url: URL) => string;
  /**
   * Makes an object go away at the vendor, and names it; an empty id where its going is told by a mark on itself.
   * Left out where a vendor deletes nothing.
   */
  readonly remove?: (servers: DemoServers, db: WriteDb) => { readonly type: string; readonly id: string };
  /** How many objects of some types the vendor itself holds. */
  readonly holds?: (servers: DemoServers) => Readonly<Record<string, number>>;
  /** An answer without a body says that there is nothing: some exports do. */
  readonly emptyIsAnAnswer?: true;
  /** A source outside the registry, and a vendor without a server: for the suite's own test. */
  readonly source?: Source;
  readonly http?: Http;
}

const unchanged = (text: string): string => text;

function openCase(cases: readonly { readonly key: string; readonly status: string }[]): string {
  return cases.find(({ status }) => status !== 'solved')?.key ?? cases.at(-1)?.key ?? '';
}

export const FIXTURES: readonly VendorFixture[] = [
  {
    vendor: 'stripe',
    connection: ({ stripe }) => ({ config: { apiBase: stripe.apiBase }, secrets: { apiKey: stripe.apiKey } }),
    spoil: (text, url) =>
      url.pathname === '/v1/charges' ? text.replace('"object":"charge"', '"object":"sausage"') : text,
    change(servers, db) {
      const found = db
        .prepare<[], { id: string }>(`SELECT id FROM subscription WHERE status = 'active' ORDER BY id LIMIT 1`)
        .first();
      servers.control.cancelSubscription(found?.id ?? '', { immediately: true });
      return unchanged;
    },
    remove({ control }, db) {
      const found = db
        .prepare<[], { id: string }>(`SELECT id FROM billing_customer WHERE deleted_at IS NULL ORDER BY id`)
        .first();
      control.deleteCustomer(found?.id ?? '');
      return { type: 'customer', id: found?.id ?? '' };
    },
    holds: ({ control }) => ({
      invoice: control.count('invoices'),
      charge: control.count('charges'),
      subscription: control.count('subscriptions'),
      balance_transaction: control.count('balance_transactions'),
    }),
  },
  {
    vendor: 'hubspot',
    connection: ({ hubspot }) => ({
      config: { apiBase: hubspot.apiBase, customerIdProperty: 'stripe_customer_id' },
      secrets: { accessToken: hubspot.accessToken },
    }),
    spoil: (text, url) =>
      url.pathname === '/crm/v3/objects/deals' ? text.replace(/"amount":"[\d.]+"/, '"amount":"a lot"') : text,
    change({ control: { hubspot } }) {
      const [deal] = [...hubspot.crm().objects.deals.values()].filter(
        ({ properties }) => properties['closedate'] !== null && !String(properties['dealstage']).startsWith('closed'),
      );
      hubspot.moveDeal(deal?.id ?? '', 'closedwon');
      return unchanged;
    },
    remove({ control: { hubspot } }) {
      const [deal] = hubspot.crm().objects.deals.values();
      hubspot.archive('deals', deal?.id ?? '');
      return { type: '', id: '' };
    },
    holds: ({ control: { hubspot } }) => ({
      crm_account: hubspot.crm().objects.companies.size,
      crm_contact: hubspot.crm().objects.contacts.size,
      crm_deal: hubspot.crm().objects.deals.size,
    }),
  },
  {
    vendor: 'intercom',
    connection: ({ intercom: { apiBase, accessToken } }) => ({ config: { apiBase }, secrets: { accessToken } }),
    spoil: (text, url) =>
      url.pathname === '/conversations/search' ? text.replace(/"state":"[a-z]+"/, '"state":"lost"') : text,
    change({ control: { desks } }) {
      desks.cases.solve(openCase(desks.cases.cases()));
      return unchanged;
    },
  },
  {
    vendor: 'zendesk',
    connection: ({ zendesk: { apiBase, email, accessToken } }) => ({
      config: { apiBase, email },
      secrets: { accessToken },
    }),
    spoil: (text, url) =>
      url.pathname.includes('/incremental/') ? text.replace(/"status":"[a-z]+"/, '"status":"lost"') : text,
    change({ control: { desks } }) {
      desks.cases.solve(openCase(desks.cases.cases()));
      return unchanged;
    },
  },
  pipedriveFixture,
  salesforceFixture,
  postHogFixture,
  mixpanelFixture,
  amplitudeFixture,
  {
    vendor: 'frankfurter',
    connection: ({ frankfurter }) => ({ config: { apiBase: frankfurter.apiBase }, secrets: {} }),
    spoil: (text, url) => (url.pathname.endsWith('/rates') ? text.replace(/"rate":[\d.]+/, '"rate":-1') : text),
    change: () => (text, url) =>
      url.pathname.endsWith('/rates') ? text.replaceAll(/"rate":[\d.]+/g, '"rate":1.25') : text,
  },
  {
    vendor: 'ecb',
    connection: ({ ecb }) => ({ config: { apiBase: ecb.apiBase }, secrets: {} }),
    spoil: (text) => text.replace(/\n(\d{4}-\d{2}-\d{2}),[\d.]+/, '\n$1,broken'),
    change: () => (text) => text.replace(/^(Date[^\n]*\n)/, '$12026-11-21,1.25,1.25,1.25,1.25\n'),
  },
];

/** Passes requests on, and lets a test bend what comes back. */
export function bentHttp(
  http: Http,
): Http & { bend: (request: HttpRequest, next: Http) => Promise<HttpResponse>; count: number } {
  const bent = Object.assign(
    async (request: HttpRequest): Promise<HttpResponse> => {
      bent.count += 1;
      return await bent.bend(request, http);
    },
    { bend: async (request: HttpRequest, next: Http) => await next(request), count: 0 },
  );
  return bent;
}

export function bodyMapped(map: (text: string, url: URL) => string) {
  return async (request: HttpRequest, next: Http): Promise<HttpResponse> => {
    // What would be taken piece by piece is held back until it has been looked at.
    const { receive, ...whole } = request;
    const response = await next(whole);
    // Byte by byte, so that an archive stays one.
    const text = map(Buffer.from(response.body).toString('latin1'), new URL(request.url));
    const body = Buffer.from(text, 'latin1');
    if (receive === undefined || response.status >= 400) return { ...response, body };
    receive()(body);
    return { ...response, body: new Uint8Array() };
  };
}

export function status(code: number, headers: Record<string, string> = {}): HttpResponse {
  const error = { error: { type: 'api_error', message: `Status ${code}` } };
  return {
    status: code,
    headers: { 'content-type': 'application/json', ...headers },
    body: new TextEncoder().encode(JSON.stringify(error)),
  };
}
