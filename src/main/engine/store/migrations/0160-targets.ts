import type { Migration } from './migration.ts';

/** What is aimed at, and every change of it, so that each can be taken back. */
export const targets: Migration = {
  version: 160,
  name: 'targets',
  sql: `
    CREATE TABLE target (
      target_id   INTEGER PRIMARY KEY,
      metric      TEXT NOT NULL CHECK (metric IN ('mrr', 'arr', 'customers')),
      starts_on   TEXT NOT NULL,
      start_value INTEGER CHECK (start_value >= 0),   -- null: what the ledger says of the day the path begins
      due_on      TEXT NOT NULL CHECK (due_on > starts_on),
      value       INTEGER NOT NULL CHECK (value > 0), -- minor units of the currency, or customers
      currency    TEXT,
      shape       TEXT NOT NULL CHECK (shape IN ('linear', 'compound')),
      UNIQUE (metric, due_on),
      CHECK ((currency IS NULL) = (metric = 'customers'))
    ) STRICT;

    -- Names its target without a foreign key: a removed one comes back under its number.
    CREATE TABLE target_edit (
      edit_id   INTEGER PRIMARY KEY,
      target_id INTEGER NOT NULL,
      made_at   INTEGER NOT NULL,
      before    TEXT,                                 -- JSON; null: there was none
      after     TEXT,                                 -- JSON; null: it was removed
      undone_at INTEGER
    ) STRICT;
    CREATE INDEX target_edit_by_target ON target_edit (target_id);
  `,
};
