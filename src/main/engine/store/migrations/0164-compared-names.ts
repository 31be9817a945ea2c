import type { Migration } from './migration.ts';

/**
 * Which names were compared when accounts and customers were last put together: what has not changed since is not
 * compared again. Names stand as digests.
 */
export const comparedNames: Migration = {
  version: 164,
  name: 'compared-names',
  sql: `
    CREATE TABLE identity_compared_customer (
      customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
      digest      BLOB NOT NULL
    ) STRICT;

    -- Accounts that are linked to nobody; what was found of them stands in the suggestions.
    CREATE TABLE identity_compared_account (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      account_id TEXT NOT NULL,
      digest     BLOB NOT NULL,             -- of its name and of the last decision about it
      is_whole   INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
      PRIMARY KEY (source_id, account_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
