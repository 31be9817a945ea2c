import { expect, it } from 'vitest';
import { disconnectSource } from '../../../src/main/engine/sync/index.ts';
import { rowsIn, testCompany } from '../../support/synced-company.ts';

it('deleting a source’s data leaves no name, address or country of its customers behind', async () => {
  const { db, deps, sourceId, sync } = await testCompany();
  await sync();
  expect(rowsIn(db, 'customer')).toBeGreaterThan(10);
  const [named] = db.prepare<[], { customer_id: number; name: string }>('SELECT customer_id, name FROM customer').all();
  db.run(
    db.build.insertInto('alert').values({
      rule: 'customer_churned',
      dedupe_key: 'key',
      severity: 'warning',
      title: `${named?.name} has left`,
      body: '',
      customer_id: named?.customer_id ?? 0,
      raised_at: 0,
      happened_on: '2026-11-01',
      state: 'open',
      target: '/',
      delivery: 'none',
    }),
  );
  disconnectSource(deps, sourceId, { deleteData: true });
  const left = db
    .prepare<[], { known: number }>(
      `SELECT count(*) AS known FROM customer
       WHERE name <> 'Deleted customer' OR email IS NOT NULL OR country IS NOT NULL OR erased_at IS NULL`,
    )
    .first();
  expect(left?.known).toBe(0);
  expect(rowsIn(db, 'alert')).toBe(0);
});

it('keeps those whom another source knows too', async () => {
  const { db, deps, servers, sourceId, sync } = await testCompany();
  await sync();
  const { lastId: other } = db.run(
    db.build
      .insertInto('source')
      .values({ vendor: 'stripe', name: 'A second account', config: '{}', state: 'ready', connected_at: 0 }),
  );
  const [shared] = db
    .prepare<[], { customer_id: number; name: string }>('SELECT customer_id, name FROM customer')
    .all();
  db.run(
    db.build.insertInto('billing_customer').values({
      source_id: other,
      id: 'cus_there',
      customer_id: shared?.customer_id ?? 0,
      created_at: 0,
      delinquent: 0,
      balance_minor: 0,
      discounts: '[]',
      metadata: '{}',
    }),
  );
  disconnectSource(deps, sourceId, { deleteData: true });
  const names = db.prepare<[], { name: string }>('SELECT name FROM customer WHERE erased_at IS NULL').all();
  expect(names).toEqual([{ name: shared?.name }]);
  expect(servers.control.count('customers')).toBeGreaterThan(1);
});
