/** Where a request may come from: this machine, under a name that no DNS answer can point here, from our own page. */
import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/kernel/errors.ts';

export const LOOPBACK = '127.0.0.1';

/** @throws AppError `invalid_input` for every address but 127.0.0.1: other machines must never reach the host. */
export function assertLoopback(address: string): void {
  if (address !== LOOPBACK)
    throw new AppError(
      'invalid_input',
      `The browser host serves this computer only: it binds ${LOOPBACK}, not ${address}. From elsewhere, use an SSH tunnel`,
    );
}

/**
 * True when the request names the host as `127.0.0.1:port` or `localhost:port`.
 * A page of another site that had its name pointed here (DNS rebinding) still sends its own name.
 */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers;
  return host === `${LOOPBACK}:${port}` || host === `localhost:${port}`;
}

/** True when the request comes from a page of exactly this host; a missing Origin is none. */
export function isOurOrigin(request: IncomingMessage, port: number): boolean {
  return isOurHost(request, port) && request.headers.origin === `http://${request.headers.host}`;
}

/** True when the peer is this machine, whatever a proxy in between may say. */
export function isLocalPeer(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress;
  return address === LOOPBACK || address === `::ffff:${LOOPBACK}`;
}
