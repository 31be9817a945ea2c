import type { Migration } from './migration.ts';

/** Digests that were told, saved or printed, when the next one is due, and the ways to what happened on a day. */
export const digests: Migration = {
  version: 161,
  name: 'digests',
  sql: `
    CREATE TABLE digest (
      digest_id INTEGER PRIMARY KEY,
      kind      TEXT NOT NULL CHECK (kind IN ('daily', 'weekly')),
      from_on   TEXT NOT NULL,
      to_on     TEXT NOT NULL,
      made_at   INTEGER NOT NULL,
      made_as   TEXT NOT NULL CHECK (made_as IN ('notification', 'pdf', 'markdown')),
      headline  TEXT NOT NULL,
      body      BLOB NOT NULL,                -- the digest as deflated JSON
      file      TEXT,
      format    TEXT CHECK (format IN ('A4', 'Letter')),
      bytes     INTEGER,
      pages     INTEGER
    ) STRICT;
    CREATE INDEX digest_by_time ON digest (made_at);

    -- Up to when each kind has been told, or need not be any more.
    CREATE TABLE digest_told (
      kind        TEXT PRIMARY KEY NOT NULL CHECK (kind IN ('daily', 'weekly')),
      settled_at  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX billing_customer_by_creation ON billing_customer (created_at);
    CREATE INDEX trial_by_start ON trial (started_on);
    CREATE INDEX trial_by_conversion ON trial (converted_on) WHERE converted_on IS NOT NULL;
    CREATE INDEX failed_payment_by_recovery ON failed_payment (recovered_at) WHERE recovered_at IS NOT NULL;
    CREATE INDEX alert_by_raising ON alert (raised_at);
    CREATE INDEX alert_by_closing ON alert (closed_at) WHERE closed_at IS NOT NULL;
    CREATE INDEX subscription_called_off ON subscription (canceled_at) WHERE canceled_at IS NOT NULL;
    CREATE INDEX discount_span_by_end ON discount_span (until_on) WHERE next_annual_minor > annual_minor;
    -- Terms longer than a month, by the end of the running one. The test of the text spares most rows the parsing.
    CREATE INDEX subscription_renewing ON subscription (json_extract(body, '$.items[0].currentPeriodEnd'))
      WHERE ended_at IS NULL AND (instr(body, '"interval":"year"') > 0 OR instr(body, '"intervalCount":1,') = 0);
  `,
};
