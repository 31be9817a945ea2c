/** A compaction that is killed at any moment leaves one whole database under the file's name, with all that was told. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openStore } from '../../src/main/engine/store/index.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { newKey, storeOptions } from '../support/store.ts';
import { bundled } from '../support/bundled.ts';

const KILLS = 12;
const script = bundled('compact');

function started(file: string, key: Uint8Array) {
  const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(key);
  return { child, lines: createInterface({ input: child.stdout }) };
}

/** How long a row with its compaction takes here and now, on a machine that may be busy. */
async function roundMs(file: string, key: Uint8Array): Promise<number> {
  const { child, lines } = started(file, key);
  const told: number[] = [];
  for await (const _ of lines) if (told.push(performance.now()) === 3) child.kill('SIGKILL');
  const [first = 0, , third = 0] = told;
  return (third - first) / 2;
}

/** Kills the program some milliseconds after its first row; gives the last row that it told. */
async function killed(file: string, key: Uint8Array, afterMs: number): Promise<number> {
  const { child, lines } = started(file, key);
  let told = -1;
  for await (const line of lines) {
    if (told === -1) setTimeout(() => child.kill('SIGKILL'), afterMs);
    told = Number(line);
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

it(`survives ${KILLS} kills`, { timeout: 300_000 }, async () => {
  const file = join(temporaryFolder(), 'vario.db');
  const key = newKey();
  const round = await roundMs(join(temporaryFolder(), 'vario.db'), key);
  let compacted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const told = await killed(file, key, ((kill + 1) / 4) * round);
    const store = openStore({ ...storeOptions(), file, key });
    expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
    const rows = store.db.all(store.db.build.selectFrom('setting').select('name'));
    expect(rows.map(({ name }) => name)).toContain(`row ${told}`);
    const head = store.db.all(store.db.build.selectFrom('ledger_head').select('name'));
    if (head.some(({ name }) => name === 'pages after compaction')) compacted += 1;
    store.close();
    expect(readdirSync(dirname(file)).filter((name) => name.includes('compacting'))).toEqual([]);
  }
  // Of the kills some have to come after a compaction, or this proves nothing.
  expect(compacted).toBeGreaterThan(KILLS / 4);
});
