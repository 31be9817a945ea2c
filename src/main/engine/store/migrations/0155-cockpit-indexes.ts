import type { Migration } from './migration.ts';

/** The few rows that the cockpit asks for among very many, each kind in an index that holds them alone. */
export const cockpitIndexes: Migration = {
  version: 155,
  name: 'cockpit indexes',
  sql: `
    CREATE INDEX subscription_past_due ON subscription (source_id, id) WHERE status = 'past_due' AND ended_at IS NULL;
    CREATE INDEX sync_run_failed ON sync_run (ended_at) WHERE outcome = 'failed';
  `,
};
