import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boot, bootWithPage, NONCE } from './boot.ts';
import { linkOfPath } from '../../../src/shared/contract/deep-link.ts';
import { settle, type MenuItem } from './fake-electron.ts';
import { PATIENTLY } from '../../support/patience.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule());
vi.mock('electron-updater', async () => (await import('./fake-electron.ts')).updaterModule());

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const item = (menu: readonly MenuItem[], label: string): MenuItem =>
  menu
    .flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? entry.submenu : [])])
    .find((entry) => entry.label === label)!;

describe('starting', () => {
  it('leaves at once when another instance runs, which gets the link', async () => {
    const electron = await boot({ before: ({ app }) => void (app.hasLock = false), ready: false });
    expect(electron.app.exited).toBe(true);
    expect(electron.protocol.schemes).toBeNull();
  });

  it('switches the sandbox on and registers the scheme before the app is ready', async () => {
    const electron = await boot({ ready: false });
    expect(electron.app.sandboxed).toBe(true);
    expect(electron.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(electron.app.protocolClient).toBe('vario');
    expect(electron.windows).toEqual([]);
  });

  it('starts the engine with nothing in its arguments, tells it what it needs, and shows the app', async () => {
    const electron = await boot();
    const { app, engine, window } = electron;
    expect([engine.entry, engine.args, engine.options]).toEqual([
      join(app.root, 'out/main/engine-process.js'),
      [],
      { serviceName: 'Vario engine', stdio: 'inherit' },
    ]);
    expect(engine.received.map(({ message }) => message)).toEqual([
      {
        type: 'start',
        dataDir: '/vario/data',
        documentsDir: process.env['VARIO_DOCUMENTS_DIR'],
        version: '1.2.3',
        keychainAvailable: true,
        demo: false,
      },
    ]);
    expect(window.webContents.getURL()).toBe('app://vario/');
    expect(window.shown).toBe(true);
  });

  it('keeps the demo company beside its own files, never in the data directory', async () => {
    const { app, engine } = await boot({ argv: ['--demo'] });
    expect(engine.received[0]!.message).toMatchObject({ demo: true, dataDir: join(app.paths['userData']!, 'data') });
  });

  it('takes the background of the theme before the first paint', async () => {
    const light = await boot();
    const dark = await boot({ before: ({ nativeTheme }) => void (nativeTheme.shouldUseDarkColors = true) });
    expect([light.window.options['backgroundColor'], dark.window.options['backgroundColor']]).toEqual([
      '#ffffff',
      '#0b0d12',
    ]);
  });

  it('counts a keychain that hides nothing, or fails, as none', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    for (const change of [{ backend: 'basic_text' }, { available: false }, { available: new Error('no bus') }]) {
      const electron = await boot({ before: ({ safeStorage }) => void Object.assign(safeStorage, change) });
      expect(electron.engine.received[0]!.message['keychainAvailable']).toBe(false);
    }
    vi.restoreAllMocks();
  });
});

describe('the port to the engine', () => {
  it('is handed to the page that asks, bound to its nonce, and its other end to the engine', async () => {
    const { engine, page } = await bootWithPage();
    expect(page.posted).toMatchObject([{ channel: 'vario:port', message: { nonce: NONCE } }]);
    const [{ message, ports }] = engine.messages('port') as [(typeof engine.received)[number]];
    expect(message).toEqual({ type: 'port', windowId: page.id });
    const heard = new Promise((resolve) => page.posted[0]!.ports[0]!.once('message', resolve));
    ports[0]!.postMessage('hello page');
    expect(await heard).toBe('hello page');
    ports[0]!.close();
  });

  it('is handed out as soon as the engine is ready, when the page was first', async () => {
    const { engine, page } = await boot();
    page.send('vario:ready', { nonce: NONCE });
    expect([engine.messages('port'), page.posted]).toEqual([[], []]);
    engine.say({ type: 'ready' });
    expect(engine.messages('port')).toHaveLength(1);
    expect(page.posted).toMatchObject([{ channel: 'vario:port', message: { nonce: NONCE } }]);
  });

  it('is a new one after the engine was started again', async () => {
    const electron = await bootWithPage();
    // Moving about within the app, and frames in it, change nothing.
    electron.page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    electron.page.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    electron.engine.exit(139);
    await vi.advanceTimersByTimeAsync(250);
    expect(electron.processes).toHaveLength(2);
    electron.engine.say({ type: 'ready' });
    expect(electron.engine.messages('port')).toHaveLength(1);
    expect(electron.page.posted).toHaveLength(2);
  });

  it('is not sent to a page that is loading anew before it has told its own nonce', async () => {
    const electron = await bootWithPage();
    electron.page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    electron.engine.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    electron.engine.say({ type: 'ready' });
    expect(electron.page.posted).toHaveLength(1);
  });
});

