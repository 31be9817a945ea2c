/** Salesforce for the conformance suite: a server of its own beside those of the demo company. */
import { onTestFinished } from 'vitest';
import type { DemoServers } from '../../../src/main/demo/index.ts';
import type { VendorFixture } from '../../conformance/vendor-fixture.ts';
import { smallCompany } from './company.ts';
import { CONSUMER_KEY } from './oauth.ts';
import { startSalesforce, type SalesforceServer } from './server.ts';

/** One server per company: a test may ask for its connection more than once. */
const started = new WeakMap<DemoServers, Promise<SalesforceServer>>();
const running = new WeakMap<DemoServers, SalesforceServer>();

async function serverBeside(servers: DemoServers): Promise<SalesforceServer> {
  let server = started.get(servers);
  if (server === undefined) {
    server = startSalesforce(smallCompany({ now: servers.control.now() }));
    started.set(servers, server);
  }
  const ready = await server;
  if (!running.has(servers)) onTestFinished(() => ready.close());
  running.set(servers, ready);
  return ready;
}

export const salesforceFixture: VendorFixture = {
  vendor: 'salesforce',
  async connection(servers) {
    const { apiBase, oauth } = await serverBeside(servers);
    const { refresh_token: refreshToken = '' } = oauth.first();
    return {
      config: { apiBase, clientId: CONSUMER_KEY, customerIdField: 'Stripe_Customer__c' },
      secrets: { refreshToken },
    };
  },
  spoil: (text, url) =>
    url.pathname.endsWith('/queryAll') && /FROM Opportunity\b/.test(url.searchParams.get('q') ?? '')
      ? text.replace(/"Amount":[\d.]+/, '"Amount":"a lot"')
      : text,
  change(servers) {
    const org = running.get(servers)?.org;
    const open = org?.rows('Opportunity').find((row) => row['StageName'] === 'Proposal');
    org?.pass();
    org?.moveTo(open?.Id ?? '', 'Closed Won');
    return (text) => text;
  },
  remove(servers) {
    const org = running.get(servers)?.org;
    const id = org?.rows('Contact')[0]?.Id ?? '';
    org?.pass();
    org?.purge('Contact', id);
    org?.pass();
    return { type: 'crm_contact', id };
  },
  holds(servers) {
    const held = (object: string): number => running.get(servers)?.org.rows(object).length ?? 0;
    return {
      crm_account: held('Account'),
      crm_contact: held('Contact'),
      crm_deal: held('Opportunity'),
      crm_deal_line: held('OpportunityLineItem'),
      crm_deal_history: held('Opportunity'),
    };
  },
};
