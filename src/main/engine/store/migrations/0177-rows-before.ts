import type { Migration } from './migration.ts';

/** What stood in the place of a row before is looked up by the row: for the way of a deal through its stages, and to be erased. */
export const rowsBefore: Migration = {
  version: 177,
  name: 'rows before',
  sql: 'CREATE INDEX file_before_by_record ON file_before (file_record_id);',
};
