import type { Migration } from './migration.ts';

/** What was released and when, from files: marks on every chart over time. */
export const release: Migration = {
  version: 152,
  name: 'release',
  sql: `
    CREATE TABLE release (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id          TEXT NOT NULL,
      released_on TEXT NOT NULL,
      title       TEXT NOT NULL,
      link        TEXT,                        -- https
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX release_by_day ON release (released_on);
  `,
};
