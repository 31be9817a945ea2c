import type { Migration } from './migration.ts';

/** Sales territories, where a sales system divides its deals by them. */
export const territory: Migration = {
  version: 92,
  name: 'territory',
  sql: `
    CREATE TABLE crm_territory (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id        TEXT NOT NULL,
      name      TEXT NOT NULL,
      parent_id TEXT,                         -- the territory that it is part of
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE crm_deal ADD COLUMN territory_id TEXT;  -- null where the system knows no territories
  `,
};
