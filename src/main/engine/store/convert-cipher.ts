/**
 * Brings a database of an earlier Vario (ChaCha20-Poly1305) to today's cipher:
 * it is copied, table by table, into a new file that takes its place once it
 * was read back whole. At each moment one whole database lies under the file's
 * name; a copy that an end by force left half-way is begun anew.
 */
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { verifyBackup } from './backup.ts';
import { attachEncrypted, cipherOf, openConnection, type DatabaseKey } from './cipher.ts';
import type { Connection } from './handles.ts';
import { assertOurs } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { mappingFailures, storageError } from './storage-failure.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Converts the database where it is of the earlier cipher; its key stays. The
 * caller holds the directory's lock, and nobody has the file open.
 * @returns whether there was anything to convert.
 * @throws AppError with `details.kind` (`wrong_key`, `newer_schema`, `disk_full` …); the database is as it was then.
 */
export function convertCipher(file: string, key: DatabaseKey, migrations: readonly Migration[]): boolean {
  const draft = `${file}.converting`;
  removeDraft(draft);
  if (cipherOf(file) !== 'chacha20') return false;
  emptyLog(file, key, migrations);
  try {
    const copy = openConnection(draft, key, { readonly: false });
    try {
      attachEncrypted(copy, file, 'earlier', key);
      mappingFailures(() => copyEverything(copy));
    } finally {
      copy.close();
    }
    verifyBackup(draft, key);
    chmodSync(draft, 0o600);
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
  if (existsSync(`${file}-wal`)) {
    removeDraft(draft);
    throw storageError('in_use', `${file} is still being read; its cipher was not changed. Close the other program`);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
  return true;
}

/** Proves that the database is ours, and carries what its log holds over into it. */
function emptyLog(file: string, key: DatabaseKey, migrations: readonly Migration[]): void {
  const connection = openConnection(file, key, { readonly: false });
  try {
    mappingFailures(() => {
      assertOurs(connection, migrations);
      connection.pragma('wal_checkpoint(TRUNCATE)');
    });
  } finally {
    connection.close();
  }
}

/**
 * Rows go over while tables and indexes of both sides are the same and empty
 * here: SQLite then copies whole trees in their order instead of sorting anew.
 * https://www.sqlite.org/src/file/src/insert.c (xferOptimization)
 */
function copyEverything(copy: Connection): void {
  copy.pragma('foreign_keys = OFF');
  copy.exec('BEGIN');
  const made = copy
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM earlier.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  const of = (...types: string[]) => made.filter(({ type }) => types.includes(type));
  for (const { sql } of [...of('table'), ...of('index')]) copy.exec(sql);
  for (const { name } of of('table')) {
    const table = `"${name.replaceAll('"', '""')}"`;
    copy.exec(`INSERT INTO main.${table} SELECT * FROM earlier.${table}`);
  }
  for (const { sql } of of('view', 'trigger')) copy.exec(sql);
  for (const head of ['application_id', 'user_version'])
    copy.pragma(`main.${head} = ${Number(copy.pragma(`earlier.${head}`, { simple: true }))}`);
  copy.exec('COMMIT');
}

function removeDraft(draft: string): void {
  for (const name of [draft, `${draft}-journal`]) rmSync(name, { force: true });
}
