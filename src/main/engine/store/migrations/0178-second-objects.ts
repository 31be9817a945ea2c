import type { Migration } from './migration.ts';

/**
 * The second object that a row is a part of: the subscription of an invoice's line.
 * A file in order of time names all subscriptions month after month, so that an
 * index by them touches other pages with every row; here they are entered sorted,
 * many rows at a time. Whoever takes rows in enters them; what goes or changes is
 * followed by itself.
 */
export const secondObjects: Migration = {
  version: 178,
  name: 'second objects',
  sql: `
    DROP INDEX file_record_by_other_object;
    CREATE TABLE file_also (
      object         TEXT NOT NULL,
      file_record_id INTEGER NOT NULL,
      PRIMARY KEY (object, file_record_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO file_also (object, file_record_id)
      SELECT also_of, file_record_id FROM file_record WHERE also_of IS NOT NULL ORDER BY also_of, file_record_id;
    CREATE TRIGGER file_record_also_delete AFTER DELETE ON file_record WHEN OLD.also_of IS NOT NULL BEGIN
      DELETE FROM file_also WHERE object = OLD.also_of AND file_record_id = OLD.file_record_id;
    END;
    CREATE TRIGGER file_record_also_update AFTER UPDATE OF also_of ON file_record WHEN OLD.also_of IS NOT NEW.also_of BEGIN
      DELETE FROM file_also WHERE object = OLD.also_of AND file_record_id = OLD.file_record_id;
      INSERT OR IGNORE INTO file_also (object, file_record_id)
        SELECT NEW.also_of, NEW.file_record_id WHERE NEW.also_of IS NOT NULL;
    END;
  `,
};
