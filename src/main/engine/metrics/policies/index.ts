/**
 * Policies beside each other.
 * Answers: what does another set of rules make of the MRR of a day, by how much
 * does each rule change it, and which customers are behind that?
 * Never: changes what is stored, or names movements (the ledger does).
 */
export { policyBridge } from './bridge.ts';
export { policyBridgeCustomers } from './bridge-customers.ts';
