/** Windows: their safety switches, their place on the screen, and the page they show. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN, appUrl } from '../hosts/desktop/app-address.ts';
import { readWindowPlace, writeWindowPlace, type Rectangle } from '../hosts/desktop/window-place.ts';
import type { PortDesk } from './ipc.ts';

/** The same for every window, in tests as in production. */
export const WEB_PREFERENCES = Object.freeze({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
});

/** A hidden window that can do no more than show the app; nothing is loaded yet. */
export function createAppWindow(appRoot: string, desk: PortDesk, bounds: Partial<Rectangle> = {}): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_280,
    height: 840,
    minWidth: 720,
    minHeight: 520,
    ...bounds,
    show: false,
    title: 'Vario',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0b0d12' : '#ffffff',
    webPreferences: {
      ...WEB_PREFERENCES,
      preload: join(appRoot, 'out/preload/index.cjs'),
      devTools: !app.isPackaged,
      additionalArguments: [`--vario-version=${app.getVersion()}`],
    },
  });
  desk.admit(window.webContents);
  return window;
}

export interface MainWindow {
  /** Brings the window to the front, making it if it was closed; `path` opens an in-app page. */
  open(path?: string): void;
}

/** There is one main window at a time; its size and place are remembered. */
export function mainWindow(appRoot: string, desk: PortDesk): MainWindow {
  const placeFile = join(app.getPath('userData'), 'window.json');
  let window: BrowserWindow | null = null;

  const create = (url: string): void => {
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = readWindowPlace(placeFile, screens);
    const created = createAppWindow(appRoot, desk, place?.bounds);
    window = created;
    if (place?.maximized === true) created.maximize();
    created.once('ready-to-show', () => created.show());
    created.on('close', () =>
      writeWindowPlace(placeFile, { bounds: created.getNormalBounds(), maximized: created.isMaximized() }),
    );
    created.once('closed', () => (window = null));
    void created.loadURL(url);
  };

  return {
    open(path) {
      const url = path === undefined ? null : appUrl(path);
      if (window === null) return create(url ?? `${APP_ORIGIN}/`);
      if (url !== null) void window.loadURL(url);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
