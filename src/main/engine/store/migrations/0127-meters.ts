import type { Migration } from './migration.ts';

/** What a billing system's meters counted, by customer and day. */
export const meters: Migration = {
  version: 127,
  name: 'meters',
  sql: `
    CREATE TABLE billing_meter (
      source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id         TEXT NOT NULL,
      title      TEXT NOT NULL,
      event_name TEXT NOT NULL,
      active     INTEGER NOT NULL CHECK (active IN (0, 1)),
      adds_up    INTEGER NOT NULL CHECK (adds_up IN (0, 1)),  -- 0: the last value counts, and days cannot be added
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE meter_usage (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      billing_customer_id TEXT NOT NULL,
      meter_id            TEXT NOT NULL,
      used_on             TEXT NOT NULL,      -- a day of UTC: that is how meters count
      quantity            REAL NOT NULL,
      PRIMARY KEY (source_id, billing_customer_id, meter_id, used_on)
    ) STRICT, WITHOUT ROWID;
  `,
};
