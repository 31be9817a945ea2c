import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { servePort } from '../../src/main/hosts/transport/port.ts';
import { describeCalls, type Client } from './rpc-behaviour.ts';

describeCalls('a MessagePort', (workspace) => {
  const { port1, port2 } = new MessageChannel();
  servePort(workspace.calls, port1);
  const ended = new Promise<void>((resolve) => port2.once('close', resolve));
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return Promise.resolve({
    connection: { client, ended, sendRaw: (data) => port2.postMessage(data), disconnect: () => port2.close() },
    release: async () => {
      port2.close();
      await ended;
    },
  });
});
