/** Companies that have nothing but files: what their tables come to. */
import { expect, test } from 'vitest';
import { DAY_MS } from '../../../src/shared/kernel/instant.ts';
import { fileBench } from '../../support/file-imports.ts';

const INVOICES = 'Customer external ID,Invoice external ID,Invoiced date,Due date,Currency,Status,Collection Method';
const LINES =
  'Invoice external ID,External ID,Subscription external ID,Type,Amount in cents,Plan,Service period start,Service period end,Quantity,Proration,Tax amount';

const CHART_MOGUL = {
  chartmogul_plans:
    'Name,Interval count,Interval unit,Plan ID\nGold,1,month,p_gold\nPlatinum,1,month,p_plat\nYearly,1,year,p_year\n',
  chartmogul_customers:
    'Name,Email,Company,Country,External ID\nAda,ada@kestrel.example,Kestrel,GB,cus_1\nBob,bob@heron.example,Heron,DE,cus_2\n',
  chartmogul_invoices: `${INVOICES}
cus_1,inv_1,2026-01-01,,USD,,
cus_1,inv_2,2026-02-01,,USD,,
cus_2,inv_3,2026-01-15,,USD,,
cus_1,inv_4,2026-02-15,,USD,,
`,
  chartmogul_line_items: `${LINES}
inv_1,li_1,sub_1,subscription,4900,p_gold,2026-01-01,2026-02-01,1,false,
inv_2,li_2,sub_1,subscription,4900,p_gold,2026-02-01,2026-03-01,1,false,
inv_3,li_3,sub_2,subscription,142800,Yearly,2026-01-15,2027-01-15,1,false,22800
inv_4,li_4,sub_1,subscription,-2450,p_gold,2026-02-15,2026-03-01,1,true,
inv_4,li_5,sub_1,subscription,4950,p_plat,2026-02-15,2026-03-01,1,true,
`,
  chartmogul_payments:
    'Invoice external ID,External ID,Type,Result,Date,Amount in cents\ninv_1,pay_1,payment,failed,2026-01-01,\ninv_1,pay_2,payment,successful,2026-01-03,\ninv_1,pay_3,refund,successful,2026-01-09,900\n',
  chartmogul_cancellations: 'Subscription external ID,Customer external ID,Date\nsub_1,cus_1,2026-06-10\n',
};

async function bringAll(order: readonly string[]) {
  const files = fileBench();
  for (const kind of order) await files.bring(kind, CHART_MOGUL[kind as keyof typeof CHART_MOGUL]);
  return files;
}

test('ChartMogul’s templates come to MRR: prices, an upgrade within the month, a year, tax, a cancellation', async () => {
  const files = await bringAll(Object.keys(CHART_MOGUL));
  // 49.00, then with 1,200.00 a year without its tax, then the upgrade, whose half month of 49.50 is 99-something a month.
  expect(files.mrrOn('2026-01-10')).toBe(4_900);
  expect(files.mrrOn('2026-01-20')).toBe(4_900 + 10_000);
  const upgraded = files.mrrOn('2026-02-20') ?? 0;
  expect(upgraded - 10_000).toBeGreaterThan(9_900);
  expect(upgraded - 10_000).toBeLessThan(11_000);
  expect(files.mrrOn('2026-06-09')).toBe(upgraded);
  expect(files.mrrOn('2026-06-10')).toBe(10_000);
  const { db } = files;
  expect(db.all(db.build.selectFrom('customer').select(['name', 'country']).orderBy('name'))).toEqual([
    { name: 'Heron', country: 'DE' },
    { name: 'Kestrel', country: 'GB' },
  ]);
  expect(db.all(db.build.selectFrom('invoice').select(['id', 'status', 'total_minor']).orderBy('id'))).toEqual([
    { id: 'inv_1', status: 'paid', total_minor: 4_900 },
    { id: 'inv_2', status: 'open', total_minor: 4_900 },
    { id: 'inv_3', status: 'open', total_minor: 142_800 },
    { id: 'inv_4', status: 'open', total_minor: 2_500 },
  ]);
  expect(db.all(db.build.selectFrom('charge').select(['id', 'status', 'amount_minor']).orderBy('id'))).toEqual([
    { id: 'inv_1/pay_1', status: 'failed', amount_minor: 4_900 },
    { id: 'inv_1/pay_2', status: 'succeeded', amount_minor: 4_900 },
  ]);
  expect(db.all(db.build.selectFrom('refund').select(['charge_id', 'amount_minor']))).toEqual([
    { charge_id: 'inv_1/pay_2', amount_minor: 900 },
  ]);
});

test('the tables may come in any order', async () => {
  const inOrder = await bringAll(Object.keys(CHART_MOGUL));
  const reversed = await bringAll(Object.keys(CHART_MOGUL).toReversed());
  expect(reversed.dump()).toEqual(inOrder.dump());
});

