/** Opens the encrypted database: cipher, key, pragmas, migrations. */
import Driver from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../../../shared/kernel/errors.ts';
import { readDb, writeDb } from './connection.ts';
import type { Connection, ReadDb, WriteDb } from './handles.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** 32 random bytes. */
export type DatabaseKey = Uint8Array;

/** Opens (or creates) the database for writing and brings its schema up to date. */
export function openWriter(file: string, key: DatabaseKey): { db: WriteDb; close: () => void } {
  const connection = openConnection(file, key, { readonly: false });
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  migrate(connection);
  return { db: writeDb(connection), close: () => connection.close() };
}

/** Opens an existing, migrated database for reading only. */
export function openReader(file: string, key: DatabaseKey): { db: ReadDb; close: () => void } {
  const connection = openConnection(file, key, { readonly: true });
  return { db: readDb(connection), close: () => connection.close() };
}

function openConnection(file: string, key: DatabaseKey, options: { readonly: boolean }): Connection {
  if (key.length !== 32) throw new AppError('internal', `A database key has 32 bytes, not ${key.length}`);
  const connection = new Driver(file, options);
  // The order matters: a key set before the cipher would silently use the default cipher.
  connection.pragma(`cipher = 'chacha20'`);
  connection.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  connection.pragma('temp_store = memory');
  connection.pragma('cache_size = -131072');
  return connection;
}

function migrate(connection: Connection): void {
  const current = connection.pragma('user_version', { simple: true }) as number;
  for (const migration of MIGRATIONS) {
    if (migration.version <= current) continue;
    connection
      .transaction(() => {
        connection.exec(migration.sql);
        connection.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}
