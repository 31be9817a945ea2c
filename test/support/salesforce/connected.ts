/** A store with one Salesforce connected to it, and time that passes when it is told to. */
import { onTestFinished } from 'vitest';
import { systemHttp, systemRandom } from '../../../src/main/engine/runtime/index.ts';
import type { Http } from '../../../src/main/engine/runtime/ports.ts';
import { connectSource, syncSource, type SyncDeps, type SyncOptions } from '../../../src/main/engine/sync/index.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../engine-ports.ts';
import { testStore } from '../store.ts';
import { smallCompany } from './company.ts';
import { CONSUMER_KEY } from './oauth.ts';
import type { OrganisationOptions } from './organisation.ts';
import { startSalesforce, type SalesforceServer, type SalesforceServerOptions } from './server.ts';

export const NOW = instantOfIso('2026-11-20T12:00:00Z');

/** Nothing is connected yet. */
export async function besideSalesforce(
  options: Partial<OrganisationOptions> & SalesforceServerOptions & { readonly http?: Http } = {},
): Promise<{ server: SalesforceServer; deps: SyncDeps }> {
  const server = await startSalesforce(smallCompany({ now: NOW, ...options }), options);
  onTestFinished(() => server.close());
  const { db } = testStore();
  const deps: SyncDeps = {
    db,
    clock: { now: () => server.org.now(), sleep: async () => await Promise.resolve() },
    http: options.http ?? systemHttp,
    random: systemRandom,
    logger: recordingLogger(),
  };
  return { server, deps };
}

export async function connectedSalesforce(
  options: Parameters<typeof besideSalesforce>[0] & { readonly config?: Readonly<Record<string, string>> } = {},
) {
  const { server, deps } = await besideSalesforce(options);
  const { refresh_token: refreshToken = '' } = server.oauth.first();
  const { sourceId, report } = await connectSource(deps, {
    vendor: 'salesforce',
    config: { apiBase: server.apiBase, clientId: CONSUMER_KEY, ...options.config },
    secrets: { refreshToken },
  });
  return {
    server,
    deps,
    db: deps.db,
    org: server.org,
    sourceId,
    report,
    sync: async (how?: SyncOptions) => await syncSource(deps, sourceId, how),
  };
}
