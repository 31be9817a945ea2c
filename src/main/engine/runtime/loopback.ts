/**
 * A listener on this machine alone that takes one answer from a browser: where a
 * vendor sends the founder back to after signing in (RFC 8252 section 7.3).
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../shared/kernel/errors.ts';

export interface Loopback {
  /** The address to be sent back to, with the port that was taken. */
  readonly redirectUri: string;
  /** The answer's query, once: whatever comes afterwards is turned away. */
  readonly answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Listens for the first answer that carries `state`; others, and other paths, are turned away without ending the wait.
 * @param wanted `http://localhost:17170/path`; port 0 takes any free one.
 * @throws AppError `conflict` where another program has the port.
 */
export async function listenForAnswer(wanted: string, state: string): Promise<Loopback> {
  const url = new URL(wanted);
  const server = createServer();
  await listening(server, Number(url.port === '' ? 80 : url.port));
  url.port = String((server.address() as AddressInfo).port);
  const { host, pathname } = url;
  let isAnswered = false;
  const answer = new Promise<URLSearchParams>((resolve) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const asked = URL.parse(request.url ?? '', url.origin);
      // A page elsewhere that has its own name point here does not get in: the browser sends that name along.
      if (request.method !== 'GET' || request.headers.host !== host || asked?.pathname !== pathname)
        return show(response, 404, 'There is nothing here.');
      if (isAnswered) return show(response, 410, 'This sign-in is over. You can close this window.');
      if (!isSame(asked.searchParams.get('state') ?? '', state))
        return show(response, 400, 'This answer belongs to another sign-in. Start again in Vario.');
      isAnswered = true;
      show(response, 200, 'Vario has the answer. You can close this window.');
      resolve(asked.searchParams);
    });
  });
  return {
    redirectUri: url.href,
    answer,
    close: async () => {
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Browsers keep connections open for requests that never come.
        server.closeIdleConnections();
      });
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'conflict',
              `Port ${port} is in use by another program: close it, or give the app another callback address`,
              { cause: error },
            )
          : new AppError('unavailable', `This machine does not let Vario listen on port ${port} (${error.code})`, {
              cause: error,
            }),
      ),
    );
    server.listen(port, HOST, resolve);
  });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A page of one sentence, which loads nothing and tells no other page where it was. */
function show(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vario</title></head><body><p>${sentence}</p></body></html>`,
  );
}
