/**
 * Writes src/main/engine/store/schema.ts from a freshly migrated database, so
 * that queries are typed by the schema as it is. `--check` only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { schemaTypesSource } from '../src/main/engine/store/schema-types.ts';

const target = new URL('../src/main/engine/store/schema.ts', import.meta.url);
const source = schemaTypesSource();
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== source) {
    console.error('src/main/engine/store/schema.ts is stale: run `npm run gen:db-types`.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, source);
}
