import type { Migration } from './migration.ts';

/** Price by price what the columns hold, so that a slice of the ledger is read from them alone. */
export const itemColumns: Migration = {
  version: 150,
  name: 'item-columns',
  sql: `
    -- What the columns name by one number: a price of a source, under the product it was sold as.
    CREATE TABLE ledger_item (
      item_id    INTEGER PRIMARY KEY,   -- 52 bits of a hash of the others
      source_id  INTEGER NOT NULL,
      price_id   TEXT NOT NULL,
      product_id TEXT
    ) STRICT;

    -- The price that a trial counts under.
    ALTER TABLE trial ADD COLUMN currency TEXT;
    ALTER TABLE trial ADD COLUMN item_id INTEGER;

    -- They held levels, and subscriptions as a whole. Both are filled when customers are computed: that is due for everybody.
    DELETE FROM customer_block;
    DELETE FROM state_block;
    UPDATE ledger_basis SET rules_version = 0;
  `,
};
