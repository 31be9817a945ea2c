/** The browser's wire: a WebSocket to the loopback host, let in by a cookie that a one-time token was exchanged for. */
import { RPCLink } from '@orpc/client/websocket';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Dial, Wire } from './connection.ts';

/** `none`: the address carried no token. `refused`: used before, or not from this server. */
export type TokenOutcome = 'none' | 'accepted' | 'refused';

/**
 * Exchanges the token in `#token=…` for the session cookie and takes it out of
 * the address (also of the history), whatever the answer.
 * @throws AppError `unavailable` when the host does not answer.
 */
export async function exchangeToken(address: Location, history: History): Promise<TokenOutcome> {
  const token = new URLSearchParams(address.hash.slice(1)).get('token');
  if (token === null) return 'none';
  history.replaceState(history.state, '', address.pathname + address.search);
  let response: Response;
  try {
    response = await fetch('/session', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
  } catch (cause) {
    throw new AppError('unavailable', 'The engine did not answer. Is `vario serve` still running?', { cause });
  }
  return response.ok ? 'accepted' : 'refused';
}

/** Dials `ws(s)://<host>/rpc` of the page's own host. */
export function socketDial(address: Location): Dial {
  const url = `${address.protocol === 'https:' ? 'wss:' : 'ws:'}//${address.host}/rpc`;
  return async () => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    const link = new RPCLink({ websocket: socket });
    await opened(socket);
    return wireOf(socket, link);
  };
}

async function opened(socket: WebSocket): Promise<void> {
  const open = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
  });
  if (open) return;
  throw (await hostAnswers())
    ? new AppError('auth_failed', 'This window is not signed in. Open the address that `vario serve` prints.')
    : new AppError('unavailable', 'The engine is not reachable.');
}

/** A refused upgrade and an absent host look alike to a WebSocket; the page's own file tells them apart. */
async function hostAnswers(): Promise<boolean> {
  try {
    return (await fetch('/favicon.svg', { method: 'GET', cache: 'no-store' })).ok;
  } catch (cause) {
    if (cause instanceof TypeError) return false;
    throw new AppError('unavailable', 'The engine is not reachable.', { cause });
  }
}

function wireOf(socket: WebSocket, link: Wire['link']): Wire {
  const closed = new Promise<void>((resolve) => {
    if (socket.readyState >= WebSocket.CLOSING) resolve();
    else socket.addEventListener('close', () => resolve(), { once: true });
  });
  return { link, closed, close: () => socket.close() };
}
