import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoServers, type DemoServers } from '../../../src/main/demo/index.ts';
import { vario, type Run } from './run-vario.ts';

const PASSPHRASE = 'correct horse battery staple';

let dir: string;
let dataDir: string;
let vendors: DemoServers;
let connected: Run;

const common = () => ['--data-dir', dataDir];
const env = { VARIO_PASSPHRASE: PASSPHRASE };

async function json(...args: string[]) {
  const { code, out, err } = await vario([...args, '--json', ...common()], { env });
  expect(err, err).not.toMatch(/Something unexpected/);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-cli-'));
  dataDir = join(dir, 'data');
  vendors = await startDemoServers({ scale: 0.1 });
  const keyFile = join(dir, 'key.txt');
  writeFileSync(keyFile, `${vendors.stripe.apiKey}\n`);
  connected = await vario(
    [
      'connect',
      'stripe',
      '--secret-file',
      keyFile,
      '--set',
      `apiBase=${vendors.stripe.apiBase}`,
      '--json',
      ...common(),
    ],
    { env },
  );
  await json('connect', 'frankfurter', '--set', `apiBase=${vendors.frankfurter.apiBase}`);
});
afterAll(async () => {
  await vendors.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('a new data directory', () => {
  test('is made by the first connect, under the passphrase', () => {
    expect(connected.code, connected.err).toBe(0);
    expect(JSON.parse(connected.out)).toMatchObject({ vendor: 'stripe', name: 'Stripe' });
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['vario.db', 'keyring.json']));
  });

  test('is its owner’s only', () => {
    if (process.platform === 'win32') return;
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'keyring.json')).mode & 0o077).toBe(0);
  });

  test('does not open with another passphrase', async () => {
    const { code, out } = await vario(['metrics', '--json', ...common()], {
      env: { VARIO_PASSPHRASE: 'another passphrase' },
    });
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe('auth_failed');
  });

  test('opens with the passphrase from a file as well', async () => {
    const file = join(dir, 'passphrase');
    writeFileSync(file, `${PASSPHRASE}\n`);
    expect((await vario(['config', 'get', ...common(), '--passphrase-file', file])).code).toBe(0);
  });
});

