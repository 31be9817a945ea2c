/** A fresh store with one source of product analytics whose vendor is a small server of the test. */
import { onTestFinished } from 'vitest';
import { systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { Http } from '../../src/main/engine/runtime/ports.ts';
import { connectSource, syncSource, type SyncDeps, type SyncOptions } from '../../src/main/engine/sync/index.ts';
import { addMs, type Instant } from '../../src/shared/kernel/instant.ts';
import type { AnalyticsServer } from './analytics-servers.ts';
import { recordingLogger } from './engine-ports.ts';
import { testStore } from './store.ts';
import { NOW } from './synced-company.ts';

export interface ExportCompany {
  readonly server: AnalyticsServer;
  readonly db: SyncDeps['db'];
  /** What was asked for, as the limiter let it through. */
  http: Http;
  skipAhead(ms: number): void;
  sync(options?: SyncOptions): ReturnType<typeof syncSource>;
  first<Row>(sql: string): Row | undefined;
}

export async function exportCompany(
  server: AnalyticsServer,
  vendor: 'mixpanel' | 'amplitude',
  connection: { readonly config: Record<string, string>; readonly secrets: Record<string, string> },
): Promise<ExportCompany> {
  onTestFinished(() => server.close());
  const { db } = testStore();
  let now: Instant = NOW;
  const company = { http: systemHttp };
  const deps: SyncDeps = {
    db,
    clock: { now: () => now, sleep: async () => undefined },
    http: async (request) => await company.http(request),
    random: systemRandom,
    logger: recordingLogger(),
  };
  const config = { apiBase: server.apiBase, historyDays: '40', ...connection.config };
  const { sourceId } = await connectSource(deps, { vendor, config, secrets: connection.secrets });
  return Object.assign(company, {
    server,
    db,
    skipAhead: (ms: number) => {
      now = addMs(now, ms);
    },
    sync: async (options?: SyncOptions) => await syncSource(deps, sourceId, options),
    first: <Row>(sql: string) => db.prepare<[], Row>(sql).first(),
  });
}
