/** A close that is killed at any moment is whole or not there, and no restatement is lost or doubled. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { closingList, openMonths, reportedMonth } from '../../src/main/engine/closing/index.ts';
import { recompute, verify } from '../../src/main/engine/metrics/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { close, compare, gapsIn } from '../unit/closing/close.ts';
import { at, company, item, price, subscription } from '../unit/metrics/support/company.ts';
import { bundled } from '../support/bundled.ts';

const KILLS = 30;
const CHILD = bundled('close-child');

/** Starts the child, kills it some milliseconds after it began, and gives the months that it said it had closed. */
async function killed(file: string, seed: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, file, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (text: Buffer) => (told += text.toString()));
  const exit = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    exit.then(() => Promise.reject(new Error('The child ended by itself'))),
  ]);
  await new Promise((resolve) => setTimeout(resolve, (seed * 53) % 170));
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
  return told.split('\n').filter((line) => /^\d{4}-\d\d$/.test(line)).length;
}

test(`after each of ${KILLS} kills every close is whole and every month adds up`, { timeout: 180_000 }, async () => {
  const c = company();
  const file = c.db
    .prepare<[], { file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)
    .first()!.file;
  c.db.transaction(() => {
    for (let n = 0; n < 40; n++)
      c.see(subscription(at('2026-01-10'), { customerId: `cus_${n}`, items: [item(price())] }), at('2026-01-10'));
  });
  c.recompute();
  let closes = 0;
  let cutOff = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const told = await killed(file, kill);
    const { db, close: shut } = openWriter(file, new Uint8Array(32).fill(7));
    try {
      const rows = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM month_close`).first()!.n;
      expect(rows, 'a close that was told of is there').toBeGreaterThanOrEqual(closes + told);
      expect(rows, 'at most one more than was told of').toBeLessThanOrEqual(closes + told + 1);
      closes = rows;
      for (const { month, close: stamp } of closingList(db, null, c.context).months)
        if (stamp) expect(reportedMonth(db, month, c.context)).toMatchObject({ intact: true });
      if (openMonths(db, c.context).length > 0 || compare(db, c.context) > 0) cutOff += 1;
      recompute(db, c.context);
      compare(db, c.context);
      expect(verify(db, c.context).differences).toEqual([]);
      for (const { month, state } of closingList(db, null, c.context).months)
        if (state === 'closed') expect(gapsIn(db, month, c.context)).toEqual([]);
      for (const month of openMonths(db, c.context)) close(db, month, c.context);
      closes = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM month_close`).first()!.n;
    } finally {
      shut();
    }
  }
  c.close();
  // The kills have to hit the work itself, or this proves nothing.
  expect(cutOff).toBeGreaterThan(KILLS / 5);
});
