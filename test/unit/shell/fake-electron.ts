/**
 * A stand-in for Electron's main process, as strict as the real one where the
 * shell could go wrong: what must come before or after `ready`, what may be
 * done once only, what a page can reach. Pages are driven by the test.
 */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

type PermissionCheck = (contents: object | null, permission: string, origin: string) => boolean;
type PermissionRequest = (
  contents: { getURL(): string },
  permission: string,
  answer: (granted: boolean) => void,
  details: { isMainFrame: boolean },
) => void;

class FakeApp extends EventEmitter {
  ready = false;
  isPackaged = false;
  hasLock = true;
  sandboxed = false;
  quits = 0;
  exited = false;
  root = '/app';
  paths: Record<string, string> = { appData: '/user' };
  protocolClient: string | null = null;
  login = { openAtLogin: false };
  #whenReady = Promise.withResolvers<void>();

  readonly commandLine = { hasSwitch: (_name: string) => false };
  requestSingleInstanceLock = () => this.hasLock;
  enableSandbox = () => {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  };
  setAsDefaultProtocolClient = (scheme: string) => ((this.protocolClient = scheme), true);
  whenReady = () => this.#whenReady.promise;
  getAppPath = () => this.root;
  getVersion = () => '1.2.3';
  getPath = (name: string) => this.paths[name] ?? `/${name}`;
  setPath = (name: string, path: string) => {
    if (this.ready) throw new Error('app.setPath("userData") comes too late');
    this.paths[name] = path;
  };
  getLoginItemSettings = () => this.login;
  setLoginItemSettings = (settings: { openAtLogin: boolean }) => (this.login = settings);
  quit = () => {
    this.quits += 1;
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.exited = true;
  };
  async becomeReady() {
    this.ready = true;
    this.#whenReady.resolve();
    await settle();
  }
}

interface Frame {
  url: string;
}

export class FakeWebContents extends EventEmitter {
  static next = 1;
  readonly id = FakeWebContents.next++;
  mainFrame: Frame = { url: '' };
  readonly posted: { channel: string; message: unknown; ports: MessagePort[] }[] = [];
  opener: ((details: { url: string }) => { action: string }) | null = null;
  pdfOptions: Record<string, unknown> | null = null;
  readyStates: (string | null)[] = [null, 'true'];

  readonly electron: FakeElectron;

  constructor(electron: FakeElectron) {
    super();
    this.electron = electron;
    electron.app.emit('web-contents-created', {}, this);
  }
  throttled = true;
  getURL = () => this.mainFrame.url;
  setBackgroundThrottling = (throttled: boolean) => void (this.throttled = throttled);
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }) => (this.opener = handler);
  postMessage = (channel: string, message: unknown, ports: MessagePort[] = []) =>
    void this.posted.push({ channel, message, ports });
  executeJavaScript = async () => (this.readyStates.length > 1 ? this.readyStates.shift() : this.readyStates[0]);
  printToPDF = async (options: Record<string, unknown>) => ((this.pdfOptions = options), Buffer.from('%PDF-fake'));

  /** What the page's own links and scripts can try. @returns whether it happened. */
  navigate(url: string, event = 'will-navigate'): boolean {
    let prevented = false;
    const details = { url, isMainFrame: true, preventDefault: () => (prevented = true) };
    // A redirect is announced by its own event alone.
    if (event === 'will-navigate') this.emit('will-frame-navigate', details);
    this.emit(event, details);
    if (!prevented) this.mainFrame = { url };
    return !prevented;
  }
  open = (url: string): boolean => this.opener === null || this.opener({ url }).action !== 'deny';
  /** The preload's message to the main process. */
  send(channel: string, message: unknown, frame: Frame | null = this.mainFrame) {
    this.electron.ipcMain.emit(channel, { sender: this, senderFrame: frame }, message);
  }
}

export interface WindowOptions {
  webPreferences: Record<string, unknown>;
  [name: string]: unknown;
}

