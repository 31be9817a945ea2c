/**
 * The encrypted database on the founder's machine.
 * Answers: opening, migrating, locking, backing up and restoring it; typed
 * handles for the one writer and for readers; named queries on a reader thread.
 * Never: decides what a figure means, knows a vendor, keeps a key, touches the network.
 */
export { listBackups, verifyBackup, type Backup } from './backup.ts';
export type { ReadDb, WriteDb } from './handles.ts';
export type { Integrity } from './integrity.ts';
export { lockDirectory } from './lock.ts';
export { openReader, openWriter } from './open.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export { openReaderPool, type ReaderPool } from './reader/client.ts';
export type { DerivingContext, InputOf, Preparations, QueryContext } from './reader/protocol.ts';
export { spareReaderThreads, type SpareThreads } from './reader/spare.ts';
export { runReaderWorker } from './reader/worker.ts';
export { restoreBackup, type Restored } from './restore.ts';
