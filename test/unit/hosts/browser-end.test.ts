import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startBrowser } from '../../../src/main/hosts/headless/browser/devtools.ts';
import { PATIENTLY } from '../../support/patience.ts';

const LINGERING = fileURLToPath(new URL('../../fixtures/hosts/lingering-browser.sh', import.meta.url));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vario-browser-test-'));
  vi.stubEnv('TMPDIR', dir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

const written = () => readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith('written'));

test.skipIf(process.platform === 'win32')(
  'a browser is ended with all that it started: nobody writes its profile again',
  async () => {
    const browser = startBrowser(LINGERING);
    await vi.waitFor(() => expect(written()).toHaveLength(1), PATIENTLY);
    await browser.close();
    expect(readdirSync(dir)).toEqual([]);
    await wait(300);
    expect(readdirSync(dir)).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')('closing it twice is closing it once', async () => {
  const browser = startBrowser(LINGERING);
  await Promise.all([browser.close(), browser.close()]);
  await browser.close();
  expect(readdirSync(dir)).toEqual([]);
});
