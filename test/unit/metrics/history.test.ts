/** The time before anybody looked: one read of a subscription, its dates and its invoices give its whole history. */
import { afterEach, expect, test } from 'vitest';
import type { Subscription } from '../../../src/main/engine/domain/index.ts';
import {
  at,
  company,
  coupon,
  discount,
  item,
  price,
  subscription,
  type Company,
  type LineInput,
} from './support/company.ts';
import { ledger, on } from './support/figures.ts';

let c: Company;
afterEach(() => c.close());

const READ = '2026-06-15';
const basic = price({ id: 'basic', unitAmount: '1000' });
const pro = price({ id: 'pro', unitAmount: '3000' });

/** Months of 2026 from one to another, as lines of an item. */
const line = (from: string, to: string, over: Partial<LineInput> = {}): LineInput => ({
  subscriptionItemId: 'si',
  periodStart: at(from),
  periodEnd: at(to),
  ...over,
});

function started(over: Partial<Subscription> = {}, now = pro): Subscription {
  c = company('2026-06-30');
  return subscription(at('2026-01-10'), {
    id: 'sub',
    items: [item(now, { id: 'si', currentPeriodStart: at('2026-06-10'), currentPeriodEnd: at('2026-07-10') })],
    ...over,
  });
}

function bill(lines: LineInput[], over: Parameters<Company['invoice']>[0] | object = {}): void {
  c.invoice({ customerId: 'cus_1', subscriptionId: 'sub', billingReason: 'subscription_cycle', lines, ...over });
}

function evidence(): string[] {
  return c.db
    .prepare<[], { effective_on: string; evidence: string; annual_minor: number }>(
      `SELECT effective_on, evidence, annual_minor FROM subscription_state ORDER BY effective_at`,
    )
    .all()
    .map((row) => `${row.effective_on} ${row.evidence} ${row.annual_minor}`);
}

test('an upgrade in mid-period is dated by its proration pair', () => {
  const body = started();
  bill([line('2026-01-10', '2026-02-10', { price: basic, amountMinor: 1_000 })]);
  bill([
    line('2026-01-25', '2026-02-10', { price: basic, amountMinor: -516, proration: true }),
    line('2026-01-25', '2026-02-10', { price: pro, amountMinor: 1_548, proration: true }),
  ]);
  bill([line('2026-02-10', '2026-03-10', { price: pro, amountMinor: 3_000 })]);
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 12000', '2026-01-25 expansion 24000']);
  expect(evidence()).toEqual(['2026-01-10 invoice 12000', '2026-01-25 invoice 36000']);
});

test('the tier lines of one item are one quantity; the flat amount’s line adds none', () => {
  const tiers = [
    { upTo: 10, unitAmount: '0', flatAmount: '19900' },
    { upTo: null, unitAmount: '1500', flatAmount: '0' },
  ];
  const tiered = price({ id: 'tiered', scheme: 'graduated', unitAmount: null, tiers });
  const body = started({ items: [item(tiered, { id: 'si', quantity: '14' })] });
  bill([
    line('2026-01-10', '2026-02-10', { price: tiered, quantity: '10', amountMinor: 0 }),
    line('2026-01-10', '2026-02-10', { price: tiered, quantity: '0', amountMinor: 19_900 }),
    line('2026-01-10', '2026-02-10', { price: tiered, quantity: '4', amountMinor: 6_000 }),
  ]);
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 310800']);
});

test('invoices voided without an attempt are a pause; the next one collected resumes it', () => {
  const body = started();
  const month = (from: string, to: string, over = {}) =>
    bill([line(from, to, { price: pro, amountMinor: 3_000 })], over);
  month('2026-01-10', '2026-02-10');
  month('2026-02-10', '2026-03-10', { status: 'void', attemptCount: 0 });
  month('2026-03-10', '2026-04-10', { status: 'void', attemptCount: 0 });
  month('2026-04-10', '2026-05-10');
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 36000', '2026-02-10 paused -36000', '2026-04-10 resumed 36000']);
});

test('an invoice that took several attempts was past due until it was paid', () => {
  const body = started();
  bill([line('2026-01-10', '2026-02-10', { price: pro, amountMinor: 3_000 })]);
  const late = { attemptCount: 3, paidAt: at('2026-02-16') };
  bill([line('2026-02-10', '2026-03-10', { price: pro, amountMinor: 3_000 })], late);
  c.see(body, at(READ), 'read');
  expect(['2026-02-09', '2026-02-12', '2026-02-16'].map((day) => on(c, day).pastDueMrr)).toEqual([0, 3_000, 0]);
  expect(on(c, '2026-02-12').mrr).toBe(3_000);
});

test('a discount that only invoices show counts by what it took off, while it did', () => {
  const body = started();
  const off = (amountMinor: number) => ({ discounts: [{ discountId: 'di_gone', amountMinor }] });
  bill([line('2026-01-10', '2026-02-10', { price: pro, amountMinor: 3_000, ...off(600) })]);
  bill([line('2026-02-10', '2026-03-10', { price: pro, amountMinor: 3_000, ...off(600) })]);
  bill([line('2026-03-10', '2026-04-10', { price: pro, amountMinor: 3_000 })]);
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 28800', '2026-03-10 expansion 7200']);
});

