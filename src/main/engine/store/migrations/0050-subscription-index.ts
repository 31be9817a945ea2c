import type { Migration } from './migration.ts';

/** A customer's subscriptions are named by the index alone: their bodies are the larger half of what a ledger would read. */
export const subscriptionIndex: Migration = {
  version: 50,
  name: 'subscription-index',
  sql: `
    DROP INDEX subscription_by_customer;
    CREATE INDEX subscription_by_customer ON subscription (source_id, billing_customer_id, id);
  `,
};
