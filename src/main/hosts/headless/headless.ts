/** The engine without a window: a workspace host with real ports, its calls in this process, and a web server on request. */
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { AppError } from '../../../shared/kernel/errors.ts';
import { createCallRouter, type CallRouter } from '../../engine/index.ts';
import {
  createLogger,
  openLogFile,
  systemClock,
  systemHttp,
  systemRandom,
  type Logger,
} from '../../engine/runtime/index.ts';
import { sharedDemo } from '../demo-vendors.ts';
import { programVersion, READER_WORKER_URL, rendererDir } from '../installation.ts';
import { createCallServer } from '../transport/serve-calls.ts';
import { createWorkspaceHost, type DemoPlace, type WorkspaceHost } from '../workspace-host.ts';
import { startBrowserHost, type BrowserHost } from './browser-host.ts';
import { printPage } from './pdf-printer.ts';

export type Client = RouterClient<CallRouter>;

export interface HeadlessOptions {
  readonly dataDir: string;
  readonly documentsDir: string;
  /** Where the demo company may be opened; default: in a folder of the data directory, with all that it prints. */
  readonly demo?: DemoPlace;
  /** Folder of the log; default: in the data directory. */
  readonly logDir?: string;
  /** Names this process to a second one that finds the data directory in use. */
  readonly program: string;
  /** Lines of the log from this level on go to stderr. */
  readonly stderrLevel: 'debug' | 'info' | 'warn' | 'error' | null;
  /** Minutes without a call after which the database is locked, null for never; left out: as the settings say. */
  readonly idleLockMinutes?: number | null;
  /** Whether the engine syncs by itself; default true. */
  readonly worksByItself?: boolean;
  /** Port of the web server; 0 or none: any free one. */
  readonly port?: number;
}

export interface Headless {
  readonly workspace: WorkspaceHost;
  /** The contract's calls, as a window would make them. */
  readonly client: Client;
  readonly logger: Logger;
  /** The web server; started by the first call. */
  browserHost(): Promise<BrowserHost>;
  close(): Promise<void>;
}

const LOCK_AFTER_MINUTES = 60;

/** Starts everything but the engine, which opens with the session. */
export function startHeadless(options: HeadlessOptions): Headless {
  const logFile = openLogFile(options.logDir ?? join(options.dataDir, 'logs'));
  const logger = createLogger({ file: logFile, stderrLevel: options.stderrLevel });
  const demo = sharedDemo();
  const workspace = createWorkspaceHost({
    dataDir: options.dataDir,
    host: 'browser',
    version: programVersion(),
    program: options.program,
    keychain: null,
    demo: options.demo ?? { dir: join(options.dataDir, 'demo'), documentsDir: null },
    ...(options.idleLockMinutes !== undefined && { idleLockMinutes: options.idleLockMinutes }),
    // A browser may be left open on a desk; the desktop app locks with the screen.
    presetLockMinutes: LOCK_AFTER_MINUTES,
    logDir: options.logDir ?? join(options.dataDir, 'logs'),
    worksByItself: options.worksByItself ?? true,
    ports: {
      clock: systemClock,
      random: systemRandom,
      http: systemHttp,
      logger,
      // Tabs get notifications by the stream of the contract; there is no other place to show them.
      notify: () => undefined,
      documentsDir: options.documentsDir,
      readerWorkerUrl: READER_WORKER_URL,
      printPdf: async (request, signal) => printPage(await browserHost(), request, signal, systemClock),
      startDemo: demo.start,
    },
  });
  const router = createCallRouter();
  const calls = createCallServer(router, workspace.context, logger);
  let started: Promise<BrowserHost> | null = null;
  const browserHost = () => {
    started ??= startBrowserHost({ rendererDir: builtRenderer(), calls, logger, port: options.port ?? 0 });
    return started;
  };
  return {
    workspace,
    client: createRouterClient(router, { context: workspace.context }),
    logger,
    browserHost,
    async close() {
      await (await started)?.close();
      await workspace.close();
      await demo.stop();
      logFile.close();
    },
  };
}

function builtRenderer(): string {
  const dir = rendererDir();
  if (dir !== null) return dir;
  throw new AppError('unavailable', 'The pages of the cockpit are not built yet. Run npm run build');
}
