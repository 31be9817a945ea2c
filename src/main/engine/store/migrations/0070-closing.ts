import type { Migration } from './migration.ts';

/** Rows that are evidence: nobody changes or deletes them. */
function frozen(table: string, what: string): string {
  return `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN
      SELECT raise(ABORT, '${what} is frozen and cannot be changed');
    END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN
      SELECT raise(ABORT, '${what} is frozen and cannot be deleted');
    END;`;
}

/**
 * Closed months: what was reported, frozen with all it rests on, and what
 * became known of those months later. Amounts of MRR lines are annual minor
 * units, those of flows plain ones, in the close's currency.
 */
export const closing: Migration = {
  version: 70,
  name: 'closing',
  sql: `
    CREATE TABLE month_close (
      close_id        INTEGER PRIMARY KEY,
      month           TEXT NOT NULL,          -- 2026-10
      version         INTEGER NOT NULL CHECK (version >= 1),
      closed_at       INTEGER NOT NULL,
      closed_by       TEXT NOT NULL CHECK (closed_by IN ('hand', 'schedule')),
      time_zone       TEXT NOT NULL,
      currency        TEXT NOT NULL,
      policy          TEXT NOT NULL,          -- JSON Policy, every switch
      rules_version   INTEGER NOT NULL,
      program_version TEXT NOT NULL,
      ledger_run_id   INTEGER NOT NULL,       -- the last run that it rests on
      movement_head   INTEGER NOT NULL,       -- movements up to this number were known
      snapshot        TEXT NOT NULL,          -- JSON: every metric with its reasons
      bridge          TEXT NOT NULL,          -- JSON: exact annual and shown monthly lines, customers by kind
      flows           TEXT NOT NULL,          -- JSON: what was invoiced, credited, charged, refunded
      movements       BLOB NOT NULL,          -- deflated JSON: per customer, kind and currency
      pack            BLOB NOT NULL,          -- deflated JSON: the board pack of the month
      sources         TEXT NOT NULL,          -- JSON: sources, their last runs, streams and proofs
      rates           TEXT NOT NULL,          -- JSON: rates of the month's end by currency
      gaps            TEXT NOT NULL,          -- JSON: sentences about what was known to be missing
      previous_hash   TEXT NOT NULL,          -- of the close before this one in order of closing; '' for the first
      hash            TEXT NOT NULL,          -- SHA-256 over all of the above
      UNIQUE (month, version)
    ) STRICT;
    ${frozen('month_close', 'A closed month')}

    -- A close that has a row here is no longer in force.
    CREATE TABLE month_reopening (
      close_id    INTEGER PRIMARY KEY REFERENCES month_close,
      reopened_at INTEGER NOT NULL,
      reason      TEXT NOT NULL CHECK (length(trim(reason)) > 0)
    ) STRICT;
    ${frozen('month_reopening', 'The note of a reopening')}

    CREATE TABLE restatement (
      restatement_id      INTEGER PRIMARY KEY,
      close_id            INTEGER NOT NULL REFERENCES month_close,
      line                TEXT NOT NULL,      -- 'opening', a kind of movement, 'fx', or a kind of flow
      customer_id         INTEGER REFERENCES customer,
      native_currency     TEXT,
      native_before_minor INTEGER,
      native_after_minor  INTEGER,
      before_minor        INTEGER NOT NULL,   -- in the close's currency
      after_minor         INTEGER NOT NULL,
      cause               TEXT NOT NULL CHECK (cause IN
        ('late', 'changed', 'deleted', 'rate', 'policy', 'rules', 'time_zone', 'currency', 'source_added',
         'source_removed', 'costs', 'earlier_month')),
      detail              TEXT NOT NULL,
      source_id           INTEGER,
      object_id           TEXT,
      ledger_run_id       INTEGER,
      found_at            INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX restatement_by_close ON restatement (close_id, restatement_id);
    CREATE INDEX restatement_by_customer ON restatement (customer_id) WHERE customer_id IS NOT NULL;
    ${frozen('restatement', 'A restatement')}

    -- The sum of a close's restatements by line and cause.
    CREATE TABLE restatement_rollup (
      close_id     INTEGER NOT NULL REFERENCES month_close,
      line         TEXT NOT NULL,
      cause        TEXT NOT NULL,
      change_minor INTEGER NOT NULL,
      entries      INTEGER NOT NULL,
      PRIMARY KEY (close_id, line, cause)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER restatement_sum AFTER INSERT ON restatement BEGIN
      INSERT INTO restatement_rollup (close_id, line, cause, change_minor, entries)
      VALUES (NEW.close_id, NEW.line, NEW.cause, NEW.after_minor - NEW.before_minor, 1)
      ON CONFLICT DO UPDATE SET change_minor = change_minor + excluded.change_minor, entries = entries + 1;
    END;

    -- How far the ledger has been compared with the closed months.
    CREATE TABLE closing_watch (
      watch_id        INTEGER PRIMARY KEY CHECK (watch_id = 1),
      movement_head   INTEGER NOT NULL,
      rates_revision  INTEGER NOT NULL,
      basis           TEXT NOT NULL,          -- JSON: what the ledger was computed under
      pending_from    TEXT,                   -- the first month whose totals wait to be compared
      closed_until_at INTEGER NOT NULL        -- the end of the last closed month
    ) STRICT;
  `,
};
