/** The queries behind cash, recovery, churn and discounts keep to their indexes. */
import { beforeEach, describe, test } from 'vitest';
import { UNCHARGED } from '../../src/main/engine/metrics/query/uncharged-payments.ts';
import type { Connection } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase } from './expect-plan.ts';

let connection: Connection;
beforeEach(() => {
  connection = planDatabase();
});

/** The days are looked up by name; there are as many as days, whatever the company's size. */
const DAYS = { mayScan: ['calendar_day'], maySort: true };
const FROM = `>= (SELECT min(starts_at) FROM calendar_day WHERE day = ?)`;
const TO = `< (SELECT min(starts_at) FROM calendar_day WHERE day > ?)`;

describe('a month’s figures are read off their own index', () => {
  test.each([
    [
      `SELECT f.payment_id FROM failed_payment f WHERE f.failed_at ${FROM} AND f.failed_at ${TO} ORDER BY f.failed_at`,
      'failed_payment_by_time',
    ],
    [`SELECT p.invoice_id FROM first_payment p WHERE p.paid_at ${FROM} AND p.paid_at ${TO}`, 'first_payment_by_time'],
    [
      `SELECT m.moved_on, m.customer_id, sum(m.annual_minor) FROM movement m
       WHERE m.kind = 'churn' AND m.moved_on BETWEEN ? AND ? AND m.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
       GROUP BY m.moved_on, m.customer_id, m.source_id, m.subscription_id, m.currency`,
      'movement_churned',
    ],
  ])('%s', (sql, uses) => expectPlan(connection, sql, { uses, ...DAYS }));
});

test('the invoices of a month are found by where their ids lie', () => {
  expectPlan(
    connection,
    `SELECT d.first_id FROM (SELECT DISTINCT source_id, created_day FROM invoice_counted WHERE counted_day BETWEEN ? AND ?) c
     CROSS JOIN invoice_day d ON d.source_id = c.source_id AND d.created_day = c.created_day`,
    { uses: 'PRIMARY KEY (source_id=? AND created_day=?)', mayScan: ['c'], maySort: true },
  );
  for (const at of ['finalized_at', 'paid_at'])
    expectPlan(
      connection,
      `SELECT o.id, b.customer_id FROM (
         SELECT f.source_id, f.id, f.billing_customer_id AS who FROM invoice f
         WHERE f.source_id = ? AND f.id BETWEEN ? AND ? AND f.${at} >= ? AND f.${at} < ? AND f.status = 'paid') o
       LEFT JOIN billing_customer b ON b.source_id = o.source_id AND b.id = o.who`,
      { uses: 'SEARCH f USING PRIMARY KEY (source_id=? AND id>? AND id<?)' },
    );
});

test('payments that never came to a charge are few, and read off their own index', () => {
  expectPlan(connection, UNCHARGED, { uses: 'payment_intent_by_time (created_at>? AND created_at<?)', ...DAYS });
});

test('why a subscription ended is read without its body', () => {
  expectPlan(
    connection,
    `SELECT json_extract(s.body, '$.cancellation.reason') FROM subscription s INDEXED BY subscription_ended WHERE s.source_id = ? AND s.id = ? AND s.ended_at IS NOT NULL`,
    { uses: 'COVERING INDEX subscription_ended' },
  );
});

describe('what a payment or a state changes is found by its key', () => {
  test.each([
    [`SELECT 1 FROM failed_payment WHERE source_id = ? AND payment_id = ?`, 'PRIMARY KEY'],
    [
      `SELECT count(*) FROM charge t INDEXED BY charge_by_customer
       WHERE t.source_id = ? AND t.billing_customer_id = ? AND coalesce(t.payment_intent_id, t.invoice_id, t.id) = ? AND t.status = 'failed'`,
      'charge_by_customer (source_id=? AND billing_customer_id=?)',
    ],
    [
      `SELECT i.id FROM invoice i INDEXED BY invoice_by_customer WHERE i.source_id = ? AND i.billing_customer_id = ? AND i.status = 'paid'`,
      'invoice_by_customer (source_id=? AND billing_customer_id=?)',
    ],
    [`SELECT 1 FROM first_payment WHERE source_id = ? AND billing_customer_id = ?`, 'PRIMARY KEY'],
    [`SELECT 1 FROM discount_span WHERE customer_id = ?`, 'PRIMARY KEY'],
  ])('%s', (sql, uses) => expectPlan(connection, sql, { uses }));
});
