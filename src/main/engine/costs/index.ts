/**
 * Costs.
 * Answers: what was spent in a month, by kind and channel, entered or from
 * which file; what did each act on them change, and how is it taken back?
 * Amounts are of whole months; a month without an entry is unknown, never 0.
 * Never: divides a cost by anything (metrics do), or spreads one over days.
 */
export { costBook, SALES_AND_MARKETING, type CostBook, type ValuedCost } from './cost-book.ts';
export { costEdits, rejectedRows } from './edits.ts';
export { dismissRejected, importCosts, restoreRejected } from './import-file.ts';
export { costSheet } from './sheet.ts';
export { undoEdit } from './undo.ts';
export { enterCosts } from './write.ts';
