import type { Migration } from './migration.ts';

/** When each source is synced next, what its vendor still allows, and how each stream's last reading ended. */
export const syncPlan: Migration = {
  version: 135,
  name: 'sync plan',
  sql: `
    CREATE TABLE sync_plan (
      source_id INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
      next_at   INTEGER NOT NULL,           -- when it is synced by itself, unless it is paused
      failures  INTEGER NOT NULL DEFAULT 0, -- in a row
      waits_for TEXT NOT NULL CHECK (waits_for IN ('turn', 'network', 'vendor', 'limit', 'key'))
    ) STRICT;

    -- What the vendor itself says of its quota, as of its last answer.
    CREATE TABLE source_budget (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      budget    TEXT NOT NULL,              -- the vendor's quota, by the source's own name for it
      title     TEXT NOT NULL,
      allowed   INTEGER,                    -- requests in a period; null where only the rest is told
      remaining INTEGER NOT NULL,
      resets_at INTEGER,                    -- null where it is not told
      seen_at   INTEGER NOT NULL,
      PRIMARY KEY (source_id, budget)
    ) STRICT, WITHOUT ROWID;

    -- Of the last run that touched the stream.
    ALTER TABLE stream_state ADD COLUMN expected INTEGER;  -- objects, with those to come; null while nobody knows
    ALTER TABLE stream_state ADD COLUMN outcome TEXT CHECK (outcome IN ('done', 'gap', 'failed', 'stopped'));
    ALTER TABLE stream_state ADD COLUMN problem TEXT;      -- the sentence of what went wrong
    ALTER TABLE stream_state ADD COLUMN ended_at INTEGER;
  `,
};
