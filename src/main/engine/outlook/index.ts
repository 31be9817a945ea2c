/**
 * What lies ahead and what needs the founder.
 * Answers: which changes are planned, who is about to leave and with how much MRR, what should be done today and where?
 * Everything is read off the ledger, the facts and the state of the program, by indexes that hold the few rows that matter.
 * Never: forecasts, or changes anything.
 */
export { ahead } from './ahead.ts';
export { leaving } from './leaving.ts';
export { nextActions } from './next-actions.ts';
