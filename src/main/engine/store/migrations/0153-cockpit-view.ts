import type { Migration } from './migration.ts';

/** Arrangements of the cockpit under their names. One is there from the beginning, as the program arranges it. */
export const cockpitView: Migration = {
  version: 153,
  name: 'cockpit view',
  sql: `
    CREATE TABLE cockpit_view (
      view_id    INTEGER PRIMARY KEY,
      name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
      layout     TEXT,                        -- JSON Layout; null: as the program arranges it
      filters    TEXT NOT NULL DEFAULT '{}',  -- JSON: the address's parameters that belong to it
      opens      INTEGER NOT NULL DEFAULT 0 CHECK (opens IN (0, 1)), -- the one that the cockpit opens with
      created_at INTEGER NOT NULL,
      removed_at INTEGER                      -- taken away; it can be brought back
    ) STRICT;
    CREATE UNIQUE INDEX cockpit_view_by_name ON cockpit_view (name COLLATE NOCASE) WHERE removed_at IS NULL;
    CREATE UNIQUE INDEX cockpit_view_opens ON cockpit_view (opens) WHERE opens = 1;
    INSERT INTO cockpit_view (view_id, name, opens, created_at) VALUES (1, 'Overview', 1, 0);
  `,
};
