import type { Migration } from './migration.ts';

/** What was paid out to the bank, of which parts of the balance, and what was offered. */
export const cash: Migration = {
  version: 126,
  name: 'cash',
  sql: `
    CREATE TABLE payout (
      source_id              INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                     TEXT NOT NULL,
      status                 TEXT NOT NULL,
      currency               TEXT NOT NULL,
      amount_minor           INTEGER NOT NULL,   -- negative where money was taken from the bank
      created_at             INTEGER NOT NULL,
      arrival_at             INTEGER NOT NULL,
      automatic              INTEGER NOT NULL CHECK (automatic IN (0, 1)),
      failure_code           TEXT,
      failure_message        TEXT,
      balance_transaction_id TEXT,
      membership             TEXT NOT NULL CHECK (membership IN ('known', 'pending', 'manual', 'unread')),
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX payout_by_time ON payout (created_at);

    -- Which parts of the balance a payout consists of; its own transaction is not among them.
    CREATE TABLE payout_part (
      source_id              INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      payout_id              TEXT NOT NULL,
      balance_transaction_id TEXT NOT NULL,
      PRIMARY KEY (source_id, payout_id, balance_transaction_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quote (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                  TEXT NOT NULL,
      number              TEXT,
      billing_customer_id TEXT,
      status              TEXT NOT NULL CHECK (status IN ('draft', 'open', 'accepted', 'canceled')),
      currency            TEXT,
      total_minor         INTEGER NOT NULL,      -- what is due at acceptance
      recurring_minor     INTEGER,               -- per interval; null where nothing recurs
      recurring_interval  TEXT CHECK (recurring_interval IN ('day', 'week', 'month', 'year')),
      recurring_count     INTEGER,
      created_at          INTEGER NOT NULL,
      finalized_at        INTEGER,
      accepted_at         INTEGER,
      canceled_at         INTEGER,
      expires_at          INTEGER NOT NULL,
      subscription_id     TEXT,
      invoice_id          TEXT,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX quote_by_customer ON quote (source_id, billing_customer_id);
  `,
};
