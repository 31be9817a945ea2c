import type { Migration } from './migration.ts';

/** The order of the cockpit's views is the founder's: at first that in which they were made. */
export const viewPlace: Migration = {
  version: 173,
  name: 'view place',
  sql: `
    ALTER TABLE cockpit_view ADD COLUMN place INTEGER NOT NULL DEFAULT 0; -- the lowest comes first
    UPDATE cockpit_view SET place = view_id;
  `,
};
