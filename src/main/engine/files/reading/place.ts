/**
 * The bytes of a file, wherever they lie: at a path of this computer, or in the spool beside the database. What is
 * spooled is encrypted with a key that only the database knows, so that no table lies on the disk in plain text.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../../shared/kernel/errors.ts';

/** Where a file lies; `key` where it is spooled. */
export interface FilePlace {
  readonly path: string;
  readonly key: Uint8Array | null;
}

export interface FileBytes {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

/** AES-256 in counter mode: any piece can be read by itself, and the file is as long as its text. */
const CIPHER = 'aes-256-ctr';
const BLOCK_BYTES = 16;
export const SPOOL_KEY_BYTES = 32;

/** The folder of spooled files of a data directory, by the database's file. */
export function spoolFolder(databaseFile: string): string {
  return join(dirname(databaseFile), 'uploads');
}

export function spoolFile(folder: string, uploadId: number): string {
  return join(folder, `${uploadId}.part`);
}

/** @throws AppError `not_found` where there is no file to be read. */
export function openBytes({ path, key }: FilePlace): FileBytes {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (cause) {
    throw new AppError('not_found', `The file ${path} cannot be read`, { cause });
  }
  const stat = fstatSync(handle);
  if (!stat.isFile()) {
    closeSync(handle);
    throw new AppError('invalid_input', `${path} is no file`);
  }
  return {
    size: stat.size,
    read(offset, length) {
      const start = key === null ? offset : offset - (offset % BLOCK_BYTES);
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length + offset - start, stat.size - start)));
      let filled = 0;
      while (filled < buffer.length) {
        const read = readSync(handle, buffer, filled, buffer.length - filled, start + filled);
        if (read === 0) break;
        filled += read;
      }
      const found = buffer.subarray(0, filled);
      if (key === null) return found;
      const plain = createDecipheriv(CIPHER, key, counterAt(start)).update(found);
      return plain.subarray(offset - start);
    },
    close: () => closeSync(handle),
  };
}

/** Writes a piece of a spooled file. Pieces begin at multiples of sixteen bytes, all but the last one's end. */
export function spoolPiece({ path, key }: FilePlace, offset: number, piece: Uint8Array): void {
  if (key === null) throw new AppError('internal', 'A file that lies elsewhere is not written');
  try {
    mkdirSync(dirname(path), { recursive: true });
    const handle = openSync(path, offset === 0 ? 'w' : 'r+', 0o600);
    try {
      writeSync(handle, createCipheriv(CIPHER, key, counterAt(offset)).update(piece), 0, piece.length, offset);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw new AppError(
      'storage_failed',
      'The file cannot be kept beside the database while it is handed over: look for free space and the permissions of the data directory',
      { cause },
    );
  }
}

export function removeSpooled(path: string): void {
  rmSync(path, { force: true });
}

/** The counter block at an offset: a key is used for one file only, so that it may begin at zero. */
function counterAt(offset: number): Uint8Array {
  const counter = Buffer.alloc(BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(offset / BLOCK_BYTES), BLOCK_BYTES - 8);
  return counter;
}

/** Whether the bytes are a zip archive, as workbooks are. */
export function isWorkbook(bytes: FileBytes): boolean {
  const [a, b, c, d] = bytes.read(0, 4);
  return a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04;
}

/** SHA-256 of the whole file, read in steps. */
export function fingerprintOf(place: FilePlace): string {
  const bytes = openBytes(place);
  const step = 4_194_304;
  try {
    const digest = createHash('sha256');
    for (let offset = 0; offset < bytes.size; offset += step) digest.update(bytes.read(offset, step));
    return digest.digest('hex');
  } finally {
    bytes.close();
  }
}
