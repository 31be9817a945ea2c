/**
 * Closed months.
 * Answers: what was reported of a month and on what it rested; what is known
 * of it today; and which later facts, rates or settings made the difference.
 * What was frozen is never changed; later knowledge is noted beside it.
 * Never: computes a figure of its own, or decides what a month's figures are.
 */
export { dueMonths } from './automatic.ts';
export { basisCause, causeFinder, type NewRow } from './cause.ts';
export { comparedMonth } from './compare.ts';
export { assertClosable, closeMonth, figuresRevision, reopenMonth, type ClosingFigures } from './freeze.ts';
export { closingList } from './list.ts';
export { obstacles, openMonths } from './order.ts';
export { reportedMonth, reportedPack } from './reported.ts';
export { restate } from './restate.ts';
export { restatementsDue } from './flow-entries.ts';
export { verifyCloses, type CloseVerification } from './verify-closes.ts';
export { restatements } from './restatement-list.ts';
export { storedBasis, type Basis } from './watch.ts';
