/** What of node_modules becomes part of the built program. */

/**
 * Packages that every start loads, engine and reader threads alike: as parts of the chunks they need not be looked up
 * file by file. The others are native, loaded when a connector needs them, or read files beside themselves.
 */
export const BUNDLED: string[] = [
  '@orpc/client',
  '@orpc/contract',
  '@orpc/server',
  'commander',
  'email-providers',
  'env-paths',
  'fastest-levenshtein',
  'fraction.js',
  'kysely',
  'p-queue',
  'papaparse',
  'tldts',
  'ws',
  'zod',
];
