/** The ledger's hot queries keep to their indexes. */
import { beforeEach, describe, test } from 'vitest';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

let connection: Connection;
beforeEach(() => {
  connection = planDatabase();
});

describe('one customer of a hundred thousand is recomputed', () => {
  test.each([
    [`SELECT source_id, id, discounts FROM billing_customer WHERE customer_id = ?`, 'billing_customer_by_customer'],
    [
      `SELECT id FROM subscription INDEXED BY subscription_by_customer WHERE source_id = ? AND billing_customer_id = ?`,
      'subscription_by_customer',
    ],
    [
      `SELECT l.invoice_id FROM invoice i INDEXED BY invoice_by_customer
       CROSS JOIN invoice_line l ON l.source_id = i.source_id AND l.invoice_id = i.id
       WHERE i.source_id = ? AND i.billing_customer_id = ?`,
      'invoice_by_customer',
    ],
    [
      `SELECT movement_id FROM movement m WHERE customer_id = ? AND reverses_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id) ORDER BY moved_on, movement_id`,
      'movement_by_reversal',
    ],
    [
      `SELECT source_id FROM subscription_state WHERE customer_id = ? ORDER BY source_id, subscription_id, effective_at`,
      'PRIMARY KEY',
    ],
    [`DELETE FROM subscription_state WHERE customer_id = ?`, 'PRIMARY KEY'],
    [`DELETE FROM usage_level WHERE customer_id = ?`, 'PRIMARY KEY'],
    [`DELETE FROM trial WHERE customer_id = ?`, 'PRIMARY KEY'],
    [`DELETE FROM unvalued_item WHERE customer_id = ?`, 'PRIMARY KEY'],
  ])('%s', (sql, uses) => expectPlan(connection, sql, { uses }));
});

describe('figures are read', () => {
  test('a page of movements comes off the index in its order, without a sort', () => {
    expectPlan(
      connection,
      `SELECT m.moved_on, c.name, p.name FROM movement m INDEXED BY movement_by_day
       CROSS JOIN customer c ON c.customer_id = m.customer_id
       LEFT JOIN product p ON p.source_id = m.source_id AND p.id = m.product_id
       WHERE m.moved_on BETWEEN ? AND ? AND m.kind <> 'transfer' AND m.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
       ORDER BY m.moved_on, m.customer_id, m.movement_id`,
      { uses: 'movement_by_day' },
    );
  });

  test('flows, trials and due customers come off their indexes', () => {
    expectPlan(connection, `SELECT kind FROM flow_rollup WHERE flowed_on BETWEEN ? AND ? ORDER BY flowed_on`);
    expectPlan(connection, `SELECT count(*) FROM trial WHERE ended_on BETWEEN ? AND ?`, { uses: 'trial_by_end' });
    expectPlan(
      connection,
      `SELECT customer_id FROM customer_standing WHERE next_change_on IS NOT NULL AND next_change_on <= ?`,
      {
        uses: 'customer_standing_by_change',
      },
    );
  });
});
