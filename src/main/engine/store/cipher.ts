/** Opens one encrypted connection: cipher, key, and the pragmas that keep plain text off the disk. */
import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Driver from 'better-sqlite3-multiple-ciphers';
import { assert } from '../../../shared/kernel/errors.ts';
import type { Connection } from './handles.ts';
import { asStorageFailure, storageError, storageProblem } from './storage-failure.ts';

/** 32 random bytes. */
export type DatabaseKey = Uint8Array;

/** `VARI` as SQLite's application_id: tells a Vario database from any other one that the key happens to open. */
export const APPLICATION_ID = 0x56415249;

/**
 * How pages are encrypted and authenticated. Everything new is AEGIS-256; a
 * database or backup of ChaCha20-Poly1305 is from an earlier Vario and is still
 * read (see convert-cipher.ts).
 */
export type Cipher = 'aegis' | 'chacha20';

const KEY_BYTES = 32;
const HEADER_BYTES = 24;
/** What each cipher keeps free at the end of a page for nonce and tag; byte 20 of the header says it in plain. */
const RESERVED_BYTES: Readonly<Record<Cipher, number>> = { aegis: 64, chacha20: 32 };
/** A reader asks for the same few rollups; the writer walks through everything, and twice as much gains it nothing. There are several readers. */
const READER_CACHE_KIB = 24_576;
const WRITER_CACHE_KIB = 49_152;
const PLAIN_HEADER = 'SQLite format 3\0';

/**
 * Opens `file` with the key and proves that the key fits by reading the schema.
 * @throws AppError with `details.kind` `wrong_key`, `not_vario`, `corrupt`, `missing`, `no_access` or `in_use`.
 */
export function openConnection(
  file: string,
  key: DatabaseKey,
  options: { readonly: boolean; mustExist?: boolean },
): Connection {
  assert(key.length === KEY_BYTES, `a database key has ${KEY_BYTES} bytes, not ${key.length}`);
  const cipher = cipherOf(file) ?? 'aegis';
  const connection = openDriver(file, options);
  try {
    // The order matters: a key set before the cipher would silently use the default cipher.
    connection.pragma(`cipher = '${cipher}'`);
    withDriverKey(key, (framed) => connection.key(framed));
    connection.pragma('temp_store = memory');
    connection.pragma(`cache_size = -${options.readonly ? READER_CACHE_KIB : WRITER_CACHE_KIB}`);
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    connection.close();
    throw nameFile(asStorageFailure(error), file);
  }
}

/**
 * Attaches another encrypted file of the same key, of whichever cipher it is, under a name.
 * @throws AppError with `details.kind`, as `openConnection`.
 */
export function attachEncrypted(connection: Connection, file: string, name: string, key: DatabaseKey): void {
  const cipher = cipherOf(file);
  if (!cipher) throw storageError('missing', `There is no database ${file}`);
  try {
    connection.pragma(`cipher = '${cipher}'`);
    withDriverKey(key, (framed) => connection.prepare(`ATTACH ? AS ${name} KEY ?`).run(file, framed));
  } catch (error) {
    throw nameFile(asStorageFailure(error), file);
  }
}

/** The driver takes raw key bytes after the prefix `raw:`; a buffer can be overwritten afterwards, a string cannot. */
function withDriverKey(key: DatabaseKey, use: (framed: Buffer) => void): void {
  const framed = Buffer.concat([Buffer.from('raw:', 'latin1'), key]);
  try {
    use(framed);
  } finally {
    framed.fill(0);
  }
}

function openDriver(file: string, { readonly, mustExist = readonly }: { readonly: boolean; mustExist?: boolean }) {
  try {
    const connection = new Driver(file, { readonly, fileMustExist: mustExist, timeout: 5_000 });
    // The log and its index take their permissions from the database.
    if (!readonly) chmodSync(file, 0o600);
    return connection;
  } catch (error) {
    // The driver reports a missing folder by a TypeError of its own.
    if (error instanceof TypeError)
      throw storageError('missing', `The folder of the database ${file} does not exist`, { cause: error });
    throw nameFile(asStorageFailure(error), file);
  }
}

function nameFile(error: unknown, file: string): unknown {
  const kind = storageProblem(error);
  return kind && error instanceof Error ? storageError(kind, `${file}: ${error.message}`, { cause: error }) : error;
}

/**
 * The cipher of a file, or null where there is none yet. Files that cannot be
 * an encrypted SQLite database are refused, so that a wrong path is not
 * reported as a wrong key. Both ciphers leave bytes 16–23 of the header
 * readable: page size, reserved bytes, and the fixed payload fractions 64, 32, 32.
 * https://www.sqlite.org/fileformat.html#the_database_header
 * @throws AppError with `details.kind` `not_vario` or `no_access`.
 */
export function cipherOf(file: string): Cipher | null {
  if (!existsSync(file) || statSync(file).size === 0) return null;
  const header = headerOf(file);
  if (header.toString('latin1').startsWith(PLAIN_HEADER.slice(0, HEADER_BYTES)))
    throw storageError('not_vario', `${file} is an SQLite database without encryption, not one of Vario`);
  const reserved = header[20];
  const cipher = reserved === RESERVED_BYTES.aegis ? 'aegis' : reserved === RESERVED_BYTES.chacha20 ? 'chacha20' : null;
  if (!cipher || header.length < HEADER_BYTES || header[21] !== 64 || header[22] !== 32 || header[23] !== 32)
    throw storageError('not_vario', `${file} is not a Vario database`);
  return cipher;
}

function headerOf(file: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    throw storageError('no_access', `${file} cannot be read: check its permissions`, { cause });
  }
  try {
    return header.subarray(0, readSync(descriptor, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
