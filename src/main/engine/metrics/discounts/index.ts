/**
 * Discounts.
 * Answers: what do discounts give away, when do limited ones end, what does the
 * price become, and what did customers do when theirs had ended?
 * Never: values a state by rules of its own; it asks valuation with and without.
 */
export { cliffs } from './cliffs.ts';
export { cliffsWithin } from './find-cliffs.ts';
export { discounts, givenOn, givenShare } from './given.ts';
