/**
 * Sync: brings what vendors know into the encrypted database.
 * Answers: connect, check, sync, what is proven complete, what did not fit?
 * Never: knows a vendor's shapes, computes a metric, or loses a record in silence.
 */
export { budgetsOf } from './budget.ts';
export { askForField } from './ask-for-field.ts';
export { checkCredentials, checkSource, connectSource, disconnectSource } from './connections.ts';
export * from './deps.ts';
export { completeness } from './completeness.ts';
export { editConnection } from './edit-connection.ts';
export { holdings } from './holdings.ts';
export { pauseSource, resumeSource } from './pausing.ts';
export { dueTimes, hasten, planAfterRun, plans, replan, type Nudge } from './plan.ts';
export { eraseKeptRecords, keptRecordsOf } from './kept-records.ts';
export { eraseQuarantined, quarantinedTexts } from './erased-record.ts';
export { listQuarantine } from './quarantine.ts';
export { seedRates } from './rate-seed.ts';
export { hasStaleRecords, isStaleSource, renormalise } from './renormalise.ts';
export { retryQuarantined, type Retried } from './retry.ts';
export { isSyncing } from './run-book.ts';
export { probeNetwork } from './probe.ts';
export { syncSource, type SyncOptions } from './run.ts';
export { createSignIns, type SignIns } from './sign-in.ts';
export { forgetDigests } from './unknown-customers.ts';
export { rememberSecrets, undoDisconnect } from './undo-disconnect.ts';
