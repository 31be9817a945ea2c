import type { Migration } from './migration.ts';

/** Of these the writer counts changes itself, once per transaction. */
const FACTS = [
  'charge',
  'refund',
  'dispute',
  'invoice',
  'invoice_payment',
  'credit_note',
  'balance_transaction',
] as const;

const day = (at: string) => `${at} / 86400000`;

/**
 * What an invoice adds to the two tables; each is one look-up where it is in them already. `ON CONFLICT` and not
 * `OR IGNORE`, which an upsert that fires the trigger would overrule: https://www.sqlite.org/lang_createtrigger.html
 */
const DAYS = (row: string) => `
        INSERT INTO invoice_day (source_id, created_day, first_id, last_id)
        VALUES (${row}.source_id, ${day(`${row}.created_at`)}, ${row}.id, ${row}.id)
        ON CONFLICT DO UPDATE SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id)
          WHERE excluded.first_id < first_id OR excluded.last_id > last_id;
        INSERT INTO invoice_counted (counted_day, source_id, created_day)
        SELECT ${day(`${row}.finalized_at`)}, ${row}.source_id, ${day(`${row}.created_at`)} WHERE ${row}.finalized_at IS NOT NULL
        ON CONFLICT DO NOTHING;
        INSERT INTO invoice_counted (counted_day, source_id, created_day)
        SELECT ${day(`${row}.paid_at`)}, ${row}.source_id, ${day(`${row}.created_at`)}
        WHERE ${row}.paid_at IS NOT NULL AND ${row}.tax_minor <> 0
        ON CONFLICT DO NOTHING;`;

/**
 * The invoices of a month without an index of them all: the ids of most billing
 * systems grow with time, so those of a day lie together in the order of the
 * key. Kept are where they lie, by the day on which they were made, and which of
 * those days have an invoice that counts on a day. Both are only ever widened:
 * they say where to look, and the invoice itself says whether it counts.
 */
export const invoiceDays: Migration = {
  version: 180,
  name: 'invoice days',
  sql: `
    DROP INDEX invoice_by_finalization;
    DROP INDEX invoice_taxed_by_payment;

    -- Days are whole days of UTC since 1970.
    CREATE TABLE invoice_day (
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      created_day INTEGER NOT NULL,
      first_id    TEXT NOT NULL,
      last_id     TEXT NOT NULL,
      PRIMARY KEY (source_id, created_day)
    ) STRICT, WITHOUT ROWID;
    -- That an invoice made on a day was finalised on another, or its tax paid.
    CREATE TABLE invoice_counted (
      counted_day INTEGER NOT NULL,
      source_id   INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      created_day INTEGER NOT NULL,
      PRIMARY KEY (counted_day, source_id, created_day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoice_counted_by_source ON invoice_counted (source_id);
    INSERT INTO invoice_day SELECT source_id, ${day('created_at')}, min(id), max(id) FROM invoice GROUP BY 1, 2;
    INSERT INTO invoice_counted
      SELECT ${day('finalized_at')}, source_id, ${day('created_at')} FROM invoice WHERE finalized_at IS NOT NULL
      UNION SELECT ${day('paid_at')}, source_id, ${day('created_at')} FROM invoice WHERE paid_at IS NOT NULL AND tax_minor <> 0;
    CREATE TRIGGER invoice_days_insert AFTER INSERT ON invoice BEGIN${DAYS('NEW')}
    END;
    CREATE TRIGGER invoice_days_update AFTER UPDATE OF created_at, finalized_at, paid_at, tax_minor ON invoice BEGIN${DAYS('NEW')}
    END;

    ${FACTS.map((table) => `DROP TRIGGER ${table}_flows_insert; DROP TRIGGER ${table}_flows_update;`).join('\n    ')}
  `,
};
