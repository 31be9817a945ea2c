/** The loopback web server: the renderer's files, the exchange of the token, and the socket that carries the calls. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { SESSION_PATH, SOCKET_PATH, TOKEN_FRAGMENT } from '../../../shared/contract/browser-host.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Logger } from '../../engine/runtime/logger.ts';
import { MAX_FRAME_CHARS } from '../transport/frames.ts';
import type { CallServer } from '../transport/serve-calls.ts';
import { sayGoodbye, serveSocket } from '../transport/socket.ts';
import { readBody } from './read-body.ts';
import { assertLoopback, isLocalPeer, isOurHost, isOurOrigin, LOOPBACK } from './request-guard.ts';
import { securityHeaders } from './response-headers.ts';
import { createSessions, type BrowserSessions } from './sessions.ts';
import { findStaticFile } from './static-files.ts';

export interface BrowserHostOptions {
  /** The folder of the built renderer. */
  readonly rendererDir: string;
  readonly calls: CallServer;
  readonly logger: Logger;
  /** 0: any free one. */
  readonly port?: number;
  /** Only 127.0.0.1 is accepted. */
  readonly address?: string;
}

export interface BrowserHost {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly sessions: BrowserSessions;
  /** An address that lets one browser in, once. */
  signInAddress(path?: string): string;
  close(): Promise<void>;
}

const TokenSchema = z.object({ token: z.string().min(1).max(200) });

/**
 * Starts serving.
 * @throws AppError `invalid_input` for an address that is not loopback, `conflict` when the port is taken.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { address = LOOPBACK, port: wanted = 0, calls, logger } = options;
  assertLoopback(address);
  const server = createServer();
  await listen(server, wanted, address);
  const { port } = server.address() as AddressInfo;
  const sessions = createSessions(port);
  const origin = `http://${LOOPBACK}:${port}`;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_CHARS, perMessageDeflate: false });

  server.on('request', (request, response) => {
    answer(request, response, { ...options, port, sessions }).catch((error: unknown) => {
      // Boundary: one bad request must not end the host.
      logger.error('A request failed', { method: request.method, error });
      if (!response.headersSent) refuse(response, 500, 'The request could not be answered');
      else response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = upgradeRefusal(request, port, sessions);
    if (refusal !== null) {
      logger.warn('A socket was refused', { status: refusal });
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => serveSocket(calls, ws));
  });

  return {
    origin,
    sessions,
    signInAddress: (path = '/') => `${origin}${path}#${TOKEN_FRAGMENT}=${sessions.issueToken()}`,
    async close() {
      for (const ws of sockets.clients) sayGoodbye(ws);
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const ws of sockets.clients) ws.terminate();
      await closed;
    },
  };
}

interface Answering extends BrowserHostOptions {
  readonly port: number;
  readonly sessions: BrowserSessions;
}

async function answer(request: IncomingMessage, response: ServerResponse, host: Answering): Promise<void> {
  if (!isLocalPeer(request) || !isOurHost(request, host.port))
    return refuse(response, 403, 'This server answers only to 127.0.0.1 and localhost');
  const { pathname } = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (pathname === SESSION_PATH) return await exchange(request, response, host);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET is answered here');
  const file = pathname === SOCKET_PATH ? null : findStaticFile(host.rendererDir, pathname);
  if (!file) return refuse(response, 404, 'There is nothing here');
  response.writeHead(200, {
    ...securityHeaders(request.headers.host ?? '', file.caching),
    'Content-Type': file.type,
    'Content-Length': file.body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

async function exchange(request: IncomingMessage, response: ServerResponse, host: Answering): Promise<void> {
  if (request.method !== 'POST') return refuse(response, 405, 'A token is exchanged by POST');
  if (!isOurOrigin(request, host.port)) return refuse(response, 403, 'Only the page of this server may sign in');
  const parsed = TokenSchema.safeParse(await readBody(request));
  const session = parsed.success ? host.sessions.exchange(parsed.data.token) : null;
  if (session === null) {
    host.logger.warn('A token was refused: unknown, or used before');
    return refuse(response, 401, 'This address was used before. Ask vario for a new one');
  }
  response.writeHead(204, {
    ...securityHeaders(request.headers.host ?? ''),
    'Set-Cookie': host.sessions.setCookie(session),
  });
  response.end();
}

function upgradeRefusal(request: IncomingMessage, port: number, sessions: BrowserSessions): 401 | 403 | 404 | null {
  if (!isLocalPeer(request) || !isOurOrigin(request, port)) return 403;
  if (request.url !== SOCKET_PATH) return 404;
  return sessions.isOpen(request.headers.cookie) ? null : 401;
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    ...securityHeaders(LOOPBACK),
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  });
  response.end(`${sentence}\n`);
}

async function listen(server: Server, port: number, address: string): Promise<void> {
  server.listen(port, address);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw inUse
      ? new AppError('conflict', `Port ${port} is in use. Give another with --port, or none for a free one`, { cause })
      : new AppError('unavailable', `The browser host cannot listen on ${address}:${port}`, { cause });
  }
}
