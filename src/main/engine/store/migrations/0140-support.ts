import type { Migration } from './migration.ts';

/**
 * What a help desk knows and what surveys have brought, in normal form. Rows
 * are named by their source and the vendor's id and may arrive in any order.
 * What customers wrote to the desk is not kept.
 */
export const support: Migration = {
  version: 140,
  name: 'support',
  sql: `
    CREATE TABLE support_company (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id          TEXT NOT NULL,
      name        TEXT,
      domain      TEXT,
      external_id TEXT,
      seen_at     INTEGER NOT NULL,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    -- The account is derived: the company's id, or what people without a company are put together by.
    CREATE TABLE support_contact (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id          TEXT NOT NULL,
      company_id  TEXT,
      name        TEXT,
      email       TEXT,
      external_id TEXT,
      seen_at     INTEGER NOT NULL,
      account_id  TEXT,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX support_contact_by_account ON support_contact (source_id, account_id);
    CREATE INDEX support_contact_without_account ON support_contact (source_id, id) WHERE account_id IS NULL;

    CREATE TABLE support_ticket (
      source_id              INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                     TEXT NOT NULL,
      contact_id             TEXT,
      company_id             TEXT,
      status                 TEXT NOT NULL CHECK (status IN ('new', 'open', 'pending', 'on_hold', 'solved')),
      priority               TEXT CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
      channel                TEXT,
      opened_at              INTEGER NOT NULL,
      first_response_seconds INTEGER CHECK (first_response_seconds >= 0),
      solved_at              INTEGER,
      reopens                INTEGER,
      deleted_at             INTEGER,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX support_ticket_by_contact ON support_ticket (source_id, contact_id);
    CREATE INDEX support_ticket_by_company ON support_ticket (source_id, company_id) WHERE company_id IS NOT NULL;
    CREATE INDEX support_ticket_by_opening ON support_ticket (opened_at) WHERE deleted_at IS NULL;
    CREATE INDEX support_ticket_open ON support_ticket (opened_at) WHERE status <> 'solved' AND deleted_at IS NULL;

    CREATE TABLE nps_response (
      source_id    INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id           TEXT NOT NULL,
      contact_id   TEXT NOT NULL,
      score        INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
      responded_on TEXT NOT NULL,
      comment      TEXT,
      survey       TEXT,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX nps_response_by_contact ON nps_response (source_id, contact_id);
    CREATE INDEX nps_response_by_day ON nps_response (responded_on);

    -- What stands for a customer in a help desk or a survey: a company, or people who share a mail domain or an address.
    -- Derived from the contacts after every sync; decisions of identity name it.
    CREATE TABLE support_account (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id          TEXT NOT NULL,
      name        TEXT,
      domain      TEXT,
      external_id TEXT,
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
  `,
};