describe('scripts rely on', () => {
  test('sync: per stream fetched, changed, quarantined, complete', async () => {
    const { sources } = await json('sync');
    const stripe = sources.find(({ id }: { id: string }) => id === 'stripe');
    expect(stripe.streams.length).toBeGreaterThan(5);
    for (const stream of stripe.streams)
      expect(stream).toMatchObject({
        stream: expect.any(String),
        fetched: expect.any(Number),
        changed: 0,
        quarantined: 0,
        complete: true,
      });
    expect(stripe.seconds).toBeGreaterThan(0);
  });

  test('sources: whose account, in which mode; paused they are not synced, and resumed they are', async () => {
    const stripeOf = ({ sources }: { sources: { id: string }[] }) => sources.find(({ id }) => id === 'stripe');
    expect(stripeOf(await json('sources'))).toMatchObject({
      name: 'Stripe',
      accountName: 'Kestrel Labs',
      accountId: expect.stringMatching(/^acct_/),
      liveMode: false,
      counts: true,
      state: 'ready',
      incomplete: [],
    });
    expect(stripeOf(await json('sources', 'pause', 'stripe'))).toMatchObject({ state: 'paused' });
    const refused = await vario(['sync', 'stripe', ...common()], { env });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('vario sources resume "Stripe"');
    // Without a name the others are synced.
    const others = await json('sync');
    expect(others.sources.map(({ id }: { id: string }) => id)).toEqual(['frankfurter']);
    expect(stripeOf(await json('sources', 'resume', 'stripe'))).toMatchObject({ state: 'ready' });
  });

  test('sync: a source that is not connected is an error that names those that are', async () => {
    const { code, err } = await vario(['sync', 'hubspot', ...common()], { env });
    expect(code).toBe(1);
    expect(err).toContain('stripe');
  });

  test('metrics: the names of the table, whole minor units, reasons for what is undefined', async () => {
    const metrics = await json('metrics');
    expect(metrics).toMatchObject({ policy: 'vario', currency: 'USD', month: null, unvalued: expect.any(Array) });
    for (const name of ['mrr', 'arr', 'cmrr', 'trialMrr', 'pastDueMrr', 'usageRunRate', 'customers'])
      expect(Number.isSafeInteger(metrics[name]), name).toBe(true);
    expect(metrics.mrr).toBeGreaterThan(0);
    const { opening, closing, ...moved } = metrics.movements;
    expect(opening + Object.values<number>(moved).reduce((sum, part) => sum + part, 0)).toBe(closing);
    for (const name of ['ltv', 'cac', 'cacPaybackMonths'])
      if (metrics[name] === null) expect(metrics.reasons[name], name).toEqual(expect.any(String));
  });

  test('metrics: a month, a day, another currency', async () => {
    const { asOf } = await json('metrics');
    const month = asOf.slice(0, 7);
    expect(await json('metrics', '--month', month)).toMatchObject({ month, asOf });
    expect(await json('metrics', '--as-of', `${month}-01`)).toMatchObject({ asOf: `${month}-01` });
    expect(await json('metrics', '--currency', 'eur')).toMatchObject({ currency: 'EUR' });
  });

  test('metrics: cash, what is lost of it, failed payments, kinds of churn, discounts and concentration', async () => {
    const metrics = await json('metrics');
    for (const name of ['grossCash', 'netCash', 'fees', 'taxCollected', 'disputesOpenedAmount', 'failedPayments'])
      expect(Number.isSafeInteger(metrics[name]), name).toBe(true);
    expect(metrics.netCash).toBeLessThanOrEqual(metrics.grossCash - metrics.refunds);
    const kinds = metrics.involuntaryChurnMrr + metrics.voluntaryChurnMrr + metrics.freeChurnMrr;
    expect(kinds).toBe(metrics.movements.churn);
    for (const name of ['failedPaymentRate', 'recoveryRate', 'timeToFirstPayment', 'contractedArr', 'discountShare'])
      if (metrics[name] === null) expect(metrics.reasons[name], name).toEqual(expect.any(String));
    const { top1, top5, top10, top20, hhi } = metrics.concentration;
    expect([top1, top5, top10, top20]).toEqual([top1, top5, top10, top20].toSorted((a, b) => a - b));
    expect(hhi).toBeGreaterThan(0);
  });

  test('discounts: what is given away, the ends to come by month, and what became of those that came', async () => {
    const { calendar, upcoming, past, given, currency } = await json('discounts', '--months', '24');
    expect({ currency, given }).toMatchObject({ currency: 'USD', given: { given: expect.any(Number) } });
    expect(calendar).toHaveLength(25);
    const inMonths = calendar.reduce((sum: number, { uplift }: { uplift: number }) => sum + uplift, 0);
    expect(inMonths).toBe(upcoming.uplift);
    expect(upcoming.rows).toHaveLength(upcoming.cliffs);
    expect(past.kept + past.contracted + past.churned).toBe(past.decided);
    const { out } = await vario(['discounts', '--past', '--csv', ...common()], { env });
    const [header, ...rows] = out.trim().split('\r\n');
    expect(header).toBe(
      'on,customer_id,customer,subscription,plan,coupons,why,before,after,uplift,currency,outcome,realised',
    );
    expect(rows).toHaveLength(past.rows.length);
    const { code, err } = await vario(['discounts', '--months', '0', ...common()], { env });
    expect(code, err).toBe(2);
  });

  test('movements: rows that add up to the month’s movements, and the same sums by day', async () => {
    const { asOf, movements } = await json('metrics');
    const period = ['--from', `${asOf.slice(0, 7)}-01`, '--to', asOf];
    const { rows } = await json('movements', ...period);
    const sums = await json('movements', ...period, '--by', 'day');
    const total = (all: { annualMinor: number }[]) => all.reduce((sum, row) => sum + row.annualMinor, 0);
    expect(total(sums.rows)).toBe(total(rows));
    const monthly = movements.closing - movements.opening - movements.fx;
    expect(Math.abs(total(rows) / 12 - monthly)).toBeLessThan(2);
  });

  test('movements: CSV with a header where JSON is not asked for', async () => {
    const { out } = await vario(['movements', '--from', '2020-01-01', '--to', '2035-12-31', ...common()], { env });
    expect(out.split('\r\n')[0]).toMatch(/^day,customer_id,customer,kind,/);
  });

  test('CSV on request: figures, the waterfall, movements, a bridge whose rows add up', async () => {
    const lines = async (...args: string[]) => {
      const { code, out, err } = await vario([...args, '--csv', ...common()], { env });
      expect(code, err).toBe(0);
      return out.trimEnd().split('\r\n');
    };
    const { mrr, movements, reasons } = await json('metrics');
    const figures = await lines('metrics');
    expect(figures[0]).toBe('metric,value,reason,from,to,currency,policy');
    expect(figures.find((line) => line.startsWith('mrr,'))).toMatch(new RegExp(`^mrr,${mrr},,.*,USD,vario$`));
    expect(figures.find((line) => line.startsWith('movements.churn,'))).toContain(`,${movements.churn},`);
    for (const name of Object.keys(reasons)) expect(figures.some((line) => line.startsWith(`${name},,`))).toBe(true);
    const [header, from, ...rest] = await lines('bridge', '--to-policy', 'stripe');
    expect(header).toBe('rule,customer_id,customer,mrr_minor,arr_minor,currency');
    const arr = (line = '') => Number(line.split(',').at(-2));
    expect(arr(from) + rest.slice(0, -1).reduce((sum, line) => sum + arr(line), 0)).toBe(arr(rest.at(-1)));
    const months = await lines('revrec', '--from', '2026-01', '--to', '2026-03');
    expect(months[0]).toMatch(/^month,opening_minor,billed_minor,.*credit_notes_minor,.*closing_minor,currency$/);
    expect(months).toHaveLength(4);
    expect((await lines('metrics', '--by', 'plan'))[0]).toMatch(/^value,label,/);
    const period = ['--from', '2026-01-01', '--to', '2026-01-31'];
    expect((await lines('movements', ...period))[0]).toMatch(/^day,customer_id,/);
  });

  test('metrics: as text every figure that --json has a value of its own for', async () => {
    const { out } = await vario(['metrics', ...common()], { env });
    for (const label of ['Committed trial MRR', 'Average sale price', 'Trial conversion', 'Net burn', 'Discount share'])
      expect(out).toContain(`\n${label} `);
  });

  test('customers: rows, largest first, as many as asked for', async () => {
    const { total, rows } = await json('customers', '--limit', '5');
    expect(rows.length).toBe(Math.min(5, total));
    const mrr = rows.map((row: { mrr: number }) => row.mrr);
    expect(mrr).toEqual([...mrr].sort((a, b) => b - a));
  });

  test('cohorts: unit, kind and rows, each customer in one of them', async () => {
    const matrix = await json('cohorts', '--kind', 'net', '--unit', 'quarter');
    expect(matrix).toMatchObject({ unit: 'quarter', kind: 'net' });
    expect(matrix.rows[0]).toMatchObject({
      cohort: expect.stringMatching(/^\d{4}-Q[1-4]$/),
      values: expect.any(Array),
    });
    const months = await json('cohorts');
    expect(months).toMatchObject({ unit: 'month', kind: 'logo' });
    const sizes = (rows: { size: number }[]) => rows.reduce((sum, { size }) => sum + size, 0);
    expect(sizes(matrix.rows)).toBe(sizes(months.rows));
    const { out } = await vario(['cohorts', '--last', '3', ...common()], { env });
    expect(out).toMatch(/^Cohort +Size +0 +1 +2\n/);
    expect(out).toMatch(/\nMean /);
    expect((await vario(['cohorts', '--group', 'Pro', ...common()], { env })).code).toBe(2);
  });

  test('cohorts: the curve of lifetimes with its band, and who came back', async () => {
    const curve = await json('cohorts', '--kind', 'survival');
    expect(curve).toMatchObject({ kind: 'survival', median: {}, lifetime: {}, ltv: { bySurvival: {}, byChurn: {} } });
    const shares = curve.rows.map((row: { survival: number }) => row.survival);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    for (const { survival, low, high } of curve.rows) expect(low < survival && survival < high).toBe(true);
    const back = await json('cohorts', '--kind', 'returned');
    expect(back.rows).toHaveLength(back.total);
    expect(back.total).toBeGreaterThanOrEqual(curve.returned);
    const text = await vario(['cohorts', '--kind', 'survival', ...common()], { env });
    expect(text.out).toMatch(/\nExpected lifetime +\d+\.\d months \(/);
    const rows = await vario(['cohorts', '--kind', 'returned', '--csv', ...common()], { env });
    expect(rows.out.split('\r\n')[0]).toBe(
      'customer_id,name,left_on,returned_on,days_away,mrr_before_minor,mrr_now_minor,currency',
    );
    for (const wrong of [
      ['--unit', 'year'],
      ['--by', 'plan'],
      ['--last', '3'],
    ])
      expect((await vario(['cohorts', '--kind', 'survival', ...wrong, ...common()], { env })).code).toBe(2);
  });

  test('config: what is set is read back, and the ledger follows the time zone', async () => {
    await json('config', 'set', 'timeZone', 'America/New_York');
    expect(await json('config', 'get', 'timeZone')).toEqual({ timeZone: 'America/New_York' });
    await json('config', 'set', 'timeZone', 'UTC');
    await json('config', 'set', 'growthTarget', '0.1');
    expect(await json('config', 'get', 'growthTarget')).toEqual({ growthTarget: 0.1 });
    await json('config', 'set', 'growthTarget', 'null');
    expect(await json('config', 'get', 'growthTarget')).toEqual({ growthTarget: null });
  });

  test('verify: the database is sound and the ledger equals its rebuild', async () => {
    await json('sync');
    expect(await json('verify')).toMatchObject({ ok: true, ledger: { ok: true, movements: expect.any(Number) } });
  });

  test('doctor: findings without figures or names', async () => {
    const { findings } = await json('doctor');
    expect(findings.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['Vario', 'Node.js', 'Keyring', 'Database', 'Pages and indexes', 'Source Stripe']),
    );
  });
});

