/** Several records of a billing system that stand for one customer: counted, netted and named as one. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rebuild, verify } from '../../../src/main/engine/metrics/index.ts';
import { at, company, item, price, subscription, type Company } from './support/company.ts';
import { ledger, month, on } from './support/figures.ts';

let c: Company;
beforeEach(() => (c = company('2026-06-30')));
afterEach(() => c.close());

const plan = price({ unitAmount: '10000' });
const moved = '2026-03-10';

/** A customer who left one record and went on under another on the same day. */
function movedCustomer(): void {
  const items = [item(plan, { id: 'si' })];
  const old = subscription(at('2026-01-10'), { id: 'sub_old', customerId: 'cus_old', items });
  c.see(old, at('2026-01-10'));
  c.see({ ...old, status: 'canceled', canceledAt: at(moved), endedAt: at(moved) }, at(moved));
  c.see(
    subscription(at(moved), { id: 'sub_new', customerId: 'cus_new', items: [item(plan, { quantity: '2' })] }),
    at(moved),
  );
}

function merge(from: string, into: string): void {
  c.db
    .prepareWrite<[number, string]>(`UPDATE billing_customer SET customer_id = ? WHERE id = ?`)
    .run(c.customer(into), from);
}

test('apart they are a loss and a new customer, together an expansion', () => {
  movedCustomer();
  expect(ledger(c)).toEqual(['2026-01-10 new 120000', '2026-03-10 churn -120000', '2026-03-10 new 240000']);
  merge('cus_old', 'cus_new');
  rebuild(c.db, c.context);
  expect(ledger(c)).toEqual(['2026-01-10 new 120000', '2026-03-10 expansion 120000']);
  expect(on(c, '2026-06-30')).toMatchObject({ mrr: 20_000, customers: 1 });
  expect(month(c, '2026-03')).toMatchObject({ newCustomers: 0, churnedCustomers: 0, logoChurn: 0 });
  expect(verify(c.db, c.context).differences).toEqual([]);
});

test('two that pay at once are one customer with both', () => {
  for (const customerId of ['cus_a', 'cus_b'])
    c.see(
      subscription(at('2026-01-10'), { id: `sub_${customerId}`, customerId, items: [item(plan)] }),
      at('2026-01-10'),
    );
  expect(on(c, '2026-06-30')).toMatchObject({ mrr: 20_000, customers: 2, arpa: 10_000 });
  merge('cus_b', 'cus_a');
  rebuild(c.db, c.context);
  expect(on(c, '2026-06-30')).toMatchObject({ mrr: 20_000, customers: 1, arpa: 20_000 });
  expect(ledger(c)).toEqual(['2026-01-10 new 240000']);
});
