import type { Migration } from './migration.ts';

/** What each price's discounts take off, beside the span that they are part of: else every question by price values states anew. */
export const discountParts: Migration = {
  version: 189,
  name: 'discount parts',
  sql: `
    -- JSON: [price, product, annual minor units], for each price of which anything is taken off.
    ALTER TABLE discount_span ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
    INSERT OR IGNORE INTO discount_stale (customer_id) SELECT DISTINCT customer_id FROM discount_span;
    INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT customer_id FROM discount_stale;
  `,
};
