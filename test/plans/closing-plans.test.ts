/** Closing and comparing cost what changed: their queries keep to keys and indexes. */
import { beforeEach, describe, test } from 'vitest';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

let connection: Connection;
beforeEach(() => {
  connection = planDatabase();
});

describe('after a computation of the ledger only what is new is read', () => {
  test.each([
    [`SELECT movement_id, run_id FROM movement WHERE movement_id > ? ORDER BY movement_id LIMIT ?`, 'PRIMARY KEY'],
    [`SELECT coalesce(max(movement_id), 0) FROM movement`, undefined],
    [`SELECT max(run_id) AS run FROM ledger_run`, undefined],
    [
      `SELECT line, sum(change_minor) AS change FROM restatement_rollup WHERE close_id = ? GROUP BY line`,
      'PRIMARY KEY',
    ],
    [`SELECT flowed_on, kind FROM flow_rollup WHERE flowed_on BETWEEN ? AND ?`, 'PRIMARY KEY'],
    [`SELECT currency, amount_minor FROM cost WHERE month = ?`, 'PRIMARY KEY'],
    [
      `SELECT customer_id FROM billing_customer WHERE source_id = ? AND id =
         (SELECT billing_customer_id FROM invoice WHERE source_id = ? AND id = ?)`,
      'PRIMARY KEY',
    ],
  ])('%s', (sql, uses) =>
    expectPlan(connection, sql, uses === undefined ? { mayScan: ['movement', 'ledger_run'] } : { uses }),
  );

  test('a customer’s month is found by the customer', () =>
    expectPlan(
      connection,
      `SELECT moved_on, kind, currency, sum(annual_minor) FROM movement
       WHERE customer_id = ? AND moved_on BETWEEN ? AND ? AND movement_id <= ? GROUP BY moved_on, kind, currency`,
      { uses: 'movement_by_customer', maySort: true },
    ));
});

describe('restatements are listed', () => {
  const columns = `SELECT r.restatement_id, c.month, u.name FROM restatement r JOIN month_close c USING (close_id)
    LEFT JOIN customer u ON u.customer_id = r.customer_id
    WHERE NOT EXISTS (SELECT 1 FROM month_reopening o WHERE o.close_id = c.close_id)`;
  test('the newest first, without sorting them', () =>
    expectPlan(connection, `${columns} AND r.restatement_id < ? ORDER BY r.restatement_id DESC LIMIT ?`, {
      mayScan: ['month_close', 'c'],
    }));
});
