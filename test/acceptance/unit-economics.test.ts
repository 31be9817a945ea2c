/** Public examples of CAC, LTV, payback, rule of 40, magic number and burn multiple: Stripe's objects and a file of costs in, figures out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCallRouter } from '../../src/main/engine/index.ts';
import { systemHttp } from '../../src/main/engine/runtime/index.ts';
import { testWorkspace } from '../contract/test-workspace.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { vario } from '../unit/cli/run-vario.ts';
import { canceled, customer, fresh, invoice, item, line, price, sec, subscription, yearly } from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import { stubStripe, type StripeObject } from './stub-stripe.ts';
import { PATIENTLY } from '../support/patience.ts';

const env = { VARIO_PASSPHRASE: 'correct horse battery staple' };

interface Told {
  readonly subscriptions: readonly StripeObject[];
  readonly customers?: readonly StripeObject[];
  readonly invoices?: readonly StripeObject[];
  readonly charges?: readonly StripeObject[];
  readonly refunds?: readonly StripeObject[];
  readonly rates?: Parameters<typeof frankfurter>[0];
  readonly costs: readonly string[];
}

const HEADER = 'month,kind,channel,amount,currency';

async function served({ costs: _, rates: __, ...lists }: Told): Promise<string> {
  const stripe = await stubStripe();
  for (const [name, objects] of Object.entries(lists)) stripe.put(name, ...objects);
  const known = new Set((lists.customers ?? []).map(({ id }) => id));
  const named = new Set(lists.subscriptions.map((body) => String(body['customer'])));
  stripe.put('customers', ...[...named].filter((id) => !known.has(id)).map((id) => customer(id)));
  return stripe.apiBase;
}

/** A company synced, its costs imported and its figures asked for on the command line. */
async function onCommandLine(told: Told) {
  const dir = temporaryFolder();
  const run = async (...args: string[]) => {
    const { code, out, err } = await vario([...args, '--json', '--data-dir', join(dir, 'data')], { env });
    expect(code, err).toBe(0);
    return JSON.parse(out);
  };
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const importing = (rows: readonly string[]) =>
    run('import', 'costs', file('costs.csv', [HEADER, ...rows].join('\n')));
  const secret = file('key.txt', 'sk_test_123\n');
  await run('connect', 'stripe', '--secret-file', secret, '--set', `apiBase=${await served(told)}`);
  await run('sync');
  expect(await importing(told.costs)).toMatchObject({ imported: told.costs.length, quarantined: [] });
  return {
    month: (month: string) => run('metrics', '--month', month),
    import: (...rows: string[]) => importing(rows),
  };
}

/** The same by the calls that the command line and the window make, in one session. */
async function company(told: Told) {
  const workspace = testWorkspace({ ports: { http: systemHttp } });
  onTestFinished(() => workspace.remove());
  const client = createRouterClient(createCallRouter(), { context: workspace.host.context });
  await client.session.create({ keychain: false, passphrase: env.VARIO_PASSPHRASE });
  const ended = async ({ jobId }: { jobId: number }) => {
    await vi.waitFor(async () => expect((await client.jobs.get({ jobId })).state).toBe('done'), PATIENTLY);
  };
  const connect = async (vendor: string, apiBase: string, secrets: Record<string, string>) =>
    await ended(await client.sources.connect({ vendor, name: vendor, config: { apiBase }, secrets }));
  await connect('stripe', await served(told), { apiKey: 'sk_test_123' });
  if (told.rates) await connect('frankfurter', await frankfurter(told.rates), {});
  const importing = (rows: readonly string[]) =>
    client.costs.import({ file: 'costs.csv', text: [HEADER, ...rows].join('\n'), dryRun: false });
  expect(await importing(told.costs)).toMatchObject({ imported: told.costs.length, quarantined: [] });
  return {
    sync: async () => await ended(await client.sources.sync({})),
    month: (month: string, currency?: string) =>
      client.metrics.snapshot({ month, ...(currency === undefined ? {} : { currency }) }),
    on: (day: string) => client.metrics.snapshot({ asOf: day }),
    import: (...rows: string[]) => importing(rows),
  };
}

