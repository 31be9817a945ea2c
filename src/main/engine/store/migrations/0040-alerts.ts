import type { Migration } from './migration.ts';

/** Warnings with their rules, and the archive of printed reports. */
export const alerts: Migration = {
  version: 40,
  name: 'alerts',
  sql: `
    CREATE TABLE alert (
      alert_id         INTEGER PRIMARY KEY,
      rule             TEXT NOT NULL,
      dedupe_key       TEXT NOT NULL,          -- what happened to whom; the same key is never raised twice
      severity         TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
      title            TEXT NOT NULL,
      body             TEXT NOT NULL,
      customer_id      INTEGER REFERENCES customer ON DELETE CASCADE,
      amount_minor     INTEGER,                -- MRR at stake
      currency         TEXT,
      raised_at        INTEGER NOT NULL,
      happened_on      TEXT NOT NULL,
      state            TEXT NOT NULL CHECK (state IN ('open', 'snoozed', 'done')),
      snoozed_until_at INTEGER,
      read_at          INTEGER,
      closed_at        INTEGER,
      closed_by        TEXT CHECK (closed_by IN ('user', 'engine')),
      target           TEXT NOT NULL,          -- in-app path
      next_action      TEXT,
      delivery         TEXT NOT NULL CHECK (delivery IN ('none', 'pending', 'sent')),
      UNIQUE (rule, dedupe_key)
    ) STRICT;
    CREATE INDEX alert_by_state ON alert (state, alert_id);
    CREATE INDEX alert_by_customer ON alert (customer_id, rule);
    CREATE INDEX alert_undelivered ON alert (alert_id) WHERE delivery = 'pending';

    -- What the founder changed about a rule; a rule without a row has its defaults.
    CREATE TABLE alert_rule (
      rule      TEXT PRIMARY KEY NOT NULL,
      enabled   INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      notify    INTEGER NOT NULL CHECK (notify IN (0, 1)),
      threshold REAL
    ) STRICT, WITHOUT ROWID;

    -- From when events of a source are news. A source without a row is still in its first import.
    CREATE TABLE alert_baseline (
      source_id   INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
      baseline_at INTEGER NOT NULL
    ) STRICT;

    -- Conditions that hold now (growth under target, a source failing): raised when they begin, again only after they ended.
    CREATE TABLE alert_condition (
      rule     TEXT NOT NULL,
      subject  TEXT NOT NULL,
      since_at INTEGER NOT NULL,
      PRIMARY KEY (rule, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX subscription_leaving ON subscription (cancel_at)
      WHERE ended_at IS NULL AND (cancel_at IS NOT NULL OR canceled_at IS NOT NULL);
    CREATE INDEX invoice_failed ON invoice (billing_customer_id) WHERE status = 'open' AND attempt_count > 0;

    CREATE TABLE report_file (
      report_id  INTEGER PRIMARY KEY,
      kind       TEXT NOT NULL CHECK (kind IN ('board')),
      month      TEXT NOT NULL,
      format     TEXT NOT NULL CHECK (format IN ('A4', 'Letter')),
      file       TEXT NOT NULL,
      bytes      INTEGER NOT NULL,
      pages      INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX report_file_by_month ON report_file (month, created_at);
  `,
};
