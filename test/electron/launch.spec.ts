import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test, type ElectronApplication } from '@playwright/test';
import { electronBinary } from '../../src/main/hosts/headless/open-window.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = electronBinary();
test.skip(binary === null, 'Electron’s binary is not here: `npx install-electron` fetches it');

let app: ElectronApplication;
let dir: string;

test.beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vario-electron-'));
  app = await _electron.launch({
    executablePath: binary!,
    args: [root, `--user-data-dir=${dir}`],
    env: { ...process.env, VARIO_DATA_DIR: join(dir, 'data'), VARIO_DOCUMENTS_DIR: join(dir, 'documents') },
  });
});

test.afterEach(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

test('the window shows the app, and its page can reach nothing but the bridge', async () => {
  const page = await app.firstWindow();
  await expect(page).toHaveURL(/^app:\/\/vario\//);
  expect(await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'vario')).sort())).toEqual([
    'connect',
    'platform',
    'version',
  ]);
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
  ).toEqual([]);
});

test('the engine answers over the port: a fresh data directory asks for a first database', async () => {
  const page = await app.firstWindow();
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(page.getByText(/demo company|passphrase|keychain/i).first()).toBeVisible();
});

test('the page cannot leave the app', async () => {
  const page = await app.firstWindow();
  await page.evaluate(() => globalThis.location.assign('https://example.com/'));
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/^app:\/\/vario\//);
  expect(await page.evaluate(() => globalThis.open('https://example.com/'))).toBeNull();
});
