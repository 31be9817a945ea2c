/**
 * Cash and what lies around it.
 * Answers: does a payout consist of what it says, which offers are open, what is
 * planned, what did a customer's meters count?
 * Never: asks a vendor, moves money, or counts an offer as revenue.
 */
export { meterUsage } from './meter-usage.ts';
export { openQuotes } from './open-quotes.ts';
export { plannedChanges } from './planned-changes.ts';
export { payouts } from './payouts.ts';
