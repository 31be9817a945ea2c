import type { Migration } from './migration.ts';

/** Filters over customers that were saved under a name. */
export const segments: Migration = {
  version: 65,
  name: 'segments',
  sql: `
    CREATE TABLE segment (
      segment_id INTEGER PRIMARY KEY,
      name       TEXT NOT NULL,
      filter     TEXT NOT NULL,              -- JSON CustomerFilter
      created_at INTEGER NOT NULL,
      removed_at INTEGER                     -- taken away; may be brought back
    ) STRICT;
    CREATE UNIQUE INDEX segment_by_name ON segment (name COLLATE NOCASE) WHERE removed_at IS NULL;
  `,
};
