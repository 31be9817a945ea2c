/**
 * What changed since the founder last looked.
 * Answers: when was that, what was known then, and what moved, came to light, failed or ended since?
 * What is told comes from the ledger's rows and the facts that were added after that look.
 * Never: takes a wall screen for the founder, or counts what was known already as news.
 */
export { look } from './visits.ts';
export { since } from './since.ts';
