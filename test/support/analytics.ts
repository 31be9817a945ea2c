/** Connects the demo company's PostHog beside its Stripe. */
import { connectSource } from '../../src/main/engine/sync/index.ts';
import type { TestCompany } from './synced-company.ts';

/** What the demo company means by its events. */
export const KESTREL_EVENTS = {
  signUpEvent: 'signed up',
  activationEvent: 'first report made',
};

export async function connectPostHog(
  { servers, deps }: TestCompany,
  config: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { apiBase, projectId, personalApiKey } = servers.posthog;
  const { sourceId } = await connectSource(deps, {
    vendor: 'posthog',
    config: { apiBase, projectId, ...KESTREL_EVENTS, ...config },
    secrets: { personalApiKey },
  });
  return sourceId;
}
