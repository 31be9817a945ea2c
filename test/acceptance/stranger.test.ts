/**
 * One small company, told by a server of a few lists in plain JSON, and every command that shows numbers, as a stranger
 * would run them. All figures are worked out by hand.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  canceled,
  customer,
  discount,
  coupon,
  event,
  invoice,
  item,
  line,
  preBasil,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import { stubStripe, type StripeObject } from './stub-stripe.ts';
import { bundled } from '../support/bundled.ts';

const CLI = bundled('cli');
const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function runner(dir: string): (...args: string[]) => Promise<Answer> {
  return (...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(NODE, [CLI, '--data-dir', dir, ...args], {
        env: { PATH: process.env['PATH'], HOME: dir, VARIO_PASSPHRASE: 'correct horse battery' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });
}

const period = { current_period_start: sec('2026-01-01'), current_period_end: sec('2027-01-01') };

/**
 * ann: 100 a month, 150 from March; bob: 1,200 a year, a quarter off once; cas: 10 a week, gone in April; dee: 50 a month
 * from February, paused in May; eve: 30 a month from March, leaving at the end of June.
 */
function company(): Record<string, readonly StripeObject[]> {
  const sold = (who: string, of: StripeObject, start: string, over: Record<string, unknown> = {}) =>
    subscription({ customer: `cus_${who}`, items: [of], start, ...over });
  const ann = sold('ann', item(price(10_000), { id: 'si_ann' }), '2026-01-05');
  const more = { ...ann, items: { object: 'list', has_more: false, data: [item(price(15_000), { id: 'si_ann' })] } };
  const quarterOff = discount(coupon({ percent_off: 25, duration: 'once' }), '2026-01-01');
  const bob = sold('bob', item(yearly(120_000), period), '2026-01-01', { discounts: [quarterOff] });
  const cas = canceled(
    sold('cas', item(price(1_000, { recurring: { interval: 'week' } })), '2026-01-20'),
    '2026-04-10',
  );
  const dee = sold('dee', item(price(5_000), { id: 'si_dee' }), '2026-02-10');
  const resting = { ...dee, pause_collection: { behavior: 'void', resumes_at: null } };
  const eve = sold('eve', item(price(3_000)), '2026-03-15', {
    cancel_at_period_end: true,
    cancel_at: sec('2026-06-30'),
    canceled_at: sec('2026-06-05'),
  });
  const bill = invoice({
    on: '2026-01-15',
    customer: 'cus_ann',
    lines: [line({ amount: 3_100, from: '2026-01-15', to: '2026-02-15' })],
  });
  const who = (name: string, channel: string, country: string) =>
    customer(`cus_${name}`, { metadata: { channel, tier: name < 'c' ? 'gold' : 'basic' }, address: { country } });
  return {
    customers: [
      who('ann', 'ads', 'DE'),
      who('bob', 'ads', 'US'),
      who('cas', 'fair', 'US'),
      who('dee', 'fair', 'DE'),
      who('eve', 'ads', 'DE'),
    ],
    subscriptions: [more, preBasil(bob), cas, resting, eve],
    invoices: [bill],
    events: [
      event('customer.subscription.created', '2026-01-05', ann),
      event('customer.subscription.updated', '2026-03-01', more),
      event('customer.subscription.created', '2026-02-10', dee),
      event('customer.subscription.updated', '2026-05-12', resting),
    ],
  };
}

