/**
 * The lock on a data directory: one engine at a time. The lock itself is an
 * SQLite EXCLUSIVE transaction on a small file, because the operating system
 * lets go of it when the process dies, however it dies; a pid alone would need
 * guessing whether that pid is still the same program.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { isoOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { asStorageFailure, storageError, storageProblem } from './storage-failure.ts';

const LOCK_FILE = 'vario.lock';
const HOLDER_FILE = 'vario.lock.json';

const HolderSchema = z.object({ pid: z.number().int(), program: z.string(), since: z.string(), token: z.string() });

/** Who has the data directory open. */
export type LockHolder = z.infer<typeof HolderSchema>;

export interface DirectoryLock {
  readonly holder: LockHolder;
  /** True when the engine before this one ended without letting go: it crashed or was killed. */
  readonly afterCrash: boolean;
  release(): void;
}

/**
 * Takes the lock of `dir`. `program` names the holder to whoever comes second (`vario serve`, `Vario`).
 * @throws AppError `conflict` with `details.kind` `in_use`, naming the holder, while another process (or another engine of this one) has it.
 */
export function lockDirectory(dir: string, program: string, now: Instant): DirectoryLock {
  const connection = openLockFile(dir);
  const left = readHolder(dir);
  const holder: LockHolder = { pid: process.pid, program, since: isoOfInstant(now), token: randomUUID() };
  try {
    writeFileSync(join(dir, HOLDER_FILE), JSON.stringify(holder), { mode: 0o600 });
  } catch (cause) {
    connection.close();
    throw storageError('no_access', `The data directory ${dir} cannot be written`, { cause });
  }
  return {
    holder,
    afterCrash: left !== null,
    release() {
      // Only while the lock is still held: afterwards the file may be the next holder's.
      if (!connection.open) return;
      if (readHolder(dir)?.token === holder.token) rmSync(join(dir, HOLDER_FILE), { force: true });
      connection.close();
    },
  };
}

function openLockFile(dir: string): Driver.Database {
  let connection: Driver.Database | null = null;
  try {
    connection = new Driver(join(dir, LOCK_FILE), { timeout: 250 });
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof TypeError)
      throw storageError('missing', `The data directory ${dir} does not exist`, { cause: error });
    const failure = asStorageFailure(error);
    if (storageProblem(failure) !== 'in_use') throw failure;
    throw inUse(dir, readHolder(dir), error);
  }
}

function inUse(dir: string, holder: LockHolder | null, cause: unknown) {
  const who = holder ? `${holder.program} (process ${holder.pid}, since ${holder.since})` : 'another program';
  return storageError('in_use', `The data directory ${dir} is in use by ${who}. Close it, then try again`, {
    cause,
    details: holder ? { pid: holder.pid, program: holder.program } : {},
  });
}

/** Null when nobody is recorded; a torn or foreign file counts as nobody, for the lock itself decides. */
function readHolder(dir: string): LockHolder | null {
  let text: string;
  try {
    text = readFileSync(join(dir, HOLDER_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw storageError('no_access', `The lock file in ${dir} cannot be read`, { cause: error });
  }
  try {
    return HolderSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return { pid: 0, program: 'another program', since: 'an unknown time', token: '' };
    throw error;
  }
}