const sold = (who: string, cents: number, start: string, over = {}) =>
  subscription({ customer: who, items: [item(price(cents))], start, ...over });
const many = (count: number, of: (n: number) => StripeObject) => Array.from({ length: count }, (_, n) => of(n));

/** Twenty customers from January on of whom one leaves and is replaced in each of March, April and May: 5 % customer churn. */
const steady = (cents: number) => [
  ...many(17, (n) => sold(`cus_${n}`, cents, '2026-01-10')),
  canceled(sold('cus_17', cents, '2026-01-10'), '2026-03-15'),
  canceled(sold('cus_18', cents, '2026-01-10'), '2026-04-15'),
  canceled(sold('cus_19', cents, '2026-01-10'), '2026-05-15'),
  ...['03', '04', '05'].map((month) => sold(`cus_in_${month}`, cents, `2026-${month}-10`)),
];

const MONTHS = [
  '2025-07',
  '2025-08',
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
];
const charge = (cents: number, on: string): StripeObject => ({
  id: fresh('ch'),
  object: 'charge',
  amount: cents,
  amount_captured: cents,
  amount_refunded: 0,
  balance_transaction: null,
  created: sec(on),
  currency: 'usd',
  customer: 'cus_a',
  disputed: false,
  failure_code: null,
  failure_message: null,
  invoice: null,
  livemode: false,
  metadata: {},
  paid: true,
  payment_intent: null,
  refunded: false,
  status: 'succeeded',
});

describe('customer acquisition (Janz’s SaaS dashboard; Finmark, help article 5525177)', { timeout: 180_000 }, () => {
  test('JZ-05: 4,587 and 3,000 for 20 new customers: CAC 379', async () => {
    const c = await onCommandLine({
      subscriptions: many(20, (n) => sold(`cus_${n}`, 9_900, '2026-01-12')),
      costs: ['2026-01,marketing,,4587,USD', '2026-01,sales,,3000,USD'],
    });
    expect(await c.month('2026-01')).toMatchObject({
      costMonth: '2026-01',
      newCustomers: 20,
      salesAndMarketing: 758_700,
      cac: 37_935,
      // Without a cost of revenue the margin is unknown; before margin, 7,587 ÷ (20 × 99) months.
      cacPaybackMonths: null,
      cacPaybackMonthsBeforeMargin: expect.closeTo(7_587 / 1_980, 10),
      ltv: null,
      grossMargin: null,
      reasons: {
        cacPaybackMonths: 'The gross margin is unknown: no cost of revenue is recorded for 2026-01',
        ltv: 'The gross margin is unknown: no cost of revenue is recorded for 2026-01',
      },
    });
    // Months without an entry are unknown, a recorded 0 is 0.
    expect(await c.month('2026-02')).toMatchObject({
      cac: null,
      reasons: { cac: 'No marketing or sales cost is recorded for 2026-02' },
    });
    await c.import('2026-01,marketing,,0,USD', '2026-01,sales,,0,USD');
    expect(await c.month('2026-01')).toMatchObject({ salesAndMarketing: 0, cac: 0 });
  });

  test('by channel: costs by theirs, customers by their metadata, in any case; the rest is shared out over nobody', async () => {
    const by = (channel: string, ...ids: string[]) => ids.map((id) => customer(id, { metadata: { channel } }));
    const c = await company({
      customers: [...by('Ads', 'a', 'b', 'c', 'd'), ...by('partners', 'e'), ...by('events', 'f')],
      subscriptions: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((who) => sold(who, 1_000, '2026-01-12')),
      costs: [
        '2026-01,marketing,ads,1000,USD',
        '2026-01,sales,ADS,200,USD',
        '2026-01,marketing,partners,0,USD',
        '2026-01,marketing,radio,50,USD',
        '2026-01,marketing,,150,USD',
      ],
    });
    const { cac, cacByChannel } = await c.month('2026-01');
    expect(cac).toBe(20_000);
    const rows = cacByChannel.map((row) => [row['channel'], row['spend'], row['newCustomers'], row['cac']]);
    expect(rows).toEqual([
      ['ads', 120_000, 4, 30_000],
      [null, 15_000, 1, null],
      ['radio', 5_000, 0, null],
      ['partners', 0, 1, 0],
      ['events', null, 1, null],
    ]);
  });
});

