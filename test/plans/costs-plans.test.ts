/** The queries on costs keep to their indexes; the costs themselves are few and read whole. */
import { beforeEach, test } from 'vitest';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

let connection: Connection;
beforeEach(() => {
  connection = planDatabase();
});

test('one cost among a hundred thousand is looked up, written and taken away by its key', () => {
  const key = 'month = ? AND kind = ? AND channel_key = ? AND currency = ?';
  expectPlan(connection, `SELECT amount_minor FROM cost WHERE ${key}`, { uses: 'PRIMARY KEY' });
  expectPlan(connection, `DELETE FROM cost WHERE ${key}`, { uses: 'PRIMARY KEY' });
});

test('all costs come in the order of their key, each with its act', () => {
  expectPlan(
    connection,
    `SELECT c.month, e.file FROM cost c CROSS JOIN cost_edit e ON e.cost_edit_id = c.cost_edit_id
     ORDER BY c.month, c.kind, c.channel_key, c.currency`,
    { mayScan: ['c'] },
  );
});

test('an act’s changes and rejected rows come off their keys', () => {
  expectPlan(connection, `SELECT before FROM cost_change WHERE cost_edit_id = ?`, { uses: 'PRIMARY KEY' });
  expectPlan(connection, `DELETE FROM cost_reject WHERE cost_edit_id = ?`, { uses: 'PRIMARY KEY' });
});

test('the channels of some customers are found without looking at others', () => {
  expectPlan(
    connection,
    `SELECT b.customer_id, b.metadata ->> '$.channel' FROM json_each(?) asked
     CROSS JOIN billing_customer b ON b.customer_id = asked.value ORDER BY b.source_id DESC, b.id DESC`,
    { uses: 'billing_customer_by_customer', mayScan: ['asked'], maySort: true },
  );
});
