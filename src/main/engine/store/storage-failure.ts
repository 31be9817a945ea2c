/** Turns the driver's errors into failures that say what happened to the database and what to do. */
import Driver from 'better-sqlite3-multiple-ciphers';
import { AppError, isAppError, type ErrorCode } from '../../../shared/kernel/errors.ts';

/** What is wrong with a database, as `details.kind` of the AppError: screens and scripts tell the cases apart by it. */
export type StorageProblem =
  | 'wrong_key'
  | 'not_vario'
  | 'newer_schema'
  | 'corrupt'
  | 'disk_full'
  | 'in_use'
  | 'missing'
  | 'no_access'
  | 'io';

const CODES: Readonly<Record<StorageProblem, ErrorCode>> = {
  wrong_key: 'auth_failed',
  not_vario: 'storage_failed',
  newer_schema: 'conflict',
  corrupt: 'storage_failed',
  disk_full: 'storage_failed',
  in_use: 'conflict',
  missing: 'not_found',
  no_access: 'storage_failed',
  io: 'storage_failed',
};

/** A storage failure with its machine-readable kind. */
export function storageError(
  kind: StorageProblem,
  message: string,
  options: { cause?: unknown; details?: Record<string, string | number | boolean | null> } = {},
): AppError {
  return new AppError(CODES[kind], message, { ...options, details: { ...options.details, kind } });
}

/** The kind of a storage failure, or null where the error is none. */
export function storageProblem(error: unknown): StorageProblem | null {
  const kind = isAppError(error) ? error.details['kind'] : undefined;
  return typeof kind === 'string' && Object.hasOwn(CODES, kind) ? (kind as StorageProblem) : null;
}

const SENTENCES: readonly (readonly [prefix: string, kind: StorageProblem, sentence: string])[] = [
  ['SQLITE_NOTADB', 'wrong_key', 'The key does not open the database, or its first page is damaged'],
  [
    'SQLITE_CORRUPT',
    'corrupt',
    'The database file is damaged: a page does not match its checksum. Restore the latest backup; the damaged file is kept',
  ],
  [
    'SQLITE_FULL',
    'disk_full',
    'The disk is full: the change was rolled back and nothing stored before it is lost. Free some space, then try again',
  ],
  ['SQLITE_BUSY', 'in_use', 'The database is in use by another program. Close it, then try again'],
  ['SQLITE_LOCKED', 'in_use', 'The database is in use by another program. Close it, then try again'],
  [
    'SQLITE_CANTOPEN',
    'missing',
    'The database file cannot be opened: it does not exist, or its folder is out of reach',
  ],
  [
    'SQLITE_READONLY',
    'no_access',
    'The database file cannot be written: check the permissions of the file and its folder',
  ],
  ['SQLITE_PERM', 'no_access', 'The database file cannot be written: check the permissions of the file and its folder'],
  ['SQLITE_AUTH', 'no_access', 'The database refused the access'],
  ['SQLITE_IOERR', 'io', 'The disk reported an error while the database was read or written'],
];

/**
 * The AppError for a failure of the disk, the file or the key. Everything else
 * (a constraint, an unknown column, the caller's own error) comes back
 * unchanged: that is a defect of the statement and no state of the storage.
 */
export function asStorageFailure(error: unknown): unknown {
  if (!(error instanceof Driver.SqliteError)) return error;
  const found = SENTENCES.find(([prefix]) => error.code.startsWith(prefix));
  if (!found) return error;
  const [, kind, sentence] = found;
  return storageError(kind, `${sentence} (${error.code})`, { cause: error });
}

/** Runs `work` and turns the driver's errors into storage failures. */
export function mappingFailures<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asStorageFailure(error);
  }
}