export class FakeWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents: FakeWebContents;
  shown = false;
  focused = false;
  maximized = false;
  destroyed = false;
  readonly #electron: FakeElectron;
  constructor(options: WindowOptions, electron = holder.electron) {
    super();
    this.#electron = electron;
    if (!electron.app.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    this.webContents = new FakeWebContents(electron);
    electron.windows.push(this);
  }
  async loadURL(url: string) {
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    const { protocol } = new URL(url);
    const handler = this.#electron.protocol.handlers.get(protocol.slice(0, -1));
    if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME (${url})`);
    const answer = await handler({ method: 'GET', url });
    if (!answer.ok) throw new Error(`ERR_FAILED (${url})`);
    await answer.body?.cancel();
    this.webContents.mainFrame = { url };
    this.webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }
  show = () => void (this.shown = true);
  focus = () => void (this.focused = true);
  maximize = () => void (this.maximized = true);
  isMaximized = () => this.maximized;
  isMinimized = () => false;
  restore = () => undefined;
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1_000, height: 700 });
  close() {
    this.emit('close');
    this.destroy();
  }
  destroy() {
    if (this.destroyed) return;
    this.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (this.#electron.windows.every(({ destroyed }) => destroyed)) this.#electron.app.emit('window-all-closed');
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly received: { message: Record<string, unknown>; ports: MessagePort[] }[] = [];
  killed = false;
  readonly entry: string;
  readonly args: string[];
  readonly options: Record<string, unknown>;
  constructor(entry: string, args: string[], options: Record<string, unknown>) {
    super();
    this.entry = entry;
    this.args = args;
    this.options = options;
  }
  postMessage = (message: Record<string, unknown>, ports: MessagePort[] = []) =>
    void this.received.push({ message: structuredClone(message), ports });
  kill() {
    this.killed = true;
    this.exit(143);
    return true;
  }
  /** What the engine's process does. */
  say = (message: unknown) => void this.emit('message', structuredClone(message));
  exit = (code: number) => void this.emit('exit', code);
  messages = (type: string) => this.received.filter(({ message }) => message['type'] === type);
}

/** electron-updater's updater, as far as the shell uses it. */
class FakeUpdater extends EventEmitter {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  logger: object | null = {};
  checks = 0;
  downloads = 0;
  installs = 0;
  available: string | null = null;
  failure: Error | null = null;
  checkForUpdates = async () => {
    this.checks += 1;
    if (this.failure) {
      this.emit('error', this.failure);
      throw this.failure;
    }
    if (this.available !== null) this.emit('update-available', { version: this.available });
    return { isUpdateAvailable: this.available !== null };
  };
  downloadUpdate = async () => {
    this.downloads += 1;
    this.emit('update-downloaded', { version: this.available });
  };
  quitAndInstall = () => void (this.installs += 1);
}

class FakeNotification extends EventEmitter {
  static supported = true;
  static shown: FakeNotification[] = [];
  static isSupported = () => FakeNotification.supported;
  readonly options: Record<string, unknown>;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  show = () => void FakeNotification.shown.push(this);
  close = () => void this.emit('close');
}

export interface MenuItem {
  label?: string;
  role?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: (item: { checked: boolean }) => void;
  submenu?: MenuItem[];
}

class FakeTray extends EventEmitter {
  static all: FakeTray[] = [];
  toolTip = '';
  title = '';
  menu: MenuItem[] = [];
  readonly image: { path: string };
  constructor(image: { path: string }) {
    super();
    this.image = image;
    FakeTray.all.push(this);
  }
  setToolTip = (text: string) => void (this.toolTip = text);
  setTitle = (text: string) => void (this.title = text);
  setContextMenu = (menu: MenuItem[]) => void (this.menu = menu);
}

export class FakeElectron {
  readonly app = new FakeApp();
  readonly windows: FakeWindow[] = [];
  readonly processes: FakeUtilityProcess[] = [];
  readonly updater = new FakeUpdater();
  readonly opened: string[] = [];
  readonly dialogs: { options: Record<string, unknown>; answer: number }[] = [];
  dialogAnswer = 1;
  menu: MenuItem[] = [];
  readonly ipcMain = new EventEmitter();
  readonly powerMonitor = new EventEmitter();
  readonly BrowserWindow = FakeWindow;
  readonly Notification = FakeNotification;
  readonly Tray = FakeTray;
  readonly nativeTheme = { shouldUseDarkColors: false };
  readonly nativeImage = { createFromPath: (path: string) => ({ path }) };
  readonly screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }] };
  readonly shell = { openExternal: async (url: string) => void this.opened.push(url) };
  readonly contextBridge = {};
  readonly ipcRenderer = {};
  readonly dialog = {
    showMessageBox: async (options: Record<string, unknown>) => {
      this.dialogs.push({ options, answer: this.dialogAnswer });
      return { response: this.dialogAnswer };
    },
  };
  readonly Menu = {
    buildFromTemplate: (template: MenuItem[]) => template,
    setApplicationMenu: (menu: MenuItem[]) => void (this.menu = menu),
  };
  readonly safeStorage = {
    backend: 'gnome_libsecret',
    available: true as boolean | Error,
    async isAsyncEncryptionAvailable() {
      if (this.available instanceof Error) throw this.available;
      return this.available;
    },
    getSelectedStorageBackend() {
      return this.backend;
    },
    encryptStringAsync: async (text: string) => Buffer.from(`locked:${text}`),
    decryptStringAsync: async (blob: Buffer) => {
      const text = blob.toString();
      if (!text.startsWith('locked:')) throw new Error('Error while decrypting the ciphertext provided');
      return { shouldReEncrypt: false, result: text.slice('locked:'.length) };
    },
  };
  readonly protocol = {
    schemes: null as { scheme: string; privileges: Record<string, boolean> }[] | null,
    handlers: new Map<string, (request: { method: string; url: string }) => Response | Promise<Response>>(),
    registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) => {
      if (this.app.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      if (this.protocol.schemes) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
      this.protocol.schemes = schemes;
    },
    handle: (scheme: string, handler: (request: { method: string; url: string }) => Response) => {
      if (!this.app.ready) throw new Error('protocol cannot be used before app is ready');
      if (this.protocol.handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`);
      this.protocol.handlers.set(scheme, handler);
    },
  };
  readonly session = {
    defaultSession: {
      check: null as PermissionCheck | null,
      request: null as PermissionRequest | null,
      device: null as (() => boolean) | null,
      display: undefined as null | undefined,
      setPermissionCheckHandler(handler: PermissionCheck) {
        this.check = handler;
      },
      setPermissionRequestHandler(handler: PermissionRequest) {
        this.request = handler;
      },
      setDevicePermissionHandler(handler: () => boolean) {
        this.device = handler;
      },
      setDisplayMediaRequestHandler(handler: null) {
        this.display = handler;
      },
    },
  };
  readonly utilityProcess = {
    fork: (entry: string, args: string[], options: Record<string, unknown>) => {
      if (!this.app.ready) throw new Error('utilityProcess cannot be created before app is ready');
      const child = new FakeUtilityProcess(entry, args, options);
      this.processes.push(child);
      return child;
    },
  };
  readonly MessageChannelMain = MessageChannel;

  constructor() {
    FakeNotification.shown = [];
    FakeNotification.supported = true;
    FakeTray.all = [];
  }
  get engine(): FakeUtilityProcess {
    return this.processes.at(-1)!;
  }
  get window() {
    return this.windows.at(-1)!;
  }
  get page(): FakeWebContents {
    return this.window.webContents;
  }
  get tray(): FakeTray {
    return FakeTray.all.at(-1)!;
  }
  get notifications(): FakeNotification[] {
    return FakeNotification.shown;
  }
}

/** Lets promises and immediates run. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** What `import … from 'electron'` gets; replaced for every test. */
export const holder = { electron: new FakeElectron() };

/** The module that `vi.mock('electron')` puts in Electron's place: always the stand-in of the running test. */
export function electronModule(): object {
  return new Proxy(
    {},
    {
      get: (_target, name) => (name === 'then' ? undefined : Reflect.get(holder.electron, name)),
      has: () => true,
      ownKeys: () => Reflect.ownKeys(holder.electron),
      getOwnPropertyDescriptor: (_target, name) => ({
        configurable: true,
        enumerable: true,
        value: Reflect.get(holder.electron, name),
      }),
    },
  );
}

/** The same for `vi.mock('electron-updater')`. */
export function updaterModule(): object {
  return {
    default: {
      get autoUpdater() {
        return holder.electron.updater;
      },
    },
  };
}
