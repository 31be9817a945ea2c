/**
 * Revenue operations: what billing means for the books (ASC 606, management view).
 * Answers: how much revenue was earned in a month, what was corrected, and what
 * is deferred? Every invoice line is one obligation, spread over its period.
 * Never: replaces the books, forecasts invoices that do not exist, writes anything.
 */
export { deferredRevenue } from './deferred-revenue.ts';
export { earnedBefore } from './obligation.ts';
export type { Billing, BillingEvent } from './billing.ts';
export { bookBilling } from './book-billing.ts';
export { CORRECTIONS, createWaterfall } from './waterfall.ts';
