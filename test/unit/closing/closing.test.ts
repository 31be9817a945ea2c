/** Closing months: what is frozen, in which order, and what may never change again. */
import { afterEach, expect, test } from 'vitest';
import {
  closingList,
  comparedMonth,
  dueMonths,
  reopenMonth,
  reportedMonth,
  restatements,
  verifyCloses,
} from '../../../src/main/engine/closing/index.ts';
import { policyOf, snapshot } from '../../../src/main/engine/metrics/index.ts';
import { boardPack } from '../../../src/main/engine/reports/index.ts';
import { plainMonth } from '../../../src/shared/kernel/day.ts';
import {
  at,
  company,
  coupon,
  discount,
  EUR,
  item,
  price,
  subscription,
  type Company,
} from '../metrics/support/company.ts';
import { close, closeAll, compare, gapsIn } from './close.ts';

const companies: Company[] = [];
afterEach(() => {
  for (const c of companies.splice(0)) c.close();
});

const MARCH = plainMonth('2026-03');
const APRIL = plainMonth('2026-04');
const MAY = plainMonth('2026-05');

/** Ada pays from March on, Bea from April on; «today» is 30 June. */
function twoCustomers(): Company {
  const c = company('2026-06-30');
  companies.push(c);
  const ada = subscription(at('2026-03-10'), {
    id: 'sub_ada',
    customerId: 'ada',
    items: [item(price({ id: 'p_100' }))],
  });
  const bea = subscription(at('2026-04-05'), {
    id: 'sub_bea',
    customerId: 'bea',
    items: [item(price({ id: 'p_50', unitAmount: '5000' }))],
  });
  c.see(ada, at('2026-03-10'));
  c.see(bea, at('2026-04-05'));
  c.charge('ada', 10_000, at('2026-03-10'));
  c.recompute();
  return c;
}

/** An event of April that nobody knew of: Ada left on the 20th. */
function adaLeft(c: Company): void {
  const left = at('2026-04-20');
  c.see(
    subscription(at('2026-03-10'), {
      id: 'sub_ada',
      customerId: 'ada',
      status: 'canceled',
      canceledAt: left,
      endedAt: left,
      items: [item(price({ id: 'p_100' }))],
    }),
    left,
  );
}

test('a close freezes the metrics, the bridge, the flows and all that they rest on', () => {
  const c = twoCustomers();
  close(c.db, '2026-03', c.context);
  const reported = reportedMonth(c.db, MARCH, c.context);
  expect(reported).toMatchObject({
    stamp: { month: '2026-03', version: 1, closedBy: 'hand', closedAt: c.context.now },
    timeZone: 'UTC',
    currency: 'USD',
    programVersion: '1.2.3',
    movementRows: 1,
    flows: { charged: 10_000 },
    intact: true,
    previousHash: '',
  });
  expect(reported.policy).toEqual(c.context.policy);
  expect(reported.snapshot).toEqual(snapshot(c.db, { month: MARCH }, c.context));
  expect(reported.bridge.arr).toMatchObject({ opening: 0, new: 120_000, closing: 120_000 });
  expect(reported.gaps).toEqual(['Stripe has not been read to its end yet.']);
});

test('closes are chained: each hash covers the one before it, and a forged row is seen', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  const march = reportedMonth(c.db, MARCH, c.context);
  expect(reportedMonth(c.db, APRIL, c.context).previousHash).toBe(march.stamp.hash);
  expect(verifyCloses(c.db)).toEqual({ closes: 3, broken: [] });
  c.db.prepareWrite(`DROP TRIGGER month_close_no_update`).run();
  c.db.prepareWrite(`UPDATE month_close SET snapshot = replace(snapshot, '10000', '10001')`).run();
  expect(reportedMonth(c.db, MARCH, c.context).intact).toBe(false);
  expect(verifyCloses(c.db).broken).toContain('close of 2026-03, version 1: it is not what was sealed');
});

