/** Puts the engine together over one data directory, and takes it apart again. */
import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/kernel/errors.ts';
import { createJobQueue, createJobSchedule, type Job } from '../jobs/index.ts';
import type { EnginePorts, NativeNotification } from '../runtime/index.ts';
import { openReaderPool, openStore, type Backup, type Integrity } from '../store/index.ts';
import { createBroadcast } from './broadcast.ts';
import type { EngineCalls } from './call-context.ts';
import { createChangeHub } from './change-hub.ts';
import type { queries } from './queries.ts';

export interface EngineOptions {
  /** Names this engine to a second one that finds the data directory in use: `vario serve`. */
  readonly program: string;
}

export interface Engine {
  readonly calls: EngineCalls;
  /** Reads every page of the database. */
  checkIntegrity(): Integrity;
  /** Writes an encrypted backup and proves it by reading it back. */
  backup(): Backup;
  /** Ends streams, stops jobs at their next safe point, closes the database. Twice is once. */
  close(): Promise<void>;
}

/**
 * Opens the store and starts the engine. The key is overwritten with zeros
 * once the connections are open, also when opening fails.
 * @throws AppError of the store: `auth_failed`, `conflict`, `storage_failed`.
 */
export async function createEngine(ports: EnginePorts, { program }: EngineOptions): Promise<Engine> {
  const { clock, logger, random } = ports;
  const { file, key } = ports.store;
  try {
    const store = openStore({ file, key, program, backupDir: join(dirname(file), 'backups'), clock, logger });
    try {
      const reader = await openReaderPool<typeof queries>({ url: ports.readerWorkerUrl, file, key, clock, logger });
      throw new AppError(
        'internal',
        String([
          reader,
          random,
          createJobQueue,
          createJobSchedule,
          createBroadcast<Job>(),
          createBroadcast<NativeNotification>(),
          createChangeHub(),
        ]),
      );
    } catch (error) {
      store.close();
      throw error;
    }
  } finally {
    key.fill(0);
  }
}
