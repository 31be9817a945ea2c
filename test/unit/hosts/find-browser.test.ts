import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findBrowser } from '../../../src/main/hosts/headless/browser/find.ts';
import { provideBrowser } from '../../../src/main/hosts/headless/browser/provide.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vario-find-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

function program(...path: string[]): string {
  const file = join(dir, ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

describe('a browser is found', () => {
  test('where VARIO_CHROMIUM says, before any other', () => {
    const named = program('mine');
    program('bin', 'chromium');
    expect(findBrowser({ VARIO_CHROMIUM: named, PATH: join(dir, 'bin') }, 'linux')).toBe(named);
  });

  test('on the path', () => {
    const chrome = program('bin', 'google-chrome');
    expect(findBrowser({ PATH: `/nowhere:${join(dir, 'bin')}`, PLAYWRIGHT_BROWSERS_PATH: dir }, 'linux')).toBe(chrome);
  });

  test('in Playwright’s cache, the newest first', () => {
    program('chromium-999', 'chrome-linux', 'chrome');
    const newest = program('chromium-1200', 'chrome-linux64', 'chrome');
    expect(findBrowser({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: dir }, 'linux')).toBe(newest);
  });
});

describe('none is found', () => {
  test('where VARIO_CHROMIUM names nothing that runs: a wrong name is not passed over', () => {
    program('bin', 'chromium');
    expect(findBrowser({ VARIO_CHROMIUM: join(dir, 'none'), PATH: join(dir, 'bin') }, 'linux')).toBeNull();
  });

  test('where a file is there that cannot be run', () => {
    writeFileSync(join(dir, 'chromium'), '');
    expect(findBrowser({ PATH: dir, PLAYWRIGHT_BROWSERS_PATH: dir }, 'linux')).toBeNull();
  });

  test('and with --no-install it is only said, with the way to get one', async () => {
    vi.stubEnv('VARIO_CHROMIUM', '');
    vi.stubEnv('PATH', dir);
    vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', dir);
    const said: string[] = [];
    expect(await provideBrowser({ install: false, say: (line) => said.push(line) })).toBeNull();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/--no-install.*apt-get install chromium/s);
  });
});
