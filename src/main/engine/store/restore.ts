/** Puts a backup in the database's place. The file it replaces is kept aside until the restored one has opened, and after that too. */
import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { verifyBackup } from './backup.ts';
import type { DatabaseKey } from './cipher.ts';
import { convertCipher } from './convert-cipher.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openWriter } from './open.ts';
import { storageError } from './storage-failure.ts';
import { syncFolder } from './sync-folder.ts';

const ASIDE = '.before-restore';
/** The write-ahead log may hold committed pages: it goes wherever its database goes. The index (-shm) is rebuilt. */
const LOG = '-wal';
const LOG_INDEX = '-shm';

export interface Restored {
  readonly schemaVersion: number;
  /** The database as it was before, or null where there was none. It stays until the next restore. */
  readonly keptAside: string | null;
}

/**
 * Replaces the database `file` by `backup`. The caller holds the directory's
 * lock and has closed every connection. The backup itself is only read. An
 * older backup is migrated on the way, one of an earlier cipher encrypted anew.
 * @throws AppError with `details.kind`; the database before is back in its place then.
 */
export function restoreBackup(file: string, backup: string, key: DatabaseKey): Restored {
  if (!existsSync(backup)) throw storageError('missing', `There is no backup ${backup}`);
  verifyBackup(backup, key);
  const draft = `${file}.restoring`;
  const aside = `${file}${ASIDE}`;
  const replaces = existsSync(file);
  try {
    removeDatabase(draft);
    copyFileSync(backup, draft, constants.COPYFILE_FICLONE);
    convertCipher(draft, key, MIGRATIONS);
    // Migrates and proves the copy while the present database is still in its place.
    const opened = openWriter(draft, key);
    opened.close();
    verifyBackup(draft, key);
  } catch (error) {
    removeDatabase(draft);
    throw error;
  }
  if (replaces) {
    removeDatabase(aside);
    putAside(file, aside);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
  try {
    return { schemaVersion: verifyBackup(file, key), keptAside: replaces ? aside : null };
  } catch (error) {
    removeDatabase(file);
    finishInterruptedRestore(file);
    throw error;
  }
}

/**
 * Puts the database back that a restore had set aside when the program ended
 * half-way. Called before every opening.
 * @returns true when there was something to put back.
 */
export function finishInterruptedRestore(file: string): boolean {
  const aside = `${file}${ASIDE}`;
  if (existsSync(file) || !existsSync(aside)) return false;
  // The log first: the database's own name is what says that all of it is back.
  if (existsSync(aside + LOG)) renameSync(aside + LOG, file + LOG);
  renameSync(aside, file);
  syncFolder(dirname(file));
  return true;
}

function putAside(file: string, aside: string): void {
  renameSync(file, aside);
  if (existsSync(file + LOG)) renameSync(file + LOG, aside + LOG);
  rmSync(file + LOG_INDEX, { force: true });
}

function removeDatabase(file: string): void {
  for (const name of [file, file + LOG, file + LOG_INDEX]) rmSync(name, { force: true });
}