describe('an engine that fails', () => {
  it('is started again after ever longer waits, and then the founder is asked', async () => {
    const electron = await boot();
    for (const wait of [250, 1_000, 4_000, 15_000]) {
      electron.engine.say({ type: 'failed', failure: { code: 'storage_failed', message: 'The disk is full' } });
      electron.engine.exit(1);
      const before = electron.processes.length;
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(electron.processes).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(electron.processes).toHaveLength(before + 1);
    }
    electron.dialogAnswer = 0;
    electron.engine.say({ type: 'failed', failure: { code: 'storage_failed', message: 'The disk is full' } });
    electron.engine.exit(1);
    await settle();
    expect(electron.dialogs[0]!.options).toMatchObject({
      message: 'Vario cannot start its engine',
      detail: expect.stringContaining('It failed 5 times in a row (exit code 1): The disk is full'),
    });
    expect(electron.processes).toHaveLength(6);
  });

  it('that speaks another language is ended', async () => {
    const { engine } = await boot();
    engine.say({ type: 'from the future' });
    expect(engine.killed).toBe(true);
  });
});

describe('the keychain', () => {
  it('wraps and unwraps for the engine; nothing else leaves the shell', async () => {
    const { engine } = await boot();
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    engine.say({ type: 'keychain', id: 1, operation: 'wrap', bytes: key });
    await settle();
    const wrapped = engine.messages('keychain_result')[0]!.message;
    expect(Buffer.from(wrapped['bytes'] as Uint8Array).toString()).toBe(
      `locked:${Buffer.from(key).toString('base64')}`,
    );
    engine.say({ type: 'keychain', id: 2, operation: 'unwrap', bytes: wrapped['bytes'] });
    await settle();
    expect(engine.messages('keychain_result')[1]!.message).toEqual({ type: 'keychain_result', id: 2, bytes: key });
  });

  it('that refuses answers with a sentence, without the system’s own words', async () => {
    const { engine } = await boot();
    engine.say({ type: 'keychain', id: 7, operation: 'unwrap', bytes: new Uint8Array(4) });
    await settle();
    expect(engine.messages('keychain_failed')[0]!.message).toEqual({
      type: 'keychain_failed',
      id: 7,
      failure: { code: 'auth_failed', message: 'The keychain of this computer did not open the key' },
    });
  });
});

describe('locking', () => {
  it('follows the screen, the menu and the tray', async () => {
    const { engine, menu, powerMonitor, tray } = await bootWithPage();
    powerMonitor.emit('lock-screen');
    item(menu, 'Lock now').click!({ checked: false });
    item(tray.menu, 'Lock').click!({ checked: false });
    expect(engine.messages('lock')).toHaveLength(3);
    item(menu, 'Sync now').click!({ checked: false });
    expect(engine.messages('sync')).toHaveLength(1);
  });
});

describe('waking from sleep', () => {
  it('is told to the engine, which syncs what it missed', async () => {
    const { engine, powerMonitor } = await bootWithPage();
    powerMonitor.emit('resume');
    expect(engine.messages('wake')).toHaveLength(1);
  });
});

