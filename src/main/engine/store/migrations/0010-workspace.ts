import type { Migration } from './migration.ts';

/** Settings, connections, what syncs did, raw records, quarantine, exchange rates. */
export const workspace: Migration = {
  version: 10,
  name: 'workspace',
  sql: `
    CREATE TABLE setting (
      name  TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL                     -- JSON
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE source (
      source_id       INTEGER PRIMARY KEY,
      vendor          TEXT NOT NULL,          -- 'stripe', 'frankfurter' …
      name            TEXT NOT NULL,          -- the founder's own name for it
      config          TEXT NOT NULL,          -- JSON, parsed by the source's own schema
      account_id      TEXT,                   -- the vendor's id of the account behind the secret
      account_name    TEXT,
      state           TEXT NOT NULL CHECK (state IN ('ready', 'paused', 'failing', 'disconnected')),
      connected_at    INTEGER NOT NULL,
      disconnected_at INTEGER,
      UNIQUE (vendor, name)
    ) STRICT;

    CREATE TABLE secret (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      name      TEXT NOT NULL,
      value     TEXT NOT NULL,
      PRIMARY KEY (source_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sync_run (
      sync_run_id   INTEGER PRIMARY KEY,
      source_id     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      started_at    INTEGER NOT NULL,
      ended_at      INTEGER,
      outcome       TEXT CHECK (outcome IN ('done', 'failed', 'cancelled', 'interrupted')),
      error_code    TEXT,
      error_message TEXT,
      requests      INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX sync_run_by_source ON sync_run (source_id, started_at);

    -- How far each stream of a source has come, and the proof that it is complete.
    CREATE TABLE stream_state (
      source_id     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      stream        TEXT NOT NULL,
      cursor        TEXT,                     -- JSON, the stream's own; null before the first page
      backfilled_at INTEGER,                  -- when the first full pass was complete
      synced_at     INTEGER,                  -- when the last pass was complete
      sync_run_id   INTEGER,                  -- the run that last touched it
      fetched       INTEGER NOT NULL DEFAULT 0,
      changed       INTEGER NOT NULL DEFAULT 0,
      quarantined   INTEGER NOT NULL DEFAULT 0,
      complete      INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
      proof         TEXT,                     -- JSON: what the provider counts and sums, what is stored, the gap
      PRIMARY KEY (source_id, stream)
    ) STRICT, WITHOUT ROWID;

    -- The vendor's own records: allow-listed fields as deflated JSON, so that a better normaliser can be run again offline.
    CREATE TABLE raw_object (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      type       TEXT NOT NULL,
      object_id  TEXT NOT NULL,
      hash       BLOB NOT NULL,               -- of the allow-listed fields: an equal hash is no change
      fetched_at INTEGER NOT NULL,
      payload    BLOB NOT NULL,
      PRIMARY KEY (source_id, type, object_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quarantine (
      quarantine_id INTEGER PRIMARY KEY,
      source_id     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      stream        TEXT NOT NULL,
      object_id     TEXT NOT NULL,            -- the vendor's id, or a hash of the record where it has none
      reason        TEXT NOT NULL,            -- a sentence: what, where, what to do
      path          TEXT NOT NULL,            -- where in the record ('items.data.0.price.currency')
      record        BLOB NOT NULL,            -- the record as it came, deflated
      first_seen_at INTEGER NOT NULL,
      last_seen_at  INTEGER NOT NULL,
      UNIQUE (source_id, stream, object_id)
    ) STRICT;

    CREATE TABLE exchange_rate (
      provider TEXT NOT NULL,                 -- 'frankfurter', 'ecb', 'seed'
      base     TEXT NOT NULL,
      quote    TEXT NOT NULL,
      rate_on  TEXT NOT NULL,
      rate     TEXT NOT NULL,                 -- decimal text: one base = rate quote
      PRIMARY KEY (provider, base, quote, rate_on)
    ) STRICT, WITHOUT ROWID;
  `,
};
