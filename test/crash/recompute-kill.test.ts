/** A computation of the ledger that is killed at any moment leaves a whole ledger and the rest of the work list. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { recompute, verify } from '../../src/main/engine/metrics/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { at, company, item, price, subscription } from '../unit/metrics/support/company.ts';

const KILLS = 50;
/** Databases that are killed side by side. */
const LANES = 2;
const CHILD = fileURLToPath(new URL('./recompute-child.ts', import.meta.url));

/** Starts the child on the database and kills it some milliseconds after it began to work. */
async function killed(file: string, seed: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, file, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    exit.then(() => Promise.reject(new Error('The child ended by itself'))),
  ]);
  await new Promise((resolve) => setTimeout(resolve, (seed * 37) % 120));
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
}

/** Kills one database's child after child; @returns how many kills hit the work itself. */
async function lane(first: number): Promise<number> {
  const c = company();
  const file = c.db
    .prepare<[], { file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)
    .first()!.file;
  c.db.transaction(() => {
    for (let n = 0; n < 60; n++)
      c.see(subscription(at('2026-01-10'), { customerId: `cus_${n}`, items: [item(price())] }), at('2026-01-10'));
  });
  c.recompute();
  let interrupted = 0;
  for (let kill = first; kill < KILLS; kill += LANES) {
    await killed(file, kill);
    const { db, close } = openWriter(file, new Uint8Array(32).fill(7));
    try {
      const waiting = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()!.n;
      if (waiting > 0) interrupted += 1;
      expect(verify(db, c.context).differences).toEqual([]);
      expect(recompute(db, c.context).customers).toBe(waiting);
      expect(verify(db, c.context)).toMatchObject({ customers: 60, differences: [] });
    } finally {
      close();
    }
  }
  c.close();
  return interrupted;
}

test(`after each of ${KILLS} kills the ledger is what its facts say`, { timeout: 120_000 }, async () => {
  const interrupted = await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  // The kills have to hit the work itself, or this proves nothing.
  expect(interrupted.reduce((a, b) => a + b, 0)).toBeGreaterThan(KILLS / 5);
});
