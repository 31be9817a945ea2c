/** Stores for tests, in fresh folders. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, openWriter, type Store, type StoreOptions } from '../../src/main/engine/store/index.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { fakeClock, recordingLogger, temporaryFolder } from './engine-ports.ts';

export function newKey(): Uint8Array {
  return Uint8Array.from(randomBytes(32));
}

/** The key that opens what `writeEmptyDatabase` writes. */
export function storeKey(): Uint8Array {
  return new Uint8Array(32).fill(7);
}

let empty: Uint8Array | null = null;

/**
 * Writes an empty database with all its migrations, which `storeKey` opens. It is made once for a file of tests: to write
 * it again is ten times as quick.
 */
export function writeEmptyDatabase(file: string): void {
  if (empty === null) {
    const dir = mkdtempSync(join(tmpdir(), 'vario-test-'));
    const made = join(dir, 'vario.db');
    openWriter(made, storeKey()).close();
    empty = readFileSync(made);
    rmSync(dir, { recursive: true });
  }
  writeFileSync(file, empty, { mode: 0o600 });
}

export function storeOptions(changes: Partial<StoreOptions> = {}): StoreOptions {
  const dir = temporaryFolder();
  return {
    file: join(dir, 'vario.db'),
    key: newKey(),
    program: 'test',
    backupDir: join(dir, 'backups'),
    clock: fakeClock(),
    logger: recordingLogger(),
    ...changes,
  };
}

/** An open store, closed when the test is over. */
export function testStore(changes: Partial<StoreOptions> = {}): Store & { readonly options: StoreOptions } {
  const options = storeOptions({ ...(changes.migrations === undefined && { key: storeKey() }), ...changes });
  const opensEmpty = changes.migrations === undefined && Buffer.from(storeKey()).equals(options.key);
  if (opensEmpty && !existsSync(options.file)) writeEmptyDatabase(options.file);
  const store = openStore(options);
  onTestFinished(() => store.close());
  return { ...store, options };
}

/** The AppError that `work` throws; anything else fails the test. */
export function failureOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was expected to fail, and did not');
}

/** The same for a promise. */
export async function rejectionOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was expected to fail, and did not');
}
