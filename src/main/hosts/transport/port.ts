/** Calls over a MessagePort: node's own and the one of Electron's processes. */
import type { CallServer } from './serve-calls.ts';

/** What node's MessagePort and Electron's MessagePortMain have in common, apart from how a message is wrapped. */
export interface PortLike {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  postMessage(data: unknown): void;
  close(): void;
}

/** Serves calls over the port until either side closes it. */
export function servePort(server: CallServer, port: PortLike): void {
  const served = server.serve({ send: (text) => port.postMessage(text), close: () => port.close() });
  port.on('message', (message) => served.receive(unwrapped(message)));
  port.on('close', () => served.closed());
  port.start();
}

/** Node hands the data itself over; Electron an event that carries it. */
function unwrapped(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message ? message.data : message;
}
