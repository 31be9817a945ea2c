/**
 * Further fields of sales systems.
 * Answers: which are there, how well are they filled in, what does the founder
 * say they mean, and what do they say of a customer or a deal?
 * Never: asks a vendor, changes a stored record, or shows what is written about a person.
 */
export { concernsMatching, listFieldChanges, saveMeaning, undoMeaning } from './change-meaning.ts';
export { listFields, type SettingsOf } from './list-fields.ts';
export { BILLING_CUSTOMER_SAID, CUSTOMER_SAID, dealWords } from './said.ts';
