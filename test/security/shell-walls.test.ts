import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DEFINITIONS } from '../../src/main/engine/metrics/registry/index.ts';
import { contentSecurityPolicy } from '../../src/main/hosts/csp.ts';
import { mayOpenOutside } from '../../src/main/hosts/desktop/outside.ts';
import { answerAppRequest } from '../../src/main/shell/app-protocol.ts';
import { WEB_PREFERENCES } from '../../src/main/shell/window.ts';
import { boot, bootWithPage, NONCE } from '../unit/shell/boot.ts';

vi.mock('electron', async () => (await import('../unit/shell/fake-electron.ts')).electronModule());
vi.mock('electron-updater', async () => (await import('../unit/shell/fake-electron.ts')).updaterModule());

const HOSTILE = [
  'https://evil.example/',
  'http://vario/',
  'app://evil/',
  'app://vario.evil.example/',
  'app://vario@evil.example/',
  'app://user:secret@vario/',
  'app://user@vario/',
  'app://vario:8080/',
  'app:vario',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:app://vario/1',
  'about:blank',
  'view-source:app://vario/',
  'chrome://settings',
  'devtools://devtools/bundled/inspector.html',
  'vario://customers/1',
  '',
  '//vario/',
];

describe('a window', () => {
  it('has these switches, always', async () => {
    expect(WEB_PREFERENCES).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    expect(Object.isFrozen(WEB_PREFERENCES)).toBe(true);
    const { app, window } = await boot();
    expect(window.options.webPreferences).toEqual({
      ...WEB_PREFERENCES,
      preload: join(app.root, 'out/preload/index.cjs'),
      devTools: true,
      additionalArguments: ['--vario-version=1.2.3'],
    });
  });

  it('has no developer tools in a packaged build', async () => {
    const { window, menu } = await boot({ before: ({ app }) => void (app.isPackaged = true) });
    expect(window.options.webPreferences['devTools']).toBe(false);
    expect(JSON.stringify(menu)).not.toMatch(/toggleDevTools|viewMenu|forceReload/);
  });

  it.each(HOSTILE)('goes nowhere but to the app itself: %s', async (url) => {
    const { page, opened } = await bootWithPage();
    expect(page.navigate(url)).toBe(false);
    expect(page.navigate(url, 'will-redirect')).toBe(false);
    expect(page.open(url)).toBe(false);
    expect(page.getURL()).toBe('app://vario/');
    expect(opened).toEqual([]);
  });

  it('moves within the app, and never opens a second window or a webview', async () => {
    const { page } = await bootWithPage();
    expect(page.navigate('app://vario/customers/12?why=mrr#top')).toBe(true);
    expect(page.open('app://vario/')).toBe(false);
    const attach = { preventDefault: vi.fn() };
    page.emit('will-attach-webview', attach);
    expect(attach.preventDefault).toHaveBeenCalledOnce();
  });

  it('hands https addresses of known hosts to the founder’s browser, and no others', async () => {
    const { page, opened } = await bootWithPage();
    const known = 'https://dashboard.stripe.com/customers/cus_1';
    page.navigate(known);
    page.open('https://docs.stripe.com/billing/subscriptions/analytics');
    page.open('https://acme.pipedrive.com/deal/7');
    page.open('https://acme--test.sandbox.my.salesforce.com/001');
    for (const url of [
      'http://dashboard.stripe.com/',
      'https://dashboard.stripe.com:8443/',
      'https://user@dashboard.stripe.com/',
      'https://dashboard.stripe.com.evil.example/',
      'https://evil.example/?dashboard.stripe.com',
      'https://pipedrive.com/',
      'https://a.b.pipedrive.com/',
      'https://evil-pipedrive.com/',
      'https://acme.my.salesforce.com.evil.example/',
      'https://evil.example/#https://dashboard.stripe.com',
    ]) {
      page.navigate(url);
      page.open(url);
    }
    expect(opened).toEqual([
      known,
      'https://docs.stripe.com/billing/subscriptions/analytics',
      'https://acme.pipedrive.com/deal/7',
      'https://acme--test.sandbox.my.salesforce.com/001',
    ]);
  });
});

describe('every definition of a metric', () => {
  it('cites a page that a click may open', () => {
    expect(DEFINITIONS.filter(({ source }) => !mayOpenOutside(source.url))).toEqual([]);
  });
});

