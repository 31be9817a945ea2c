import type { Migration } from './migration.ts';

/** What each flow table adds to `flow_rollup`: a kind, the day it counts on, the amount, and when it counts at all. */
const FLOWS = [
  {
    table: 'charge',
    kind: 'charged',
    at: 'created_at',
    amount: 'amount_minor',
    counts: `{row}.status = 'succeeded'`,
  },
  {
    table: 'refund',
    kind: 'refunded',
    at: 'created_at',
    amount: 'amount_minor',
    counts: `coalesce({row}.status, 'succeeded') IN ('succeeded', 'pending', 'requires_action')`,
  },
  {
    table: 'invoice',
    kind: 'invoiced',
    at: 'finalized_at',
    amount: 'total_minor - {row}.tax_minor',
    counts: `{row}.status IN ('open', 'paid', 'uncollectible') AND {row}.finalized_at IS NOT NULL`,
  },
  {
    table: 'credit_note',
    kind: 'credited',
    at: 'created_at',
    amount: 'total_excluding_tax_minor',
    counts: `{row}.status = 'issued'`,
  },
] as const;

function flowTriggers(): string {
  return FLOWS.map(({ table, kind, at, amount, counts }) => {
    const book = (row: 'OLD' | 'NEW', sign: '+' | '-') => `
        INSERT INTO flow_rollup (flowed_on, kind, currency, amount_minor, entries)
        SELECT (SELECT day FROM calendar_day WHERE starts_at <= ${row}.${at} ORDER BY starts_at DESC LIMIT 1),
               '${kind}', ${row}.currency, ${sign}(${row}.${amount.replaceAll('{row}', row)}), ${sign}1
        WHERE ${counts.replaceAll('{row}', row)}
        ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor, entries = entries + excluded.entries;`;
    return `
      CREATE TRIGGER ${table}_flow_insert AFTER INSERT ON ${table} BEGIN${book('NEW', '+')}
      END;
      CREATE TRIGGER ${table}_flow_delete AFTER DELETE ON ${table} BEGIN${book('OLD', '-')}
      END;
      CREATE TRIGGER ${table}_flow_update AFTER UPDATE ON ${table} BEGIN${book('OLD', '-')}${book('NEW', '+')}
      END;`;
  }).join('');
}

/**
 * The revenue ledger and what is summed up from it. Everything here is derived
 * from facts and may be rebuilt from them. Annual amounts are minor units per
 * year.
 */
