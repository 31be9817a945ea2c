/** A computation of the ledger that is killed at any moment leaves a whole ledger and the rest of the work list. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { recompute, verify } from '../../src/main/engine/metrics/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { at, company, item, price, subscription } from '../unit/metrics/support/company.ts';
import { bundled } from '../support/bundled.ts';

/** Databases that are killed side by side. */
const LANES = 2;
type Where = 'in place' | 'on threads';
const CUSTOMERS = { 'in place': 60, 'on threads': 200 } as const;
const CHILD = bundled('recompute-child');

/** Starts the child on the database and kills it some milliseconds after it began to work. */
async function killed(file: string, seed: number, where: Where): Promise<void> {
  const child = spawn(process.execPath, [CHILD, file, String(seed), where], { stdio: ['ignore', 'pipe', 'inherit'] });
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
async function lane(first: number, kills: number, where: Where): Promise<number> {
  const c = company();
  const file = c.db
    .prepare<[], { file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)
    .first()!.file;
  c.db.transaction(() => {
    for (let n = 0; n < CUSTOMERS[where]; n++)
      c.see(subscription(at('2026-01-10'), { customerId: `cus_${n}`, items: [item(price())] }), at('2026-01-10'));
  });
  c.recompute();
  let interrupted = 0;
  for (let kill = first; kill < kills; kill += LANES) {
    await killed(file, kill, where);
    const { db, close } = openWriter(file, new Uint8Array(32).fill(7));
    try {
      const waiting = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()!.n;
      if (waiting > 0) interrupted += 1;
      expect(verify(db, c.context).differences).toEqual([]);
      expect(recompute(db, c.context).customers).toBe(waiting);
      expect(verify(db, c.context)).toMatchObject({ customers: CUSTOMERS[where], differences: [] });
    } finally {
      close();
    }
  }
  c.close();
  return interrupted;
}

test.each([
  ['in place', 50],
  ['on threads', 12],
] as const)(
  'computed %s, after each of %i kills the ledger is what its facts say',
  { timeout: 300_000 },
  async (where, kills) => {
    const interrupted = await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first, kills, where)));
    // The kills have to hit the work itself, or this proves nothing.
    expect(interrupted.reduce((a, b) => a + b, 0)).toBeGreaterThan(kills / 5);
  },
);
