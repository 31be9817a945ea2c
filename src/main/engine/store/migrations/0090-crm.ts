import type { Migration } from './migration.ts';

/**
 * What a sales system knows, in normal form. Rows are named by their source
 * and the vendor's id and refer to each other by those ids, so that they may
 * arrive in any order; what was deleted there keeps its row.
 */
export const crm: Migration = {
  version: 90,
  name: 'crm',
  sql: `
    CREATE TABLE crm_account (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                  TEXT NOT NULL,
      name                TEXT,
      domain              TEXT,
      country             TEXT,
      industry            TEXT,
      employees           INTEGER,
      owner_id            TEXT,
      billing_customer_id TEXT,               -- the billing system's id, where a field of the CRM holds it
      created_at          INTEGER NOT NULL,
      deleted_at          INTEGER,
      fields              TEXT NOT NULL,      -- JSON: the founder's choice of further fields
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX crm_account_by_domain ON crm_account (domain) WHERE domain IS NOT NULL;

    CREATE TABLE crm_contact (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id         TEXT NOT NULL,
      account_id TEXT,
      name       TEXT,
      email      TEXT,
      title      TEXT,
      owner_id   TEXT,
      created_at INTEGER NOT NULL,
      deleted_at INTEGER,
      fields     TEXT NOT NULL,               -- JSON
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX crm_contact_by_account ON crm_contact (source_id, account_id);
    CREATE INDEX crm_contact_by_email ON crm_contact (email) WHERE email IS NOT NULL;

    CREATE TABLE crm_deal (
      source_id        INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id               TEXT NOT NULL,
      name             TEXT NOT NULL,
      account_id       TEXT,
      contact_ids      TEXT NOT NULL,         -- JSON string[]
      owner_id         TEXT,
      pipeline_id      TEXT NOT NULL,
      stage_id         TEXT NOT NULL,
      amount_minor     INTEGER,
      currency         TEXT,
      close_on         TEXT,
      created_at       INTEGER NOT NULL,
      last_activity_at INTEGER,
      next_activity_at INTEGER,
      loss_reason      TEXT,
      deleted_at       INTEGER,
      fields           TEXT NOT NULL,         -- JSON
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX crm_deal_by_account ON crm_deal (source_id, account_id);

    -- Every entry of a deal into a stage, oldest first.
    CREATE TABLE crm_deal_stage (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      deal_id    TEXT NOT NULL,
      position   INTEGER NOT NULL,
      stage_id   TEXT NOT NULL,
      entered_at INTEGER NOT NULL,
      PRIMARY KEY (source_id, deal_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE crm_deal_line (
      source_id    INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id           TEXT NOT NULL,
      deal_id      TEXT,
      product_id   TEXT,
      name         TEXT,
      quantity     TEXT NOT NULL,
      amount_minor INTEGER,
      currency     TEXT,
      deleted_at   INTEGER,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX crm_deal_line_by_deal ON crm_deal_line (source_id, deal_id);

    CREATE TABLE crm_pipeline (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id        TEXT NOT NULL,
      name      TEXT NOT NULL,
      position  INTEGER NOT NULL,
      archived  INTEGER NOT NULL CHECK (archived IN (0, 1)),
      stages    TEXT NOT NULL,                -- JSON CrmStage[]
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE crm_owner (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id        TEXT NOT NULL,
      name      TEXT,
      email     TEXT,
      team      TEXT,
      active    INTEGER NOT NULL CHECK (active IN (0, 1)),
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
  `,
};
