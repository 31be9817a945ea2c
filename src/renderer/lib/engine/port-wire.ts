/** The desktop's wire: MessagePorts handed over by the preload, a new one after every restart of the engine. */
import { RPCLink } from '@orpc/client/message-port';
import type { VarioBridge } from '../../../preload/bridge.ts';
import type { Dial, Wire } from './connection.ts';

export function portDial(bridge: VarioBridge): Dial {
  const ports: MessagePort[] = [];
  let waiting: ((port: MessagePort) => void) | null = null;
  bridge.onPort((port) => {
    if (waiting === null) {
      ports.push(port);
      return;
    }
    waiting(port);
    waiting = null;
  });
  const next = (): Promise<MessagePort> => {
    // Ports that came before the last one belong to an engine that is gone.
    const last = ports.splice(0).at(-1);
    return last === undefined ? new Promise((resolve) => (waiting = resolve)) : Promise.resolve(last);
  };
  return async () => portWire(await next());
}

function portWire(port: MessagePort): Wire {
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
  const link = new RPCLink({ port });
  port.start();
  return { link, closed, close: () => port.close() };
}