export const ledger: Migration = {
  version: 30,
  name: 'ledger',
  sql: `
    -- Counters by which readers know that what they remember is stale: 'revision' of the ledger, 'rates' of exchange_rate.
    CREATE TABLE ledger_head (
      name  TEXT PRIMARY KEY NOT NULL,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO ledger_head VALUES ('revision', 0), ('rates', 0);
    CREATE TRIGGER exchange_rate_insert AFTER INSERT ON exchange_rate BEGIN
      UPDATE ledger_head SET value = value + 1 WHERE name = 'rates';
    END;
    CREATE TRIGGER exchange_rate_update AFTER UPDATE ON exchange_rate BEGIN
      UPDATE ledger_head SET value = value + 1 WHERE name = 'rates';
    END;
    CREATE TRIGGER exchange_rate_delete AFTER DELETE ON exchange_rate BEGIN
      UPDATE ledger_head SET value = value + 1 WHERE name = 'rates';
    END;

    -- What the stored ledger was computed under; another basis needs every customer recomputed.
    CREATE TABLE ledger_basis (
      basis_id      INTEGER PRIMARY KEY CHECK (basis_id = 1),
      time_zone     TEXT NOT NULL,
      currency      TEXT NOT NULL,
      policy        TEXT NOT NULL,            -- JSON Policy
      rules_version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE ledger_run (
      run_id     INTEGER PRIMARY KEY,
      started_at INTEGER NOT NULL,
      ended_at   INTEGER,                     -- null: still running, or interrupted (what it had committed stands)
      cause      TEXT NOT NULL CHECK (cause IN ('facts', 'basis', 'rebuild')),
      customers  INTEGER NOT NULL DEFAULT 0,
      added      INTEGER NOT NULL DEFAULT 0,
      reversed   INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- The days of the workspace's time zone by the instant at which they begin.
    CREATE TABLE calendar_day (
      starts_at INTEGER PRIMARY KEY NOT NULL,
      day       TEXT NOT NULL
    ) STRICT;
    WITH RECURSIVE days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 47846)
    INSERT INTO calendar_day SELECT n * 86400000, date(n * 86400, 'unixepoch') FROM days;

    -- Prices and coupons as states name them, each stored once.
    CREATE TABLE state_part (
      part_id INTEGER PRIMARY KEY,
      body    TEXT NOT NULL UNIQUE            -- JSON Price or Coupon
    ) STRICT;

    -- The normal form that every number is computed from: how a subscription stood from a moment on. Future moments
    -- are what is scheduled.
    CREATE TABLE subscription_state (
      source_id       INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      subscription_id TEXT NOT NULL,
      effective_at    INTEGER NOT NULL,
      effective_on    TEXT NOT NULL,
      customer_id     INTEGER NOT NULL REFERENCES customer,
      status          TEXT NOT NULL,
      standing        TEXT NOT NULL,          -- how the ledger's policy reads it: paying, past_due, trialing, free …
      currency        TEXT NOT NULL,
      annual_minor    INTEGER NOT NULL,       -- counted in MRR
      trial_minor     INTEGER NOT NULL,       -- would count were it not on trial
      scheduled_end   INTEGER NOT NULL CHECK (scheduled_end IN (0, 1)),
      evidence        TEXT NOT NULL CHECK (evidence IN ('event', 'read', 'invoice', 'timestamps')),
      evidence_id     TEXT NOT NULL,          -- the event, invoice or subscription it was seen in
      body            TEXT NOT NULL,          -- JSON: items and discounts, prices and coupons by part_id
      PRIMARY KEY (customer_id, source_id, subscription_id, effective_at)
    ) STRICT, WITHOUT ROWID;

    -- Append-only: a row is never changed; a row that no longer holds is taken back by one with the opposite amounts.
    CREATE TABLE movement (
      movement_id     INTEGER PRIMARY KEY,
      run_id          INTEGER NOT NULL REFERENCES ledger_run,
      customer_id     INTEGER NOT NULL REFERENCES customer,
      moved_on        TEXT NOT NULL,
      kind            TEXT NOT NULL CHECK (kind IN
        ('new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed', 'transfer')),
      reason          TEXT,                   -- of a loss: 'canceled', 'discount', 'free plan', 'unpaid' …
      source_id       INTEGER NOT NULL,
      subscription_id TEXT NOT NULL,
      price_id        TEXT NOT NULL,
      product_id      TEXT,
      currency        TEXT NOT NULL,
      annual_minor    INTEGER NOT NULL,
      reporting_minor INTEGER,                -- annual, in the basis' currency at the day's rate; null without a rate
      evidence        TEXT NOT NULL,
      evidence_id     TEXT NOT NULL,
      reverses_id     INTEGER REFERENCES movement
    ) STRICT;
    CREATE INDEX movement_by_customer ON movement (customer_id, moved_on);
    CREATE INDEX movement_by_day ON movement (moved_on, customer_id);
    CREATE UNIQUE INDEX movement_by_reversal ON movement (reverses_id) WHERE reverses_id IS NOT NULL;

    -- The rate at which a day's movements in a currency were valued ('' = none was known).
    CREATE TABLE ledger_rate (
      currency TEXT NOT NULL,
      moved_on TEXT NOT NULL,
      rate     TEXT NOT NULL,
      PRIMARY KEY (currency, moved_on)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE movement_rollup (
      moved_on        TEXT NOT NULL,
      kind            TEXT NOT NULL,
      currency        TEXT NOT NULL,
      annual_minor    INTEGER NOT NULL,
      reporting_minor INTEGER NOT NULL,       -- of the rows that have a rate
      unvalued_minor  INTEGER NOT NULL,       -- native amount of those that have none
      customers       INTEGER NOT NULL,
      PRIMARY KEY (moved_on, kind, currency)
    ) STRICT, WITHOUT ROWID;

    -- Stocks as their changes by day: 'mrr', 'committed', 'past_due', 'trial', 'committed_trial', 'usage' in annual
    -- minor units of a currency; 'customers' and 'trials' as counts under currency ''.
    CREATE TABLE gauge_rollup (
      gauge      TEXT NOT NULL,
      changed_on TEXT NOT NULL,
      currency   TEXT NOT NULL,
      delta      INTEGER NOT NULL,
      PRIMARY KEY (gauge, changed_on, currency)
    ) STRICT, WITHOUT ROWID;

    -- Every customer's level in every currency after every change, packed by customer_id / 64, for passes over all customers.
    CREATE TABLE customer_block (
      block_id INTEGER PRIMARY KEY,
      body     BLOB NOT NULL
    ) STRICT;

    -- A customer as of the last run: for lists and searches.
    CREATE TABLE customer_standing (
      customer_id     INTEGER PRIMARY KEY REFERENCES customer,
      standing        TEXT NOT NULL,
      reporting_minor INTEGER,                -- annual, at the rate of the run's day
      plan            TEXT,
      first_paid_on   TEXT,
      churned_on      TEXT,
      next_change_on  TEXT                    -- the first scheduled change; due for recomputing from that day on
    ) STRICT;
    CREATE INDEX customer_standing_by_value ON customer_standing (reporting_minor);
    CREATE INDEX customer_standing_by_change ON customer_standing (next_change_on) WHERE next_change_on IS NOT NULL;

    CREATE TABLE trial (
      source_id       INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      subscription_id TEXT NOT NULL,
      customer_id     INTEGER NOT NULL REFERENCES customer,
      started_on      TEXT NOT NULL,
      ended_on        TEXT,
      converted_on    TEXT,
      PRIMARY KEY (customer_id, source_id, subscription_id, started_on)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trial_by_end ON trial (ended_on);

    -- Items that could not be valued, and over which days: shown, never counted as 0 in silence.
    CREATE TABLE unvalued_item (
      source_id       INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      subscription_id TEXT NOT NULL,
      item_id         TEXT NOT NULL,
      customer_id     INTEGER NOT NULL REFERENCES customer,
      from_on         TEXT NOT NULL,
      until_on        TEXT,                   -- first day on which it no longer holds
      what            TEXT NOT NULL,
      reason          TEXT NOT NULL,
      annual_minor    INTEGER,
      currency        TEXT,
      PRIMARY KEY (customer_id, source_id, subscription_id, item_id, from_on)
    ) STRICT, WITHOUT ROWID;

    -- R4: the usage run rate of a metered item from the day on which a period closed.
    CREATE TABLE usage_level (
      source_id       INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      subscription_id TEXT NOT NULL,
      item_id         TEXT NOT NULL,
      changed_on      TEXT NOT NULL,
      customer_id     INTEGER NOT NULL REFERENCES customer,
      currency        TEXT NOT NULL,
      annual_minor    INTEGER NOT NULL,
      PRIMARY KEY (customer_id, source_id, subscription_id, item_id, changed_on)
    ) STRICT, WITHOUT ROWID;

    -- Invoiced (net of tax and discounts), credited, charged and refunded by day: kept by the triggers below.
    CREATE TABLE flow_rollup (
      flowed_on    TEXT NOT NULL,
      kind         TEXT NOT NULL,
      currency     TEXT NOT NULL,
      amount_minor INTEGER NOT NULL,
      entries      INTEGER NOT NULL,
      PRIMARY KEY (flowed_on, kind, currency)
    ) STRICT, WITHOUT ROWID;
    ${flowTriggers()}
  `,
};
