import type { Migration } from './migration.ts';

/**
 * Customers whose personal data were erased, and by what their records are
 * recognised when a vendor sends them again: hashes of the vendors' ids, so that
 * the list itself tells nobody who is on it.
 */
export const erasure: Migration = {
  version: 176,
  name: 'erasure',
  sql: `
    CREATE TABLE erasure (
      erasure_id  INTEGER PRIMARY KEY,
      customer_id INTEGER NOT NULL REFERENCES customer,
      made_at     INTEGER NOT NULL,
      row_count   INTEGER NOT NULL              -- rows in which something was replaced or which went
    ) STRICT;
    CREATE INDEX erasure_by_customer ON erasure (customer_id);

    CREATE TABLE erased_subject (
      digest     BLOB PRIMARY KEY NOT NULL,     -- of the vendor, its account, the kind of the object and its id
      erasure_id INTEGER NOT NULL REFERENCES erasure ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX erased_subject_by_erasure ON erased_subject (erasure_id);
  `,
};
