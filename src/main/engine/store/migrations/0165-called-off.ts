import type { Migration } from './migration.ts';

/**
 * What a digest asks of subscriptions that were called off, in the index that finds them: their rows hold all that a
 * vendor says of them, one to a page or two.
 */
export const calledOff: Migration = {
  version: 165,
  name: 'called-off',
  sql: `
    DROP INDEX subscription_called_off;
    CREATE INDEX subscription_called_off ON subscription (canceled_at, source_id, id, billing_customer_id, cancel_at, ended_at)
      WHERE canceled_at IS NOT NULL;
  `,
};
