import type { Migration } from './migration.ts';

/** What the company spends, and every act that made or changed it. */
export const costs: Migration = {
  version: 60,
  name: 'costs',
  sql: `
    -- One act: costs entered together, an imported file, or the taking back of either.
    CREATE TABLE cost_edit (
      cost_edit_id INTEGER PRIMARY KEY,
      act          TEXT NOT NULL CHECK (act IN ('entry', 'import', 'undo')),
      file         TEXT,                       -- of an import
      undoes_id    INTEGER REFERENCES cost_edit ON DELETE CASCADE,
      made_at      INTEGER NOT NULL,
      undone_at    INTEGER,
      CHECK (act <> 'import' OR file IS NOT NULL),
      CHECK (act <> 'undo' OR undoes_id IS NOT NULL)
    ) STRICT;
    CREATE INDEX cost_edit_by_undone ON cost_edit (undoes_id);

    CREATE TABLE cost (
      month        TEXT NOT NULL,              -- 2026-11
      kind         TEXT NOT NULL CHECK (kind IN ('marketing', 'sales', 'cogs', 'rnd', 'ga', 'other')),
      channel_key  TEXT NOT NULL,              -- the channel in lower case; empty: none
      currency     TEXT NOT NULL,
      channel      TEXT,                       -- as it was written
      amount_minor INTEGER NOT NULL,           -- negative: a credit
      note         TEXT,
      cost_edit_id INTEGER NOT NULL REFERENCES cost_edit,  -- the act that it stands by
      entered_at   INTEGER NOT NULL,
      changed_at   INTEGER NOT NULL,
      PRIMARY KEY (month, kind, channel_key, currency)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX cost_by_edit ON cost (cost_edit_id);

    -- What an act did to a cost. Before null: it was not there; after null: it was taken away.
    CREATE TABLE cost_change (
      cost_edit_id INTEGER NOT NULL REFERENCES cost_edit ON DELETE CASCADE,
      month        TEXT NOT NULL,
      kind         TEXT NOT NULL,
      channel_key  TEXT NOT NULL,
      currency     TEXT NOT NULL,
      before       TEXT,                       -- JSON: the row's other columns
      after        TEXT,
      PRIMARY KEY (cost_edit_id, month, kind, channel_key, currency)
    ) STRICT, WITHOUT ROWID;

    -- Rows of an imported file that did not fit.
    CREATE TABLE cost_reject (
      cost_edit_id INTEGER NOT NULL REFERENCES cost_edit ON DELETE CASCADE,
      line         INTEGER NOT NULL,
      reason       TEXT NOT NULL,
      text         TEXT NOT NULL,
      PRIMARY KEY (cost_edit_id, line)
    ) STRICT, WITHOUT ROWID;
  `,
};
