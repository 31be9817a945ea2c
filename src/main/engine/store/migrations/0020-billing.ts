import type { Migration } from './migration.ts';

/**
 * Billing facts in normal form. Each row is named by its source and the
 * vendor's id; rows refer to each other by those ids, so that they may arrive
 * in any order. `customer` is the founder's customer, which may stand for
 * several vendors' records.
 */
export const billing: Migration = {
  version: 20,
  name: 'billing',
  sql: `
    CREATE TABLE customer (
      customer_id INTEGER PRIMARY KEY,
      name        TEXT NOT NULL,              -- what to show: name, else e-mail, else the vendor's id
      email       TEXT,
      country     TEXT,
      created_at  INTEGER NOT NULL,
      erased_at   INTEGER
    ) STRICT;

    CREATE TABLE billing_customer (
      source_id     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id            TEXT NOT NULL,
      customer_id   INTEGER NOT NULL REFERENCES customer,
      name          TEXT,
      email         TEXT,
      description   TEXT,
      currency      TEXT,
      country       TEXT,
      created_at    INTEGER NOT NULL,
      deleted_at    INTEGER,
      delinquent    INTEGER NOT NULL CHECK (delinquent IN (0, 1)),
      balance_minor INTEGER NOT NULL,
      discounts     TEXT NOT NULL,            -- JSON Discount[]
      metadata      TEXT NOT NULL,            -- JSON
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX billing_customer_by_customer ON billing_customer (customer_id);

    CREATE TABLE product (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id        TEXT NOT NULL,
      name      TEXT NOT NULL,
      active    INTEGER NOT NULL CHECK (active IN (0, 1)),
      metadata  TEXT NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE price (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id         TEXT NOT NULL,
      product_id TEXT,
      nickname   TEXT,
      currency   TEXT NOT NULL,
      body       TEXT NOT NULL,               -- JSON Price
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE coupon (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id        TEXT NOT NULL,
      body      TEXT NOT NULL,                -- JSON Coupon
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    -- The subscription as last read; its history is in subscription_sighting. Both have a rowid: their bodies are larger
    -- than a quarter of a page, which a table without one would put on pages of their own (three quarters empty).
    CREATE TABLE subscription (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                  TEXT NOT NULL,
      billing_customer_id TEXT NOT NULL,
      status              TEXT NOT NULL,
      currency            TEXT NOT NULL,
      created_at          INTEGER NOT NULL,
      started_at          INTEGER NOT NULL,
      trial_end_at        INTEGER,
      cancel_at           INTEGER,
      canceled_at         INTEGER,
      ended_at            INTEGER,
      seen_at             INTEGER NOT NULL,
      body                TEXT NOT NULL,      -- JSON Subscription
      PRIMARY KEY (source_id, id)
    ) STRICT;
    CREATE INDEX subscription_by_customer ON subscription (source_id, billing_customer_id);

    -- What was seen of a subscription and when; a sighting equal to the one before it is not stored again.
    CREATE TABLE subscription_sighting (
      source_id       INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      subscription_id TEXT NOT NULL,
      seen_at         INTEGER NOT NULL,
      seen_by         TEXT NOT NULL CHECK (seen_by IN ('event', 'read')),
      event_id        TEXT NOT NULL,          -- '' for a read
      event_type      TEXT,
      body            TEXT NOT NULL,          -- JSON Subscription
      PRIMARY KEY (source_id, subscription_id, seen_at, event_id)
    ) STRICT;

    CREATE TABLE invoice (
      source_id              INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                     TEXT NOT NULL,
      number                 TEXT,
      billing_customer_id    TEXT NOT NULL,
      subscription_id        TEXT,
      status                 TEXT NOT NULL,
      billing_reason         TEXT,
      currency               TEXT NOT NULL,
      created_at             INTEGER NOT NULL,
      finalized_at           INTEGER,
      paid_at                INTEGER,
      voided_at              INTEGER,
      uncollectible_at       INTEGER,
      due_at                 INTEGER,
      period_start_at        INTEGER NOT NULL,
      period_end_at          INTEGER NOT NULL,
      subtotal_minor         INTEGER NOT NULL,
      discount_minor         INTEGER NOT NULL,
      tax_minor              INTEGER NOT NULL,
      total_minor            INTEGER NOT NULL,
      amount_due_minor       INTEGER NOT NULL,
      amount_paid_minor      INTEGER NOT NULL,
      amount_remaining_minor INTEGER NOT NULL,
      starting_balance_minor INTEGER NOT NULL,
      ending_balance_minor   INTEGER,
      attempt_count          INTEGER NOT NULL,
      next_attempt_at        INTEGER,
      collection             TEXT NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoice_by_customer ON invoice (source_id, billing_customer_id, created_at);

    CREATE TABLE invoice_line (
      source_id            INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      invoice_id           TEXT NOT NULL,
      position             INTEGER NOT NULL,
      id                   TEXT NOT NULL,
      subscription_id      TEXT,
      subscription_item_id TEXT,
      kind                 TEXT NOT NULL CHECK (kind IN ('subscription', 'one_off')),
      price_id             TEXT,
      product_id           TEXT,
      price                TEXT,              -- JSON Price where the invoice embeds one
      description          TEXT,
      quantity             TEXT NOT NULL,
      amount_minor         INTEGER NOT NULL,
      discounts            TEXT,              -- JSON, null when there is none
      taxes                TEXT,              -- JSON, null when there is none
      period_start_at      INTEGER NOT NULL,
      period_end_at        INTEGER NOT NULL,
      proration            INTEGER NOT NULL CHECK (proration IN (0, 1)),
      PRIMARY KEY (source_id, invoice_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invoice_payment (
      source_id         INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                TEXT NOT NULL,
      invoice_id        TEXT NOT NULL,
      payment_intent_id TEXT,
      charge_id         TEXT,
      status            TEXT NOT NULL,
      currency          TEXT NOT NULL,
      amount_paid_minor INTEGER,
      created_at        INTEGER NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoice_payment_by_intent ON invoice_payment (source_id, payment_intent_id);
    CREATE INDEX invoice_payment_by_charge ON invoice_payment (source_id, charge_id);

    CREATE TABLE credit_note (
      source_id                 INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                        TEXT NOT NULL,
      invoice_id                TEXT NOT NULL,
      billing_customer_id       TEXT NOT NULL,
      currency                  TEXT NOT NULL,
      created_at                INTEGER NOT NULL,
      voided_at                 INTEGER,
      status                    TEXT NOT NULL,
      type                      TEXT NOT NULL,
      reason                    TEXT,
      total_minor               INTEGER NOT NULL,
      total_excluding_tax_minor INTEGER NOT NULL,
      refunds                   TEXT,         -- JSON, null when there is none
      lines                     TEXT,         -- JSON, null when there is none
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX credit_note_by_customer ON credit_note (source_id, billing_customer_id);

    CREATE TABLE charge (
      source_id              INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                     TEXT NOT NULL,
      billing_customer_id    TEXT,
      invoice_id             TEXT,
      payment_intent_id      TEXT,
      status                 TEXT NOT NULL,
      currency               TEXT NOT NULL,
      amount_minor           INTEGER NOT NULL,
      amount_refunded_minor  INTEGER NOT NULL,
      created_at             INTEGER NOT NULL,
      failure_code           TEXT,
      failure_message        TEXT,
      balance_transaction_id TEXT,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX charge_by_customer ON charge (source_id, billing_customer_id, created_at);
    CREATE INDEX charge_by_time ON charge (created_at);

    CREATE TABLE refund (
      source_id         INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                TEXT NOT NULL,
      charge_id         TEXT,
      payment_intent_id TEXT,
      status            TEXT,
      reason            TEXT,
      currency          TEXT NOT NULL,
      amount_minor      INTEGER NOT NULL,
      created_at        INTEGER NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE dispute (
      source_id     INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id            TEXT NOT NULL,
      charge_id     TEXT,
      status        TEXT NOT NULL,
      reason        TEXT,
      currency      TEXT NOT NULL,
      amount_minor  INTEGER NOT NULL,
      created_at    INTEGER NOT NULL,
      reinstated_at INTEGER,                  -- the money came back: the dispute was won
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE balance_transaction (
      source_id          INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                 TEXT NOT NULL,
      type               TEXT NOT NULL,
      reporting_category TEXT NOT NULL,
      source_object_id   TEXT,
      currency           TEXT NOT NULL,
      amount_minor       INTEGER NOT NULL,
      fee_minor          INTEGER NOT NULL,
      net_minor          INTEGER NOT NULL,
      created_at         INTEGER NOT NULL,
      available_at       INTEGER NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX balance_transaction_by_time ON balance_transaction (created_at);

    -- Ids that a repeated listing has shown so far: what is stored and not here is asked for by name when it ends.
    CREATE TABLE relisted (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      type      TEXT NOT NULL,
      object_id TEXT NOT NULL,
      PRIMARY KEY (source_id, type, object_id)
    ) STRICT, WITHOUT ROWID;

    -- Customers whose facts changed since the ledger last looked: written in the transaction of the page, emptied by recompute.
    CREATE TABLE dirty_customer (
      customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE
    ) STRICT;
  `,
};
