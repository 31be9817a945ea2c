import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { vario } from './run-vario.ts';

const env = { VARIO_PASSPHRASE: 'correct horse battery staple' };
let dir: string;
let vendors: DemoServers;
const common = () => ['--data-dir', join(dir, 'data')];

async function json(...args: string[]) {
  const { code, out, err } = await vario([...args, '--json', ...common()], { env });
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

async function refused(...args: string[]): Promise<string> {
  const { code, err } = await vario([...args, ...common()], { env });
  expect(code).not.toBe(0);
  return err;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-slices-'));
  vendors = await startDemoServers({ scale: 0.1 });
  const keyFile = join(dir, 'key.txt');
  writeFileSync(keyFile, `${vendors.stripe.apiKey}\n`);
  await json('connect', 'stripe', '--secret-file', keyFile, '--set', `apiBase=${vendors.stripe.apiBase}`);
  await json('connect', 'frankfurter', '--set', `apiBase=${vendors.frankfurter.apiBase}`);
  await json('sync');
}, 300_000);
afterAll(async () => {
  await vendors.close();
  rmSync(dir, { recursive: true, force: true });
});

test('all but a part of the company is said by !=', async () => {
  const of = async (...where: string[]) =>
    await json('metrics', '--month', '2026-10', ...where.flatMap((text) => ['--where', text]));
  const [part, rest] = [await of('plan=Pro'), await of('plan!=Pro')];
  expect(part).not.toEqual(rest);
  expect(await refused('metrics', '--where', '!=Pro')).toContain('Give a dimension and a value');
});

test('metrics of a part of the company, in any case of its values, with what moved apart from churn', async () => {
  const whole = await json('metrics', '--month', '2026-10');
  const part = await json('metrics', '--month', '2026-10', '--where', 'plan=pro', '--where', 'plan=Growth');
  expect(part.mrr).toBeGreaterThan(0);
  expect(part.mrr).toBeLessThan(whole.mrr);
  const { opening, closing, ...moved } = part.movements;
  expect(moved).toHaveProperty('movedIn');
  expect(opening + Object.values<number>(moved).reduce((sum, amount) => sum + amount, 0)).toBe(closing);
  expect(part.netRevenue).toBeGreaterThan(0);
  expect(part.netRevenue).toBeLessThan(whole.netRevenue);
  expect(part.netBurn).toBeNull();
  expect(part.reasons.netBurn).toMatch(/whole company/);
  expect(whole.movements).not.toHaveProperty('movedIn');
});

test('revenue and cash by plan add up to the company’s, as JSON and for people; other rules are refused', async () => {
  const whole = await json('metrics', '--month', '2026-10');
  const { rows, total, from, to } = await json('metrics', '--month', '2026-10', '--by', 'plan');
  expect({ from, to }).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  expect(rows.length).toBeGreaterThan(1);
  for (const name of [
    'mrr',
    'netRevenue',
    'grossCash',
    'refunds',
    'fees',
    'netCash',
    'taxCollected',
    'failedPayments',
  ]) {
    expect([name, total[name]]).toEqual([name, whole[name]]);
    const sum = rows.reduce((all: number, row: Record<string, number>) => all + (row[name] ?? 0), 0);
    expect([name, sum]).toEqual([name, whole[name]]);
  }
  const { out } = await vario(['metrics', '--by', 'plan', '--where', 'country=US', ...common()], { env });
  expect(out).toMatch(/by plan[^]*Net revenue[^]*Total/);
  expect(await refused('metrics', '--by', 'plan', '--policy', 'stripe')).toContain('revenue and cash know no policy');
});

test('a value, a dimension and a segment that there is not are refused with those there are', async () => {
  expect(await refused('metrics', '--where', 'plan=prp')).toMatch(/There is no plan “prp”; known: .*Growth.*Pro/);
  expect(await refused('metrics', '--where', 'planet=earth')).toMatch(/no dimension; known: plan, product/);
  expect(await refused('metrics', '--where', 'plan')).toMatch(/plan=Pro/);
  expect(await refused('metrics', '--segment', 'Nobody')).toMatch(/no segment “Nobody”; none is known yet/);
  expect(await refused('movements', '--from', '2026-10-01', '--to', '2026-10-31', '--by', 'moon')).toMatch(
    /customer, day/,
  );
});

test('movements by a dimension add up to the company’s rows', async () => {
  const period = ['--from', '2026-01-01', '--to', '2026-10-31'];
  const { rows } = await json('movements', ...period);
  for (const by of ['plan', 'interval', 'country', 'currency']) {
    const sums = await json('movements', ...period, '--by', by);
    const total = (all: { annualMinor: number; kind: string }[]) =>
      all.reduce((sum, row) => sum + (row.kind === 'fx' ? 0 : row.annualMinor), 0);
    expect([by, total(sums.rows)]).toEqual([by, total(rows)]);
  }
  const { out } = await vario(['movements', ...period, '--by', 'plan', ...common()], { env });
  expect(out.split('\r\n')[0]).toBe(
    'value,label,opening,new,expansion,contraction,churn,reactivation,paused,resumed,fx,movedIn,movedOut,closing,customers,share,currency',
  );
});

test('constant currency has no exchange-rate movement', async () => {
  const own = await json('metrics', '--month', '2026-10', '--constant-currency');
  expect(own).toMatchObject({ ratesOn: '2026-09-30', movements: { fx: 0 } });
  const at = await json('metrics', '--month', '2026-10', '--constant-currency', '2026-01-02');
  expect(at).toMatchObject({ ratesOn: '2026-01-02', movements: { fx: 0 } });
  expect((await json('metrics', '--month', '2026-10')).movements.fx).not.toBe(0);
});

test('segments are saved, used, renamed, taken away and brought back', async () => {
  const made = await json('segments', 'add', 'Large', '--mrr-from', '50000', '--state', 'paying');
  expect(made).toMatchObject({ name: 'Large', filter: { mrr: { min: 50_000 }, states: ['paying'] } });
  const { rows } = await json('customers', '--segment', 'large');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ mrr, state }: { mrr: number; state: string }) => mrr >= 50_000 && state === 'paying')).toBe(
    true,
  );
  const { segments } = await json('segments');
  expect(segments).toMatchObject([{ name: 'Large', customers: rows.length }]);
  const part = await json('metrics', '--segment', 'Large');
  expect(part.customers).toBe(rows.length);
  expect(part.arr).toBeGreaterThanOrEqual(rows.length * 600_000);
  expect((await json('cohorts', '--segment', 'Large')).rows.length).toBeGreaterThan(0);

  expect(await refused('segments', 'add', 'LARGE', '--state', 'churned')).toMatch(/“Large” exists already/);
  await json('segments', 'rename', 'Large', 'Whales');
  const gone = await json('segments', 'remove', 'Whales');
  expect(await refused('customers', '--segment', 'Whales')).toMatch(/no segment “Whales”/);
  await json('segments', 'restore', String(gone.segmentId));
  expect((await json('segments', 'list')).segments).toMatchObject([{ name: 'Whales' }]);
});

test('customers by state, plan and text; as CSV a name cannot become a formula', async () => {
  const all = await json('customers', '--where', 'plan=Pro', '--segment', 'churned');
  expect(all.rows.every(({ state }: { state: string }) => state === 'churned')).toBe(true);
  const { out } = await vario(['customers', '--limit', '3', '--csv', ...common()], { env });
  expect(out.split('\r\n')[0]).toBe('customer_id,name,email,country,state,mrr_minor,currency,plan,since,churned_on');
  expect(out.split('\r\n')).toHaveLength(4);
});
