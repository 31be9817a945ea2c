/** A workspace host in a fresh folder, with ports that reach nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../src/shared/kernel/errors.ts';
import { createCallRouter } from '../../src/main/engine/index.ts';
import {
  createLogger,
  systemClock,
  systemRandom,
  type EnginePorts,
  type Http,
} from '../../src/main/engine/runtime/index.ts';
import { createCallServer, type CallServer } from '../../src/main/hosts/transport/serve-calls.ts';
import { createWorkspaceHost, type WorkspaceHost } from '../../src/main/hosts/workspace-host.ts';
import type { KeyProtector } from '../../src/main/hosts/keyring/index.ts';
import { bundled } from '../support/bundled.ts';

export interface TestWorkspace {
  readonly host: WorkspaceHost;
  readonly calls: CallServer;
  readonly dataDir: string;
  /** Requests to the network that were begun, and those that were told to stop. */
  readonly network: { begun: number; stopped: number };
  remove(): Promise<void>;
}

export interface TestWorkspaceOptions {
  readonly keychain?: KeyProtector | null;
  readonly idleLockMinutes?: number;
  readonly ports?: Partial<EnginePorts>;
  readonly dataDir?: string;
  /** Default true. */
  readonly worksByItself?: boolean;
}

export const READER_WORKER_URL = pathToFileURL(bundled('reader-worker'));
export const logger = createLogger({ file: null, stderrLevel: null });

export function testWorkspace(options: TestWorkspaceOptions = {}): TestWorkspace {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'vario-test-'));
  const network = { begun: 0, stopped: 0 };
  const host = createWorkspaceHost({
    dataDir,
    host: 'browser',
    version: '0.0.0-test',
    program: 'test',
    keychain: options.keychain ?? null,
    demo: { dir: join(dataDir, 'demo'), documentsDir: null },
    ...(options.idleLockMinutes !== undefined && { idleLockMinutes: options.idleLockMinutes }),
    worksByItself: options.worksByItself ?? true,
    ports: {
      clock: systemClock,
      random: systemRandom,
      http: silentNetwork(network),
      logger,
      notify: () => undefined,
      documentsDir: join(dataDir, 'documents'),
      readerWorkerUrl: READER_WORKER_URL,
      printPdf: null,
      startDemo: () => Promise.reject(new AppError('unavailable', 'There is no demo here')),
      ...options.ports,
    },
  });
  return {
    host,
    calls: createCallServer(createCallRouter(), host.context, logger),
    dataDir,
    network,
    async remove() {
      await host.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Never answers; a request ends when its caller gives up. */
function silentNetwork(network: { begun: number; stopped: number }): Http {
  return ({ signal }) =>
    new Promise((_, reject) => {
      network.begun += 1;
      signal?.addEventListener('abort', () => {
        network.stopped += 1;
        reject(new AppError('cancelled', 'The request was cancelled'));
      });
    });
}
