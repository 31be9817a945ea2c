import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll } from 'vitest';
import { startBrowserHost } from '../../src/main/hosts/headless/browser-host.ts';
import { SOCKET_PATH } from '../../src/shared/contract/browser-host.ts';
import { describeCalls, type Client } from './rpc-behaviour.ts';
import { logger } from './test-workspace.ts';

let rendererDir: string;
beforeAll(() => {
  rendererDir = mkdtempSync(join(tmpdir(), 'vario-pages-'));
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Vario</title>');
});
afterAll(() => rmSync(rendererDir, { recursive: true, force: true }));

describeCalls('a WebSocket', async (workspace) => {
  const host = await startBrowserHost({ rendererDir, calls: workspace.calls, logger });
  const cookie = `${host.sessions.cookieName}=${host.sessions.open()}`;
  // Node's WebSocket takes headers, which the DOM's types do not know.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${host.origin.replace('http', 'ws')}${SOCKET_PATH}`,
    { headers: { cookie, origin: host.origin } },
  ]);
  const ended = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('The socket was refused')), { once: true });
  });
  const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
  return {
    connection: { client, ended, sendRaw: (data) => socket.send(data), disconnect: () => socket.close() },
    release: async () => {
      socket.close();
      await host.close();
    },
  };
});
