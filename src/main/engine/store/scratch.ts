/**
 * Scratch files: what other threads prepare for the one writer. A thread fills
 * a small encrypted database of its own; the writer attaches it, takes the rows
 * over in SQL and removes it. Rows cross threads without being turned into
 * objects and back, and nothing lies on the disk in plain text. A scratch file
 * is worth nothing once its writer is gone: it has no journal and does not wait
 * for the disk.
 */
import { rmSync } from 'node:fs';
import { openConnection, type DatabaseKey } from './cipher.ts';
import { writeDb } from './connection.ts';
import type { WriteDb } from './handles.ts';
import { mappingFailures } from './storage-failure.ts';

export interface Scratch {
  readonly db: WriteDb;
  /** Closes the file, so that the writer can take it over. */
  close(): void;
}

/** Makes an empty scratch file with the tables of `schema`. One that is left of the same name is replaced. */
export function openScratch(file: string, key: DatabaseKey, schema: string): Scratch {
  rmSync(file, { force: true });
  const connection = openConnection(file, key, { readonly: false });
  try {
    mappingFailures(() => {
      connection.pragma('journal_mode = OFF');
      connection.pragma('synchronous = OFF');
      connection.pragma('foreign_keys = OFF');
      connection.exec(schema);
    });
  } catch (error) {
    connection.close();
    throw error;
  }
  return { db: writeDb(connection), close: () => connection.close() };
}
