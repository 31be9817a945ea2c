import type { Migration } from './migration.ts';

/** Several accounts of one vendor: which of them count, how far back the history of each is whole, and how long it takes. */
export const accounts: Migration = {
  version: 125,
  name: 'accounts',
  sql: `
    ALTER TABLE source ADD COLUMN live_mode INTEGER CHECK (live_mode IN (0, 1));  -- null where the vendor has no test mode
    -- 0: a test account beside a live one. Its records are kept, and no facts are made of them.
    ALTER TABLE source ADD COLUMN counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1));

    -- From when on everything of the stream is stored, while its first listing is under way: 0 is all of it, null nothing.
    ALTER TABLE stream_state ADD COLUMN whole_from INTEGER;
    UPDATE stream_state SET whole_from = 0;

    -- How long the running sync of a source still takes, by the pace measured so far.
    CREATE TABLE sync_pace (
      source_id         INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
      remaining_seconds INTEGER,            -- null while it is not known
      per_second        REAL,               -- objects, of all streams together
      measured_at       INTEGER NOT NULL
    ) STRICT;
  `,
};
