import type { Migration } from './migration.ts';

/** When the founder was here, and how much was known when the cockpit was last on the screen. */
export const visit: Migration = {
  version: 154,
  name: 'visit',
  sql: `
    CREATE TABLE visit (
      visit_id         INTEGER PRIMARY KEY,
      began_at         INTEGER NOT NULL,
      seen_at          INTEGER NOT NULL,      -- the last sign of the founder in any room
      looked_at        INTEGER,               -- the last moment with the cockpit on the screen; null: it never was
      movement_head    INTEGER,               -- then: the last row of the ledger
      restatement_head INTEGER,               -- then: the last restatement of a closed month
      known_until      TEXT,                  -- then: JSON, by source: when the last sync began that was read to its end
      basis            TEXT,                  -- then: JSON, under which settings and rules the ledger was computed
      CHECK ((looked_at IS NULL) = (movement_head IS NULL))
    ) STRICT;
    CREATE INDEX visit_with_look ON visit (visit_id) WHERE looked_at IS NOT NULL;
  `,
};
