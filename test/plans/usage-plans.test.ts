/** Usage may be millions of rows: what a screen or a sync asks of it keeps to the keys. */
import { beforeEach, test } from 'vitest';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

let connection: Connection;
beforeEach(() => {
  connection = planDatabase();
});

test('a batch that is replaced is found by its accounts and days, not by reading all use', () => {
  expectPlan(
    connection,
    `DELETE FROM usage_day WHERE product_account_id IN (SELECT product_account_id FROM product_account WHERE source_id = ?)
       AND day_on BETWEEN ? AND ? AND usage_batch_id = ?`,
    { uses: 'usage_day USING PRIMARY KEY (product_account_id=? AND day_on>? AND day_on<?)' },
  );
});

test('features of a span come off the days over all accounts', () => {
  expectPlan(
    connection,
    `SELECT e.name, sum(d.count) AS count FROM usage_event_day d JOIN product_event e ON e.product_event_id = d.product_event_id
     WHERE d.source_id = ? AND d.day_on BETWEEN ? AND ? GROUP BY d.product_event_id ORDER BY count DESC, e.name`,
    { uses: 'd USING PRIMARY KEY (source_id=? AND day_on>? AND day_on<?)', maySort: true },
  );
});

test('one customer’s use is looked up by its accounts', () => {
  expectPlan(
    connection,
    `SELECT d.day_on, sum(d.count) FROM json_each(?) k JOIN product_account a ON a.product_account_id = k.value
     JOIN usage_day d ON d.product_account_id = k.value AND d.day_on BETWEEN ? AND ?
     LEFT JOIN product_event e ON e.product_event_id = d.product_event_id
     GROUP BY d.day_on, d.product_event_id ORDER BY d.day_on`,
    { mayScan: ['k'], maySort: true, uses: 'd USING PRIMARY KEY (product_account_id=? AND day_on>? AND day_on<?)' },
  );
});

test('active users come in the order of their key', () => {
  expectPlan(
    connection,
    `SELECT starts_on, users FROM active_user WHERE source_id = ? AND period = ? AND starts_on BETWEEN ? AND ? ORDER BY starts_on`,
    { uses: 'PRIMARY KEY' },
  );
});