describe('backup and restore', () => {
  test('what was changed after the backup is gone after the restore', async () => {
    await json('config', 'set', 'companyName', 'Before');
    const copy = join(dir, 'copy.vario-backup');
    expect(await json('backup', '--out', copy)).toMatchObject({ file: copy, reason: 'manual' });
    await json('backup');
    const { findings } = await json('doctor');
    expect(findings.find(({ what }: { what: string }) => what === 'Backups')).toMatchObject({
      detail: expect.stringMatching(/^\d+, newest 20\d\d-\d\d-\d\dT/),
    });
    await json('config', 'set', 'companyName', 'After');
    const restored = await json('restore', copy);
    expect(existsSync(restored.keptAside)).toBe(true);
    expect(await json('config', 'get', 'companyName')).toEqual({ companyName: 'Before' });
  });

  test('a damaged backup is refused, and the database stays', async () => {
    const { file } = await json('backup');
    const damaged = join(dir, 'damaged.vario-backup');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 200);
    writeFileSync(damaged, bytes);
    const { code, out } = await vario(['restore', damaged, '--json', ...common()], { env });
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe('storage_failed');
    expect(await json('verify')).toMatchObject({ ok: true });
  });
});

describe('policies', () => {
  test('the bridge leads from the company’s policy to another, line by line, as metrics says', async () => {
    const bridge = await json('bridge', '--to-policy', 'chartmogul');
    const [from, to] = [await json('metrics'), await json('metrics', '--policy', 'chartmogul')];
    expect(bridge).toMatchObject({
      asOf: from.asOf,
      from: { policy: 'vario', mrr: from.mrr, arr: from.arr },
      to: { policy: 'chartmogul', mrr: to.mrr, arr: to.arr },
    });
    const sum = (lines: { arr: number }[]) => lines.reduce((total, { arr }) => total + arr, 0);
    expect(sum(bridge.rules)).toBe(to.arr - from.arr);
    expect(bridge.rules.length).toBeGreaterThan(0);
    for (const rule of bridge.rules) expect(sum(rule.customers)).toBe(rule.arr);
  });

  test('an own policy is a JSON file, for metrics and for the bridge', async () => {
    const file = join(dir, 'own.json');
    writeFileSync(file, JSON.stringify({ base: 'vario', name: 'List prices', discounts: 'none' }));
    const metrics = await json('metrics', '--policy', file);
    expect(metrics.policy).toBe('List prices');
    expect(await json('bridge', '--from-policy', file, '--to-policy', 'vario')).toMatchObject({
      from: { policy: 'List prices', arr: metrics.arr },
      rules: [{ rule: 'discounts' }],
    });
  });

  test('as text, a bridge names its policies, rules and customers', async () => {
    const { code, out } = await vario(['bridge', '--to-policy', 'chartmogul', ...common()], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^vario to chartmogul · /);
    expect(out).toMatch(/\nvario +\S+ +\S+\n/);
    expect(out).toMatch(/\nchartmogul +\S+ +\S+/);
  });
});

