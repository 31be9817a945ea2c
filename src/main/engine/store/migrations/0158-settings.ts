import type { Migration } from './migration.ts';

/** Which rules stand in the digests, and whom the program spoke with. */
export const settings: Migration = {
  version: 158,
  name: 'settings',
  sql: `
    -- Whether alerts of the rule stand in the digests of the day and the week.
    ALTER TABLE alert_rule ADD COLUMN digest INTEGER NOT NULL DEFAULT 1 CHECK (digest IN (0, 1));

    -- Every host that requests went to, by day of the company.
    CREATE TABLE contact (
      host         TEXT NOT NULL,
      contacted_on TEXT NOT NULL,
      requests     INTEGER NOT NULL,
      failures     INTEGER NOT NULL,          -- nothing answered, or with a status of 400 and more
      bytes_sent   INTEGER NOT NULL,          -- bodies of requests
      bytes_got    INTEGER NOT NULL,          -- bodies of answers
      last_at      INTEGER NOT NULL,
      PRIMARY KEY (host, contacted_on)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_by_day ON contact (contacted_on);
  `,
};
