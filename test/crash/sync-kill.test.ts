/** The process is killed at random moments of a first sync. The next one goes on, and the result is that of a sync left alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openStore } from '../../src/main/engine/store/index.ts';
import { connectSource } from '../../src/main/engine/sync/index.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { newKey, storeOptions } from '../support/store.ts';
import { logicalDump, testCompany } from '../support/synced-company.ts';

const KILLS = 50;
/** About as long as a sync of the small company takes, so that every moment of it is hit. */
const LATEST_MS = 450;
const script = fileURLToPath(new URL('../fixtures/sync/sync-company.ts', import.meta.url));

/** @returns whether the sync was killed before its end. */
async function killSync(file: string, key: Uint8Array, sourceId: number, now: number): Promise<boolean> {
  const child = spawn(process.execPath, [script, file, String(sourceId), String(now)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(key);
  for await (const line of createInterface({ input: child.stdout }))
    if (line === 'syncing') setTimeout(() => child.kill('SIGKILL'), Math.random() * LATEST_MS);
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode === 0 || child.signalCode === 'SIGKILL').toBe(true);
  return child.signalCode === 'SIGKILL';
}

it(`ends like an undisturbed sync after ${KILLS} kills`, async () => {
  const company = await testCompany({ scale: 0.03 });
  await company.sync();
  const undisturbed = logicalDump(company.db);

  const folder = temporaryFolder();
  const key = newKey();
  const connected = join(folder, 'connected.db');
  const store = openStore({ ...storeOptions(), file: connected, key: Uint8Array.from(key) });
  const { sourceId } = await connectSource(
    { ...company.deps, db: store.db },
    {
      vendor: 'stripe',
      config: { apiBase: company.servers.stripe.apiBase },
      secrets: { apiKey: company.servers.stripe.apiKey },
    },
  );
  store.close();

  let kills = 0;
  const playRound = async (name: string): Promise<void> => {
    const file = join(folder, `${name}.db`);
    copyFileSync(connected, file);
    while (await killSync(file, key, sourceId, company.deps.clock.now())) kills += 1;
    const after = openStore({ ...storeOptions(), file, key: Uint8Array.from(key) });
    expect(after.checkIntegrity()).toEqual({ ok: true, problems: [] });
    expect(logicalDump(after.db), name).toEqual(undisturbed);
    const unproven = after.db
      .prepare<[], { stream: string }>('SELECT stream FROM stream_state WHERE complete = 0')
      .all();
    expect(unproven).toEqual([]);
    const open = after.db
      .prepare<[], { n: number }>('SELECT count(*) AS n FROM sync_run WHERE ended_at IS NULL')
      .first();
    expect(open).toEqual({ n: 0 });
    after.close();
  };
  const playRounds = async (player: number): Promise<void> => {
    for (let round = 0; kills < KILLS; round += 1) await playRound(`player-${player}-round-${round}`);
  };
  await Promise.all([playRounds(1), playRounds(2)]);
}, 120_000);
