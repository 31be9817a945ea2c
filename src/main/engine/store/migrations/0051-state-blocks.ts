import type { Migration } from './migration.ts';

/** The states of all customers in columns, for passes over all of them. */
export const stateBlocks: Migration = {
  version: 51,
  name: 'state-blocks',
  sql: `
    -- What each subscription was worth at the end of each day on which it changed, packed by customer_id / 64. The ledger
    -- fills it when it computes a customer.
    CREATE TABLE state_block (
      block_id INTEGER PRIMARY KEY,
      body     BLOB NOT NULL
    ) STRICT;
  `,
};