test('months are closed in order, once, when they are over and the ledger has them', () => {
  const c = twoCustomers();
  expect(() => close(c.db, '2026-04', c.context)).toThrow(/2026-03 is still open/);
  expect(() => close(c.db, '2026-06', c.context)).toThrow(/not over yet/);
  expect(() => close(c.db, '2026-02', c.context)).toThrow(/begins after/);
  close(c.db, '2026-03', c.context);
  expect(() => close(c.db, '2026-03', c.context)).toThrow(/closed already/);
  expect(closingList(c.db, null, c.context)).toMatchObject({ next: '2026-04', last: '2026-05' });
});

test('what is known to be missing stops a close, unless it is to be frozen as well', () => {
  const c = twoCustomers();
  expect(() => close(c.db, '2026-03', c.context, { acceptGaps: false })).toThrow(/has not been read to its end/);
  const read = c.db.prepareWrite<[number, number]>(
    `INSERT OR REPLACE INTO stream_state (source_id, stream, synced_at, complete, proof)
     VALUES (1, 'invoices', ?, ?, '{"sentence":"All 3 listed objects are stored."}')`,
  );
  read.run(at('2026-03-30'), 1);
  expect(() => close(c.db, '2026-03', c.context, { acceptGaps: false })).toThrow(/before 2026-03 was over/);
  read.run(at('2026-06-30'), 0);
  expect(() => close(c.db, '2026-03', c.context, { acceptGaps: false })).toThrow(/not proven complete: invoices/);
  read.run(at('2026-06-30'), 1);
  close(c.db, '2026-03', c.context, { acceptGaps: false });
  const reported = reportedMonth(c.db, MARCH, c.context);
  expect(reported.gaps).toEqual([]);
  expect(reported.sources).toMatchObject([
    { vendor: 'stripe', streams: [{ stream: 'invoices', complete: true, proof: 'All 3 listed objects are stored.' }] },
  ]);
});

test('a customer who waits to be computed stops a close', () => {
  const c = twoCustomers();
  adaLeft(c);
  expect(() => close(c.db, '2026-03', c.context)).toThrow(/1 customers wait/);
});

test('nothing is restated while nothing changes, whatever is computed again', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.see(subscription(at('2026-06-02'), { customerId: 'cleo', items: [item(price())] }), at('2026-06-02'));
  c.recompute();
  expect(compare(c.db, c.context)).toBe(0);
});

test('a late event restates its month by customer and kind, and the openings after it', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  adaLeft(c);
  c.recompute();
  expect(compare(c.db, c.context)).toBe(2);
  const { rows } = restatements(c.db, { limit: 10 });
  expect(rows.toReversed()).toMatchObject([
    {
      month: '2026-04',
      line: 'churn',
      customerName: 'ada',
      nativeCurrency: 'USD',
      nativeBefore: 0,
      nativeAfter: -120_000,
      before: 0,
      after: -120_000,
      cause: 'late',
      objectId: `evt_sub_ada_${at('2026-04-20')}`,
      foundAt: c.context.now,
    },
    { month: '2026-05', line: 'opening', customerName: null, change: -120_000, cause: 'earlier_month' },
  ]);
  expect(comparedMonth(c.db, MAY, c.context)).toMatchObject({ reported: { arr: 180_000 }, known: { arr: 60_000 } });
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
  expect(compare(c.db, c.context)).toBe(0);
});

test('what was seen of a subscription reads otherwise now: changed upstream', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.see(
    subscription(at('2026-03-10'), {
      id: 'sub_ada',
      customerId: 'ada',
      items: [item(price({ id: 'p_100' }), { quantity: '2' })],
    }),
    at('2026-03-10'),
  );
  c.recompute();
  compare(c.db, c.context);
  expect(restatements(c.db, { month: MARCH, limit: 10 }).rows).toMatchObject([
    { line: 'new', before: 120_000, after: 240_000, cause: 'changed' },
  ]);
  expect(gapsIn(c.db, '2026-03', c.context)).toEqual([]);
});

