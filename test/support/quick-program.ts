/**
 * Before each file of tests: what costs a program under test much of the processor, and is not what the file is about, is
 * replaced by something as true and quicker. A file that is about it calls `vi.unmock`.
 */
import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { bundled } from './bundled.ts';

// Threads are started from the bundle.
vi.mock(import('../../src/main/hosts/installation.ts'), async (original) => ({
  ...(await original()),
  READER_WORKER_URL: pathToFileURL(bundled('reader-worker')),
}));

// A third of a second for each passphrase that is set or tried. The real one: test/unit/keyring/passphrase-cost.test.ts.
vi.mock(import('../../src/main/hosts/keyring/stretch.ts'), async (original) => ({
  ...(await original()),
  stretch: (passphrase, salt, { n, r, p }) =>
    Promise.resolve(createHmac('sha256', salt).update(`${n}|${r}|${p}|${passphrase}`).digest()),
}));
