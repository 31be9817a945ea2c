/**
 * The encrypted database on the founder's machine.
 * Answers: opening, migrating, locking, backing up and restoring it; typed
 * handles for the one writer and for readers; named queries on a reader thread.
 * Never: decides what a figure means, knows a vendor, keeps a key, touches the network.
 */
export { listBackups, verifyBackup, type Backup, type BackupReason } from './backup.ts';
export { APPLICATION_ID, type DatabaseKey } from './cipher.ts';
export type { Query, ReadDb, ReadStatement, SqlValue, WriteDb, WriteStatement } from './handles.ts';
export type { Integrity } from './integrity.ts';
export { lockDirectory, type DirectoryLock, type LockHolder } from './lock.ts';
export { openReader, openWriter } from './open.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export { openReaderPool, type ReaderPool, type ReaderPoolOptions } from './reader/client.ts';
export type { InputOf, NamedQueries, NamedQuery, QueryContext } from './reader/protocol.ts';
export { runReaderWorker } from './reader/worker.ts';
export { restoreBackup, type Restored } from './restore.ts';
export type { Database } from './schema.ts';
export { storageProblem, type StorageProblem } from './storage-failure.ts';
