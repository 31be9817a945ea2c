import type { Migration } from './migration.ts';

/** A mapping that was forgotten, and rejected rows that were put aside, are kept until they are replaced: both come back. */
export const waysBack: Migration = {
  version: 174,
  name: 'ways back',
  sql: `
    ALTER TABLE file_mapping ADD COLUMN forgotten_at INTEGER; -- null: it is used
    ALTER TABLE cost_reject ADD COLUMN dismissed_at INTEGER;  -- null: it is shown
  `,
};