test('a rate that changed restates movements and stocks, the rate being the cause', () => {
  const c = twoCustomers();
  c.rate('2026-04-01', 'USD', '1.10');
  c.rate('2026-04-29', 'USD', '1.20');
  c.see(
    subscription(at('2026-04-02'), {
      customerId: 'eva',
      currency: EUR,
      items: [item(price({ currency: EUR, unitAmount: '10000' }))],
    }),
    at('2026-04-02'),
  );
  c.recompute();
  for (const day of ['2026-05-29', '2026-06-29']) c.rate(day, 'USD', '1.20');
  c.recompute();
  closeAll(c.db, c.context);
  c.rate('2026-04-01', 'USD', '1.15');
  c.recompute();
  compare(c.db, c.context);
  expect(restatements(c.db, { month: APRIL, limit: 10 }).rows).toMatchObject([
    { line: 'fx', cause: 'rate', before: 12_000, after: 6_000 },
    {
      line: 'new',
      customerName: 'eva',
      cause: 'rate',
      nativeBefore: 120_000,
      nativeAfter: 120_000,
      before: 132_000,
      after: 138_000,
    },
  ]);
  for (const month of ['2026-04', '2026-05']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
});

test('another policy restates what it counts otherwise, and says which switch it was', () => {
  const c = twoCustomers();
  const off = discount(coupon({ percentOff: '50' }), at('2026-03-15'));
  c.see(
    subscription(at('2026-03-15'), { customerId: 'dan', items: [item(price())], discounts: [off] }),
    at('2026-03-15'),
  );
  c.recompute();
  closeAll(c.db, c.context);
  const context = { ...c.context, policy: policyOf({ base: 'vario', discounts: 'none' }) };
  c.recompute(context);
  compare(c.db, context);
  const { rows } = restatements(c.db, { month: MARCH, limit: 10 });
  expect(rows).toMatchObject([{ line: 'new', customerName: 'dan', before: 60_000, after: 120_000, cause: 'policy' }]);
  expect(rows[0]?.detail).toMatch(/discounts: none/);
  expect(gapsIn(c.db, '2026-05', context)).toEqual([]);
});

test('another reporting currency leaves what was reported in its own, and still adds up', () => {
  const c = twoCustomers();
  for (let month = 3; month <= 6; month++)
    for (const day of ['01', '08', '15', '22', '28']) c.rate(`2026-0${month}-${day}`, 'USD', '1.25');
  c.see(
    subscription(at('2026-04-02'), {
      customerId: 'eva',
      currency: EUR,
      items: [item(price({ currency: EUR, unitAmount: '3333' }))],
    }),
    at('2026-04-02'),
  );
  c.recompute();
  closeAll(c.db, c.context);
  const context = { ...c.context, currency: EUR };
  c.recompute(context);
  compare(c.db, context);
  expect(comparedMonth(c.db, APRIL, context)).toMatchObject({ currency: 'USD', reported: { currency: 'USD' } });
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, context)).toEqual([]);
  adaLeft(c);
  c.recompute(context);
  compare(c.db, context);
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, context)).toEqual([]);
});

test('late, changed and deleted payments restate their flow, one entry per object', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  const late = c.charge('bea', 5_000, at('2026-04-06'));
  c.charge('bea', 7_000, at('2026-06-06'));
  c.db
    .prepareWrite(
      `UPDATE charge SET amount_minor = 9000, amount_captured_minor = NULL WHERE billing_customer_id = 'ada'`,
    )
    .run();
  compare(c.db, c.context);
  expect(restatements(c.db, { limit: 10 }).rows.toReversed()).toMatchObject([
    {
      month: '2026-04',
      line: 'charged',
      objectId: late,
      customerName: 'bea',
      before: 0,
      after: 5_000,
      cause: 'late',
      annual: false,
    },
    { month: '2026-03', line: 'charged', customerName: 'ada', before: 10_000, after: 9_000, cause: 'changed' },
  ]);
  c.db.prepareWrite<[string]>(`DELETE FROM charge WHERE id = ?`).run(late);
  compare(c.db, c.context);
  expect(restatements(c.db, { month: APRIL, limit: 1 }).rows).toMatchObject([
    { before: 5_000, after: 0, cause: 'deleted' },
  ]);
  for (const month of ['2026-03', '2026-04']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
});