describe('lifetime value and payback', { timeout: 180_000 }, () => {
  test('CM-12: ARPA 100, churn 5 %, gross margin 100 %: 2,000; at a margin of 80 %: 1,600', async () => {
    const c = await onCommandLine({ subscriptions: steady(10_000), costs: ['2026-05,cogs,,0,USD'] });
    expect(await c.month('2026-05')).toMatchObject({
      arpa: 10_000,
      grossMargin: 1,
      ltv: 200_000,
      ltvBeforeMargin: 200_000,
    });
    await c.import('2026-05,cogs,,400,USD');
    expect(await c.month('2026-05')).toMatchObject({ grossMargin: 0.8, ltv: 160_000, ltvBeforeMargin: 200_000 });
  });

  test('ARPA 50, margin 75 %, churn 5 %, CAC 250: LTV 750, three times the CAC, paid back in 6.7 months', async () => {
    const c = await company({
      subscriptions: steady(5_000),
      costs: ['2026-05,marketing,,150,USD', '2026-05,sales,,100,USD', '2026-05,cogs,hosting,250,USD'],
    });
    const shot = await c.month('2026-05');
    expect(shot).toMatchObject({ grossMargin: 0.75, ltv: 75_000, cac: 25_000, ltvToCac: expect.closeTo(3, 10) });
    expect(shot.cacPaybackMonths).toBeCloseTo(250 / 37.5, 10);
  });

  test('a margin that is not positive pays nothing back', async () => {
    const c = await company({
      subscriptions: steady(5_000),
      costs: ['2026-05,sales,,5,USD', '2026-05,cogs,,1000,USD'],
    });
    expect(await c.month('2026-05')).toMatchObject({
      grossMargin: 0,
      ltv: null,
      cacPaybackMonths: null,
      reasons: {
        ltv: expect.stringContaining('not positive'),
        cacPaybackMonths: expect.stringContaining('never paid back'),
      },
    });
  });
});

describe('what growth costs', { timeout: 180_000 }, () => {
  test('rule of 40 (USV): growth of 20 % and an operating margin of 20 % are 40 %', async () => {
    const c = await company({
      subscriptions: [
        ...many(10, (n) => sold(`cus_${n}`, 10_000, '2025-05-01')),
        ...many(2, (n) => sold(`late_${n}`, 10_000, '2026-06-15')),
      ],
      invoices: MONTHS.map((month) =>
        invoice({ on: `${month}-03`, lines: [line({ amount: 100_000, from: `${month}-03`, to: `${month}-28` })] }),
      ),
      costs: MONTHS.flatMap((month) => [`${month},rnd,,500,USD`, `${month},ga,,300,USD`]),
    });
    const shot = await c.month('2026-06');
    expect(shot.operatingMargin).toBeCloseTo(0.2, 12);
    expect(shot.ruleOf40).toBeCloseTo(0.4, 12);
    // What was never recorded is said beside the figure.
    expect(shot.reasons.ruleOf40).toMatch(/count as nothing: marketing, sales, cost of revenue$/);
    expect(await c.month('2026-07')).toMatchObject({
      ruleOf40: null,
      operatingMargin: null,
      reasons: { ruleOf40: 'No cost is recorded for 2026-07' },
    });
    expect((await c.month('2026-05')).reasons.operatingMargin).toBe('No cost is recorded for 2025-06');
  });

  test('magic number (Scale): a quarter’s revenue grows by 200,000 on 700,000 spent the quarter before: 1.14', async () => {
    const c = await company({
      subscriptions: [
        subscription({ customer: 'a', items: [item(yearly(240_000_000))], start: '2025-10-01' }),
        subscription({ customer: 'b', items: [item(yearly(80_000_000))], start: '2026-05-01' }),
      ],
      costs: ['2026-01,sales,,300000,USD', '2026-02,marketing,,200000,USD', '2026-03,sales,,200000,USD'],
    });
    expect((await c.month('2026-06')).magicNumber).toBeCloseTo(8 / 7, 12);
    expect((await c.month('2026-07')).reasons.magicNumber).toBe('No marketing or sales cost is recorded for 2026-04');
  });

  test('burn multiple (Sacks): 2 million burned for 1 million of ARR: 2', async () => {
    const c = await company({
      subscriptions: [
        subscription({ customer: 'cus_a', items: [item(yearly(100_000_000))], start: '2025-10-01' }),
        subscription({ customer: 'b', items: [item(yearly(100_000_000))], start: '2026-02-10' }),
      ],
      charges: [charge(60_000_000, '2026-02-10'), charge(1_000_000, '2026-03-01')],
      costs: ['2026-02,rnd,,2000000,USD', '2026-02,ga,,600000,USD', '2026-03,ga,,9000,USD', '2026-04,ga,,9000,USD'],
    });
    expect(await c.month('2026-02')).toMatchObject({ netBurn: 200_000_000, burnMultiple: 2 });
    expect(await c.month('2026-03')).toMatchObject({
      netBurn: -100_000,
      burnMultiple: null,
      reasons: { burnMultiple: 'Nothing was burned in Mar 2026: the cash collected covered the costs' },
    });
    expect((await c.month('2026-04')).reasons.burnMultiple).toBe('ARR did not grow in Apr 2026');
  });
});

