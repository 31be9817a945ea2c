/** The whole store of a data directory: lock, backup before a migration, the one writer. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../runtime/ports.ts';
import type { Logger } from '../runtime/logger.ts';
import { makeBackup, type Backup, type BackupReason } from './backup.ts';
import type { DatabaseKey } from './cipher.ts';
import { isCompactionDue, noteCompacted, removeCompacting, takeCompactedPlace } from './compaction.ts';
import { convertCipher } from './convert-cipher.ts';
import type { Connection, WriteDb } from './handles.ts';
import { checkIntegrity, type Integrity } from './integrity.ts';
import { lockDirectory } from './lock.ts';
import { schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { openWriter } from './open.ts';
import { finishInterruptedRestore } from './restore.ts';
import { removeScratch } from './scratch-file.ts';

/** How many backups of each reason are kept. */
export const BACKUPS_KEPT: Readonly<Record<BackupReason, number>> = {
  manual: 10,
  scheduled: 7,
  'before-migration': 5,
};

export interface StoreOptions {
  /** The database file; its folder is the data directory. */
  readonly file: string;
  /** 32 bytes; the store reads them while it opens and keeps no reference. The caller zeroes them. */
  readonly key: DatabaseKey;
  /** Names this engine to a second one that finds the directory locked: `vario serve`. */
  readonly program: string;
  readonly backupDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Only tests give other migrations than the bundled ones. */
  readonly migrations?: readonly Migration[];
}

/** What differs from the rule for one backup. */
export interface BackupChoice {
  /** Another folder than the store's own. */
  readonly dir?: string;
  /** How many of this reason to keep in the folder, this one included. */
  readonly keep?: number;
}

export interface Store {
  readonly db: WriteDb;
  readonly file: string;
  readonly schemaVersion: number;
  /** True when the engine before this one ended without closing. */
  readonly afterCrash: boolean;
  /** Reads every page. Blocks the writer meanwhile. */
  checkIntegrity(): Integrity;
  /** Writes, proves and rotates a backup. Blocks the writer meanwhile; readers go on. */
  backup(reason: BackupReason, choice?: BackupChoice): Backup;
  /** Whether a compact copy of the database would be worth its while. */
  isCompactionDue(): boolean;
  /** Grows with every row that is written: equal before and after means that nothing was. */
  changeCount(): number;
  /** Puts a finished compact copy in the database's place and goes on with it. All readers are closed; nothing was written since the copy was begun. */
  takeCompacted(key: DatabaseKey): void;
  /** Throws a compact copy away. */
  dropCompacted(): void;
  /** Empties the log into the database, closes it and lets go of the directory. Twice is once. */
  close(): void;
}

/**
 * Opens (or creates) the store.
 * @throws AppError `conflict` (`in_use`, `newer_schema`), `auth_failed` (`wrong_key`) or `storage_failed`; nothing is changed then.
 */
export function openStore(options: StoreOptions): Store {
  const { file, clock, logger } = options;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = lockDirectory(dirname(file), options.program, clock.now());
  try {
    if (finishInterruptedRestore(file)) logger.warn('A restore had not finished; the database before it is back');
    removeScratch(file);
    removeCompacting(file);
    const isNew = !existsSync(file);
    if (convertCipher(file, options.key, options.migrations ?? MIGRATIONS))
      logger.info('The database was encrypted anew with AEGIS-256');
    const opened = openWriter(file, options.key, {
      ...(options.migrations && { migrations: options.migrations }),
      beforeMigration: (before, from) => {
        const { file: backup } = backupNow(before, 'before-migration', options);
        logger.info('Backup before migration', { backup, from });
      },
    });
    const { db } = opened;
    let { connection } = opened;
    if (lock.afterCrash) logger.warn('The engine before this one did not close the database');
    logger.info('Database open', { schema: schemaVersion(connection), isNew });
    return {
      db,
      file,
      schemaVersion: schemaVersion(connection),
      afterCrash: lock.afterCrash,
      checkIntegrity: () => checkIntegrity(connection),
      backup: (reason, choice) => backupNow(connection, reason, options, choice),
      isCompactionDue: () => isCompactionDue(db),
      changeCount: () => db.prepare<[], { n: number }>('SELECT total_changes() AS n').first()?.n ?? 0,
      takeCompacted(key) {
        try {
          takeCompactedPlace(connection);
        } finally {
          // The copy, or where it could not be put in place, the database as it was.
          if (!connection.open) ({ connection } = openWriter(file, key));
          db.rebind(connection);
        }
        noteCompacted(connection);
      },
      dropCompacted: () => removeCompacting(file),
      close() {
        try {
          if (connection.open) connection.pragma('wal_checkpoint(TRUNCATE)');
        } finally {
          // A full disk leaves the log for the next opening, and must not leave the directory locked.
          connection.close();
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function backupNow(
  connection: Connection,
  reason: BackupReason,
  { backupDir, clock }: StoreOptions,
  { dir = backupDir, keep = BACKUPS_KEPT[reason] }: BackupChoice = {},
): Backup {
  return makeBackup(connection, { dir, reason, now: clock.now(), keep });
}
