import type { Migration } from './migration.ts';

/**
 * What customers do in the product, rolled up per account, event and day.
 * Single events are never stored. Rows of `usage_day` name their batch (what a
 * source reads and replaces as a whole: a day of events, or a day of uploads)
 * and their event without a foreign key: an index on either would be as large
 * as the table.
 */
export const productUsage: Migration = {
  version: 100,
  name: 'product-usage',
  sql: `
    CREATE TABLE product_account (
      product_account_id  INTEGER PRIMARY KEY,
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                  TEXT NOT NULL,      -- the value of the property that is mapped to the customer
      name                TEXT,
      domain              TEXT,
      emails              TEXT NOT NULL,      -- JSON string[], in lower case
      billing_customer_id TEXT,               -- the billing system's id, where a property holds it
      channel             TEXT,
      first_seen_at       INTEGER,
      signed_up_at        INTEGER,
      activated_at        INTEGER,
      deleted_at          INTEGER,
      UNIQUE (source_id, id)
    ) STRICT;

    CREATE TABLE product_event (
      product_event_id INTEGER PRIMARY KEY,
      source_id        INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      name             TEXT NOT NULL,
      is_feature       INTEGER CHECK (is_feature IN (0, 1)),   -- the founder's word; null: by its name
      UNIQUE (source_id, name)
    ) STRICT;

    CREATE TABLE usage_batch (
      usage_batch_id INTEGER PRIMARY KEY,
      source_id      INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      name           TEXT NOT NULL,
      digest         BLOB NOT NULL,           -- of what was read: an equal batch is not written again
      first_on       TEXT NOT NULL,
      last_on        TEXT NOT NULL,
      events         INTEGER NOT NULL,
      UNIQUE (source_id, name)
    ) STRICT;

    -- Event 0 stands for anything that counts as use: its users are counted once, whatever they did.
    CREATE TABLE usage_day (
      product_account_id INTEGER NOT NULL REFERENCES product_account ON DELETE CASCADE,
      day_on             TEXT NOT NULL,
      product_event_id   INTEGER NOT NULL,
      usage_batch_id     INTEGER NOT NULL,
      count              INTEGER NOT NULL,
      users              INTEGER NOT NULL,
      PRIMARY KEY (product_account_id, day_on, product_event_id, usage_batch_id)
    ) STRICT, WITHOUT ROWID;

    -- The same over all accounts.
    CREATE TABLE usage_event_day (
      source_id        INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      day_on           TEXT NOT NULL,
      product_event_id INTEGER NOT NULL,
      usage_batch_id   INTEGER NOT NULL,
      count            INTEGER NOT NULL,
      users            INTEGER NOT NULL,
      accounts         INTEGER NOT NULL,
      PRIMARY KEY (source_id, day_on, product_event_id, usage_batch_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE active_user (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      period    TEXT NOT NULL CHECK (period IN ('day', 'week', 'month')),
      starts_on TEXT NOT NULL,
      users     INTEGER NOT NULL,
      accounts  INTEGER NOT NULL,
      is_exact  INTEGER NOT NULL CHECK (is_exact IN (0, 1)),
      PRIMARY KEY (source_id, period, starts_on)
    ) STRICT, WITHOUT ROWID;

    -- For sources that give single events: who was there, as sketches that can be merged.
    CREATE TABLE active_sketch (
      source_id      INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      day_on         TEXT NOT NULL,
      usage_batch_id INTEGER NOT NULL,
      users          BLOB NOT NULL,
      accounts       BLOB NOT NULL,
      PRIMARY KEY (source_id, day_on, usage_batch_id)
    ) STRICT, WITHOUT ROWID;

    -- People by the day and the channel of their first visit, where the source counts them.
    CREATE TABLE first_visit (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      day_on    TEXT NOT NULL,
      channel   TEXT NOT NULL,
      visitors  INTEGER NOT NULL,
      PRIMARY KEY (source_id, day_on, channel)
    ) STRICT, WITHOUT ROWID;

    -- One row per person, where the source gives single events: a hash, never who it is.
    CREATE TABLE visitor (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      visitor   INTEGER NOT NULL,
      seen_at   INTEGER NOT NULL,
      channel   TEXT NOT NULL,
      PRIMARY KEY (source_id, visitor)
    ) STRICT, WITHOUT ROWID;

    -- What a mapping can choose from.
    CREATE TABLE event_property (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      name      TEXT NOT NULL,
      seen      INTEGER NOT NULL,             -- in how many of the events looked at
      PRIMARY KEY (source_id, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usage_limit (
      usage_limit_id INTEGER PRIMARY KEY,
      source_id      INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      event          TEXT NOT NULL,
      measure        TEXT NOT NULL CHECK (measure IN ('count', 'peak_users')),
      plan           TEXT,                    -- by its name, as the ledger calls it
      customer_id    INTEGER REFERENCES customer,
      amount         INTEGER NOT NULL CHECK (amount > 0),
      CHECK (plan IS NOT NULL OR customer_id IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX usage_limit_of_plan ON usage_limit (source_id, event, measure, plan) WHERE plan IS NOT NULL;
    CREATE UNIQUE INDEX usage_limit_of_customer ON usage_limit (customer_id, source_id, event, measure) WHERE customer_id IS NOT NULL;
  `,
};
