import type { Migration } from './migration.ts';

/**
 * What an alert says, as facts: its sentences are made of them when they are read, in the locale of then. Alerts raised
 * before have none and keep the sentences they were raised with.
 */
export const alertFacts: Migration = {
  version: 171,
  name: 'alert facts',
  sql: `
    ALTER TABLE alert ADD COLUMN facts TEXT; -- JSON
  `,
};
