/** Getting a browser, with a computer that has none: stand-ins record what would be run, Playwright's own program is real. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provideBrowser } from '../../../src/main/hosts/headless/browser/provide.ts';

const asRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

let place: string;
let said: string[];
const say = (line: string) => void said.push(line);

/** A program of the computer: a script that notes how it was called, then does `body`. */
function program(name: string, body: string): void {
  const file = join(place, 'bin', name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${place}/calls"\n${body}\n`);
  chmodSync(file, 0o755);
}

const calls = (): string[] =>
  existsSync(`${place}/calls`) ? readFileSync(`${place}/calls`, 'utf8').trim().split('\n') : [];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'vario-no-browser-'));
  mkdirSync(join(place, 'bin'));
  said = [];
  vi.stubEnv('VARIO_CHROMIUM', undefined);
  vi.stubEnv('PATH', join(place, 'bin'));
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', join(place, 'playwright'));
  // Nothing answers there, so that a download fails at once instead of after minutes.
  vi.stubEnv('PLAYWRIGHT_DOWNLOAD_HOST', 'http://127.0.0.1:9');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

describe('a computer without a browser', () => {
  it('is left as it is with --no-install, and what is missing is said', async () => {
    program('apt-get', 'exit 0');
    expect(await provideBrowser({ install: false, say })).toBeNull();
    expect(calls()).toEqual([]);
    expect(said.join('\n')).toMatch(/No Chrome or Chromium was found.*apt-get install chromium.*VARIO_CHROMIUM/);
  });

  it('gets none in the stead of one that was named and is not there', async () => {
    vi.stubEnv('VARIO_CHROMIUM', join(place, 'no-such-browser'));
    program('apt-get', 'exit 0');
    expect(await provideBrowser({ install: true, say })).toBeNull();
    expect(calls()).toEqual([]);
    expect(said.join('\n')).toContain('no-such-browser');
  });

  it.runIf(asRootOnDebian)('gets Debian’s, as root: lists first, then the package, without questions', async () => {
    const browser = join(place, 'bin', 'chromium');
    program(
      'apt-get',
      `echo "DEBIAN_FRONTEND $DEBIAN_FRONTEND" >> "${place}/calls"; if [ "$1" = install ]; then echo > "${browser}"; /bin/chmod +x "${browser}"; fi`,
    );
    expect(await provideBrowser({ install: true, say })).toBe(browser);
    expect(calls()).toEqual([
      'apt-get update -qq',
      'DEBIAN_FRONTEND noninteractive',
      'apt-get install -y -qq --no-install-recommends chromium',
      'DEBIAN_FRONTEND noninteractive',
    ]);
    expect(said).toEqual([
      'No Chrome or Chromium was found: getting one by apt-get install chromium …',
      `Got ${browser}.`,
    ]);
  });

  it('goes on to Playwright’s download where apt fails, and in the end says what was tried and what to do', async () => {
    program('apt-get', 'echo "E: Unable to fetch some archives" >&2; exit 100');
    expect(await provideBrowser({ install: true, say })).toBeNull();
    const told = said.join('\n');
    if (asRootOnDebian) expect(told).toContain('apt-get ended with 100 (E: Unable to fetch some archives)');
    expect(told).toContain('getting one by Playwright’s download');
    expect(told).toMatch(/That did not work: .*ended with 1/);
    expect(said.at(-1)).toMatch(/^There is still no browser: install Chrome or Chromium .*VARIO_CHROMIUM/);
  }, 180_000);

  it('asks Playwright’s server for the browser of its own version', async () => {
    program('apt-get', 'exit 100');
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('PLAYWRIGHT_DOWNLOAD_HOST', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      expect(await provideBrowser({ install: true, say })).toBeNull();
    } finally {
      server.close();
    }
    expect(asked.join('\n')).toMatch(/chrom/);
    expect(said.at(-1)).toContain('There is still no browser');
  }, 180_000);
});
