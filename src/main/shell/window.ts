/** Windows: their safety switches, their place on the screen, and the page they show. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN, appUrl } from '../hosts/desktop/app-address.ts';
import {
  placeBeside,
  plainAddress,
  readOpenWindows,
  readWindowPlace,
  writeOpenWindows,
  writeWindowPlace,
  type OpenWindow,
  type Rectangle,
  type WindowPlace,
} from '../hosts/desktop/window-place.ts';
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
  /** The windows of the last time with their addresses; `path`, or the cockpit where there were none, in front. */
  reopen(path?: string): void;
  /** Notes which windows are open, for the next start; called when the app is about to quit. */
  remember(): void;
}

/** A page that opens windows without end is stopped by this. */
const MOST_WINDOWS = 20;

/** Each window has its own page, port and place; the place of the one closed last is remembered, and at the end all. */
export function appWindows(appRoot: string, desk: PortDesk): AppWindows {
  const placeFile = join(app.getPath('userData'), 'window.json');
  const openFile = join(app.getPath('userData'), 'open-windows.json');
  /** The one used last stands last. */
  let windows: readonly BrowserWindow[] = [];
  const without = (gone: BrowserWindow): BrowserWindow[] => windows.filter((window) => window !== gone);

  const screensNow = (): Rectangle[] => screen.getAllDisplays().map(({ workArea }) => workArea);
  const usualPlace = (): WindowPlace | null => {
    const before = windows.at(-1);
    return before ? placeBeside(before.getNormalBounds(), screensNow()) : readWindowPlace(placeFile, screensNow());
  };

  const create = (url: string, place: WindowPlace | null = usualPlace()): void => {
    if (windows.length >= MOST_WINDOWS) return;
    const created = createAppWindow(appRoot, desk, place?.bounds);
    windows = [...windows, created];
    if (place?.maximized === true) created.maximize();
    created.once('ready-to-show', () => created.show());
    created.on('focus', () => (windows = [...without(created), created]));
    created.on('close', () => writeWindowPlace(placeFile, placeOf(created)));
    created.once('closed', () => (windows = without(created)));
    void created.loadURL(url);
  };

  const open = (path?: string): void => {
    const url = path === undefined ? null : appUrl(path);
    const window = windows.at(-1);
    if (!window) return create(url ?? `${APP_ORIGIN}/`);
    if (url !== null) void window.loadURL(url);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  return {
    open,
    openAnother: (url = `${APP_ORIGIN}/`) => create(url),
    reopen(path) {
      for (const { place, address } of readOpenWindows(openFile, screensNow())) create(address, place);
      const url = path === undefined ? null : appUrl(path);
      if (windows.length === 0) open(path);
      else if (url !== null) create(url);
    },
    remember: () => writeOpenWindows(openFile, windows.map(openWindowOf)),
  };
}

function placeOf(window: BrowserWindow): WindowPlace {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

function openWindowOf(window: BrowserWindow): OpenWindow {
  return { place: placeOf(window), address: plainAddress(window.webContents.getURL()) };
}
