/** Once for a run of vitest, before its workers are there. */
import { bundleProgram } from './bundled-program.ts';
import { keepTemporaryFilesInMemory } from './quick-place.ts';

/** Everything that tests start as a process of its own, by the names by which they ask for it. */
const ENTRIES = {
  cli: new URL('../../src/main/hosts/headless/cli.ts', import.meta.url),
  'close-child': new URL('../crash/close-child.ts', import.meta.url),
  compact: new URL('../fixtures/store/compact.ts', import.meta.url),
  'import-child': new URL('../crash/import-child.ts', import.meta.url),
  'recompute-child': new URL('../crash/recompute-child.ts', import.meta.url),
  'sync-company': new URL('../fixtures/sync/sync-company.ts', import.meta.url),
  'write-pages': new URL('../fixtures/store/write-pages.ts', import.meta.url),
};

let undo: readonly (() => void)[] = [];

export async function setup(): Promise<void> {
  const removeTemporary = keepTemporaryFilesInMemory();
  const { remove } = await bundleProgram(ENTRIES);
  undo = [remove, removeTemporary];
}

export function teardown(): void {
  for (const each of undo) each();
}
