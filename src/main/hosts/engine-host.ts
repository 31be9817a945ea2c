/**
 * The engine behind the desktop shell: takes the shell's messages, serves the
 * windows' ports, and asks the shell for what only Electron can do (keychain,
 * printing, notifications). The messages are in engine-messages.ts.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { AppError, isAppError } from '../../shared/kernel/errors.ts';
import { createCallRouter, type CallRouter } from '../engine/index.ts';
import {
  createLogger,
  openLogFile,
  redact,
  redactText,
  systemClock,
  systemHttp,
  systemRandom,
  type LogFields,
  type Logger,
  type PrintRequest,
} from '../engine/runtime/index.ts';
import { sharedDemo } from './demo-vendors.ts';
import { ShellMessageSchema, type EngineMessage, type ShellMessage } from './engine-messages.ts';
import { followFigures } from './follow-figures.ts';
import { READER_WORKER_URL } from './installation.ts';
import { startThrowAway, type KeyProtector } from './keyring/index.ts';
import { createShellRequests, type ShellRequests } from './shell-requests.ts';
import { servePort, type PortLike } from './transport/port.ts';
import { createCallServer, type CallServer } from './transport/serve-calls.ts';
import { createWorkspaceHost, KEYRING_FILE, type WorkspaceHost } from './workspace-host.ts';

/** Electron's `process.parentPort`, as far as it is used here. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void,
  ): unknown;
  postMessage(message: EngineMessage): void;
}

export function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

type Start = Extract<ShellMessage, { type: 'start' }>;

interface Running {
  readonly workspace: WorkspaceHost;
  readonly client: RouterClient<CallRouter>;
  readonly calls: CallServer;
  readonly logger: Logger;
  close(): Promise<void>;
}

/** Waits for `start`, then serves until `stop`. `exit` ends the process. */
export function runEngineHost(parent: ParentPort, exit: (code: number) => void): void {
  const requests = createShellRequests((message) => parent.postMessage(message));
  let running: Promise<Running> | null = null;
  const fail = (error: unknown) => {
    const failure = isAppError(error)
      ? { code: error.code, message: error.message }
      : { code: 'internal' as const, message: error instanceof Error ? error.message : String(error) };
    parent.postMessage({ type: 'failed', failure });
    exit(1);
  };
  const hear = async (message: ShellMessage, ports: readonly PortLike[]): Promise<void> => {
    if (requests.answered(message)) return;
    if (message.type === 'start') {
      if (running) throw new AppError('conflict', 'The engine was started already');
      running = start(message, parent, requests);
      await running;
      parent.postMessage({ type: 'ready' });
      return;
    }
    if (!running) throw new AppError('conflict', `The engine got “${message.type}” before “start”`);
    await obey(await running, message, ports, parent, exit);
  };
  parent.on('message', ({ data, ports }) => {
    const parsed = ShellMessageSchema.safeParse(data);
    if (!parsed.success) return fail(new AppError('invalid_input', 'The shell speaks another version’s language'));
    hear(parsed.data, ports).catch(fail);
  });
  process.on('uncaughtException', fail);
}

async function obey(
  { workspace, client, calls, logger, close }: Running,
  message: ShellMessage,
  ports: readonly PortLike[],
  parent: ParentPort,
  exit: (code: number) => void,
): Promise<void> {
  switch (message.type) {
    case 'port':
      for (const port of ports) servePort(calls, port);
      return;
    case 'lock':
      await client.session.lock();
      return;
    case 'sync':
      if (workspace.state === 'unlocked') await client.sources.sync({});
      return;
    case 'wake':
      if (workspace.state === 'unlocked') await client.sources.nudge({ kind: 'wake' });
      return;
    case 'stop':
      await close();
      parent.postMessage({ type: 'stopped' });
      exit(0);
      return;
    default:
      logger.warn('A message of the shell came out of place', { type: message.type });
  }
}

async function start(message: Start, parent: ParentPort, requests: ShellRequests): Promise<Running> {
  const { dataDir } = message;
  const demoDir = join(dirname(dataDir), 'demo');
  // Started for the demo alone, nothing is written beside it, the log neither.
  const throwAway = message.demo ? startThrowAway(demoDir) : null;
  const logDir = join(throwAway?.dataDir ?? dataDir, 'logs');
  const logFile = openLogFile(logDir);
  const logger = tellingShell(createLogger({ file: logFile, level: message.logLevel, stderrLevel: null }), parent);
  const demo = sharedDemo();
  const keychain: KeyProtector = {
    id: 'keychain',
    available: () => Promise.resolve(message.keychainAvailable),
    wrap: (key) => requests.keychain('wrap', key),
    unwrap: (blob) => requests.keychain('unwrap', blob),
  };
  const router = createCallRouter();
  let figures: { stop(): void } | null = null;
  const workspace = createWorkspaceHost({
    dataDir,
    host: 'electron',
    version: message.version,
    program: 'Vario',
    logDir,
    keychain,
    demo: { dir: demoDir, documentsDir: message.demo ? message.documentsDir : null },
    ports: {
      clock: systemClock,
      random: systemRandom,
      http: systemHttp,
      logger,
      notify: (notification) => parent.postMessage({ type: 'notify', ...notification }),
      documentsDir: message.documentsDir,
      readerWorkerUrl: READER_WORKER_URL,
      printPdf: (request: PrintRequest, signal) => requests.print(request, signal),
      startDemo: demo.start,
    },
    onState(state) {
      figures?.stop();
      figures = state === 'unlocked' ? followFigures(client, logger, (news) => parent.postMessage(news)) : null;
      parent.postMessage({ type: 'session', state });
    },
  });
  const client = createRouterClient(router, { context: workspace.context });
  if (throwAway) {
    await client.session.openDemo();
    await client.workspace.startDemo();
  } else await unlockQuietly(message, client, logger);
  parent.postMessage({ type: 'session', state: workspace.state });
  return {
    workspace,
    client,
    calls: createCallServer(router, workspace.context, logger),
    logger,
    async close() {
      figures?.stop();
      await workspace.close();
      await demo.stop();
      logFile.close();
      throwAway?.remove();
    },
  };
}

/** The keychain opens without a question; where it does not, the window shows the lock screen. */
async function unlockQuietly(message: Start, client: Running['client'], logger: Logger): Promise<void> {
  const { unlockWithKeychain, keychainAvailable, dataDir } = message;
  if (!unlockWithKeychain || !keychainAvailable || !existsSync(join(dataDir, KEYRING_FILE))) return;
  const { protections } = await client.session.status();
  if (!protections.includes('keychain')) return;
  try {
    await client.session.unlock({ passphrase: null });
  } catch (error) {
    // The lock screen says it again when the person tries.
    logger.warn('The keychain did not open the database', { error });
  }
}

/** Warnings and errors go to the shell as well; it may show where the log is. */
function tellingShell(logger: Logger, parent: ParentPort): Logger {
  const tell = (level: 'warn' | 'error', message: string, fields: LogFields = {}) => {
    const safe = redact(fields);
    const plain = typeof safe === 'object' && safe !== null ? { ...safe } : {};
    parent.postMessage({ type: 'log', level, message: redactText(message), fields: plain });
  };
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields) => {
      logger.warn(message, fields);
      tell('warn', message, fields);
    },
    error: (message, fields) => {
      logger.error(message, fields);
      tell('error', message, fields);
    },
    with: (fields) => tellingShell(logger.with(fields), parent),
  };
}
