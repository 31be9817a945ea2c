/**
 * The kit of which sources are made.
 * Answers: what is a source, a stream, a page, a record; how is a vendor asked politely?
 * Never: knows a vendor, opens the database, or decides what a number means.
 */
export * from './answer.ts';
export * from './budget.ts';
export * from './crm-field.ts';
export * from './form.ts';
export * from './gap.ts';
export * from './json.ts';
export * from './limiter.ts';
export * from './misfit.ts';
export * from './object-type.ts';
export * from './rates.ts';
export * from './snapshot.ts';
export * from './secret-keeper.ts';
export * from './source.ts';
export * from './typed.ts';
