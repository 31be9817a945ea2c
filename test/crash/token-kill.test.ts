/**
 * A refresh token that is good for once: the process is killed in the moment in which the vendor sees the first request
 * with the new access. By then the new refresh token must be on the disk: the old one opens nothing any more.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../src/main/engine/store/index.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { besideSalesforce } from '../support/salesforce/connected.ts';
import { CONSUMER_KEY } from '../support/salesforce/oauth.ts';
import { storeOptions, testStore } from '../support/store.ts';
import { bundled } from '../support/bundled.ts';

const script = bundled('sync-company');
const KILLS = 3;

it('is on the disk before it is used', { timeout: 180_000 }, async () => {
  const { server, deps } = await besideSalesforce();
  const key = storeOptions().key;
  const prepared = testStore({ key: Uint8Array.from(key) });
  const { sourceId } = await connectSource(
    { ...deps, db: prepared.db },
    {
      vendor: 'salesforce',
      config: { apiBase: server.apiBase, clientId: CONSUMER_KEY },
      secrets: { refreshToken: server.oauth.first()['refresh_token'] ?? '' },
    },
  );
  const file = join(temporaryFolder(), 'killed.db');
  prepared.db.prepareWrite<[string]>('VACUUM INTO ?').run(file);
  for (let kill = 0; kill < KILLS; kill += 1) {
    server.oauth.expire();
    const before = server.oauth.refreshes();
    const child = spawn(process.execPath, [script, file, String(sourceId), String(deps.clock.now())], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    server.watch((line) => {
      if (server.oauth.refreshes() > before && !line.includes('/oauth2/')) child.kill('SIGKILL');
    });
    child.stdin.end(key);
    if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    server.watch(() => undefined);
    server.oauth.expire();
    const store = openStore({ ...storeOptions(), file, key: Uint8Array.from(key) });
    const { streams } = await syncSource({ ...deps, db: store.db }, sourceId);
    expect(streams.every(({ complete }) => complete)).toBe(true);
    store.close();
  }
});