test('a cost entered for a closed month restates it', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.db.prepareWrite(`INSERT INTO cost_edit (act, made_at) VALUES ('entry', 0)`).run();
  c.db
    .prepareWrite(
      `INSERT INTO cost (month, kind, channel_key, currency, amount_minor, cost_edit_id, entered_at, changed_at)
     VALUES ('2026-04', 'marketing', 'ads', 'USD', 250000, 1, 0, 0)`,
    )
    .run();
  compare(c.db, c.context);
  expect(restatements(c.db, { limit: 10 }).rows).toMatchObject([
    { month: '2026-04', line: 'costs', before: 0, after: 250_000, cause: 'costs', objectId: 'marketing ads' },
  ]);
  expect(gapsIn(c.db, '2026-04', c.context)).toEqual([]);
});

test('costs that change together restate a month once, and not at all where its costs stay what they were', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.db.prepareWrite(`INSERT INTO cost_edit (act, file, made_at) VALUES ('import', 'costs.csv', 0)`).run();
  const add = (month: string, kind: string, channel: string, currency: string, minor: number) =>
    c.db
      .prepareWrite<(string | number)[]>(
        `INSERT INTO cost (month, kind, channel_key, currency, amount_minor, cost_edit_id, entered_at, changed_at)
         VALUES (?, ?, ?, ?, ?, 1, 0, 0)`,
      )
      .run(month, kind, channel, currency, minor);
  const imported = () => {
    for (const month of ['2026-03', '2026-04'])
      for (let channel = 0; channel < 40; channel++) add(month, 'marketing', `c${channel}`, 'USD', 1_000);
  };
  imported();
  compare(c.db, c.context);
  c.db.prepareWrite(`DELETE FROM cost`).run();
  compare(c.db, c.context);
  imported();
  compare(c.db, c.context);
  const change = {
    before: 0,
    after: 40_000,
    cause: 'costs',
    objectId: null,
    nativeCurrency: 'USD',
    nativeAfter: 40_000,
  };
  const back = { before: 40_000, after: 0, nativeBefore: 40_000 };
  const { rows } = restatements(c.db, { month: APRIL, limit: 10 });
  expect(rows).toMatchObject([change, back, change]);
  expect(rows[0]?.detail).toBe('40 costs were entered or changed after the month was closed.');
  c.db.prepareWrite(`UPDATE cost SET kind = 'sales' WHERE month = '2026-04'`).run();
  c.db.prepareWrite(`DELETE FROM cost WHERE month = '2026-04'`).run();
  for (let channel = 0; channel < 40; channel++) add('2026-04', 'sales', `c${channel}`, 'USD', 1_000);
  compare(c.db, c.context);
  expect(restatements(c.db, { month: APRIL, limit: 10 }).total).toBe(3);
  for (const month of ['2026-03', '2026-04']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
});

test('a source connected later, and one deleted, are causes of their own', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.db.prepareWrite<[number]>(`UPDATE source SET connected_at = ?`).run(c.context.now + 1);
  adaLeft(c);
  c.recompute();
  compare(c.db, c.context);
  expect(restatements(c.db, { month: APRIL, limit: 10 }).rows).toMatchObject([
    { line: 'churn', cause: 'source_added' },
  ]);
  c.db.prepareWrite(`DELETE FROM source`).run();
  c.db.prepareWrite(`INSERT OR IGNORE INTO dirty_customer SELECT customer_id FROM customer`).run();
  c.recompute();
  compare(c.db, c.context);
  expect(restatements(c.db, { cause: 'source_removed', limit: 10 }).rows.map(({ line }) => line)).toContain('new');
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
});

