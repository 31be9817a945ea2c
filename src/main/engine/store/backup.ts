/** Backups of the encrypted database: VACUUM INTO a new file (it stays encrypted), proved by opening it, then renamed into place. */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { instant, instantOfIso, isoOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { openConnection, type DatabaseKey } from './cipher.ts';
import type { Connection } from './handles.ts';
import { integrityProblems } from './integrity.ts';
import { assertOurs, schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { asStorageFailure, mappingFailures, storageError } from './storage-failure.ts';
import { syncFolder } from './sync-folder.ts';

/** Why a backup was made; part of its file name, and each kind is rotated by itself. */
export type BackupReason = 'manual' | 'scheduled' | 'before-migration';

export interface Backup {
  readonly file: string;
  readonly reason: BackupReason;
  /** Bytes. */
  readonly size: number;
  readonly madeAt: Instant;
}

const SUFFIX = '.vario-backup';
const NAME = /^(\d{8}T\d{9}Z)-(manual|scheduled|before-migration)\.vario-backup$/;

export interface BackupOptions {
  readonly dir: string;
  readonly reason: BackupReason;
  readonly now: Instant;
  /** How many of this reason to keep, this one included. */
  readonly keep: number;
}

/**
 * Writes a backup of the whole database as it is at this moment; readers go on
 * meanwhile. It is encrypted with the database's own key.
 * @throws AppError `storage_failed` (`disk_full`, `corrupt` …); no half backup stays behind.
 */
export function makeBackup(connection: Connection, options: BackupOptions): Backup {
  makeFolder(options.dir);
  const file = nextName(options);
  const draft = `${file}.part`;
  rmSync(draft, { force: true });
  try {
    mappingFailures(() => connection.prepare('VACUUM INTO ?').run(draft));
    proveDraft(connection, draft);
    chmodSync(draft, 0o600);
    renameSync(draft, file);
    syncFolder(options.dir);
  } catch (error) {
    rmSync(draft, { force: true });
    throw asStorageFailure(error);
  }
  rotate(options);
  return backupOf(options.dir, basename(file));
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw storageError(
      'no_access',
      `The backup folder ${dir} cannot be written to. Give this account access to it, or choose another folder`,
      {
        cause,
      },
    );
  }
}

/** Reads the draft back page by page. Attached without a key of its own, it takes the connection's. */
function proveDraft(connection: Connection, draft: string): void {
  connection.prepare('ATTACH ? AS proof').run(draft);
  try {
    const problems = integrityProblems(connection, 'proof');
    const version = Number(connection.pragma('proof.user_version', { simple: true }));
    if (version !== schemaVersion(connection)) problems.push(`its schema is ${version}`);
    if (problems.length > 0)
      throw storageError('corrupt', `The backup ${draft} did not survive its check: ${problems[0]}. It was removed`);
  } finally {
    connection.exec('DETACH proof');
  }
}

/**
 * Opens a backup and reads every page.
 * @returns its schema version.
 * @throws AppError with `details.kind` `missing`, `wrong_key`, `not_vario`, `newer_schema` or `corrupt`.
 */
export function verifyBackup(file: string, key: DatabaseKey): number {
  const connection = openConnection(file, key, { readonly: true });
  try {
    assertOurs(connection, MIGRATIONS);
    const problems = integrityProblems(connection);
    if (problems.length > 0) throw storageError('corrupt', `The backup ${file} is damaged: ${problems[0]}`);
    return schemaVersion(connection);
  } finally {
    connection.close();
  }
}

/** The backups in a folder, newest first. */
export function listBackups(dir: string): Backup[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => backupOf(dir, name));
}

function backupOf(dir: string, name: string): Backup {
  const [, stamp = '', reason = ''] = NAME.exec(name) ?? [];
  const file = join(dir, name);
  return { file, reason: reason as BackupReason, size: statSync(file).size, madeAt: instantOfStamp(stamp) };
}

/**
 * `20261121T020000123Z-manual.vario-backup`. Never older by its name than one
 * that is there: a clock that was set back would make the newest the first to go.
 */
function nextName({ dir, reason, now }: BackupOptions): string {
  const [newest] = listBackups(dir);
  const at = newest ? instant(Math.max(now, newest.madeAt + 1)) : now;
  return join(dir, `${isoOfInstant(at).replace(/[-:.]/g, '')}-${reason}${SUFFIX}`);
}

function instantOfStamp(stamp: string): Instant {
  return instantOfIso(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
}

function rotate({ dir, reason, keep }: BackupOptions): void {
  const same = listBackups(dir).filter((backup) => backup.reason === reason);
  for (const old of same.slice(Math.max(1, keep))) rmSync(old.file, { force: true });
}
