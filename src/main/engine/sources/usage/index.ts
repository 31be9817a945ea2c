/**
 * What sources of product analytics share.
 * Answers: which event means what, how is a day's use written down, how are
 * single events rolled up while they stream by?
 * Never: keeps an event, knows a vendor, or opens the database.
 */
export * from './mapping.ts';
export * from './lines.ts';
export * from './rollup.ts';
export * from './usage-types.ts';
export * from './event-fields.ts';
export * from './export-stream.ts';
