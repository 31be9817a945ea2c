import type { Migration } from './migration.ts';

/**
 * Why customers left, by month: the churn among the movements, and the reasons
 * of ended subscriptions without their bodies. Both are small parts of their tables.
 */
export const churnIndexes: Migration = {
  version: 76,
  name: 'churn indexes',
  sql: `
    CREATE INDEX movement_churned ON movement (moved_on, customer_id) WHERE kind = 'churn';
    CREATE INDEX subscription_ended ON subscription (source_id, id, ended_at, json_extract(body, '$.cancellation.reason'))
      WHERE ended_at IS NOT NULL;
  `,
};
