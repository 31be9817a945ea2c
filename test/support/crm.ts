/** Connects the demo company's HubSpot beside its Stripe. */
import { connectSource } from '../../src/main/engine/sync/index.ts';
import type { TestCompany } from './synced-company.ts';

export async function connectHubSpot(
  { servers, deps }: TestCompany,
  config: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { sourceId } = await connectSource(deps, {
    vendor: 'hubspot',
    config: { apiBase: servers.hubspot.apiBase, customerIdProperty: 'stripe_customer_id', ...config },
    secrets: { accessToken: servers.hubspot.accessToken },
  });
  return sourceId;
}
