/**
 * One customer's data: all of it to be handed over, or erased.
 * Answers: what is held about somebody, from where and since when; what is left when it is erased?
 * Who is erased stays erased: the list in `store/tables/erasures.ts` is asked for every fact, record and row that comes.
 * Never: changes an amount, a day or a state, on which the ledger rests.
 */
export { erasePerson } from './erase-person.ts';
export { exportPerson } from './export-person.ts';
