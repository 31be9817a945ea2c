import type { Migration } from './migration.ts';

/** Indexes that are left out while a table is filled for the first time, by the text that makes them. */
export const deferredIndexes: Migration = {
  version: 185,
  name: 'deferred indexes',
  sql: `
    CREATE TABLE deferred_index (
      name TEXT PRIMARY KEY,
      sql  TEXT NOT NULL CHECK (sql LIKE 'CREATE INDEX %')
    ) STRICT;
  `,
};
