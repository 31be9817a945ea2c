import type { Migration } from './migration.ts';

/** The states of all customers in columns, for passes over all of them; and smaller rows of such columns. */
export const stateBlocks: Migration = {
  version: 51,
  name: 'state-blocks',
  sql: `
    -- What each subscription was worth at the end of each day on which it changed, packed by customer_id / 16.
    CREATE TABLE state_block (
      block_id INTEGER PRIMARY KEY,
      body     BLOB NOT NULL
    ) STRICT;

    -- It was packed by customer_id / 64. Both are filled when customers are computed: that is due for everybody.
    DELETE FROM customer_block;
    UPDATE ledger_basis SET rules_version = 0;
  `,
};
