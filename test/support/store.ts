/** Stores for tests, in fresh folders. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../src/main/engine/store/index.ts';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { fakeClock, recordingLogger, temporaryFolder } from './engine-ports.ts';

export function newKey(): Uint8Array {
  return Uint8Array.from(randomBytes(32));
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
  const options = storeOptions(changes);
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