describe('permissions', () => {
  async function asked(url: string, isMainFrame = true) {
    const { check, request, device, display } = (await boot()).session.defaultSession;
    const { protocol, host } = new URL(url);
    return {
      device: device!(),
      display,
      granted(permission: string) {
        let granted: boolean | null = null;
        request!({ getURL: () => url }, permission, (answer) => void (granted = answer), { isMainFrame });
        return { granted, checked: check!({}, permission, `${protocol}//${host}`) };
      },
    };
  }

  it('are three, for the app’s main frame', async () => {
    const app = await asked('app://vario/alerts');
    for (const permission of ['clipboard-sanitized-write', 'notifications', 'screen-wake-lock'])
      expect(app.granted(permission)).toEqual({ granted: true, checked: true });
    for (const permission of [
      'clipboard-read',
      'media',
      'geolocation',
      'openExternal',
      'usb',
      'serial',
      'hid',
      'fileSystem',
      'display-capture',
      'midi',
      'pointerLock',
      'unknown',
    ])
      expect(app.granted(permission)).toEqual({ granted: false, checked: false });
    expect([app.device, app.display]).toEqual([false, null]);
  });

  it('are none for anything else', async () => {
    expect((await asked('https://evil.example/')).granted('notifications')).toEqual({ granted: false, checked: false });
    expect((await asked('app://evil/')).granted('notifications')).toEqual({ granted: false, checked: false });
    expect((await asked('app://vario/', false)).granted('notifications').granted).toBe(false);
  });
});

describe('the message by which a page asks for its port', () => {
  it.each([undefined, null, 'ready', {}, { nonce: 1 }, { nonce: 'short' }, { nonce: NONCE, more: true }, [NONCE]])(
    'is refused when it is not exactly that: %j',
    async (message) => {
      const { engine, page } = await boot();
      engine.say({ type: 'ready' });
      page.send('vario:ready', message);
      expect(page.posted).toEqual([]);
      expect(engine.messages('port')).toEqual([]);
    },
  );

  it('is refused from a frame inside the page, from another address, from a frame that is gone, from a page that is none of ours', async () => {
    const { engine, ipcMain, page } = await boot();
    engine.say({ type: 'ready' });
    page.send('vario:ready', { nonce: NONCE }, { url: 'app://vario/' });
    page.send('vario:ready', { nonce: NONCE }, null);
    page.mainFrame.url = 'https://evil.example/';
    page.send('vario:ready', { nonce: NONCE });
    const stranger = { id: 999, mainFrame: { url: 'app://vario/' }, postMessage: vi.fn() };
    ipcMain.emit('vario:ready', { sender: stranger, senderFrame: stranger.mainFrame }, { nonce: NONCE });
    expect(stranger.postMessage).not.toHaveBeenCalled();
    expect(page.posted).toEqual([]);
    expect(engine.messages('port')).toEqual([]);
  });

  it('is the only one that the main process listens to', async () => {
    const { ipcMain } = await boot();
    expect(ipcMain.eventNames()).toEqual(['vario:ready']);
  });

  it('comes too late from a page that is gone', async () => {
    const electron = await bootWithPage();
    const { page } = electron;
    electron.window.close();
    page.send('vario:ready', { nonce: NONCE });
    expect(page.posted).toHaveLength(1);
  });
});

describe('app://vario', () => {
  async function served() {
    const { app } = await boot();
    const root = join(app.root, 'out/renderer');
    return { root, get: (url: string, method = 'GET') => answerAppRequest(root, { method, url }) };
  }

  it('answers every page with index.html, assets with their type, all under the policy', async () => {
    const { get } = await served();
    const page = get('app://vario/customers/12?why=mrr');
    expect(await page.text()).toContain('<title>Vario</title>');
    const script = get('app://vario/assets/page.js');
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    await script.body?.cancel();
    for (const answer of [page, script, get('app://vario/missing.js'), get('app://vario/', 'POST')]) {
      expect(answer.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy());
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%00.js',
    '/.env',
    '/%',
    '//etc/passwd.txt',
    '/link.js',
  ])('never leaves its folder: %s', async (path) => {
    const { get, root } = await served();
    symlinkSync(join(root, '../secret.txt'), join(root, 'link.js'));
    expect(get(`app://vario${path}`).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('answers no %s', async (method) => {
    const { get } = await served();
    expect(get('app://vario/', method).status).toBe(405);
  });

  it('answers for no other host', async () => {
    const { get } = await served();
    expect(get('app://evil/assets/page.js').status).toBe(404);
  });

  it('has a policy that allows no foreign or inline code', () => {
    expect(contentSecurityPolicy()).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    );
  });
});
