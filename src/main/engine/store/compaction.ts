/**
 * Compaction: the database is copied, row by row in the order of the keys, into
 * a new encrypted file that takes its place. A first sync brings the newest
 * first, which leaves pages a third empty; the copy has full ones.
 */
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { verifyBackup } from './backup.ts';
import type { DatabaseKey } from './cipher.ts';
import type { Connection, ReadDb } from './handles.ts';
import { mappingFailures, storageError } from './storage-failure.ts';
import { syncFolder } from './sync-folder.ts';

/** Below this many pages of 4 kB there is nothing worth gaining. */
const FEWEST_PAGES = 5_000;
/** A database is copied again once it has grown by so much. */
const GROWTH = 1.5;
const HEAD = 'pages after compaction';

/** Where the copy is made, beside the database, so that it can be renamed into its place. */
export function compactingFile(file: string): string {
  return `${file}.compacting`;
}

/** Removes a copy that is not wanted, with the journal that an end by force may have left beside it. */
export function removeCompacting(file: string): void {
  for (const name of [compactingFile(file), `${compactingFile(file)}-journal`]) rmSync(name, { force: true });
}

/** Whether the database has grown enough since it was last copied. */
export function isCompactionDue(db: ReadDb): boolean {
  const pages = db.prepare<[], { page_count: number }>('PRAGMA page_count').first()?.page_count ?? 0;
  const last = db.prepare<[string], { value: number }>('SELECT value FROM ledger_head WHERE name = ?').first(HEAD);
  return pages >= FEWEST_PAGES && pages >= GROWTH * (last?.value ?? 0);
}

/**
 * Copies what is committed over a reading connection, on its own thread, and
 * proves the copy by reading it back.
 * @throws AppError `storage_failed` (`disk_full` …); no half copy stays behind.
 */
export function copyCompacted(connection: Connection, key: DatabaseKey): void {
  const draft = compactingFile(connection.name);
  removeCompacting(connection.name);
  try {
    mappingFailures(() => {
      // The copy is another file; the connection itself cannot write.
      connection.pragma('query_only = OFF');
      connection.prepare('VACUUM INTO ?').run(draft);
      connection.pragma('query_only = ON');
    });
    verifyBackup(draft, key);
    chmodSync(draft, 0o600);
  } catch (error) {
    removeCompacting(connection.name);
    throw error;
  }
}

/**
 * Puts the copy in the database's place. Every other connection is closed, and
 * nothing was written since the copy was begun. At each moment one whole
 * database lies under the file's name.
 */
export function takeCompactedPlace(connection: Connection): void {
  const file = connection.name;
  mappingFailures(() => connection.pragma('wal_checkpoint(TRUNCATE)'));
  connection.close();
  // The last connection takes its log along. One that stayed would be read into the new file.
  if (existsSync(`${file}-wal`))
    throw storageError('in_use', `${file} is still being read; its compact copy was not put in its place`);
  renameSync(compactingFile(file), file);
  syncFolder(dirname(file));
}

/** Notes how large the database is now, full pages only. */
export function noteCompacted(connection: Connection): void {
  const pages = Number(connection.pragma('page_count', { simple: true }));
  connection
    .prepare('INSERT INTO ledger_head (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    .run(HEAD, pages);
}