describe('digests', () => {
  test('daily: Markdown on standard output, or in a file; with --json the structure of both', async () => {
    const { code, out } = await vario(['report', 'daily', ...common()], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^# .*: since \w+day, /);
    const report = await json('report', 'daily', '--date', '2026-10-05');
    expect(report).toMatchObject({ kind: 'daily', from: '2026-10-05', to: '2026-10-05', currency: 'USD' });
    expect(report.sections.map(({ id }: { id: string }) => id)).toContain('failedPayments');
    const file = join(dir, 'day.md');
    expect(await json('report', 'daily', '--date', '2026-10-05', '--format', 'md', '--out', file)).toMatchObject({
      file,
      from: '2026-10-05',
    });
    expect(readFileSync(file, 'utf8')).toContain('Monday, October 5, 2026');
  });

  test('weekly: the week of a day', async () => {
    expect(await json('report', 'weekly', '--date', '2026-10-07')).toMatchObject({
      kind: 'weekly',
      from: '2026-10-05',
      to: '2026-10-11',
      isOver: true,
    });
  });

  test('of a day that has not begun is refused', async () => {
    const { code, err } = await vario(['report', 'daily', '--date', '2126-01-01', ...common()], { env });
    expect(code).toBe(1);
    expect(err).toContain('has not begun yet');
  });
});

describe('secrets', () => {
  test('the key given to connect is in no output and in no file in plain text', () => {
    expect(connected.out + connected.err).not.toContain(vendors.stripe.apiKey);
    for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
      const file = join(dataDir, name);
      if (statSync(file).isFile()) expect(readFileSync(file).includes(vendors.stripe.apiKey), name).toBe(false);
    }
  });

  test('a key that may not read all is refused, naming what it lacks', async () => {
    const { code, err } = await vario(
      ['connect', 'stripe', '--name', 'Second', '--set', `apiBase=${vendors.stripe.apiBase}`, ...common()],
      { env: { ...env, STRIPE_API_KEY: vendors.stripe.limitedKey } },
    );
    expect(code).toBe(1);
    expect(err).toMatch(/lacks: .*[Ii]nvoice/);
  });
});

describe('a long-running command', () => {
  test('serve prints an address with a token and ends in order when it is told to', async () => {
    const stop = new AbortController();
    const served = vario(['serve', '--no-open', '--json', ...common()], {
      env,
      stop: stop.signal,
      onOut: (text) => {
        if (text.includes('}')) stop.abort();
      },
    });
    const { code, out, err } = await served;
    // Without built pages serving fails with the sentence that says so.
    if (code === 1) expect(err).toContain('npm run build');
    else expect(JSON.parse(out).address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=/);
    expect(readdirSync(dataDir)).not.toContain('vario.lock.json');
  });
});