test('connect, sync, and every number on the command line', { timeout: 240_000 }, async () => {
  const stripe = await stubStripe({ only: ['customers', 'subscriptions', 'invoices', 'events'] });
  for (const [list, objects] of Object.entries(company())) stripe.put(list, ...objects);
  const dir = mkdtempSync(join(tmpdir(), 'vario-stranger-'));
  try {
    const run = runner(dir);
    const json = async (...args: string[]) => {
      const { code, out, err } = await run(...args, '--json');
      expect(code, err).toBe(0);
      return JSON.parse(out);
    };
    writeFileSync(join(dir, 'key'), 'sk_test_1\n');
    await json('connect', 'stripe', '--secret-file', join(dir, 'key'), '--set', `apiBase=${stripe.apiBase}`);
    await json('sync');

    // ann 150, bob 75 (1,200 less a quarter ÷ 12), eve 30; cas gone, dee paused
    expect(await json('metrics', '--as-of', '2026-06-15')).toMatchObject({
      mrr: 15_000 + 7_500 + 3_000,
      arr: 306_000,
      cmrr: 22_500,
      customers: 3,
      arpa: 8_500,
      policy: 'vario',
    });
    expect(await json('metrics', '--month', '2026-04')).toMatchObject({
      movements: { opening: 34_833, churn: -4_333, closing: 30_500 },
      logoChurn: 0.2,
      quickRatio: 0,
    });
    expect(await json('metrics', '--month', '2026-03')).toMatchObject({
      movements: { new: 3_000, expansion: 5_000 },
      quickRatio: null,
      reasons: { quickRatio: 'no losses' },
      asp: 3_000,
    });
    for (const [policy, mrr] of [
      ['stripe', 15_000 + 10_000 + 5_000 + 3_000],
      ['chartmogul', 15_000 + 7_500 + 5_000 + 3_000],
      ['baremetrics', 15_000 + 7_500 + 3_000],
    ] as const)
      expect(await json('metrics', '--as-of', '2026-06-15', '--policy', policy)).toMatchObject({ mrr, policy });

    const bridge = await json('bridge', '--as-of', '2026-06-15', '--to-policy', 'stripe');
    expect(bridge).toMatchObject({ from: { mrr: 25_500 }, to: { mrr: 33_000 } });
    expect(bridge.rules.map((each: { rule: string; mrr: number }) => [each.rule, each.mrr])).toEqual([
      ['discounts', 2_500],
      ['pause', 5_000],
    ]);

    const { rows } = await json('movements', '--from', '2026-01-01', '--to', '2026-06-30');
    expect(rows.map((row: Record<string, unknown>) => [row['on'], row['kind'], row['annualMinor']])).toEqual([
      ['2026-01-01', 'new', 90_000],
      ['2026-01-05', 'new', 120_000],
      ['2026-01-20', 'new', 52_000],
      ['2026-02-10', 'new', 60_000],
      ['2026-03-01', 'expansion', 60_000],
      ['2026-03-15', 'new', 36_000],
      ['2026-04-10', 'churn', -52_000],
      ['2026-05-12', 'paused', -60_000],
      ['2026-06-30', 'churn', -36_000],
    ]);

    const logo = await json('cohorts', '--as-of', '2026-06-15');
    expect(logo.rows.map((row: { cohort: string; size: number }) => [row.cohort, row.size])).toEqual([
      ['2026-01', 3],
      ['2026-02', 1],
      ['2026-03', 1],
    ]);
    expect(logo.rows[1].values).toEqual([1, 1, 1, 0, 0, null]);
    const fiscal = await json('cohorts', '--unit', 'fiscal_quarter', '--as-of', '2026-06-15');
    expect(fiscal.rows.map((row: { cohort: string }) => row.cohort)).toEqual(['FY2026-Q1']);
    const kept = await json('cohorts', '--policy', 'stripe', '--as-of', '2026-06-15');
    expect(kept.rows[1].values).toEqual([1, 1, 1, 1, 1, null]);
    const tiers = await json('cohorts', '--by', 'metadata:tier', '--as-of', '2026-06-15');
    expect(tiers.groups.map((each: { group: string; customers: number }) => [each.group, each.customers])).toEqual([
      ['basic', 3],
      ['gold', 2],
    ]);
    const csv = await run('cohorts', '--kind', 'net', '--csv', '--as-of', '2026-06-15');
    expect(csv.out.split('\r\n').slice(0, 2)).toEqual([
      'group,cohort,size,base,age_0,age_1,age_2,age_3,age_4,age_5',
      expect.stringMatching(/^,2026-01,3,21833,1,1,1\.229\d+,1\.030\d+,1\.030\d+,1\.030\d+$/),
    ]);

    const revrec = await json('revrec', '--from', '2026-01', '--to', '2026-02');
    expect(revrec.months).toMatchObject([
      { month: '2026-01', opening: 0, billed: 3_100, recognised: 1_700, closing: 1_400 },
      { month: '2026-02', opening: 1_400, billed: 0, recognised: 1_400, closing: 0 },
    ]);
    expect((await json('customers')).rows).toHaveLength(5);
    expect((await run('verify')).code).toBe(0);
    expect((await run('cohorts', '--by', 'shoe size')).code).toBe(2);
    expect((await run('cohorts', '--policy', 'nobody', '--json')).code).toBe(1);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