test('a list of subscriptions comes to MRR, trials and ends included', async () => {
  const files = fileBench();
  await files.bring(
    'subscriptions',
    `Subscription ID,Customer ID,Customer name,Plan,Status,Amount,Currency,Interval,Started,Trial end,Ended
s1,c1,Kestrel,Team,active,1200.00,USD,annual,2026-01-01,,
s2,c2,Heron,Solo,cancelled,19.00,USD,monthly,2026-01-01,,2026-04-15
s3,c3,Robin,Solo,trialing,19.00,USD,month,2026-11-15,2026-11-29,
s4,c4,Wren,Team,active,300.00,USD,quarterly,2026-02-01,,
`,
  );
  expect(files.mrrOn('2026-03-01')).toBe(10_000 + 1_900 + 10_000);
  expect(files.mrrOn('2026-05-01')).toBe(20_000);
  expect(files.mrrOn('2026-11-21')).toBe(20_000);
});

test('invoices with service periods come to MRR, and end where no further one follows', async () => {
  const files = fileBench();
  await files.bring(
    'invoices',
    `Invoice ID,Customer ID,Customer name,Date,Status,Amount,Tax,Currency,Plan,Period start,Period end
1,c1,Kestrel,2026-01-01,paid,49.00,9.31,USD,Gold,2026-01-01,2026-02-01
2,c1,Kestrel,2026-02-01,paid,49.00,9.31,USD,Gold,2026-02-01,2026-03-01
3,c2,Heron,2026-01-10,paid,600.00,0,USD,Year,2026-01-10,2027-01-10
4,c1,Kestrel,2026-02-05,paid,100.00,0,USD,Setup,,
`,
  );
  expect(files.mrrOn('2026-02-20')).toBe(4_900 + 5_000);
  // Billed late is not gone; two months without a bill are.
  expect(files.mrrOn('2026-11-21')).toBe(5_000);
  const { db } = files;
  expect(
    db.one(db.build.selectFrom('invoice').select(['total_minor', 'tax_minor']).where('id', '=', '1'), 'invoice'),
  ).toEqual({
    total_minor: 5_831,
    tax_minor: 931,
  });
});

test('a table of subscriptions stands above what invoices say of them, as long as it stands', async () => {
  const files = fileBench();
  await files.bring(
    'invoices',
    'Invoice ID,Customer ID,Date,Amount,Currency,Period start,Period end,Subscription ID\n1,c1,2026-01-01,49.00,USD,2026-01-01,2026-02-01,s1\n',
  );
  const billed = files.dump();
  expect(files.mrrOn('2026-01-15')).toBe(4_900);
  const table = await files.bring(
    'subscriptions',
    'Subscription ID,Customer ID,Status,Amount,Currency,Interval,Started\ns1,c1,active,59.00,USD,month,2026-01-01\n',
  );
  expect(files.mrrOn('2026-11-21')).toBe(5_900);
  await files.undo(table.importId);
  expect(files.dump()).toEqual(billed);
  expect(files.mrrOn('2026-11-21')).toBe(0);
});

test('Stripe’s subscriptions export comes to MRR', async () => {
  const files = fileBench();
  await files.bring(
    'stripe_subscriptions',
    `id,Customer ID,Customer Email,Status,Plan,Quantity,Currency,Amount,Interval,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)
sub_1,cus_1,ada@kestrel.example,active,Gold,5,usd,245.00,month,2026-01-01 00:00,2026-01-01 00:00,2026-11-01 00:00,2026-12-01 00:00,,
sub_2,cus_2,bob@heron.example,canceled,Gold,1,usd,49.00,month,2026-01-01 00:00,2026-01-01 00:00,2026-05-01 00:00,2026-06-01 00:00,2026-05-20 00:00,2026-05-20 00:00
`,
  );
  expect(files.mrrOn('2026-05-01')).toBe(29_400);
  expect(files.mrrOn('2026-06-01')).toBe(24_500);
});

