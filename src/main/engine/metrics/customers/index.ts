/**
 * The founder's customers, as the ledger and the facts know them.
 * Answers: who are they, what does each pay and since when, what happened?
 * Values are those of the last run of the ledger, in its reporting currency.
 * Never: changes a customer, or computes a figure that the ledger does not hold.
 */
export { customer } from './get.ts';
export { findCustomers } from './find.ts';
export { customers } from './list.ts';
export { customerTimeline } from './timeline.ts';
