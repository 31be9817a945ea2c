import type { Migration } from './migration.ts';

/** What the founder writes beside a day, so that a bend in a line is explained years later. */
export const annotation: Migration = {
  version: 151,
  name: 'annotation',
  sql: `
    CREATE TABLE annotation (
      annotation_id INTEGER PRIMARY KEY,
      noted_on      TEXT NOT NULL,             -- the day that it stands at
      text          TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
      created_at    INTEGER NOT NULL,
      changed_at    INTEGER NOT NULL,
      removed_at    INTEGER                    -- taken away; it can be brought back
    ) STRICT;
    CREATE INDEX annotation_by_day ON annotation (noted_on) WHERE removed_at IS NULL;
  `,
};