test('deals of a sales system come with their stages, sellers and accounts', async () => {
  const files = fileBench();
  const report = await files.bring(
    'hubspot_deals',
    `Record ID,Deal Name,Deal Stage,Amount,Pipeline,Deal owner,Close Date,Create Date,Associated Company
1,Kestrel expansion,Proposal,12000,Sales,Ada Lovelace,2026-12-01,2026-10-01 09:00,Kestrel
2,Heron,Closed Won,4800,Sales,Ada Lovelace,2026-09-15,2026-07-01 09:00,Heron
3,Robin,Closed Lost,,Sales,,2026-08-15,2026-07-01 09:00,
`,
    { constants: { currency: 'EUR' } },
  );
  expect(report).toMatchObject({ added: 3, rejected: 0 });
  const { db } = files;
  const pipeline = db.one(db.build.selectFrom('crm_pipeline').select(['name', 'stages']), 'pipeline');
  const stages = JSON.parse(pipeline.stages) as { name: string; outcome: string }[];
  expect(stages.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['Proposal', 'open'],
    ['Closed Won', 'won'],
    ['Closed Lost', 'lost'],
  ]);
  expect(db.all(db.build.selectFrom('crm_account').select('name').orderBy('name'))).toEqual([
    { name: 'Heron' },
    { name: 'Kestrel' },
  ]);
  expect(db.all(db.build.selectFrom('crm_owner').select('name'))).toEqual([{ name: 'Ada Lovelace' }]);
  await files.undo(report.importId);
  for (const table of ['crm_deal', 'crm_account', 'crm_owner', 'crm_pipeline'] as const)
    expect(db.all(db.build.selectFrom(table).selectAll()), table).toEqual([]);
});

test('balance, payouts, usage, rates, answers, quotas and targets are kept and can be taken back', async () => {
  const files = fileBench();
  const empty = files.dump();
  const made = [
    await files.bring(
      'stripe_balance',
      'ID,Type,Source,Amount,Fee,Net,Currency,Created (UTC)\ntxn_1,charge,ch_1,49.00,1.72,47.28,usd,2026-01-05 10:00\ntxn_2,charge,ch_2,49.00,1.72,40.00,usd,2026-01-05 10:00\n',
    ),
    await files.bring(
      'stripe_payouts',
      'id,Amount,Created (UTC),Currency,Arrival Date (UTC),Status\npo_1,47.28,2026-01-06 10:00,usd,2026-01-08 00:00,paid\n',
    ),
    await files.bring(
      'usage',
      'Customer ID,Day,Meter,Quantity\nc1,2026-01-05,api_calls,120\nc1,2026-01-06,api_calls,80\n',
    ),
    await files.bring('fx_rates', 'Date,Currency,Rate\n2026-01-05,USD,1.0812\n2026-01-05,XXQ,1\n2026-01-06,USD,0\n'),
    await files.bring(
      'nps',
      'Email,Score,Date,Comment\nada@kestrel.example,9,2026-01-05,Good\nbob@heron.example,11,2026-01-05,\n',
    ),
    await files.bring('quota', 'Owner,Month,Amount,Currency\nAda,2026-Q1,50000,EUR\nAda,2026-04,20000,EUR\n'),
    await files.bring('targets', 'Metric,Month,Value\nMRR,2026-12,100000\n'),
  ];
  expect(made.map(({ added, rejected }) => [added, rejected])).toEqual([
    [1, 1],
    [1, 0],
    [2, 0],
    [1, 2],
    [1, 1],
    [2, 0],
    [1, 0],
  ]);
  const { db } = files;
  expect(db.all(db.build.selectFrom('exchange_rate').select(['provider', 'quote', 'rate']))).toEqual([
    { provider: 'files', quote: 'USD', rate: '1.0812' },
  ]);
  expect(db.all(db.build.selectFrom('meter_usage').select(['used_on', 'quantity']))).toHaveLength(2);
  for (const { importId } of made.toReversed()) await files.undo(importId);
  expect(files.dump()).toEqual(empty);
});

test('a list of deals that is imported again tells the way through the stages; what is taken back takes its part of it along', async () => {
  const files = fileBench();
  const deals = (stage: string, won = '') =>
    `Deal ID,Name,Account,Stage,Status,Amount,Currency,Created\nd1,Big,Kestrel,${stage},${won},100.00,USD,2026-01-05\nd2,Small,Heron,Open,,10.00,USD,2026-01-05\n`;
  const { db, clock } = files;
  const way = () =>
    db.all(
      db.build
        .selectFrom('crm_deal_stage')
        .select(['deal_id', 'stage_id', 'entered_at'])
        .orderBy('deal_id')
        .orderBy('position'),
    );
  await files.bring('deals', deals('Demo'));
  // How long it has been where it is, one list does not tell.
  expect(way()).toEqual([]);
  const first = clock.now();
  await clock.advance(DAY_MS);
  const second = clock.now();
  await files.bring('deals', deals('Offer'));
  await clock.advance(DAY_MS);
  await files.bring('deals', deals('Offer'));
  const third = clock.now();
  const last = await files.bring('deals', deals('Offer', 'won'));
  const stages = [
    { deal_id: 'd1', stage_id: 'Demo', entered_at: first },
    { deal_id: 'd1', stage_id: 'Offer', entered_at: second },
  ];
  expect(way()).toEqual([...stages, { deal_id: 'd1', stage_id: 'Offer (won)', entered_at: third }]);
  await files.undo(last.importId);
  expect(way()).toEqual(stages);
});