test('a price that nobody knows any more is worth what it billed for its period', () => {
  const body = started();
  bill([line('2026-01-10', '2026-04-10', { priceId: 'price_forgotten', amountMinor: 2_500, quantity: '2' })]);
  bill([line('2026-04-10', '2026-05-10', { price: pro, amountMinor: 3_000 })]);
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 10000', '2026-04-10 expansion 26000']);
});

test('a subscription that was over before the first read, with its trial and its scheduled end', () => {
  const body = started({
    status: 'canceled',
    trialStart: at('2026-01-10'),
    trialEnd: at('2026-01-24'),
    canceledAt: at('2026-04-20'),
    endedAt: at('2026-05-24'),
  });
  bill([line('2026-01-10', '2026-01-24', { price: pro, amountMinor: 0 })]);
  bill([line('2026-01-24', '2026-02-24', { price: pro, amountMinor: 3_000 })]);
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-24 new 36000', '2026-05-24 churn -36000']);
  expect([on(c, '2026-01-15').trialMrr, on(c, '2026-04-19').cmrr, on(c, '2026-04-20').cmrr]).toEqual([3_000, 3_000, 0]);
});

test('a change between two reads is dated by the line that bills it, else by the second read', () => {
  const body = started({}, basic);
  c.see(body, at('2026-02-01'), 'read');
  const changed = { ...body, items: [item(pro, { id: 'si' })] };
  bill([line('2026-03-05', '2026-03-10', { price: pro, amountMinor: 480, proration: true })]);
  c.see(changed, at('2026-04-01'), 'read');
  c.see({ ...body, items: [item(basic, { id: 'si' })] }, at('2026-05-01'), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 12000', '2026-03-05 expansion 24000', '2026-05-01 contraction -24000']);
});

test('a coupon that a later read shows for the first time counts from its own start', () => {
  const body = started();
  c.see(body, at('2026-02-01'), 'read');
  c.see({ ...body, discounts: [discount(coupon({ percentOff: '50' }), at('2026-02-20'))] }, at('2026-03-01'), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 36000', '2026-02-20 contraction -18000']);
});

test('given up long before the first look: unpaid since the first cycle that was left as a draft', () => {
  const body = started({ status: 'unpaid' });
  bill([line('2026-01-10', '2026-02-10', { price: pro, amountMinor: 3_000 })]);
  bill([line('2026-02-10', '2026-03-10', { price: pro, amountMinor: 3_000 })], { status: 'open', attemptCount: 4 });
  for (const [from, to] of [
    ['2026-03-10', '2026-04-10'],
    ['2026-04-10', '2026-05-10'],
  ] as const)
    bill([line(from, to, { price: pro, amountMinor: 3_000 })], { status: 'draft', attemptCount: 0, finalizedAt: null });
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 36000', '2026-03-10 churn -36000']);
  expect([on(c, '2026-02-15').pastDueMrr, on(c, '2026-03-10').pastDueMrr]).toEqual([3_000, 0]);
  expect(evidence().at(-1)).toBe('2026-03-10 invoice 0');
});

test('given up, and no cycle since: dated by the look', () => {
  const body = started({ status: 'unpaid' });
  bill([line('2026-05-10', '2026-06-10', { price: pro, amountMinor: 3_000 })], { status: 'open', attemptCount: 4 });
  c.see(body, at(READ), 'read');
  expect(ledger(c)).toEqual(['2026-01-10 new 36000', '2026-06-15 churn -36000']);
});

test('an invoice that was written off is no longer past due once a later cycle is paid', () => {
  const body = started();
  bill([line('2026-01-10', '2026-02-10', { price: pro, amountMinor: 3_000 })], {
    status: 'uncollectible',
    attemptCount: 4,
  });
  bill([line('2026-02-10', '2026-03-10', { price: pro, amountMinor: 3_000 })]);
  c.see(body, at(READ), 'read');
  expect(['2026-01-20', '2026-02-10', '2026-05-01'].map((day) => on(c, day).pastDueMrr)).toEqual([3_000, 0, 0]);
  expect(on(c, '2026-05-01').mrr).toBe(3_000);
});

test('discounts stack in their order also after the first of them is gone', () => {
  const first = discount(coupon({ amountOff: 1_000, duration: 'repeating', durationInMonths: 2 }), at('2026-01-10'));
  const half = discount(coupon({ percentOff: '50' }), at('2026-01-10'));
  const body = started({ discounts: [first, half] });
  c.see(body, at('2026-01-10'));
  c.see({ ...body, discounts: [half] }, at('2026-03-10'));
  // $10 off $30, then half; later half of $30.
  expect(ledger(c)).toEqual(['2026-01-10 new 12000', '2026-03-10 expansion 6000']);
});
