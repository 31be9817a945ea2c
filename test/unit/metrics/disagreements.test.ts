/** Invoices held against what was seen of a subscription: what differs is listed, what agrees in its own way is not. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evidenceDisagreements } from '../../../src/main/engine/metrics/index.ts';
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

let c: Company;
beforeEach(() => (c = company('2026-06-30')));
afterEach(() => c.close());

const basic = price({ id: 'basic', unitAmount: '1000' });
const pro = price({ id: 'pro', unitAmount: '3000' });

const found = (limit = 100) => evidenceDisagreements(c.db, { limit }, c.context);
const causes = () => found().rows.map((row) => `${row.on} ${row.cause}`);

const seen = (over: Partial<Subscription> = {}, of = item(pro, { id: 'si', quantity: '2' })) =>
  subscription(at('2026-01-10'), { id: 'sub', items: [of], ...over });

function bill(from: string, to: string, over: Partial<LineInput> = {}, invoice: object = {}): void {
  const line = { subscriptionItemId: 'si', price: pro, quantity: '2', amountMinor: 6_000, ...over };
  c.invoice({
    customerId: 'cus_1',
    subscriptionId: 'sub',
    billingReason: 'subscription_cycle',
    lines: [{ periodStart: at(from), periodEnd: at(to), ...line }],
    ...invoice,
  });
}

test('nothing differs where invoices bill what was seen', () => {
  c.see(seen(), at('2026-01-10'));
  for (const [from, to] of [
    ['2026-01-10', '2026-02-10'],
    ['2026-02-10', '2026-03-10'],
  ] as const)
    bill(from, to);
  expect(found()).toEqual({
    rows: [],
    customersSearched: 1,
    customersInAll: 1,
    foundSoFar: 0,
    searchedSoFar: 1,
    total: 0,
    cursor: null,
  });
});

test('an invoice that bills another quantity, with both amounts and both objects', () => {
  c.see(seen(), at('2026-01-10'));
  bill('2026-02-10', '2026-03-10', { quantity: '5', amountMinor: 15_000 }, { id: 'in_five' });
  expect(found().rows).toMatchObject([
    {
      customerName: 'cus_1',
      subscriptionId: 'sub',
      on: '2026-02-10',
      cause: 'quantity',
      currency: 'USD',
      invoices: { annualMinor: 180_000, items: 'pro × 5', objectId: 'in_five' },
      state: { annualMinor: 72_000, items: 'pro × 2', evidence: 'event' },
    },
  ]);
});

test('another price, and another set of items', () => {
  c.see(seen(), at('2026-01-10'));
  bill('2026-02-10', '2026-03-10', { price: basic, amountMinor: 2_000 });
  c.invoice({
    customerId: 'cus_1',
    subscriptionId: 'sub',
    billingReason: 'subscription_cycle',
    lines: ['si', 'si_2'].map((subscriptionItemId) => ({
      subscriptionItemId,
      periodStart: at('2026-03-10'),
      periodEnd: at('2026-04-10'),
      price: subscriptionItemId === 'si' ? pro : basic,
      quantity: subscriptionItemId === 'si' ? '2' : '1',
      amountMinor: subscriptionItemId === 'si' ? 6_000 : 1_000,
    })),
  });
  expect(causes()).toEqual(['2026-02-10 price', '2026-03-10 items']);
});

test('a change told by an event minutes after the renewal that bills it is no difference', () => {
  c.see(seen(), at('2026-01-10'));
  c.see(seen({}, item(pro, { id: 'si', quantity: '5' })), at('2026-02-10T00:20:00Z'));
  bill('2026-02-10', '2026-03-10', { quantity: '5', amountMinor: 15_000 });
  expect(causes()).toEqual([]);
});

test('a paid invoice of a subscription that did not count; an unpaid or voided one is none', () => {
  c.see(seen(), at('2026-01-10'));
  c.see(
    seen({ status: 'canceled', canceledAt: at('2026-02-01'), endedAt: at('2026-02-01') }),
    at('2026-02-01'),
    'event',
  );
  bill('2026-02-10', '2026-03-10');
  bill('2026-03-10', '2026-04-10', {}, { status: 'void' });
  bill('2026-04-10', '2026-05-10', {}, { status: 'open' });
  expect(found().rows).toMatchObject([
    { on: '2026-02-10', cause: 'billed_while_not_counted', state: { annualMinor: 0 } },
  ]);
});

test('the drafts and void invoices of a pause are none', () => {
  c.see(seen(), at('2026-01-10'));
  c.see(seen({ pause: { behavior: 'void', since: null, resumesAt: null } }), at('2026-02-01'));
  bill('2026-02-10', '2026-03-10', {}, { status: 'void', attemptCount: 0 });
  expect(causes()).toEqual([]);
});

test('a whole term billed at an amount that price and quantity do not give; a shorter one may be', () => {
  c.see(seen(), at('2026-01-10'));
  bill('2026-02-10', '2026-03-10', { amountMinor: 5_500 });
  bill('2026-03-10', '2026-03-20', { amountMinor: 1_935 });
  expect(causes()).toEqual(['2026-02-10 amount']);
  expect(found().rows[0]?.note).toBe('A whole term was billed at 55.00 USD; price and quantity give 60.00 USD');
});

test('a lasting discount on one side only; a single-use one may lower an invoice alone', () => {
  const half = discount(coupon({ percentOff: '50' }), at('2026-01-10'));
  c.see(seen({ discounts: [half] }), at('2026-01-10'));
  bill('2026-02-10', '2026-03-10');
  bill('2026-03-10', '2026-04-10', { discounts: [{ discountId: half.id, amountMinor: 3_000 }] });
  bill('2026-04-10', '2026-05-10', {
    discounts: [
      { discountId: half.id, amountMinor: 3_000 },
      { discountId: 'di_other', amountMinor: 100 },
    ],
  });
  expect(causes()).toEqual(['2026-02-10 discount', '2026-04-10 discount']);
});

test('items that changed before the first look, on no invoice', () => {
  c.see(seen({}, item(pro, { id: 'si', quantity: '3' })), at('2026-03-20'), 'read');
  bill('2026-01-10', '2026-02-10');
  bill('2026-02-10', '2026-03-10');
  bill('2026-03-10', '2026-04-10');
  expect(found().rows).toMatchObject([
    { on: '2026-03-20', cause: 'change_on_no_invoice', invoices: { items: 'pro × 2' }, state: { evidence: 'read' } },
  ]);
});

test('comes in pages that end with a customer; the last one knows how many there are in all', () => {
  for (const customer of ['cus_1', 'cus_2', 'cus_3']) {
    c.see({ ...seen(), id: `sub_${customer}`, customerId: customer }, at('2026-01-10'));
    const line = { subscriptionItemId: 'si', price: pro, quantity: '9', amountMinor: 27_000 };
    c.invoice({
      customerId: customer,
      subscriptionId: `sub_${customer}`,
      lines: [{ periodStart: at('2026-02-10'), periodEnd: at('2026-03-10'), ...line }],
    });
  }
  const first = found(2);
  expect(first).toMatchObject({ rows: [{ customerName: 'cus_1' }, { customerName: 'cus_2' }], customersSearched: 2 });
  expect(first).toMatchObject({ foundSoFar: 2, searchedSoFar: 2, customersInAll: 3, total: null });
  const rest = evidenceDisagreements(c.db, { limit: 2, cursor: first.cursor }, c.context);
  expect(rest).toMatchObject({ rows: [{ customerName: 'cus_3' }], customersSearched: 1, cursor: null });
  expect(rest).toMatchObject({ foundSoFar: 3, searchedSoFar: 3, total: 3 });
  expect(() => evidenceDisagreements(c.db, { limit: 2, cursor: 'x' }, c.context)).toThrow(/no cursor/);
});