describe('which month, and what an amount is worth', { timeout: 180_000 }, () => {
  test('figures of a day are those of the last whole month', async () => {
    const c = await company({
      subscriptions: [...many(4, (n) => sold(`cus_${n}`, 1_000, '2026-01-12')), sold('next', 1_000, '2026-02-03')],
      costs: ['2026-01,sales,,100,USD', '2026-02,sales,,900,USD'],
    });
    expect(await c.on('2026-02-20')).toMatchObject({ costMonth: '2026-01', cac: 2_500 });
    expect(await c.on('2026-02-28')).toMatchObject({ costMonth: '2026-02', cac: 90_000 });
    expect(await c.month('2026-02')).toMatchObject({ costMonth: '2026-02', cac: 90_000 });
  });

  test('costs of other currencies take the month-end rate; without one the figure is unknown', async () => {
    const c = await company({
      subscriptions: many(2, (n) => sold(`cus_${n}`, 1_000, '2026-01-12')),
      rates: { '2026-01-05': { USD: 1.5 }, '2026-01-30': { USD: 1.1, JPY: 160 } },
      costs: ['2026-01,sales,,1000,EUR', '2026-01,marketing,,16000,JPY'],
    });
    // Until a source of rates has been asked for the new currency, the built-in rates value it.
    expect((await c.month('2026-01')).cac).toBeGreaterThan(0);
    await c.sync();
    // 1,000 € at 1.1 and 16,000 ¥ at 1.1 ÷ 160 are 1,100 + 110 dollars.
    expect(await c.month('2026-01')).toMatchObject({ salesAndMarketing: 121_000, cac: 60_500 });
    expect(await c.month('2026-01', 'EUR')).toMatchObject({ salesAndMarketing: 110_000, cac: 55_000 });
    await c.import('2026-01,sales,gold,1,KWD');
    expect(await c.month('2026-01')).toMatchObject({
      cac: null,
      reasons: { cac: expect.stringMatching(/^No rate from KWD to USD on 2026-01-31/) },
    });
  });

  test('credits lower what they correct, and may not exceed it', async () => {
    const c = await company({
      subscriptions: many(2, (n) => sold(`cus_${n}`, 1_000, '2026-01-12')),
      costs: ['2026-01,sales,,1000,USD', '2026-01,marketing,,-200,USD'],
    });
    expect(await c.month('2026-01')).toMatchObject({ salesAndMarketing: 80_000, cac: 40_000 });
    await c.import('2026-01,marketing,,-2000,USD');
    expect(await c.month('2026-01')).toMatchObject({
      cac: null,
      reasons: { cac: 'Credits exceed the sales and marketing costs of 2026-01' },
    });
  });
});
