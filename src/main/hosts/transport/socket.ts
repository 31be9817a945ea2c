/** Calls over a WebSocket of the `ws` package. Who may open one is decided before (headless/upgrade.ts). */
import type { WebSocket } from 'ws';
import type { CallServer } from './serve-calls.ts';

const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
/** A reason longer than this would not fit into a close frame (RFC 6455, 5.5.1: 125 bytes with the code). */
const MAX_REASON = 120;

/** Serves calls over the socket until either side closes it. */
export function serveSocket(server: CallServer, socket: WebSocket): void {
  const served = server.serve({
    send: (text) => socket.send(text),
    close: (reason) => socket.close(POLICY_VIOLATION, reason.slice(0, MAX_REASON)),
  });
  socket.on('message', (data, isBinary) => served.receive(isBinary ? data : textOf(data)));
  socket.on('close', () => served.closed());
  // After an error ws closes the socket by itself.
  socket.on('error', () => served.closed());
}

/** Tells a tab that the host ends, so that it waits for the next one instead of showing a failure. */
export function sayGoodbye(socket: WebSocket): void {
  socket.close(GOING_AWAY, 'Vario is closing');
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
