/** Closing on the command line: what scripts read and people see. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { vario } from './run-vario.ts';

const env = { VARIO_PASSPHRASE: 'correct horse battery staple' };
let dir: string;
let vendors: DemoServers;
let months: string[];

const run = (...args: string[]) => vario([...args, '--data-dir', join(dir, 'data')], { env });

async function json(...args: string[]) {
  const { code, out, err } = await run(...args, '--json');
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-close-'));
  vendors = await startDemoServers({ scale: 0.05 });
  const keyFile = join(dir, 'key.txt');
  writeFileSync(keyFile, `${vendors.stripe.apiKey}\n`);
  await json('connect', 'stripe', '--secret-file', keyFile, '--set', `apiBase=${vendors.stripe.apiBase}`);
  await json('connect', 'frankfurter', '--set', `apiBase=${vendors.frankfurter.apiBase}`);
  await json('sync');
  const list = await json('close');
  months = list.months.map(({ month }: { month: string }) => month).toReversed();
}, 180_000);
afterAll(async () => {
  await vendors.close();
  rmSync(dir, { recursive: true, force: true });
});

test('months are closed in order: one out of turn is refused, all through one are closed', async () => {
  const [first = '', second = ''] = months;
  const refused = await run('close', second);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.err).toContain(`${first} is still open`);
  expect((await json('close', first)).closed).toMatchObject([{ month: first, version: 1, closedBy: 'hand' }]);
  const last = months.at(-2) ?? '';
  const { closed } = await json('close', '--through', last);
  expect(closed.map(({ month }: { month: string }) => month)).toEqual(months.slice(1, -1));
});

test('what was reported stays readable beside what is known, and the difference is listed', async () => {
  const month = months.at(-2) ?? '';
  const before = await json('metrics', '--month', month);
  expect(await json('restatements')).toEqual({ rows: [] });
  vendors.control.enterLateAgreement();
  await json('sync');
  const reported = await json('metrics', '--month', month, '--as-reported');
  expect(reported).toMatchObject({ month, mrr: before.mrr, arr: before.arr, close: { month, version: 1 } });
  const known = await json('metrics', '--month', month);
  expect(known.arr - reported.arr).toBe(490_800);
  const { rows } = await json('restatements', '--month', month);
  expect(rows).toMatchObject([{ month, line: 'new', customerName: 'Sorrel Grid', change: 490_800, cause: 'late' }]);
  const text = await run('restatements', '--cause', 'late');
  expect(text.out).toMatch(/new \(ARR\) +Sorrel Grid +\$0\.00 +\$4,908\.00 +late/);
});

test('a month is opened again with its reason, and closed as version 2', async () => {
  const month = months.at(-2) ?? '';
  const without = await run('close', '--reopen', month);
  expect(without).toMatchObject({ code: 1 });
  expect(without.err).toContain('--reason');
  expect(await json('close', '--reopen', month, '--reason', 'booked late')).toEqual({
    reopened: month,
    reason: 'booked late',
  });
  const again = await run('close', month);
  expect(again.out).toMatch(new RegExp(`^Closed ${month} \\(version 2, [0-9a-f]{12}\\)`));
  const listed = await run('close');
  expect(listed.out).toMatch(new RegExp(`${month} +closed`));
});

test('--as-reported wants a month alone, and one that was closed', async () => {
  expect((await run('metrics', '--as-reported')).err).toContain('--month');
  expect((await run('metrics', '--month', months.at(-1) ?? '', '--as-reported')).err).toContain('is not closed');
});

test('an own policy is the company’s by its file, and the day of closing is a setting', async () => {
  const file = join(dir, 'own.json');
  writeFileSync(file, JSON.stringify({ base: 'vario', discounts: 'none', name: 'List prices' }));
  expect((await json('config', 'set', 'policy', file)).policy).toMatchObject({ base: 'vario', discounts: 'none' });
  expect((await json('metrics')).policy).toBe('List prices');
  expect(await run('config', 'set', 'policy', 'nobody')).toMatchObject({ code: 1 });
  const { rows } = await json('restatements', '--cause', 'policy');
  expect(rows.length).toBeGreaterThan(0);
  expect((await json('config', 'set', 'policy', 'vario')).policy).toBe('vario');
  expect((await json('config', 'set', 'closeOnDay', '5')).closeOnDay).toBe(5);
  expect(await run('config', 'set', 'closeOnDay', '31')).toMatchObject({ code: 1 });
});
