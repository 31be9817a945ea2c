/** Matching after a sync compares what is new or was changed; it comes to what comparing everything would. */
import { beforeEach, expect, test } from 'vitest';
import { knownAccounts } from '../../../src/main/engine/identity/records.ts';
import { EVERY_ACCOUNT_WITH_EVIDENCE } from '../../../src/main/engine/identity/account-tables.ts';
import { matchAccounts } from '../../../src/main/engine/identity/index.ts';
import type { WriteDb } from '../../../src/main/engine/store/index.ts';
import { instantOfIso } from '../../../src/shared/kernel/instant.ts';
import { testStore } from '../../support/store.ts';
import { expectPlan, planDatabase } from '../../plans/expect-plan.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');
let db: WriteDb;

beforeEach(() => {
  ({ db } = testStore());
  for (const [vendor, name] of [
    ['stripe', 'Stripe'],
    ['hubspot', 'HubSpot'],
  ] as const)
    db.run(db.build.insertInto('source').values({ vendor, name, config: '{}', state: 'ready', connected_at: 0 }));
  for (const name of ['Kestrel Labs', 'Heron Analytics', 'Merlin Freight', 'Sparrow Health', 'Falcon Robotics'])
    customer(name);
  account('a1', 'Kestrel Labs Inc');
  account('a2', 'Herron Analytics');
  account('a3', 'Nobody at all');
});

function customer(name: string): number {
  const { lastId } = db.run(db.build.insertInto('customer').values({ name, created_at: 0 }));
  db.run(
    db.build.insertInto('billing_customer').values({
      source_id: 1,
      id: `cus_${lastId}`,
      customer_id: lastId,
      created_at: 0,
      delinquent: 0,
      balance_minor: 0,
      discounts: '[]',
      metadata: '{}',
    }),
  );
  return lastId;
}

function account(id: string, name: string): void {
  db.run(db.build.insertInto('crm_account').values({ source_id: 2, id, name, created_at: 0, fields: '{}' }));
}

function rename(table: 'customer' | 'crm_account', from: string, to: string): void {
  db.run(db.build.updateTable(table).set({ name: to }).where('name', '=', from));
}

function suggested(): string[] {
  return db
    .prepare<[], { text: string }>(
      `SELECT s.account_id || ' ' || c.name || ' ' || round(s.score, 3) AS text FROM identity_suggestion s
       JOIN customer c USING (customer_id) ORDER BY 1`,
    )
    .all()
    .map(({ text }) => text);
}

/** What matching comes to, and what it comes to when everything is forgotten first. */
function matched(): { now: string[]; anew: string[] } {
  matchAccounts(db, NOW);
  const now = suggested();
  for (const table of ['identity_suggestion', 'identity_compared_customer', 'identity_compared_account'])
    db.prepareWrite<[]>(`DELETE FROM ${table}`).run();
  db.prepareWrite<[]>(`DELETE FROM setting WHERE name = 'identity.matched'`).run();
  matchAccounts(db, NOW);
  return { now, anew: suggested() };
}

test.each<[string, () => void]>([
  ['nothing', () => undefined],
  ['a customer who is new', () => void customer('Herron Analytics')],
  ['a customer who has another name', () => rename('customer', 'Sparrow Health', 'Nobody at all')],
  ['a customer whose name is no longer like it', () => rename('customer', 'Heron Analytics', 'Osprey')],
  [
    'a customer who is gone',
    () => db.run(db.build.updateTable('customer').set({ erased_at: 1 }).where('name', '=', 'Kestrel Labs')),
  ],
  ['an account that is new', () => account('a4', 'Merlin Freigt')],
  ['an account that has another name', () => rename('crm_account', 'Nobody at all', 'Falcon Robotics')],
  [
    'an account that is gone',
    () => db.run(db.build.updateTable('crm_account').set({ deleted_at: 1 }).where('id', '=', 'a1')),
  ],
  [
    'an account that is told something stronger',
    () => db.run(db.build.updateTable('crm_account').set({ domain: 'heron.example' }).where('id', '=', 'a2')),
  ],
])('after %s', (_, change) => {
  matchAccounts(db, NOW);
  expect(suggested()).toEqual(['a1 Kestrel Labs 1.0', 'a2 Heron Analytics 0.938']);
  change();
  const { now, anew } = matched();
  expect(now).toEqual(anew);
});

test('a second matching writes nothing', () => {
  matchAccounts(db, NOW);
  const state = () =>
    ['identity_suggestion', 'identity_compared_customer', 'identity_compared_account', 'identity_link'].map((table) =>
      db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all(),
    );
  const before = state();
  const changes = db.prepare<[], { n: number }>('SELECT total_changes() AS n');
  const written = changes.first()?.n;
  matchAccounts(db, NOW);
  expect(changes.first()?.n).toBe(written);
  expect(state()).toEqual(before);
});

test('accounts are read with their people by an index, not all people for each of them', () => {
  expect(knownAccounts(db)).toHaveLength(3);
  const connection = planDatabase();
  for (const uses of [
    'crm_contact_by_account (source_id=? AND account_id=?)',
    'support_contact_by_account (source_id=? AND account_id=?)',
  ])
    expectPlan(connection, EVERY_ACCOUNT_WITH_EVIDENCE, {
      uses,
      mayScan: ['a'],
      maySort: true,
    });
});

test('a change of nothing that matching reads is no reason to match again', () => {
  const first = matchAccounts(db, NOW);
  // Were anybody looked at, this would be suggested again.
  db.prepareWrite<[]>('DELETE FROM identity_suggestion').run();
  db.run(db.build.updateTable('billing_customer').set({ balance_minor: 100, delinquent: 1 }));
  expect(matchAccounts(db, NOW)).toEqual({ ...first, linked: 0 });
  expect(suggested()).toEqual([]);
  rename('crm_account', 'Nobody at all', 'Falcon Robotics');
  matchAccounts(db, NOW);
  expect(suggested()).toEqual(['a3 Falcon Robotics 1.0']);
});
