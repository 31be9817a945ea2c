/** The cockpit is asked for with every visit and after every sync: among very many rows it reads the few that matter. */
import { test } from 'vitest';
import { expectPlan, planDatabase } from './expect-plan.ts';

test('what is planned, who owes and what failed is found without looking at everybody', () => {
  const connection = planDatabase();
  expectPlan(
    connection,
    `SELECT customer_id, moved_on, kind, currency, annual_minor FROM movement WHERE moved_on BETWEEN ? AND ?`,
    { uses: 'movement_by_day' },
  );
  expectPlan(
    connection,
    `SELECT u.id FROM subscription u INDEXED BY subscription_past_due WHERE u.status = 'past_due' AND u.ended_at IS NULL`,
    { uses: 'subscription_past_due', mayScan: ['u'] },
  );
  expectPlan(
    connection,
    `SELECT f.payment_id FROM failed_payment f INDEXED BY failed_payment_by_time
     WHERE f.source_id = ? AND f.failed_at > ? AND f.failed_at <= ?`,
    { uses: 'failed_payment_by_time' },
  );
  expectPlan(
    connection,
    `SELECT s.id FROM subscription s INDEXED BY subscription_called_off
     WHERE s.source_id = ? AND s.canceled_at > ? AND s.canceled_at <= ?`,
    { uses: 'subscription_called_off' },
  );
  expectPlan(
    connection,
    `SELECT r.sync_run_id FROM sync_run r INDEXED BY sync_run_failed WHERE r.outcome = 'failed' AND r.ended_at > ?`,
    { uses: 'sync_run_failed' },
  );
});
