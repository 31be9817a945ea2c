import type { Migration } from './migration.ts';

/** Which records of which systems are one customer, who said so, and on what evidence. */
export const identity: Migration = {
  version: 91,
  name: 'identity',
  sql: `
    -- Append-only: what was decided about two records, by a rule or by hand. Undoing is a decision of its own.
    CREATE TABLE identity_decision (
      decision_id      INTEGER PRIMARY KEY,
      decided_at       INTEGER NOT NULL,
      by_hand          INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
      action           TEXT NOT NULL CHECK (action IN ('link', 'unlink', 'reject', 'merge', 'split')),
      source_id        INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      record_id        TEXT NOT NULL,         -- the account of a CRM; for merge and split the customer of a billing system
      customer_id      INTEGER NOT NULL REFERENCES customer,
      from_customer_id INTEGER REFERENCES customer,
      evidence         TEXT NOT NULL,         -- a sentence: what spoke for it
      undoes_id        INTEGER UNIQUE REFERENCES identity_decision
    ) STRICT;
    CREATE INDEX identity_decision_by_record ON identity_decision (source_id, record_id);
    CREATE INDEX identity_decision_by_customer ON identity_decision (customer_id);
    CREATE INDEX identity_decision_by_former ON identity_decision (from_customer_id) WHERE from_customer_id IS NOT NULL;

    CREATE TABLE identity_link (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      account_id  TEXT NOT NULL,
      customer_id INTEGER NOT NULL REFERENCES customer,
      rule        TEXT NOT NULL CHECK (rule IN ('billing_id', 'metadata', 'domain', 'email', 'hand')),
      decision_id INTEGER NOT NULL REFERENCES identity_decision,
      PRIMARY KEY (source_id, account_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX identity_link_by_customer ON identity_link (customer_id);
    CREATE INDEX identity_link_by_decision ON identity_link (decision_id);

    -- What may belong together and nobody has confirmed: derived, made anew after every sync.
    CREATE TABLE identity_suggestion (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      account_id  TEXT NOT NULL,
      customer_id INTEGER NOT NULL REFERENCES customer,
      rule        TEXT NOT NULL CHECK (rule IN ('billing_id', 'metadata', 'domain', 'email', 'name')),
      score       REAL NOT NULL,              -- likeness from 0 to 1: for the order, nothing is decided by it
      evidence    TEXT NOT NULL,
      PRIMARY KEY (source_id, account_id, customer_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX identity_suggestion_by_customer ON identity_suggestion (customer_id);
  `,
};
