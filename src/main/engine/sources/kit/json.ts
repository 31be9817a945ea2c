/** Plain JSON: what cursors, kept records and proofs are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
