/** A deal's territory stands with those that it lies in. */
import { expect, test } from 'vitest';
import { recordsOfCustomer } from '../../../src/main/engine/identity/index.ts';
import type { CustomerId } from '../../../src/shared/kernel/ids.ts';
import { testStore } from '../../support/store.ts';

test('the widest first; one that was not read by its id; none where the system keeps none', () => {
  const { db } = testStore();
  const source = { vendor: 'salesforce', name: 'Salesforce', config: '{}', state: 'ready', connected_at: 0 };
  const source_id = db.run(db.build.insertInto('source').values(source)).lastId;
  const customer_id = db.run(db.build.insertInto('customer').values({ name: 'Kestrel', created_at: 0 })).lastId;
  db.run(db.build.insertInto('crm_account').values({ source_id, id: 'acc', created_at: 0, fields: '{}' }));
  const decision_id = db.run(
    db.build
      .insertInto('identity_decision')
      .values({ decided_at: 0, by_hand: 1, action: 'link', source_id, record_id: 'acc', customer_id, evidence: '' }),
  ).lastId;
  db.run(
    db.build
      .insertInto('identity_link')
      .values({ source_id, account_id: 'acc', customer_id, rule: 'hand', decision_id }),
  );
  for (const [id, name, parent_id] of [
    ['t1', 'World', null],
    ['t2', 'Europe', 't1'],
    ['t3', 'North', 't2'],
    ['t4', 'Round and round', 't4'],
  ] as const)
    db.run(db.build.insertInto('crm_territory').values({ source_id, id, name, parent_id }));
  for (const territory_id of ['t3', 't9', null])
    db.run(
      db.build.insertInto('crm_deal').values({
        source_id,
        id: `deal of ${territory_id}`,
        name: 'A deal',
        account_id: 'acc',
        contact_ids: '[]',
        pipeline_id: 'p',
        stage_id: 's',
        created_at: 0,
        fields: '{}',
        territory_id,
      }),
    );
  const { deals } = recordsOfCustomer(db, { customerId: customer_id as CustomerId });
  expect(Object.fromEntries(deals.map(({ dealId, territory }) => [dealId, territory]))).toEqual({
    'deal of t3': 'World, Europe, North',
    'deal of t9': 't9',
    'deal of null': null,
  });
});
