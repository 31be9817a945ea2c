/**
 * Which records are one customer.
 * Answers: which account of a CRM, the product or a help desk is which customer, on what evidence, and who
 * said so? What may belong together? What was decided, and how is it undone?
 * Never: decides on a name, forgets what a person has said, or computes a figure.
 */
export { alikeCustomers } from './alike.ts';
export { decide } from './links.ts';
export { listAccounts } from './list-accounts.ts';
export { listDecisions } from './list-decisions.ts';
export { matchAccounts } from './match.ts';
export { merge, split } from './merging.ts';
export { recordsOfCustomer } from './of-customer.ts';
export { recordPages } from './record-page.ts';
export { undo } from './undo.ts';
