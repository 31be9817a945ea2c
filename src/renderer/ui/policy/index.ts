/**
 * Changing the rules by which revenue is counted, for the rooms that offer it.
 * Answers: what does another policy make of today's MRR, and which switches has it?
 * A change is shown in money, customer counts and closed months before it is made, and can be taken back.
 * Never: names the customers behind a difference; Reconciliation does.
 */
export { ChangePolicy } from './change-policy.tsx';
export { OwnPolicyDialog } from './own-policy-dialog.tsx';
export { ownFromAddress, textsOf, textsOfOwn, type OwnPolicy } from './own-policy.ts';
export { RULE_WORDS } from './rule-words.ts';
