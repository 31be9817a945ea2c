/** The writer and the reader of one database file. Hosts go through openStore, which locks and backs up as well. */
import { readDb, writeDb } from './connection.ts';
import { restoreIndexes } from './deferred-indexes.ts';
import { openConnection, type DatabaseKey } from './cipher.ts';
import type { Connection, ReadDb, WriteDb } from './handles.ts';
import { assertOurs, isBehind, migrate, schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { mappingFailures } from './storage-failure.ts';

const LOG_BYTES = 64 * 1024 * 1024;
/**
 * 256 MB. Long runs of writes touch the same pages again and again (an index by customer, a file in order of time): they
 * are carried over into the database once per full log, not every 4 MB.
 */
const LOG_PAGES = 65_536;

export interface OpenWriterOptions {
  /** Only tests give other migrations than the bundled ones. */
  readonly migrations?: readonly Migration[];
  /** Called before the first step is applied to a database that holds something already. */
  readonly beforeMigration?: (connection: Connection, fromVersion: number) => void;
}

/**
 * Opens (or creates) the database for writing and brings its schema up to date.
 * @throws AppError with `details.kind` (see StorageProblem); the file is unchanged then.
 */
export function openWriter(
  file: string,
  key: DatabaseKey,
  options: OpenWriterOptions = {},
): { db: WriteDb & { rebind(connection: Connection): void }; connection: Connection; close: () => void } {
  const migrations = options.migrations ?? MIGRATIONS;
  const connection = openConnection(file, key, { readonly: false });
  try {
    mappingFailures(() => {
      assertOurs(connection, migrations);
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      // After a first sync the log is cut back to this size instead of keeping its largest.
      connection.pragma(`journal_size_limit = ${LOG_BYTES}`);
      connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
      const from = schemaVersion(connection);
      // Before any step: it may be about one of them.
      restoreIndexes(writeDb(connection));
      if (from > 0 && isBehind(connection, migrations)) options.beforeMigration?.(connection, from);
      // A step may rebuild a table that others refer to; SQLite asks for the checks to be off meanwhile.
      connection.pragma('foreign_keys = OFF');
      migrate(connection, migrations);
      connection.pragma('foreign_keys = ON');
    });
  } catch (error) {
    connection.close();
    throw error;
  }
  return { db: writeDb(connection), connection, close: () => connection.close() };
}

/** Opens an existing, migrated database for reading only. */
export function openReader(file: string, key: DatabaseKey): { db: ReadDb; connection: Connection; close: () => void } {
  const connection = openConnection(file, key, { readonly: true });
  try {
    mappingFailures(() => {
      assertOurs(connection, MIGRATIONS);
      connection.pragma('query_only = ON');
    });
  } catch (error) {
    connection.close();
    throw error;
  }
  return { db: readDb(connection), connection, close: () => connection.close() };
}
