/** Signs in to `vario serve` as a browser does, and makes its calls over the WebSocket. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { SESSION_PATH, SOCKET_PATH } from '../../src/shared/contract/browser-host.ts';
import type { Client } from '../../src/main/hosts/headless/headless.ts';

/** @param address as `vario serve` prints it, with its token. */
export async function signIn(address: string): Promise<{ readonly client: Client; close(): void }> {
  const { origin, hash } = new URL(address);
  const answered = await fetch(origin + SESSION_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
  });
  const cookie = answered.headers.get('set-cookie')?.split(';')[0];
  if (!answered.ok || cookie === undefined) throw new Error(`The token was not taken: ${answered.status}`);
  // Node's WebSocket takes headers, which the DOM's types do not know.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${origin.replace('http', 'ws')}${SOCKET_PATH}`,
    { headers: { cookie, origin } },
  ]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('The socket was refused')), { once: true });
  });
  return { client: createORPCClient<Client>(new RPCLink({ websocket: socket })), close: () => socket.close() };
}
