import type { Migration } from './migration.ts';

/**
 * What customers began with is read off the packed columns, and sums over all of them off their rows: each index was
 * one more page to write for most customers that change.
 */
export const fewerIndexes: Migration = {
  version: 186,
  name: 'fewer indexes',
  sql: `
    DROP INDEX movement_of_beginnings;
    DROP INDEX customer_standing_by_value;
  `,
};
