import type { Migration } from './migration.ts';

/** Which plans customers began with, without reading every movement: cohorts are split by it. */
export const beginnings: Migration = {
  version: 79,
  name: 'beginnings',
  sql: `
    CREATE INDEX movement_of_beginnings ON movement (source_id, product_id, price_id, customer_id, annual_minor)
      WHERE kind = 'new';
  `,
};
