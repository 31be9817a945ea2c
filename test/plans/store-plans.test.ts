import { describe, expect, it } from 'vitest';
import { queryBuilder } from '../../src/main/engine/store/handles.ts';
import { expectPlan, planDatabase, planOf } from './expect-plan.ts';

const build = queryBuilder();

describe('the judgement on a plan', () => {
  it('fails on a scan of a table, and names it with the plan', () => {
    const connection = planDatabase();
    const scan = 'SELECT * FROM charge WHERE amount_minor > ?';
    expect(() => expectPlan(connection, scan)).toThrow(/reads all of charge[^]*SCAN charge/);
    expect(() => expectPlan(connection, scan, { mayScan: ['charge'] })).not.toThrow();
    expect(() => expectPlan(connection, scan, { mayScan: ['invoice'] })).toThrow(/reads all of charge/);
  });

  it('fails on a scan of an index too: it is as long as the table', () => {
    expect(() => expectPlan(planDatabase(), 'SELECT created_at FROM charge ORDER BY created_at')).toThrow(/reads all/);
  });

  it('fails on sorting', () => {
    const sorted = 'SELECT * FROM charge WHERE source_id = ? AND billing_customer_id = ? ORDER BY amount_minor';
    expect(() => expectPlan(planDatabase(), sorted)).toThrow(/temp b-tree/);
    expect(() => expectPlan(planDatabase(), sorted, { maySort: true })).not.toThrow();
  });

  it('fails on a join that would build an index on the fly', () => {
    const connection = planDatabase();
    const join = 'SELECT * FROM charge a JOIN charge b ON a.failure_message = b.failure_message';
    expect(planOf(connection, join).join()).toMatch(/AUTOMATIC|SCAN b/);
    expect(() => expectPlan(connection, join, { mayScan: ['a'] })).toThrow();
  });

  it('fails when the named index is not used', () => {
    const byKey = 'SELECT * FROM charge WHERE source_id = ? AND id = ?';
    expect(() => expectPlan(planDatabase(), byKey, { uses: 'charge_by_time' })).toThrow(/does not use charge_by_time/);
  });

  it('reads queries of Kysely as well', () => {
    const query = build.selectFrom('charge').select('id').where('created_at', '>=', 0).orderBy('created_at').compile();
    expect(() => expectPlan(planDatabase(), query, { uses: 'charge_by_time' })).not.toThrow();
  });
});

describe('hot queries of the store and the jobs', () => {
  it.each([
    ['a raw record by its key', 'SELECT hash FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?', {}],
    [
      'the invoices of a customer',
      'SELECT * FROM invoice WHERE source_id = ? AND billing_customer_id = ? ORDER BY created_at',
      { uses: 'invoice_by_customer' },
    ],
    [
      'the lines of an invoice',
      'SELECT * FROM invoice_line WHERE source_id = ? AND invoice_id = ? ORDER BY position',
      {},
    ],
    [
      'the sightings of a subscription',
      'SELECT * FROM subscription_sighting WHERE source_id = ? AND subscription_id = ? ORDER BY seen_at',
      {},
    ],
    ['the jobs that wait', "SELECT * FROM job WHERE state = 'queued' ORDER BY job_id", { uses: 'job_by_state' }],
    ['the newest jobs', 'SELECT * FROM job ORDER BY job_id DESC LIMIT 20', { mayScan: ['job'] }],
    ['what is due', 'SELECT * FROM schedule WHERE next_at <= ? ORDER BY next_at', { uses: 'schedule_by_time' }],
  ])('%s', (_what, sql, rules) => {
    expectPlan(planDatabase(), sql, rules);
  });
});
