/** Connects the demo company's help desks beside its Stripe. */
import { connectSource } from '../../src/main/engine/sync/index.ts';
import type { TestCompany } from './synced-company.ts';

export async function connectIntercom({ servers, deps }: TestCompany): Promise<number> {
  const { apiBase, accessToken } = servers.intercom;
  return (await connectSource(deps, { vendor: 'intercom', config: { apiBase }, secrets: { accessToken } })).sourceId;
}

export async function connectZendesk({ servers, deps }: TestCompany): Promise<number> {
  const { apiBase, email, accessToken } = servers.zendesk;
  return (await connectSource(deps, { vendor: 'zendesk', config: { apiBase, email }, secrets: { accessToken } }))
    .sourceId;
}