describe('a notification', () => {
  const churn = {
    type: 'notify',
    id: 'alert-7',
    title: 'Acme has left',
    body: 'Write to them.',
    target: '/customers/12',
  };

  it('is shown natively, and a click opens what it is about', async () => {
    const electron = await bootWithPage();
    electron.engine.say(churn);
    expect(electron.notifications.map(({ options }) => options)).toEqual([
      { id: 'alert-7', title: 'Acme has left', body: 'Write to them.' },
    ]);
    electron.notifications[0]!.emit('click');
    await settle();
    expect(electron.page.getURL()).toBe('app://vario/customers/12');
    expect(electron.window.focused).toBe(true);
  });

  it('opens a window where there is none', async () => {
    const electron = await bootWithPage();
    electron.window.close();
    expect(electron.app.exited).toBe(false);
    electron.engine.say(churn);
    electron.notifications[0]!.emit('click');
    await settle();
    expect(electron.windows).toHaveLength(2);
    expect(electron.page.getURL()).toBe('app://vario/customers/12');
  });

  it('handed over twice replaces itself; a target outside the app opens nothing', async () => {
    const electron = await bootWithPage();
    const closed = vi.fn();
    electron.engine.say(churn);
    electron.notifications[0]!.on('close', closed);
    electron.engine.say({ ...churn, target: '//evil.example/' });
    expect(closed).toHaveBeenCalledOnce();
    electron.notifications[1]!.emit('click');
    await settle();
    expect(electron.page.getURL()).toBe('app://vario/');
  });
});

describe('the tray', () => {
  it('shows today’s ARR and rate of climb, and forgets them when the database is locked', async () => {
    const { engine, tray } = await bootWithPage();
    engine.say({ type: 'figures', figures: { arr: '$1,200,000', climb: '+$4,100 a week', openAlerts: 2 } });
    expect(tray.toolTip).toBe('Vario: ARR $1,200,000, +$4,100 a week');
    expect(tray.menu.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['ARR $1,200,000', 'Climb +$4,100 a week', 'Alerts (2)']),
    );
    engine.say({ type: 'session', state: 'locked' });
    expect(tray.toolTip).toBe('Vario');
    expect(JSON.stringify(tray.menu)).not.toContain('1,200,000');
  });
});

describe('a link from outside', () => {
  it('opens the customer: in the first instance, from its own arguments, and on macOS before it is ready', async () => {
    const running = await bootWithPage();
    running.app.emit('second-instance', {}, ['vario', '--flag', 'vario://customers/12']);
    await settle();
    expect(running.page.getURL()).toBe('app://vario/customers/12');

    expect((await boot({ argv: ['vario://customers/7'] })).page.getURL()).toBe('app://vario/customers/7');

    const early = await boot({ ready: false });
    early.app.emit('open-url', { preventDefault: () => undefined }, 'vario://customers/9');
    await early.app.becomeReady();
    expect(early.page.getURL()).toBe('app://vario/customers/9');
  });

  it.each([
    ['vario://cockpit?why=mrr&asOf=2026-10-31', '/?why=mrr&asOf=2026-10-31'],
    ['vario://revenue?part=movements&slice=plan:Pro', '/revenue?part=movements&slice=plan:Pro'],
    ['vario://settings/data#backups', '/settings/data#backups'],
    ['vario://alerts', '/alerts'],
  ])('opens any page, with what it shows: %s', async (link, path) => {
    const electron = await boot({ argv: [link] });
    expect(electron.page.getURL()).toBe(`app://vario${path}`);
    expect(linkOfPath(path)).toBe(link);
  });

  it.each([
    'vario://customers/0',
    'vario://customers/12/../../x',
    'vario://welcome?way=stripe',
    'vario://report/board',
    'vario://customers/12#<script>',
    'vario://user@customers/12',
    'vario://customers/1e3',
    'https://customers/12',
    'vario:customers',
  ])('that is none of ours opens no page: %s', async (link) => {
    const electron = await bootWithPage();
    electron.app.emit('second-instance', {}, ['vario', link]);
    await settle();
    expect(electron.page.getURL()).toBe('app://vario/');
  });
});