test('reopening is noted with its reason, leaves the close, and the month closes as version 2', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  adaLeft(c);
  c.recompute();
  compare(c.db, c.context);
  reopenMonth(c.db, APRIL, 'Ada’s cancellation was booked late', c.context.now);
  const months = closingList(c.db, null, c.context).months;
  expect(months.find(({ month }) => month === '2026-04')).toMatchObject({
    state: 'reopened',
    reopening: { reason: 'Ada’s cancellation was booked late' },
  });
  close(c.db, '2026-04', c.context);
  const again = reportedMonth(c.db, APRIL, c.context);
  expect(again.stamp.version).toBe(2);
  expect(again.bridge.arr.churn).toBe(-120_000);
  expect(
    c.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM month_close WHERE month = '2026-04'`).first(),
  ).toEqual({ n: 2 });
  expect(restatements(c.db, { month: APRIL, limit: 10 }).rows).toEqual([]);
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
  expect(() => reopenMonth(c.db, plainMonth('2026-06'), 'why not', c.context.now)).toThrow(/not closed/);
});

test('where every closed month was opened again, what moves meanwhile is in the next close', () => {
  const c = twoCustomers();
  close(c.db, '2026-03', c.context);
  reopenMonth(c.db, MARCH, 'closed too early', c.context.now);
  adaLeft(c);
  c.charge('ada', 5_000, at('2026-03-20'));
  c.recompute();
  expect(compare(c.db, c.context)).toBe(0);
  closeAll(c.db, c.context);
  expect(reportedMonth(c.db, MARCH, c.context).stamp.version).toBe(2);
  expect(compare(c.db, c.context)).toBe(0);
  for (const month of ['2026-03', '2026-04', '2026-05']) expect(gapsIn(c.db, month, c.context)).toEqual([]);
});

test('what was frozen cannot be changed or deleted, not even by the program', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  for (const statement of [`UPDATE month_close SET month = '2020-01'`, `DELETE FROM month_close`])
    expect(() => c.db.prepareWrite(statement).run()).toThrow(/frozen/);
});

test('by the calendar a month is due on its day, and missed days are made up for', () => {
  const c = twoCustomers();
  close(c.db, '2026-03', c.context);
  expect(dueMonths(c.db, 5, c.on('2026-05-04'))).toEqual([]);
  expect(dueMonths(c.db, 5, c.on('2026-05-05'))).toEqual(['2026-04']);
  expect(dueMonths(c.db, 5, c.on('2026-06-30'))).toEqual(['2026-04', '2026-05']);
  expect(dueMonths(c.db, null, c.on('2026-06-30'))).toEqual([]);
});

test('a month that was opened again is not closed by the calendar', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  reopenMonth(c.db, MAY, 'waiting for an invoice', c.context.now);
  expect(dueMonths(c.db, 1, c.context)).toEqual([]);
});

test('the board pack shows the month as reported or as known today, and says which', () => {
  const c = twoCustomers();
  const input = { month: APRIL, companyName: 'Kestrel' };
  expect(boardPack(c.db, input, c.context)).toMatchObject({ shows: 'known', close: null, restated: null });
  expect(() => boardPack(c.db, { ...input, shows: 'reported' }, c.context)).toThrow(/not closed/);
  closeAll(c.db, c.context);
  adaLeft(c);
  c.recompute();
  compare(c.db, c.context);
  const known = boardPack(c.db, input, c.context);
  const reported = boardPack(c.db, { ...input, shows: 'reported' }, c.context);
  expect(known).toMatchObject({
    shows: 'known',
    current: { arr: 60_000 },
    close: { version: 1 },
    restated: { entries: 1 },
  });
  expect(reported).toMatchObject({ shows: 'reported', current: { arr: 180_000 }, restated: { entries: 1 } });
  expect(reported.restated?.rows).toMatchObject([{ customerName: 'ada', line: 'churn', change: -120_000 }]);
  expect(reported.largest.map(({ name }) => name)).toEqual(['ada', 'bea']);
});

test('a person whose name is taken away is nameless in closed months as well', () => {
  const c = twoCustomers();
  closeAll(c.db, c.context);
  c.db.prepareWrite(`UPDATE customer SET name = 'Erased customer' WHERE name = 'ada'`).run();
  const reported = boardPack(c.db, { month: APRIL, companyName: 'Kestrel', shows: 'reported' }, c.context);
  expect(JSON.stringify(reported)).not.toContain('"ada"');
  expect(reported.largest[0]?.name).toBe('Erased customer');
});
