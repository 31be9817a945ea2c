import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/main/engine/runtime/index.ts';
import { startBrowserHost, type BrowserHost } from '../../../src/main/hosts/headless/browser-host.ts';
import { findBrowser } from '../../../src/main/hosts/headless/browser/find.ts';
import { printPage } from '../../../src/main/hosts/headless/pdf-printer.ts';
import { logger, testWorkspace, type TestWorkspace } from '../../contract/test-workspace.ts';
import { PATIENTLY } from '../../support/patience.ts';

let dir: string;
let workspace: TestWorkspace;
let host: BrowserHost;

/** A page as the renderer's: it opens the socket, which needs the session, and says when it is ready. */
const PAGE_SCRIPT = `
const params = new URLSearchParams(location.search);
document.querySelector('h1').textContent = params.get('title');
const socket = new WebSocket('ws://' + location.host + '/rpc');
socket.onopen = () => { document.body.dataset.ready = params.get('ready') ?? 'true'; };
`;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-print-test-'));
  // Browsers of other tests may come and go in the common folder.
  vi.stubEnv('TMPDIR', dir);
  writeFileSync(
    join(dir, 'index.html'),
    '<!doctype html><html lang="en"><title>Pack</title><body><h1>…</h1><h2>Second</h2><script type="module" src="/page.js"></script></body></html>',
  );
  writeFileSync(join(dir, 'page.js'), PAGE_SCRIPT);
  workspace = testWorkspace();
  host = await startBrowserHost({ rendererDir: dir, calls: workspace.calls, logger });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await host.close();
  await workspace.remove();
  rmSync(dir, { recursive: true, force: true });
});

function print(query: string, { format = 'A4' as 'A4' | 'Letter', signal = new AbortController().signal } = {}) {
  const file = join(dir, `${format}-${query.length}.pdf`);
  const request = { path: `/report/board?${query}`, format, title: 'Kestrel & Co · board pack', file };
  return { file, done: printPage(host, request, signal, systemClock) };
}

const profiles = () => readdirSync(dir).filter((name) => name.startsWith('vario-print-'));

describe.skipIf(findBrowser() === null)('with a browser', () => {
  test.each([
    ['A4', /\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/],
    ['Letter', /\/MediaBox \[0 0 612 792\]/],
  ] as const)('a page behind the session becomes a tagged %s file with an outline', async (format, box) => {
    const { file, done } = print('title=October', { format });
    await done;
    const pdf = readFileSync(file).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(box);
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toContain('/Outlines');
  });

  test('nothing is left: no profile, no session, no half file', async () => {
    const { file, done } = print('title=Tidy');
    await vi.waitFor(() => expect(profiles()).toHaveLength(1), { ...PATIENTLY, interval: 5 });
    await done;
    expect(profiles()).toEqual([]);
    expect(existsSync(`${file}.part`)).toBe(false);
    await vi.waitFor(() => expect(workspace.calls.connections).toBe(0), PATIENTLY);
  });

  test('a page that cannot be drawn is a failure, not an empty file', async () => {
    const { file, done } = print('title=Broken&ready=failed');
    await expect(done).rejects.toMatchObject({ code: 'unavailable' });
    expect(existsSync(file)).toBe(false);
  });

  test('giving up ends the browser', async () => {
    const controller = new AbortController();
    const { file, done } = print('title=Never&ready=later', { signal: controller.signal });
    setTimeout(() => controller.abort(), 500);
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(file)).toBe(false);
    expect(profiles()).toEqual([]);
  });
});

test('without a browser the failure says how to get one', async () => {
  vi.stubEnv('VARIO_CHROMIUM', join(dir, 'none'));
  await expect(print('title=None').done).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('VARIO_CHROMIUM'),
  });
});