describe('the window', () => {
  it('opens again where they were when the app was quit, with their addresses but for what was typed', async () => {
    const first = await bootWithPage();
    first.app.emit('second-instance', {}, ['vario', linkOfPath('/customers/12?q=ada&period=12#notes')]);
    await settle();
    item(first.menu, 'New window').click?.({ checked: false });
    first.window.webContents.mainFrame.url = 'app://vario/revenue?part=cash';
    first.app.quit();
    await settle();
    const file = join(first.app.paths['userData']!, 'open-windows.json');
    expect(readFileSync(file, 'utf8')).not.toContain('ada');
    const again = await boot({ before: ({ app }) => void (app.paths = { appData: first.app.paths['appData']! }) });
    const addresses = (electron: typeof again) => electron.windows.map(({ webContents }) => webContents.getURL());
    expect(addresses(again)).toEqual(['app://vario/customers/12?period=12', 'app://vario/revenue?part=cash']);
    const linked = await boot({
      argv: [linkOfPath('/week')],
      before: ({ app }) => void (app.paths = { appData: first.app.paths['appData']! }),
    });
    expect(addresses(linked).at(-1), 'a link gets a window of its own, in front').toBe('app://vario/week');
    expect(linked.windows).toHaveLength(3);
  });

  it.each([
    '{"half',
    '[{"place":1}]',
    '[{"place":{"bounds":{"x":0,"y":0,"width":900,"height":700},"maximized":false},"address":"https://evil.example/"}]',
  ])('opens the cockpit where what is known of windows is no use: %s', async (text) => {
    const known = await boot();
    const folder = known.app.paths['userData']!;
    writeFileSync(join(folder, 'open-windows.json'), text);
    const { windows } = await boot({
      before: ({ app }) => void (app.paths = { appData: known.app.paths['appData']! }),
    });
    expect(windows.map(({ webContents }) => webContents.getURL())).toEqual(['app://vario/']);
  });

  it('comes back where it was, unless the file is broken or the screen is gone', async () => {
    const electron = await bootWithPage();
    electron.window.maximized = true;
    electron.window.close();
    electron.app.emit('activate');
    expect(electron.window.options).toMatchObject({ x: 10, y: 20, width: 1_000, height: 700 });
    expect(electron.window.maximized).toBe(true);
    const file = join(electron.app.paths['userData']!, 'window.json');
    for (const text of ['{"bounds":', '{"bounds":{"x":9000,"y":0,"width":1000,"height":700},"maximized":false}']) {
      electron.window.close();
      writeFileSync(file, text);
      electron.app.emit('activate');
      expect(electron.window.options['x']).toBeUndefined();
    }
  });
});

describe('several windows', () => {
  const address = (window: { webContents: { getURL(): string } }) => window.webContents.getURL();

  it('open from the menu and from a page, each a step aside with a port of its own', async () => {
    const electron = await bootWithPage();
    item(electron.menu, 'New window').click!({ checked: false });
    await settle();
    const [first, second] = electron.windows;
    expect(electron.windows).toHaveLength(2);
    expect([address(first!), address(second!)]).toEqual(['app://vario/', 'app://vario/']);
    expect(second!.options).toMatchObject({ x: 38, y: 48, width: 1_000, height: 700 });
    second!.webContents.send('vario:ready', { nonce: NONCE });
    const ports = electron.engine.messages('port').map(({ message }) => message['windowId']);
    expect(ports).toEqual([first!.webContents.id, second!.webContents.id]);
    expect(second!.webContents.posted).toHaveLength(1);

    expect(first!.webContents.open('app://vario/customers/12')).toBe(false);
    await settle();
    expect(electron.windows.map(address)).toEqual(['app://vario/', 'app://vario/', 'app://vario/customers/12']);
  });

  it('keep each its page: a link opens in the one used last, and closing one leaves the others', async () => {
    const electron = await bootWithPage();
    const [first] = electron.windows;
    first!.webContents.open('app://vario/revenue');
    await settle();
    const second = electron.windows[1]!;
    first!.emit('focus');
    electron.app.emit('second-instance', {}, ['vario', 'vario://customers/12']);
    await settle();
    expect([address(first!), address(second)]).toEqual(['app://vario/customers/12', 'app://vario/revenue']);
    first!.close();
    electron.app.emit('second-instance', {}, ['vario', 'vario://alerts']);
    await settle();
    expect(address(second)).toBe('app://vario/alerts');
    expect(electron.windows.filter(({ destroyed }) => !destroyed)).toEqual([second]);
  });

  it('are not opened without end, nor on a foreign address', async () => {
    const electron = await bootWithPage();
    for (let count = 0; count < 40; count++) electron.windows[0]!.webContents.open('app://vario/');
    electron.windows[0]!.webContents.open('app://other/');
    await settle();
    expect(electron.windows).toHaveLength(20);
  });
});

