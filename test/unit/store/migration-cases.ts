/**
 * What each migration promises, beyond leaving older rows alone. A new
 * migration adds its entry here; see docs/recipes/add-a-migration.md.
 */
import { expect } from 'vitest';
import type { WriteDb } from '../../../src/main/engine/store/index.ts';

export interface MigrationCase {
  /** Older tables whose rows it rewrites on purpose; `expectAfter` then says what became of them. */
  readonly changesTables?: readonly string[];
  /** Looks at the migrated database, which has one row in every table of the version before. */
  expectAfter(db: WriteDb): void;
}

export const MIGRATION_CASES: Readonly<Record<number, MigrationCase>> = {
  10: {
    expectAfter(db) {
      db.run(db.build.insertInto('setting').values({ name: 'timeZone', value: '"UTC"' }));
      const source = { vendor: 'stripe', name: 'Acme', config: '{}', connected_at: 0 };
      expect(() => db.run(db.build.insertInto('source').values({ ...source, state: 'unheard of' }))).toThrow(/CHECK/);
    },
  },
  20: {
    expectAfter(db) {
      // What a source brought goes with it; the founder's own customers stay.
      const customer = { name: 'Ada', created_at: 0 };
      const { lastId: customer_id } = db.run(db.build.insertInto('customer').values(customer));
      const price = { source_id: 1, id: 'price_1', currency: 'USD', body: '{}' };
      db.run(db.build.insertInto('price').values(price));
      db.run(db.build.deleteFrom('source').where('source_id', '=', 1));
      expect(db.all(db.build.selectFrom('price').selectAll())).toEqual([]);
      expect(db.all(db.build.selectFrom('customer').select('customer_id'))).toEqual([{ customer_id }]);
    },
  },
  30: {
    expectAfter(db) {
      const heads = db.all(db.build.selectFrom('ledger_head').select('name').orderBy('name'));
      expect(heads).toEqual([{ name: 'rates' }, { name: 'revision' }]);
      // Flows are booked by triggers, also on rows that were there before.
      db.run(db.build.updateTable('charge').set({ status: 'succeeded', amount_minor: 1_900 }));
      expect(db.all(db.build.selectFrom('flow_rollup').select(['kind', 'flowed_on', 'amount_minor']))).toEqual([
        { kind: 'charged', flowed_on: '2026-01-01', amount_minor: 1_900 },
      ]);
    },
  },
  35: {
    expectAfter(db) {
      const job = { kind: 'sync', title: 'Sync', payload: '{}', attempt: 1, created_at: 0 };
      const { lastId } = db.run(db.build.insertInto('job').values({ ...job, state: 'queued' }));
      expect(() => db.run(db.build.insertInto('job').values({ ...job, state: 'lost' }))).toThrow(/CHECK/);
      const schedule = { name: 'sync', kind: 'sync', payload: '{}', every_minutes: 15, next_at: 0 };
      db.run(db.build.insertInto('schedule').values({ ...schedule, last_job_id: lastId }));
      db.run(db.build.deleteFrom('job'));
      expect(db.first(db.build.selectFrom('schedule').select('last_job_id'))).toEqual({ last_job_id: null });
    },
  },
  40: {
    expectAfter(db) {
      const alert = {
        rule: 'churn',
        dedupe_key: 'customer 1',
        severity: 'warning',
        title: 'Ada canceled',
        body: '',
        raised_at: 0,
        happened_on: '2026-01-31',
        state: 'open',
        target: '/customers/1',
        delivery: 'none',
      };
      db.run(db.build.insertInto('alert').values(alert));
      expect(() => db.run(db.build.insertInto('alert').values(alert))).toThrow(/UNIQUE/);
    },
  },
  79: {
    expectAfter(db) {
      const plan = db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT customer_id, price_id, annual_minor FROM movement WHERE kind = 'new'
           GROUP BY source_id, product_id, price_id`,
        )
        .all();
      expect(plan.map(({ detail }) => detail).join()).toContain('COVERING INDEX movement_of_beginnings');
    },
  },
};
