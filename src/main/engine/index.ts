/**
 * The engine: everything between the vendors' APIs and the calls of the contract.
 * Answers: what a host gives (ports), what it gets (calls, maintenance, an orderly end).
 * It composes the store, the reader, jobs, sources, the ledger, alerts and reports.
 * Never: knows Electron, HTTP servers, windows or the command line; keeps the key.
 */
export type { CallContext, SessionCalls } from './api/call-context.ts';
export { createCallRouter, type CallRouter } from './api/router.ts';
export { createEngine, loadReaders, type Engine } from './api/create-engine.ts';
export { listKinds as listFileKinds, spoolFolder } from './files/index.ts';
export type { EngineCalls } from './api/call-context.ts';
