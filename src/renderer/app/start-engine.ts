/** Chooses the wire by the host: the preload's port in the desktop app, else a WebSocket after the token's exchange. */
import { bridgeOf, type PreloadApi } from '../../preload/bridge.ts';
import {
  createEngineClient,
  EngineConnection,
  exchangeToken,
  portDial,
  socketDial,
  type Dial,
  type EngineClient,
} from '../lib/engine/index.ts';

declare global {
  interface Window {
    /** Present in the desktop app only. */
    readonly vario?: PreloadApi;
  }
}

export interface StartedEngine {
  readonly client: EngineClient;
  readonly connection: EngineConnection;
}

export function startEngine(): StartedEngine {
  const connection = new EngineConnection(
    window.vario === undefined ? browserDial() : portDial(bridgeOf(window.vario, window)),
  );
  void connection.run();
  return { connection, client: createEngineClient(connection) };
}

/** Every dial tries the token first: the address may have got a new one since. */
function browserDial(): Dial {
  const dial = socketDial(window.location);
  return async () => {
    await exchangeToken(window.location, window.history);
    return dial();
  };
}