describe('printing', () => {
  const order = { type: 'print', id: 3, path: '/report/board?month=2026-10&format=A4', format: 'A4', title: 'Aerie' };

  it('draws the page in a hidden window of the same kind, and writes the file whole', async () => {
    vi.useRealTimers();
    const electron = await bootWithPage();
    const file = join(electron.app.paths['appData']!, 'new folder', 'pack.pdf');
    electron.engine.say({ ...order, file });
    await vi.waitFor(() => expect(electron.engine.messages('print_result')).toHaveLength(1), PATIENTLY);
    const printed = electron.windows.at(-1)!;
    expect([printed.shown, printed.webContents.throttled]).toEqual([false, false]);
    expect(printed.destroyed).toBe(true);
    expect(printed.options.webPreferences).toEqual(electron.windows[0]!.options.webPreferences);
    expect(printed.webContents.pdfOptions).toMatchObject({
      pageSize: 'A4',
      generateDocumentOutline: true,
      generateTaggedPDF: true,
    });
    expect(readFileSync(file, 'latin1')).toBe('%PDF-fake');
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('can be called off, and fails with a sentence when the page cannot be drawn or is none', async () => {
    vi.useRealTimers();
    const electron = await bootWithPage();
    const file = join(electron.app.paths['appData']!, 'never.pdf');
    electron.engine.say({ ...order, file });
    electron.window.webContents.readyStates = [null];
    await settle();
    electron.engine.say({ type: 'print_cancelled', id: 3 });
    await vi.waitFor(() => expect(electron.engine.messages('print_failed')).toHaveLength(1), PATIENTLY);
    electron.engine.say({ ...order, id: 4, path: '//evil.example/', file });
    await vi.waitFor(() => expect(electron.engine.messages('print_failed')).toHaveLength(2), PATIENTLY);
    expect(electron.engine.messages('print_failed').map(({ message }) => message['failure'])).toMatchObject([
      { code: 'cancelled' },
      { code: 'invalid_input' },
    ]);
    expect(existsSync(file)).toBe(false);
  });
});

describe('quitting', () => {
  it('waits until the engine has stopped', async () => {
    const { app, engine } = await bootWithPage();
    app.quit();
    expect(app.exited).toBe(false);
    expect(engine.messages('stop')).toHaveLength(1);
    engine.exit(0);
    await settle();
    expect(app.exited).toBe(true);
  });

  it('ends an engine that does not stop within ten seconds', async () => {
    const { app, engine, processes } = await bootWithPage();
    app.quit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.killed).toBe(true);
    expect(app.exited).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes).toHaveLength(1);
  });
});

describe('starting with the computer', () => {
  it('is a switch in the menu where the system knows it', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    const { app, menu } = await bootWithPage();
    const entry = item(menu, 'Start with the computer');
    expect(entry.checked).toBe(false);
    entry.click!({ checked: true });
    expect(app.login).toEqual({ openAtLogin: true });
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    expect(item((await bootWithPage()).menu, 'Start with the computer')).toBeUndefined();
    vi.restoreAllMocks();
  });
});
