import type { Migration } from './migration.ts';

/** What further fields of a sales system are called, and what the founder says they mean. */
export const crmFields: Migration = {
  version: 95,
  name: 'crm-fields',
  sql: `
    CREATE TABLE crm_field (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      object    TEXT NOT NULL CHECK (object IN ('account', 'contact', 'deal')),
      key       TEXT NOT NULL,                -- as in the column \`fields\` of the object's table
      label     TEXT NOT NULL,
      type      TEXT NOT NULL,                -- in the system's own word
      PRIMARY KEY (source_id, object, key)
    ) STRICT, WITHOUT ROWID;

    -- One meaning a field; a field without a row means nothing to Vario.
    CREATE TABLE crm_field_meaning (
      source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      object    TEXT NOT NULL CHECK (object IN ('account', 'contact', 'deal')),
      key       TEXT NOT NULL,
      meaning   TEXT NOT NULL,                -- 'channel', 'slice', 'billing_customer', …
      slice     TEXT,                         -- for 'slice': the key by which figures are sliced, as in metadata:<key>
      PRIMARY KEY (source_id, object, key),
      CHECK ((meaning = 'slice') = (slice IS NOT NULL))
    ) STRICT, WITHOUT ROWID;

    -- Append-only: what was said about a field, and before. Taking back is a change of its own.
    CREATE TABLE crm_field_change (
      change_id  INTEGER PRIMARY KEY,
      changed_at INTEGER NOT NULL,
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      object     TEXT NOT NULL,
      key        TEXT NOT NULL,
      before     TEXT,                        -- JSON {meaning, slice}; null: nothing
      after      TEXT,
      undoes_id  INTEGER UNIQUE REFERENCES crm_field_change
    ) STRICT;
    CREATE INDEX crm_field_change_by_source ON crm_field_change (source_id);
  `,
};
