/** Puts the desktop app together: one instance, one engine, its windows, and what the system says to them. */
import { join } from 'node:path';
import { app, dialog, powerMonitor, session } from 'electron';
import { LINK_SCHEME } from '../../shared/contract/deep-link.ts';
import { pathOfArguments, pathOfLink } from '../hosts/desktop/app-address.ts';
import { dataDirOf, documentsDirOf } from '../hosts/headless/directories.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { EngineSupervisor } from './engine-supervisor.ts';
import { openPortDesk, type PortDesk } from './ipc.ts';
import { KEYCHAIN } from './key-vault.ts';
import { setMenu } from './menu.ts';
import { guardNavigation } from './navigation.ts';
import { notifier } from './notifications.ts';
import { restrictPermissions } from './permissions.ts';
import { printPage } from './print-page.ts';
import { createTray, type ShellActions } from './tray.ts';
import { watchUpdates } from './updater.ts';
import { appWindows, createAppWindow, type AppWindows } from './window.ts';

/** Starts the desktop app; the only call of the entry. */
export function startShell(): void {
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  // Apart from the data directory, which on macOS would have the same name.
  if (!app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', join(app.getPath('appData'), 'Vario Desktop'));
  registerAppScheme();
  guardNavigation((url) => windows?.openAnother(url));
  app.setAsDefaultProtocolClient(LINK_SCHEME);

  let firstPath = pathOfArguments(process.argv);
  let windows: AppWindows | null = null;
  // macOS sends links as an event, which may come before the app is ready.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const path = pathOfLink(url);
    if (windows === null) firstPath = path ?? firstPath;
    else windows.open(path ?? undefined);
  });
  void app.whenReady().then(() => {
    windows = run();
    windows.reopen(firstPath ?? undefined);
  });
}

function run(): AppWindows {
  const appRoot = app.getAppPath();
  const demo = process.argv.includes('--demo');
  restrictPermissions(session.defaultSession);
  serveApp(join(appRoot, 'out/renderer'));

  // The desk needs the engine, and the engine's printing needs the desk.
  const desk: PortDesk = openPortDesk((port, id) => engine.connect(port, id));
  const windows = appWindows(appRoot, desk);
  const { open } = windows;
  const showNotification = notifier(open);
  const engine = new EngineSupervisor({
    entry: join(appRoot, 'out/main/engine-process.js'),
    start: {
      // The same as the command line's; the demo keeps beside the window's own files.
      dataDir: demo ? join(app.getPath('userData'), 'data') : dataDirOf(undefined, process.env),
      documentsDir: documentsDirOf(process.env),
      version: app.getVersion(),
      demo,
    },
    keychain: KEYCHAIN,
    print: (order, signal) => printPage(() => createAppWindow(appRoot, desk), order, signal),
    onNews: (news) => {
      if (news.type === 'ready') desk.renew();
      if (news.type === 'notify') showNotification(news);
      if (news.type === 'figures') showFigures(news.figures);
      if (news.type === 'session' && news.state !== 'unlocked') showFigures(null);
    },
    onGivenUp: (message) => void offerRestart(message, engine),
  });
  const look = watchUpdates(() => engine.stop());
  const actions: ShellActions = {
    open,
    openAnother: () => windows.openAnother(),
    sync: () => engine.tell('sync'),
    lock: () => engine.tell('lock'),
    checkForUpdates: () => void look(),
  };
  const showFigures = createTray(appRoot, actions);
  setMenu(actions);
  powerMonitor.on('lock-screen', actions.lock);
  powerMonitor.on('resume', () => engine.tell('wake'));
  app.on('activate', () => open());
  app.on('second-instance', (_event, argv) => open(pathOfArguments(argv) ?? undefined));
  // Alerts go on without a window: the tray keeps the app alive until it is quit.
  app.on('window-all-closed', () => undefined);
  endWith(engine, windows);
  void engine.start();
  return windows;
}

/** Quitting waits for the engine to finish its transactions. */
function endWith(engine: EngineSupervisor, windows: AppWindows): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    // Before the windows are closed by what follows.
    windows.remember();
    void engine.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}

async function offerRestart(message: string, engine: EngineSupervisor): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Vario cannot start its engine',
    detail: `${message}\n\nThe database was not changed by this.`,
    buttons: ['Try again', 'Quit'],
    cancelId: 1,
  });
  if (response === 0) await engine.start();
  else app.quit();
}
