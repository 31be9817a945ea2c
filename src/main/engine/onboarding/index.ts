/**
 * The way in.
 * Answers: which step of the first start is next, how long the first number took, what is worth setting up still.
 * Doneness is computed from the data; only what no data shows (put off, confirmed, hidden) is remembered.
 * Never: connects a source, or changes a setting of the company.
 */
export { beginOnboarding, noteOnboarding } from './progress.ts';
export { readOnboarding } from './state.ts';
