/** What a stranger does: a small server of their own, `vario connect`, `sync`, `metrics`, `movements`, `customers`, `revrec`, `verify`. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/engine-ports.ts';
import { canceled, customer, invoice, item, line, minimal, price, subscription } from './stripe-objects.ts';
import { stubStripe, type StubOptions } from './stub-stripe.ts';
import { bundled } from '../support/bundled.ts';

const CLI = bundled('cli');
const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  json(): Record<string, never>;
}

function vario(dataDir: string, ...args: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [CLI, '--data-dir', dataDir, ...args], {
      env: { PATH: process.env['PATH'], HOME: dataDir, VARIO_PASSPHRASE: 'correct horse battery' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err, json: () => JSON.parse(out) }));
  });
}

async function stranger(options: StubOptions = {}) {
  const stripe = await stubStripe(options);
  const dir = temporaryFolder();
  const secret = join(dir, 'key.txt');
  writeFileSync(secret, 'sk_test_123\n');
  const run = (...args: string[]) => vario(dir, ...args);
  const connect = (...more: string[]) =>
    run('connect', 'stripe', '--secret-file', secret, '--set', `apiBase=${stripe.apiBase}`, ...more);
  return { stripe, dir, run, connect };
}

describe('a server that knows customers, prices and subscriptions, and nothing else', { timeout: 300_000 }, () => {
  test('is connected, synced, counted and proven; what it lacks is said', async () => {
    const { stripe, connect, run } = await stranger({ only: ['customers', 'subscriptions', 'prices', 'products'] });
    stripe.put('customers', customer('cus_a'), customer('cus_b'));
    const old = subscription({ customer: 'cus_b', items: [item(price(5_000))], start: '2026-02-01' });
    stripe.put('subscriptions', subscription({ items: [item(price(10_000))] }), canceled(old, '2026-06-10'));

    const connected = await connect();
    expect(connected).toMatchObject({ code: 0, err: expect.stringContaining('Connected Stripe') });

    const sync = await run('sync', '--json');
    expect(sync.code).toBe(0);
    const streams: { stream: string; fetched: number; complete: boolean }[] =
      Object.values(sync.json()['sources'] ?? [])[0]?.['streams'] ?? [];
    expect(streams.find(({ stream }) => stream === 'subscriptions')).toMatchObject({ complete: true, quarantined: 0 });
    expect(streams.find(({ stream }) => stream === 'invoices')).toMatchObject({ complete: false });

    const metrics = await run('metrics', '--month', '2026-06', '--json');
    expect(metrics.json()).toMatchObject({
      mrr: 10_000,
      customers: 1,
      movements: { opening: 15_000, churn: -5_000, closing: 10_000 },
      logoChurn: 0.5,
    });
    const movements = await run('movements', '--from', '2026-01-01', '--to', '2026-12-31', '--json');
    expect(movements.json()['rows']).toHaveLength(3);
    const customers = await run('customers', '--json');
    expect(customers.json()['rows']).toHaveLength(2);
    expect(await run('verify')).toMatchObject({ code: 0 });
  });
});

describe('the rest of the command line', { timeout: 300_000 }, () => {
  test('revenue, time zone, policies in a file, wrong usage', async () => {
    const { stripe, dir, connect, run } = await stranger();
    stripe.put('customers', customer('cus_a'));
    const weekly = price(1_000, { recurring: { interval: 'week' } });
    stripe.put('subscriptions', subscription({ items: [item(weekly)], start: '2026-01-15' }));
    stripe.put(
      'invoices',
      invoice({ on: '2026-01-15', lines: [line({ amount: 3_100, from: '2026-01-15', to: '2026-02-15' })] }),
    );
    expect(await connect()).toMatchObject({ code: 0, err: expect.stringContaining('Connected Stripe') });
    expect((await run('sync', '--json')).code).toBe(0);

    const revenue = await run('revrec', '--from', '2026-01', '--to', '2026-02', '--json');
    expect(revenue.json()['months']).toMatchObject([
      { month: '2026-01', billed: 3_100, recognised: 1_700, closing: 1_400 },
      { month: '2026-02', opening: 1_400, recognised: 1_400, closing: 0 },
    ]);
    const mrr = async (...policy: string[]) =>
      (await run('metrics', '--as-of', '2026-06-30', '--json', ...policy)).json()['mrr'];
    expect(await mrr()).toBe(4_333);
    expect(await mrr('--policy', 'baremetrics')).toBe(4_330);
    const file = join(dir, 'own.json');
    writeFileSync(file, JSON.stringify({ base: 'vario', week: '4.345', day: '30.437' }));
    expect(await mrr('--policy', file)).toBe(4_345);

    const days = async () =>
      Object.values(
        (await run('movements', '--from', '2026-01-01', '--to', '2026-02-28', '--json')).json()['rows'] ?? [],
      ).map(({ on, kind, annualMinor }) => [on, kind, annualMinor]);
    expect(await days()).toEqual([['2026-01-15', 'new', 52_000]]);
    expect((await run('config', 'set', 'timeZone', 'America/Los_Angeles')).code).toBe(0);
    expect(await days()).toEqual([['2026-01-14', 'new', 52_000]]);
    expect((await run('customers', '--json')).json()['rows']).toMatchObject([{ name: 'Customer cus_a', mrr: 4_333 }]);

    const unknown = await run('metrics', '--policy', 'nobody', '--json');
    expect(unknown.code).toBe(1);
    expect(unknown.json()['error']).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('nobody'),
    });
    expect((await run('metrics', '--as-of', 'yesterday')).code).toBe(2);
    expect((await run('metrics', '--month', '2026-13')).code).toBe(2);
  });

  test('a server with the barest objects, whatever is asked', async () => {
    const { stripe, connect, run } = await stranger({
      bareLists: true,
      ignoresQuery: true,
      only: ['customers', 'subscriptions'],
    });
    stripe.put('customers', { id: 'cus_a', object: 'customer', email: 'a@example.com' });
    stripe.put('subscriptions', minimal(subscription({ items: [item(price(4_200))] })));
    expect(await connect()).toMatchObject({ code: 0, err: expect.stringContaining('Connected Stripe') });
    expect((await run('metrics', '--as-of', '2026-06-30', '--json')).json()).toMatchObject({
      mrr: 4_200,
      customers: 1,
    });
  });
});

describe('what goes wrong is said', { timeout: 300_000 }, () => {
  test('a refused key, a refused list, nobody there, nothing connected', async () => {
    const refused = await stranger({ status: () => 401 });
    const no = await refused.connect('--json');
    expect(no).toMatchObject({ code: 1, err: expect.stringContaining('does not accept the key') });
    expect(no.json()).toMatchObject({ error: { code: 'auth_failed' } });
    expect(await refused.run('sync', '--json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('vario connect'),
    });

    const partly = await stranger({ status: (path) => (path === '/v1/disputes' ? 403 : null) });
    partly.stripe.put('subscriptions', subscription({ items: [item(price(10_000))] }));
    expect(await partly.connect()).toMatchObject({ code: 0 });
    const streams = Object.values((await partly.run('sync', '--json')).json()['sources'] ?? [])[0]?.['streams'] ?? [];
    expect(streams.find(({ stream }) => stream === 'disputes')).toMatchObject({ complete: false });
    expect((await partly.run('metrics', '--as-of', '2026-06-30', '--json')).json()).toMatchObject({ mrr: 10_000 });
  });
});
