/**
 * The billing normal form: what every vendor's objects are turned into.
 * Answers: what is a customer, a price, a subscription, an invoice, a payment
 * here, whichever system it came from?
 * Never: reads or writes anything, names a vendor, or values an amount.
 */
export * from './cash.ts';
export * from './crm.ts';
export * from './customer.ts';
export * from './discount.ts';
export * from './distinct-sketch.ts';
export * from './fact.ts';
export * from './invoice.ts';
export * from './net-line.ts';
export * from './payment.ts';
export * from './price.ts';
export * from './release.ts';
export * from './subscription.ts';
export * from './support.ts';
export * from './usage.ts';
