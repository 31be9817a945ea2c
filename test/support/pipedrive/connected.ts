/** Pipedrive connected to a fresh store, with the time in the test's hands. */
import { onTestFinished } from 'vitest';
import { systemHttp, systemRandom } from '../../../src/main/engine/runtime/index.ts';
import type { Clock, Http } from '../../../src/main/engine/runtime/ports.ts';
import { connectSource, syncSource, type SyncDeps, type SyncOptions } from '../../../src/main/engine/sync/index.ts';
import { addMs } from '../../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../engine-ports.ts';
import { testStore } from '../store.ts';
import { NOW } from '../synced-company.ts';
import { API_TOKEN, COMPANY_DOMAIN, startPipedrive } from './server.ts';

export async function connectedPipedrive(http: Http = systemHttp) {
  const server = await startPipedrive(NOW);
  onTestFinished(() => server.close());
  const { db } = testStore();
  let ahead = 0;
  const clock: Clock = { now: () => addMs(NOW, ahead), sleep: async () => undefined };
  const deps: SyncDeps = { db, clock, http, random: systemRandom, logger: recordingLogger() };
  const { sourceId, report } = await connectSource(deps, {
    vendor: 'pipedrive',
    config: { companyDomain: COMPANY_DOMAIN, apiBase: server.apiBase },
    secrets: { apiToken: API_TOKEN },
  });
  return {
    server,
    db,
    deps,
    sourceId,
    report,
    skipAhead: (ms: number) => void (ahead += ms),
    sync: async (options?: SyncOptions) => await syncSource(deps, sourceId, options),
  };
}
