/** Windows: their safety switches, their place on the screen, and the page they show. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN, appUrl } from '../hosts/desktop/app-address.ts';
import { placeBeside, readWindowPlace, writeWindowPlace, type Rectangle } from '../hosts/desktop/window-place.ts';
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

export interface AppWindows {
  /** Brings the window used last to the front, making one where there is none; `path` opens an in-app page in it. */
  open(path?: string): void;
  /** One more window, a step aside, on an address of the app; default the cockpit. */
  openAnother(url?: string): void;
}

/** A page that opens windows without end is stopped by this. */
const MOST_WINDOWS = 20;

/** Each window has its own page, port and place; the place of the one closed last is remembered. */
export function appWindows(appRoot: string, desk: PortDesk): AppWindows {
  const placeFile = join(app.getPath('userData'), 'window.json');
  /** The one used last stands last. */
  let windows: readonly BrowserWindow[] = [];
  const without = (gone: BrowserWindow): BrowserWindow[] => windows.filter((window) => window !== gone);

  const create = (url: string): void => {
    if (windows.length >= MOST_WINDOWS) return;
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const before = windows.at(-1);
    const place = before ? placeBeside(before.getNormalBounds(), screens) : readWindowPlace(placeFile, screens);
    const created = createAppWindow(appRoot, desk, place?.bounds);
    windows = [...windows, created];
    if (place?.maximized === true) created.maximize();
    created.once('ready-to-show', () => created.show());
    created.on('focus', () => (windows = [...without(created), created]));
    created.on('close', () =>
      writeWindowPlace(placeFile, { bounds: created.getNormalBounds(), maximized: created.isMaximized() }),
    );
    created.once('closed', () => (windows = without(created)));
    void created.loadURL(url);
  };

  return {
    openAnother: (url = `${APP_ORIGIN}/`) => create(url),
    open(path) {
      const url = path === undefined ? null : appUrl(path);
      const window = windows.at(-1);
      if (!window) return create(url ?? `${APP_ORIGIN}/`);
      if (url !== null) void window.loadURL(url);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
