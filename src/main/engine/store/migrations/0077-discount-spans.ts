import type { Migration } from './migration.ts';

const HAS_DISCOUNT = (row: string): string => `(instr(${row}.body, '"d":[[') > 0 OR instr(${row}.body, ',[[') > 0)`;

/** A customer whose states with discounts change, or that had any, is looked at again with the run that changed them. */
function staleTrigger(event: 'INSERT' | 'UPDATE' | 'DELETE', row: 'OLD' | 'NEW'): string {
  return `
    CREATE TRIGGER subscription_state_discount_${event.toLowerCase()} AFTER ${event} ON subscription_state
    WHEN ${HAS_DISCOUNT(row)} OR EXISTS (SELECT 1 FROM discount_span s WHERE s.customer_id = ${row}.customer_id) BEGIN
      INSERT OR IGNORE INTO discount_stale (customer_id) VALUES (${row}.customer_id);
    END;`;
}

function booked(row: 'OLD' | 'NEW', sign: '+' | '-'): string {
  const given = `(${row}.listed_minor - ${row}.annual_minor)`;
  const book = (day: string, amount: string, when: string) => `
      INSERT INTO discount_rollup (changed_on, currency, delta) SELECT ${day}, ${row}.currency, ${amount}
      WHERE ${row}.listed_minor <> ${row}.annual_minor${when}
      ON CONFLICT DO UPDATE SET delta = delta + excluded.delta;`;
  const other = sign === '+' ? '-' : '+';
  return (
    book(`${row}.from_on`, `${sign}${given}`, '') +
    book(`${row}.until_on`, `${other}${given}`, ` AND ${row}.until_on IS NOT NULL`)
  );
}

/** What discounts take off, state by state and in sum: values that cannot be read off the states without computing them. */
export const discountSpans: Migration = {
  version: 77,
  name: 'discount spans',
  sql: `
    -- Customers whose spans have to be computed again: emptied by the run that filled it.
    CREATE TABLE discount_stale (
      customer_id INTEGER PRIMARY KEY REFERENCES customer ON DELETE CASCADE
    ) STRICT;

    -- Each state with a discount: its worth as counted and at list prices, and that of the state after it.
    CREATE TABLE discount_span (
      customer_id       INTEGER NOT NULL REFERENCES customer ON DELETE CASCADE,
      source_id         INTEGER NOT NULL,
      subscription_id   TEXT NOT NULL,
      effective_at      INTEGER NOT NULL,
      from_on           TEXT NOT NULL,
      next_at           INTEGER,                  -- null: no state follows
      until_on          TEXT,
      currency          TEXT NOT NULL,
      annual_minor      INTEGER NOT NULL,
      listed_minor      INTEGER NOT NULL,
      next_annual_minor INTEGER NOT NULL,
      PRIMARY KEY (customer_id, source_id, subscription_id, effective_at)
    ) STRICT, WITHOUT ROWID;

    -- What is given away, as its changes by day: annual minor units of a currency.
    CREATE TABLE discount_rollup (
      changed_on TEXT NOT NULL,
      currency   TEXT NOT NULL,
      delta      INTEGER NOT NULL,
      PRIMARY KEY (changed_on, currency)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER discount_span_insert AFTER INSERT ON discount_span BEGIN${booked('NEW', '+')}
    END;
    CREATE TRIGGER discount_span_delete AFTER DELETE ON discount_span BEGIN${booked('OLD', '-')}
    END;
    ${staleTrigger('INSERT', 'NEW')}${staleTrigger('UPDATE', 'NEW')}${staleTrigger('DELETE', 'OLD')}

    INSERT INTO discount_stale (customer_id)
    SELECT DISTINCT s.customer_id FROM subscription_state s WHERE ${HAS_DISCOUNT('s')};
    INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT customer_id FROM discount_stale;
    DROP INDEX subscription_state_discounted;
  `,
};
