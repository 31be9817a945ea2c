/** Pipedrive for the conformance suite: a server of its own beside those of the demo company. */
import { onTestFinished } from 'vitest';
import type { DemoServers } from '../../../src/main/demo/index.ts';
import type { VendorFixture } from '../../conformance/vendor-fixture.ts';
import { API_TOKEN, COMPANY_DOMAIN, startPipedrive, type PipedriveServer } from './server.ts';

/** One server per test: a test may ask for its connection more than once. */
const started = new WeakMap<DemoServers, Promise<PipedriveServer>>();
const running = new WeakMap<DemoServers, PipedriveServer>();

async function serverBeside(servers: DemoServers): Promise<PipedriveServer> {
  let server = started.get(servers);
  if (server === undefined) started.set(servers, (server = startPipedrive(servers.control.now())));
  const ready = await server;
  if (!running.has(servers)) onTestFinished(() => ready.close());
  running.set(servers, ready);
  return ready;
}

export const pipedriveFixture: VendorFixture = {
  vendor: 'pipedrive',
  async connection(servers) {
    const { apiBase } = await serverBeside(servers);
    return { config: { apiBase, companyDomain: COMPANY_DOMAIN }, secrets: { apiToken: API_TOKEN } };
  },
  spoil: (text, url) =>
    url.pathname === '/api/v2/deals' ? text.replace('"status":"open"', '"status":"undecided"') : text,
  change(servers) {
    running.get(servers)?.win(9);
    return (text) => text;
  },
  remove(servers) {
    running.get(servers)?.deleteDeal(9);
    return { type: 'crm_deal', id: '' };
  },
  holds(servers) {
    const portal = running.get(servers)?.portal;
    const deals = [...(portal?.deals.values() ?? [])];
    return {
      crm_account: portal?.organizations.size ?? 0,
      crm_contact: portal?.persons.size ?? 0,
      crm_deal: deals.length,
      crm_deal_history: deals.filter(({ is_deleted }) => is_deleted === false).length,
    };
  },
};
